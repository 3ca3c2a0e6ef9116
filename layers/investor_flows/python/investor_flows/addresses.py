"""Addresses that may be told a secret: https, or http on this machine. Pure."""

from urllib.parse import urlsplit

from investor_flows.errors import ConfigError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def https(url: str, setting: str) -> str:
    """Return the URL if it keeps secrets on the way. The error names the setting, and does not show the URL."""
    if not _keeps_secrets(url):
        raise ConfigError(f"{setting} must be an https URL (http is for 127.0.0.1 only)")
    return url


def _keeps_secrets(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
