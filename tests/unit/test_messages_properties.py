"""What holds of every message, whatever the numbers and the names."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from investor_flows.announcements import Gap, Occasion
from investor_flows.message import Message
from investor_flows.model import INVESTOR_TYPES, Measure, Record
from investor_flows.topic import SnsTopic
from investor_flows.wording.columns import COLUMNS, columns

from tests.local.inbox.slack_rules import refusal
from tests.unit.builders import a_record, a_revision, a_series, pair
from tests.unit.golden_cases import LANGUAGES, told
from tests.unit.histories import histories
from tests.unit.scenes import Scene, history, release
from tests.unit.schema import errors
from tests.unit.test_messages import FakeSns

HOSTILE = 'A&B <!channel> "q" \\n \\\\ *b* _i_ ~s~ `c` &amp; <@U1>'
NAMES = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40).filter(str.strip) | st.just(
    HOSTILE[:40]
)
"""Each example stores a history, summarises it and words it: some 20 ms."""


def as_bytes(message: Message) -> bytes:
    return repr((message.subject, message.email, json.dumps(message.document), message.attributes)).encode()


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Draw a release of some sections with corrections, gaps and held rows, after some history."""
    before = draw(histories(most=12))
    newest = before.pop()
    names = draw(st.lists(NAMES, max_size=4, unique=True))
    rows = [replace(newest, section=name, figures=draw(_figures())) for name in names] + [newest]
    shares = [replace(row, measure=Measure.VOLUME, figures=draw(_figures())) for row in rows if draw(st.booleans())]
    corrected = [replace(row, figures=draw(_figures()), published_date=newest.published_date) for row in before[-3:]]
    gaps = draw(st.lists(st.builds(Gap, NAMES, st.sampled_from(Measure), st.text(max_size=300)), max_size=12))
    now = [*draw(st.sampled_from([rows, []])), *shares, *corrected]
    return Scene(
        (before, now or rows),
        occasion=draw(st.sampled_from([Occasion.NEW, Occasion.START, Occasion.ADDITION])),
        missing=tuple(gaps),
        held=tuple(gaps[::-1]),
    )


def _figures() -> st.SearchStrategy[tuple[int | None, ...]]:
    """Any numbers at all, from a seed: drawing each of them would take most of the time."""
    return st.integers(0, 10**9).map(lambda seed: tuple(_any_figures(Random(seed))))


def _any_figures(random: Random) -> Iterator[int | None]:
    for _ in range(2 * len(INVESTOR_TYPES)):
        yield random.choice([None, 0, 1, 99_999, 10**15, random.randrange(10**15), random.randrange(10**9)])


@given(scenes(), st.sampled_from(LANGUAGES))
def test_no_message_breaks_a_limit(scene: Scene, language: str) -> None:
    message = told(scene, language)
    document: Any = message.document

    assert errors(document) == []
    assert refusal(document["slack"]["blocks"]) is None
    assert message.subject.isascii()
    assert message.subject.isprintable()
    assert len(message.subject) < 100
    assert all(columns(line, language) <= COLUMNS for line in message.email.split("\n"))
    assert _size(message) < 256 * 1024
    assert len(message.attributes) <= 10


@given(scenes(), st.sampled_from(LANGUAGES))
def test_nothing_in_slack_is_markup(scene: Scene, language: str) -> None:
    document: Any = told(scene, language).document

    texts = list(_texts(document["slack"]))

    assert not [text for text in texts if set("<>") & set(text)]
    assert all(unescape(text).count("&") <= text.count("&") for text in texts)
    assert not set("*_~`") & set(document["slack"]["text"])
    assert "mrkdwn" not in json.dumps(document["slack"]["blocks"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text(language: str) -> None:
    *before, newest = history([500, 700], [-300, -200], weeks=8)
    name = 'A&B <!channel> "q" \\n'
    scene = Scene((before, [newest, replace(newest, section=name)]), held=(Gap(name, Measure.VALUE, HOSTILE),))

    document: Any = told(scene, language).document
    cells = [cell["text"] for block in document["slack"]["blocks"] for row in block.get("rows", ()) for cell in row]

    assert 'A&amp;B &lt;!channel&gt; "q" \\n' in cells
    assert HOSTILE in unescape(json.dumps(document["slack"], ensure_ascii=False)).replace('\\"', '"').replace(
        "\\\\", "\\"
    )
    assert name in document["sections"]


@given(st.randoms(use_true_random=False), st.sampled_from(LANGUAGES))
def test_the_order_of_rows_changes_no_byte(random: Random, language: str) -> None:
    *before, corrected, newest = history([1_310, 4_320, 1_280, 5_123], [-90, 120, -410, -3_310], weeks=20)
    rows = [*release(newest), a_revision(corrected, newest.published_date, Foreigners=pair(-1_234_567))]
    stored = [*before, *release(corrected)]

    assert as_bytes(told(_shuffled((stored, rows), random), language)) == as_bytes(
        told(Scene((stored, rows)), language)
    )


def _shuffled(batches: Sequence[Sequence[Record]], random: Random) -> Scene:
    return Scene(tuple(random.sample(batch, len(batch)) for batch in batches))


@given(st.integers(1, 90), st.sampled_from(LANGUAGES))
def test_every_correction_is_told_or_counted(count: int, language: str) -> None:
    weeks = a_series([700_000_000 + 13 * week for week in range(90)])
    day = weeks[-1].published_date + timedelta(days=7)
    scene = Scene((weeks, [a_revision(week, day, Foreigners=pair(600_000_000)) for week in weeks[-count:]]))

    document: Any = told(scene, language).document
    [series, *_] = [block for block in document["slack"]["blocks"] if block["type"] == "table"]

    assert len(document["changes"]) + document["left_out"]["changes"] == sum(_changes(scene))
    assert len(series["rows"]) > 1
    assert str(count - 4) in document["slack"]["text"] or count <= 4


def _changes(scene: Scene) -> list[int]:
    return [len(revision.changes) for revision in scene.summary().revisions]


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["text"]] if isinstance(node.get("text"), str) else []
        return own + [text for each in node.values() for text in _texts(each)]
    return [text for each in node for text in _texts(each)] if isinstance(node, list) else []


@pytest.mark.parametrize("character", ["\\", "😀", "&"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_sections_as_an_announcement_holds_fit_whatever_their_names(character: str, language: str) -> None:
    newest = a_record()
    names = [f"{number:02}{character * 38}" for number in range(45)]
    rows = [replace(newest, section=name, measure=measure) for name in names for measure in Measure]
    gaps = tuple(Gap(name, Measure.VALUE, character * 5_000) for name in names)

    message = told(Scene((rows, [_greatly_revised(row) for row in rows]), missing=gaps, held=gaps), language)
    document: Any = message.document

    assert _size(message) < 256 * 1024
    assert refusal(document["slack"]["blocks"]) is None
    assert errors(document) == []


def _greatly_revised(record: Record) -> Record:
    return a_revision(record, "2026-11-26", Foreigners=pair(10**15))


def _size(message: Message) -> int:
    client = FakeSns()
    SnsTopic(client, "arn").publish(message)  # type: ignore[arg-type] # one method of it
    return client.size
