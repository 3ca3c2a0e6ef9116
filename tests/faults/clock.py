"""A clock that is moved by hand; stands where the handlers and the inbox read theirs."""

from datetime import datetime, timedelta, tzinfo


class Clock:
    """Shows the time it was set to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, zone: tzinfo) -> datetime:
        """The time, as `datetime.now` gives it."""
        return self.at.astimezone(zone)

    def time_ns(self) -> int:
        """The time, as `time.time_ns` gives it."""
        return int(self.at.timestamp()) * 1_000_000_000

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.at += by
