"""Investor flows: fetch the Tokyo exchange's weekly trading by type of investors, keep vintages, tell readers."""
