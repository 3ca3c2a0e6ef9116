"""Doctor: looks at everything that a message depends on. One line each: well, or what to do. Sends nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Protocol

from investor_flows.announce import Wording
from investor_flows.announcements import Announcement
from investor_flows.intake import Source
from investor_flows.model import JST
from investor_flows.operate.findings import Finding, ill, looked_at, well
from investor_flows.operate.slack_check import slack_findings
from investor_flows.operate.vendor_check import vendor_findings
from investor_flows.overdue import RELEASE_TIME, deadline, due_after
from investor_flows.progress import Progress
from investor_flows.recall import History
from investor_flows.slack.dispatch import Channels
from investor_flows.summary import summarise

CLOCKS_DIFFER = timedelta(minutes=5)
OPERATORS = "operators' e-mail"

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subscribers:
    """Who is subscribed to a topic."""

    confirmed: int  # e-mail addresses
    pending: int  # e-mail addresses that have not confirmed
    others: int  # queues, functions and web addresses


class Services(Protocol):
    """AWS around the functions. Each may raise ConfigError."""

    def subscribers(self) -> Subscribers:
        """Who is subscribed to the topic of readers."""
        ...

    def operators(self) -> Subscribers:
        """Who is subscribed to the topic of operators."""
        ...

    def depths(self) -> Mapping[str, int]:
        """How many messages wait in each queue, by its name."""
        ...

    def clock(self) -> datetime:
        """The time that AWS goes by."""
        ...


class Archive(History, Protocol):
    """The store, as a reader sees it."""

    def progress(self) -> Progress:
        """How far polling has come."""
        ...


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at."""

    secrets: Mapping[str, Callable[[], str]]  # by the parameter of the template that names them
    sources: Callable[[], Mapping[str, Source]]  # J-Quants Pro, by the way of sending the key
    scheme: str  # the way that is set
    archive: Archive
    services: Services
    channels: Channels | None  # None: Slack is not set
    wording: Wording
    headline_section: str


def doctor(patient: Patient, now: datetime) -> Json:
    """Look at everything, and say of each whether it is well."""
    looks = (_secrets, _vendor, _calendar, _readers, _slack, _queues)
    findings = [finding for look in looks for finding in look(patient, now)]
    return {"well": all(each.well for each in findings), "findings": [str(each) for each in findings]}


def _secrets(patient: Patient, _: datetime) -> Iterator[Finding]:
    for parameter, read in patient.secrets.items():
        yield looked_at(f"secret of {parameter}", partial(_readable, parameter, read))


def _readable(parameter: str, read: Callable[[], str]) -> Finding:
    read()
    return well(f"secret of {parameter}", "readable")


def _vendor(patient: Patient, now: datetime) -> list[Finding]:
    newest = _newest(patient.archive)
    return vendor_findings(patient.sources(), patient.scheme, newest.keys[0] if newest else None, now)


def _newest(archive: Archive) -> Announcement | None:
    """An announcement of the newest release; a notice has no vintages."""
    published_date = archive.progress().last_published
    found = archive.announcements(published_date) if published_date else []
    return next((each for each in found if each.keys), None)


def _calendar(patient: Patient, now: datetime) -> Iterator[Finding]:
    yield looked_at("clock", partial(_clock, patient.services, now))
    progress = patient.archive.progress()
    if progress.newest_week is None:
        yield ill("history", "nothing is stored yet: send events/poll.json to the poll function")
        return
    if progress.backfill_from:
        yield ill("history", f"cut off at {progress.backfill_from}: send events/backfill.json to the poll function")
    yield _next_release(progress.newest_week, now)


def _clock(services: Services, now: datetime) -> Finding:
    here, there = (moment.astimezone(JST) for moment in (now, services.clock()))
    if abs(here - there) > CLOCKS_DIFFER:
        return ill("clock", f"{here:%Y-%m-%d %H:%M} in Japan here, {there:%Y-%m-%d %H:%M} at AWS: is it the request's?")
    return well("clock", f"{here:%Y-%m-%d %H:%M} in Japan (UTC+9), as at AWS")


def _next_release(newest_week: date, now: datetime) -> Finding:
    week = due_after(newest_week)
    says = f"the week to {week.end_date} is due {week.published_date} {RELEASE_TIME:%H:%M} in Japan"
    if deadline(week) <= now:
        return ill("next release", f"{says}, and not here; if the vendor has it, send events/poll.json to poll")
    return well("next release", says)


def _readers(patient: Patient, _: datetime) -> Iterator[Finding]:
    yield looked_at("e-mail", partial(_subscribed, patient))
    yield looked_at(OPERATORS, partial(_operators, patient.services))


def _subscribed(patient: Patient) -> Finding:
    who = patient.services.subscribers()
    says = f"{who.confirmed} confirmed, {who.pending} not confirmed; {who.others} other subscriptions"
    if who.pending:
        return ill("e-mail", f"{says}: ask them to follow the link in AWS's mail, or subscribe them again")
    if not who.confirmed and patient.channels is None:
        return ill("e-mail", f"{says}: nobody is told; deploy AlertEmail or SlackChannelsParameter")
    return well("e-mail", says)


def _operators(services: Services) -> Finding:
    """Alarms go by e-mail alone."""
    who = services.operators()
    says = f"{who.confirmed} confirmed, {who.pending} not confirmed"
    if who.pending:
        return ill(OPERATORS, f"{says}: ask them to confirm AWS's mail; until then no alarm reaches them")
    if not who.confirmed:
        return ill(OPERATORS, f"{says}: no alarm reaches anybody; deploy OpsEmail, or subscribe one to OpsTopicArn")
    return well(OPERATORS, says)


def _queues(patient: Patient, _: datetime) -> list[Finding]:
    return [looked_at("queues", partial(_empty, patient.services))]


def _empty(services: Services) -> Finding:
    full = [f"{count} in {name}" for name, count in services.depths().items() if count]
    if full:
        return ill("queues", f"{', '.join(full)}: see the runbook of the queue's alarm")
    return well("queues", "empty")


def _slack(patient: Patient, _: datetime) -> Iterator[Finding]:
    return slack_findings(patient.channels, partial(_newest_blocks, patient))


def _newest_blocks(patient: Patient) -> Any:
    """What Slack is shown of the newest message; None where there is none."""
    newest = _newest(patient.archive)
    if newest is None:
        return None
    message = patient.wording.message(summarise(newest, patient.archive, patient.headline_section))
    slack: Any = message.document["slack"]
    return slack["blocks"]
