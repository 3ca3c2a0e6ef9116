"""The picture of a message: its chart, drawn from the series that the message carries."""

from collections.abc import Mapping
from typing import Any

from investor_flows.errors import DeliveryRefused
from investor_flows.slack.delivery_steps import Picture


def chart_of(document: Mapping[str, Any]) -> Picture | None:
    """Draw the chart; None where there is nothing to draw. Raises DeliveryRefused where it cannot be drawn."""
    series = document.get("series")  # a notice or a test message has none
    if not series or not series.get("weeks"):
        return None
    try:
        # Here, not above: a webhook never draws, and the chart's layer and fonts are most of this function's memory.
        from investor_flows.chart import alt_text, draw

        return Picture(draw(series, document["language"]), alt_text(series, document["language"]))
    except (ImportError, LookupError, ValueError) as error:
        raise DeliveryRefused(f"the chart cannot be drawn: {type(error).__name__} {error}") from error
