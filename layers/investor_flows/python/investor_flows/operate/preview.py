"""Preview: the messages of a release exactly as they are sent, in every form. Sends nothing."""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from investor_flows.announce import Wording
from investor_flows.announcements import Announcement
from investor_flows.message import Message
from investor_flows.recall import History
from investor_flows.slack.delivery_steps import Picture
from investor_flows.summary import summarise

FORMS = ("email", "slack", "json", "png")

type Json = dict[str, Any]
type Draw = Callable[[Mapping[str, Any]], Picture | None]


def preview(
    announcements: Iterable[Announcement],
    store: History,
    wording: Wording,
    draw: Draw,
    headline_section: str,
    forms: Sequence[str],
) -> list[Json]:
    """Word each announcement, and show it in the forms that are asked for."""
    return [
        {
            "receipt": each.receipt,
            "kind": str(each.kind),
            "occasion": str(each.occasion),
            **_shown(wording.message(summarise(each, store, headline_section)), draw, forms),
        }
        for each in announcements
    ]


def _shown(message: Message, draw: Draw, forms: Sequence[str]) -> Json:
    show: Mapping[str, Callable[[], Any]] = {
        "email": lambda: {"subject": message.subject, "text": message.email},
        "slack": lambda: message.document["slack"],
        "json": lambda: message.document,
        "png": lambda: _picture(draw(message.document)),
    }
    return {form: show[form]() for form in forms}


def _picture(picture: Picture | None) -> Json | None:
    """The chart, which a message without figures has not."""
    if picture is None:
        return None
    return {"base64": base64.b64encode(picture.png).decode(), "alt_text": picture.alt_text}
