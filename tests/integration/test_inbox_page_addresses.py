"""Which messages an address of the inbox's page shows, and where its links lead."""

import pytest
from slack_sdk import WebClient

from tests.integration.html_tree import parsed
from tests.integration.inbox_reader import CHANNEL, a_client, a_thread, email, get, page, post, titles
from tests.local.inbox.server import Inbox


@pytest.fixture
def client(inbox: Inbox) -> WebClient:
    return a_client(inbox)


def test_an_empty_inbox_says_when_a_message_will_come(inbox: Inbox) -> None:
    assert "No message has come yet" in page(inbox).one("main").words
    post(inbox, text="x")
    assert "No E-mail message has come yet" in page(inbox, "/?form=email").one("main").words
    assert "There are no older messages" in page(inbox, "/?before=1").one("main").words


def test_a_reader_can_ask_for_slack_or_email_alone(inbox: Inbox) -> None:
    post(inbox, text="in Slack")
    email(inbox, "by e-mail", "body")

    slack = page(inbox, "/?form=slack")

    assert titles(slack) == ["in Slack"]
    assert titles(page(inbox, "/?form=email")) == ["by e-mail"]
    [current] = [link for link in slack.one("nav").all("a") if "aria-current" in link.attributes]
    assert (current.words, current.attributes["href"]) == ("Slack 1", "/?form=slack")


@pytest.mark.parametrize(
    "query", ["?form=fax", "?before=x", "?before=-1", "?before=²", "?form=&before=", f"?before={'9' * 5000}"]
)
def test_an_address_that_makes_no_sense_shows_everything(inbox: Inbox, query: str) -> None:
    post(inbox, text="first")

    assert titles(page(inbox, f"/?{query}")) == ["first"]


def test_old_messages_are_on_pages_of_their_own(inbox: Inbox) -> None:
    for number in range(1, 46):
        post(inbox, text=f"no. {number}")

    seen, path = list[str](), "/?form=slack"
    while path:
        shown = page(inbox, path)
        seen += titles(shown)
        path = "".join(
            link.attributes["href"] for paragraph in shown.all("p", class_="older") for link in paragraph.all("a")
        )

    assert seen == [f"no. {number}" for number in range(45, 0, -1)]


def test_every_link_on_a_page_leads_to_what_it_names(inbox: Inbox, client: WebClient) -> None:
    stamp = a_thread(client)
    for number in range(25):
        post(inbox, text=f"no. {number}")
    for sent_to_the_channel in (True, False):
        client.chat_postMessage(channel=CHANNEL, text="late", thread_ts=stamp, reply_broadcast=sent_to_the_channel)

    for start in ("/", "/?before=24", "/?before=4"):
        for link in page(inbox, start).all("a"):
            path, _, anchor = link.attributes["href"].partition("#")
            answer = get(inbox, path or start)
            assert answer.status_code == 200
            if anchor:
                [_] = [each for each in parsed(answer.content.decode()) if each.attributes.get("id") == anchor]
