"""The inbox's page over HTTP: every message as its reader sees it, in order, in its language, and never as markup."""

from itertools import pairwise

import pytest
from slack_sdk import WebClient

from tests.integration.html_tree import Element
from tests.integration.inbox_reader import (
    BLOCKS,
    RECEIPT,
    RELEASE,
    a_client,
    a_thread,
    articles,
    email,
    page,
    plain,
    post,
    steer,
    titles,
)
from tests.local.inbox.server import Inbox


@pytest.fixture
def client(inbox: Inbox) -> WebClient:
    return a_client(inbox)


def test_a_page_names_its_language_its_parts_and_how_many_messages_there_are(inbox: Inbox) -> None:
    post(inbox, text="one")

    shown = page(inbox)

    assert shown.one("html").attributes["lang"] == "en"
    assert shown.one("title").words == "Inbox: 1 message"
    assert shown.one("meta", name="viewport").attributes["content"] == "width=device-width, initial-scale=1"
    assert [part.tag for part in shown.one("body").content if isinstance(part, Element)] == [
        "a",
        "header",
        "main",
        "footer",
        "script",
    ]
    assert shown.one("a", class_="skip").attributes["href"] == f"#{shown.one('main').attributes['id']}"
    assert shown.one("nav").attributes["aria-label"]


def test_messages_are_shown_newest_first(inbox: Inbox) -> None:
    post(inbox, text="first")
    email(inbox, "second", "body")
    post(inbox, text="third")

    assert titles(page(inbox)) == ["third", "second", "first"]


def test_headings_leave_no_level_out(inbox: Inbox, client: WebClient) -> None:
    a_thread(client, blocks=[*BLOCKS, {"type": "header", "text": plain("second header")}])
    email(inbox, "subject", "body")

    levels = [int(heading.tag[1]) for heading in page(inbox).all("h1", "h2", "h3", "h4", "h5")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels) == {1, 2, 3, 4, 5}
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_a_slack_message_has_header_lead_table_fields_and_context(inbox: Inbox) -> None:
    post(inbox, **RELEASE)

    [article] = articles(page(inbox))

    assert article.one("h2").words == "海外投資家 +5,123億円 A&B"
    assert "4週連続買い越し\n*前週* +1,280億円" in [part.text for part in article.all("p", class_="text")]
    assert [field.text for field in article.one("ul", class_="fields").all("li")] == ["4週 +1兆円", "13週 −"]
    assert article.one("ul", class_="fields").one("strong").text == "4週"
    assert [line.words for line in article.one("div", class_="context").all("p")] == [
        f"受領番号 {RECEIPT}",
        "出所: JPX",
    ]
    assert not article.all("img")
    assert "Investor Flows" in article.words
    assert "Slack webhook" in article.words


def test_a_table_says_what_its_rows_and_columns_are(inbox: Inbox) -> None:
    post(inbox, **RELEASE)

    table = page(inbox).one("table")

    assert [(head.words, head.attributes["scope"]) for head in table.all("th")] == [
        ("海外投資家", "col"),
        ("個人", "col"),
        ("差引き", "row"),
    ]
    assert [cell.words for cell in table.one("tbody").all("td")] == ["+5,123億円", "▲3,310億円"]
    assert [cell.has("right") for cell in table.one("tbody").all("td")] == [True, False]
    assert table.one("caption").words == "海外投資家 +5,123億円 A&B"
    [cell] = table.one("thead").all("td")
    assert cell.words == ""


def test_a_wide_table_can_be_scrolled_by_keyboard(inbox: Inbox) -> None:
    post(inbox, **RELEASE)

    around = page(inbox).one("div", class_="scroll")

    assert around.attributes["tabindex"] == "0"
    assert around.attributes["aria-label"] == "Table of message 1"


def test_an_email_has_its_subject_and_its_body_as_it_was_written(inbox: Inbox) -> None:
    body = "海外投資家\n 4週連続   買い越し\n\n■ *個人* <b> &amp;"
    email(inbox, "[JPX flows] Nov 9-13", body, kind="release", language="ja")

    [article] = articles(page(inbox))

    assert article.one("h2").words == "[JPX flows] Nov 9-13"
    assert article.one("div", class_="mail").text == body
    assert article.one("div", class_="mail").has("text")  # white-space: pre-wrap
    assert [pair.words for pair in article.one("dl").all("div")] == ["kind release", "language ja"]


def test_what_sns_would_refuse_is_said(inbox: Inbox) -> None:
    email(inbox, "投資部門別", "body")

    assert "SNS would refuse this: the subject must be" in page(inbox).one("main").words


def test_an_email_without_a_subject_is_called_by_its_first_line(inbox: Inbox) -> None:
    email(inbox, None, "\n海外投資家 買い越し\n個人")

    assert titles(page(inbox)) == ["海外投資家 買い越し"]


@pytest.mark.parametrize(
    ("message", "language"), [("海外投資家 +5,123億円", "ja"), ("Foreigners +¥512.3bn", "en"), ("カイコシ", "ja")]
)
def test_each_message_names_its_language(inbox: Inbox, message: str, language: str) -> None:
    post(inbox, text=message)
    post(inbox, text="x", blocks=[{"type": "section", "text": plain("y")}, {"type": "header", "text": plain(message)}])
    email(inbox, "[JPX flows] Nov 9-13", message)
    shown = page(inbox)

    bodies = shown.all("div", class_="body") + shown.all("div", class_="mail")

    assert [body.attributes["lang"] for body in bodies] == [language] * 3
    subject = shown.one("h2", id="t3")
    assert shown.language(subject) == "en"
    assert shown.language(shown.one("h2", id="t2")) == language


def test_an_attribute_tells_the_language_before_the_letters_do(inbox: Inbox) -> None:
    email(inbox, "subject", "Foreigners", language="ja")

    assert page(inbox).one("div", class_="mail").attributes["lang"] == "ja"


def test_only_bold_links_and_escapes_of_mrkdwn_are_formatted(inbox: Inbox) -> None:
    post(inbox, text="*bold* <https://example.invalid/?a=1&amp;b=2|a link> &lt;b&gt; <!channel>")

    text = page(inbox).one("p", class_="text")

    assert text.text == "bold a link <b> <!channel>"
    assert text.one("strong").text == "bold"
    assert text.one("a").attributes["href"] == "https://example.invalid/?a=1&b=2"


def test_a_message_that_asks_for_no_formatting_gets_none(inbox: Inbox) -> None:
    post(inbox, text="*not bold*", mrkdwn=False)

    assert page(inbox).one("p", class_="text").text == "*not bold*"


def test_a_page_says_that_figures_are_synthetic_while_the_vendor_is_simulated(inbox: Inbox) -> None:
    assert "synthetic" not in page(inbox).words

    steer(inbox, "vendor", simulated=True)
    assert "Simulated exchange: all figures are synthetic." in page(inbox).one("header").words

    steer(inbox, "vendor", simulated=False)
    assert "synthetic" not in page(inbox).words


def test_a_notifications_words_are_shown_where_the_message_has_blocks(inbox: Inbox) -> None:
    post(inbox, **RELEASE)

    notification = next(part for part in page(inbox).all("details") if "As a notification" in part.words)

    assert "海外投資家 4週連続買い越し" in notification.text
