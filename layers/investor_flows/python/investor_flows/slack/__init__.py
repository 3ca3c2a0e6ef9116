"""Slack: which channels there are, which want a message, and how it gets there once."""
