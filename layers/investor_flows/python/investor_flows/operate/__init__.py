"""Operate: what operators may ask, and the answers. Each request is a file in `events/`."""
