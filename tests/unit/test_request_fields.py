"""Fields of a request: what is accepted, and what an operator reads where it is not."""

from datetime import date, timedelta

import pytest
from investor_flows.errors import RequestError
from investor_flows.request import Request, task_of

THURSDAY = date(2026, 11, 19)
WORDS = ("email", "slack")


@pytest.mark.parametrize("event", [[], "poll", None, 3, [{"task": "poll"}]])
def test_an_event_that_is_no_object_is_refused_with_an_example(event: object) -> None:
    with pytest.raises(RequestError, match=r'a JSON object, as in {"task": "poll"}'):
        task_of(event, {"poll": 1})


@pytest.mark.parametrize("name", ["", "pol", None, 3, ["poll"]])
def test_an_unknown_task_is_refused_with_the_known_ones(name: object) -> None:
    with pytest.raises(RequestError, match=r'"task" must be one of poll, audit'):
        task_of({"task": name}, {"poll": 1, "audit": 2})


def test_a_misspelt_field_is_refused_with_the_known_ones() -> None:
    with pytest.raises(RequestError, match=r'unknown: "reciept"; this task takes "receipt", "time"'):
        Request({"task": "explain", "reciept": "rel-2026-11-19-7f3a1b2c"}, "receipt")


def test_null_is_as_good_as_absent() -> None:
    request = Request({"task": "explain", "day": None}, "day")

    assert "day" not in request
    assert request.day("day", THURSDAY) == THURSDAY


@pytest.mark.parametrize("given", ["2026-11-19", "20261119"])
def test_a_date_is_read(given: str) -> None:
    assert Request({"day": given}, "day").day("day", date(2000, 1, 1)) == THURSDAY


@pytest.mark.parametrize(
    "given",
    ["2026-02-30", "2026-13-01", "19/11/2026", "", "latest", "0001-01-01", "9999-12-31", 20261119, 1.5, True, [], {}],
)
def test_a_date_that_is_none_is_refused_with_an_example(given: object) -> None:
    with pytest.raises(RequestError, match=r'"day" must be a date, as in "2026-11-19"'):
        Request({"day": given}, "day").day("day", THURSDAY)


def test_the_latest_may_be_asked_for_by_that_word() -> None:
    assert Request({"day": "latest"}, "day").day_or_latest("day", THURSDAY) == THURSDAY


def test_a_span_reaches_back_from_its_end_unless_told() -> None:
    request = Request({"to": "2026-11-12"}, "from", "to")

    assert request.span(THURSDAY, timedelta(days=7)) == (date(2026, 11, 5), date(2026, 11, 12))


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    request = Request({"from": "2026-11-20", "to": "2026-11-19"}, "from", "to")

    with pytest.raises(RequestError, match=r'"from" must not be after "to"'):
        request.span(THURSDAY, timedelta())


@pytest.mark.parametrize("given", ["post", "", 3, ["email"], {}, True])
def test_a_word_that_is_not_accepted_is_refused_with_those_that_are(given: object) -> None:
    with pytest.raises(RequestError, match=r'"channel" must be one of email, slack'):
        Request({"channel": given}, "channel").choice("channel", WORDS, "email")


@pytest.mark.parametrize(("given", "read"), [("slack", ("slack",)), (["slack", "email"], WORDS), (None, WORDS)])
def test_several_words_come_in_their_usual_order_and_none_is_all(given: object, read: tuple[str, ...]) -> None:
    assert Request({"channels": given}, "channels").choices("channels", WORDS) == read


@pytest.mark.parametrize("given", [[], ["post"], [3], [["email"]], "post", 3, {"email": 1}])
def test_several_words_of_which_one_is_not_accepted_are_refused(given: object) -> None:
    with pytest.raises(RequestError, match=r'"channels" must be a list of some of email, slack'):
        Request({"channels": given}, "channels").choices("channels", WORDS)


@pytest.mark.parametrize("given", [None, "", "   ", "x" * 501, "two\nlines", 3, ["why"]])
def test_a_text_that_is_missing_or_odd_is_refused_with_an_example(given: object) -> None:
    with pytest.raises(RequestError, match=r'"reason" must be one line .* as in "checked by phone"'):
        Request({"reason": given}, "reason").text("reason", "checked by phone")
