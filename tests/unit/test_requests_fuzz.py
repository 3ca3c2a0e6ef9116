"""Whatever an operator sends, the answer is an answer or says what is accepted, and an error has changed nothing."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from investor_flows import poll_requests
from investor_flows.errors import RequestError
from investor_flows.operate import answer
from investor_flows.request import task_of, time_of

from tests.unit.fake_desk import NOW, FakeQueue, FakeTopic, a_desk
from tests.unit.publishing import monitored

SOURCE, STORE = monitored(4)
RECEIPT = STORE.owed[0].receipt
WORDS = [
    *("latest", "2026-11-19", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-19T18:01:00+09:00", RECEIPT),
    *("rel-2026-11-19-0", "ja", "en", "fr", "all", "email", "slack", "png", "TSEPrime", "TSENext", "value", "volume"),
    *("Foreigners", "vendor", "ours", "json", "csv", "0123456789abcdef", "checked", "", " ", "x" * 600, "a\nb"),
]
SCALARS = st.one_of(st.sampled_from(WORDS), st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5))
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=3), st.dictionaries(st.text(max_size=2), SCALARS, max_size=1))
FIELDS = [
    *(
        "published_date",
        "receipt",
        "language",
        "forms",
        "channel",
        "section",
        "measure",
        "investor_types",
        "from",
        "to",
    ),
    *("clock", "date", "format", "fingerprint", "reason", "time", "other"),
]
EVENTS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=3)


@given(task=st.sampled_from(sorted(answer.TASKS)), fields=EVENTS)
def test_an_operator_gets_json_or_reads_what_is_accepted(task: str, fields: dict[str, Any]) -> None:
    desk = a_desk(STORE, SOURCE)
    sent = desk.ways.topic, desk.ways.queue
    assert isinstance(sent[0], FakeTopic)
    assert isinstance(sent[1], FakeQueue)

    try:
        answered = answer.answer({**fields, "task": task}, desk, NOW)
    except RequestError:
        assert (sent[0].published, sent[1].documents) == ([], [])
    else:
        assert json.loads(json.dumps(answered)) == answered


@given(task=st.sampled_from(sorted(poll_requests.TASKS)), fields=EVENTS)
def test_a_poll_reports_or_says_what_is_accepted(task: str, fields: dict[str, Any]) -> None:
    source, store = monitored(4)
    event = {**fields, "task": task}
    before = store.kept, list(store.stored), list(store.announced)

    try:
        task_of(event, poll_requests.TASKS)(event, source, store, time_of(event, NOW))
    except RequestError:
        assert (store.kept, store.stored, store.announced) == before
