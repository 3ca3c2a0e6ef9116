"""What tests say at the end of a run, beside passed and failed. Processes that run tests side by side hand it on."""

import pytest

SAID = pytest.StashKey[list[str]]()


def say(config: pytest.Config, text: str) -> None:
    """Print a text at the end of the run."""
    said(config).append(text)


def said(config: pytest.Config) -> list[str]:
    """What was said so far."""
    return config.stash.setdefault(SAID, [])
