"""What is new: a vintage and its role, grouped into the release that it belongs to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from investor_flows.announcements import Gap
from investor_flows.model import Vintage


class Role(StrEnum):
    """What a stored vintage is to the week it belongs to, on the day it is first seen."""

    INITIAL = "initial"
    REVISED = "revised"  # supersedes an older vintage of its week
    RESTATED = "restated"  # rewrites a row without a new published date
    REPEATED = "repeated"  # published again with the same figures: is no news
    EARLIER = "earlier"  # older than a vintage that is stored already: completes history, is no news


@dataclass(frozen=True, slots=True)
class News:
    """A vintage that the store does not have yet, and its role."""

    vintage: Vintage
    role: Role


@dataclass(frozen=True, slots=True)
class Release:
    """Everything new that was published on one date, what it lacks and what of it is held."""

    published_date: date
    news: tuple[News, ...]
    missing: tuple[Gap, ...] = ()
    held: tuple[Gap, ...] = ()
