"""HTTP sessions that keep to themselves what they are told."""

import logging

import requests


def session() -> requests.Session:
    """A session. urllib3 is silenced: of an odd answer it logs the address and what is echoed, which may be secrets."""
    logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)
    return requests.Session()
