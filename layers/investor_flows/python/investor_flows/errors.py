"""The errors of this package, and whether waiting can help.

InvestorFlowsError
 +- ConfigError          a setting is missing or wrong: change it
 +- SettingDelayed       AWS does not hand a setting out now: try again later
 +- RequestError         an operator's event asks for something that is not there
 +- SourceError          J-Quants Pro did not answer as documented
 |   +- SourceUnavailable  try again later (429, 5xx, network)
 |   +- SourceTooLarge     ask for less (413)
 |   +- SourceRejected     change the key, the address or the code (401, 403, a changed format)
 +- Outrun               another poll stored the same news first: nothing is lost
 +- DeliveryError        a message did not reach Slack
     +- DeliveryDelayed    try again later, not before `retry_after` seconds
     +- DeliveryRefused    Slack will never take this message or this address
"""


class InvestorFlowsError(Exception):
    """Any failure that this package names."""


class ConfigError(InvestorFlowsError):
    """A setting is missing or wrong."""


class SettingDelayed(InvestorFlowsError):
    """AWS is busy or out of reach; the setting may well be right."""


class RequestError(InvestorFlowsError):
    """An event asks for something that is not there; the text says what is accepted."""


class SourceError(InvestorFlowsError):
    """J-Quants Pro did not answer as documented."""


class SourceUnavailable(SourceError):
    """J-Quants Pro is busy or out of reach; the next poll tries again."""


class SourceTooLarge(SourceError):
    """The answer would be too large; a smaller window may pass."""


class SourceRejected(SourceError):
    """J-Quants Pro refused the request or changed its format; waiting does not help."""


class Outrun(InvestorFlowsError):
    """Another poll stored first; what it stored is announced by it."""


class DeliveryError(InvestorFlowsError):
    """A message did not reach Slack."""


class DeliveryDelayed(DeliveryError):
    """Slack is busy or out of reach."""

    def __init__(self, message: str, retry_after: int | None = None) -> None:
        """`retry_after`: seconds that Slack asks to wait, where it does."""
        super().__init__(message)
        self.retry_after = retry_after


class DeliveryRefused(DeliveryError):
    """Slack refused the message for good; a person must look."""
