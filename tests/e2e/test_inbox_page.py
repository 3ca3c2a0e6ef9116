"""The inbox's page in a real browser: it fits a phone, is seen in both schemes, and is read by keyboard and by ear.

Pictures of what was seen are in .local/screenshots/.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.e2e.browser import Browser, executable, running
from tests.e2e.inbox_story import told
from tests.local.inbox.server import Inbox
from tests.local.processes import wait_until
from tests.local.toolchain import TOOLS

SCREENSHOTS = TOOLS / "screenshots"
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
NEWS_SECONDS = 30
LOOKS = pytest.mark.parametrize(("width", "scheme"), [(width, scheme) for width in WIDTHS for scheme in SCHEMES])


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    path = executable()
    if path is None:
        pytest.skip("there is no Chromium on this machine; `make browser` installs Debian's where it may")
    with running(path, tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    """An inbox with everything that a page can show."""
    with Inbox() as running_inbox:
        yield told(running_inbox)


@pytest.fixture(autouse=True)
def no_complaints(browser: Browser) -> Iterator[None]:
    """Nothing was refused by the page's policy, and no script failed."""
    browser.complaints.clear()
    yield
    assert browser.complaints == []


@LOOKS
def test_a_page_fits_its_window_and_all_of_its_pictures_come(
    browser: Browser, inbox: Inbox, width: int, scheme: str
) -> None:
    browser.show(f"{inbox.url}/", width=width, dark=scheme == "dark")

    browser.picture(SCREENSHOTS / f"inbox-{width}-{scheme}.png")

    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    assert browser.run("[...document.images].map((image) => image.naturalWidth)") == [1200]
    assert (
        browser.run(
            "[...document.querySelectorAll('main *')].filter((part) => !part.closest('.scroll, .unseen'))"
            ".filter((part) => part.getBoundingClientRect().right > innerWidth).length"
        )
        == 0
    )


@LOOKS
def test_an_opened_page_fits_its_window_too(browser: Browser, inbox: Inbox, width: int, scheme: str) -> None:
    browser.show(f"{inbox.url}/", width=width, dark=scheme == "dark")

    browser.run("for (const each of document.querySelectorAll('details')) each.open = true")
    browser.picture(SCREENSHOTS / f"inbox-{width}-{scheme}-opened.png")

    assert browser.run("document.documentElement.scrollWidth <= innerWidth")


@LOOKS
def test_an_empty_page_is_seen_too(browser: Browser, width: int, scheme: str) -> None:
    with Inbox() as empty:
        browser.show(f"{empty.url}/", width=width, dark=scheme == "dark")
        browser.picture(SCREENSHOTS / f"inbox-{width}-{scheme}-empty.png")

        assert "No message has come yet" in browser.run("document.body.innerText")
        assert browser.run("document.documentElement.scrollWidth <= innerWidth")
        browser.show("about:blank")


def test_on_a_phone_the_table_of_a_release_shows_all_of_its_columns(browser: Browser, inbox: Inbox) -> None:
    browser.show(f"{inbox.url}/", width=390)

    hidden = browser.run(
        "[...document.querySelectorAll('.scroll')].filter((part) => part.querySelectorAll('thead tr > *').length === 3)"
        ".map((part) => part.scrollWidth - part.clientWidth)"
    )

    assert hidden == [0, 0, 0]


def test_a_page_is_dark_where_its_reader_wants_it_dark(browser: Browser, inbox: Inbox) -> None:
    grounds = []
    for dark in (False, True):
        browser.show(f"{inbox.url}/", dark=dark)
        grounds.append(browser.run("getComputedStyle(document.body).backgroundColor"))

    assert grounds == ["rgb(245, 244, 241)", "rgb(18, 20, 23)"]


def test_hostile_text_does_nothing(browser: Browser, inbox: Inbox) -> None:
    browser.show(f"{inbox.url}/")

    assert browser.run("document.title") == "Inbox: 9 messages"
    assert "<script>document.title" in browser.run("document.body.innerText")


def test_a_page_can_be_read_without_a_script(browser: Browser, inbox: Inbox) -> None:
    browser.show(f"{inbox.url}/", script=False)

    headings = browser.nodes("heading")

    assert len(headings) > len(inbox.messages)
    browser.show(f"{inbox.url}/")


def test_the_first_key_leads_past_the_navigation(browser: Browser, inbox: Inbox) -> None:
    browser.show(f"{inbox.url}/")

    browser.press("Tab")
    assert browser.run("document.activeElement.textContent") == "Skip to the messages"
    assert browser.run("document.activeElement.getBoundingClientRect().top >= 0")
    browser.press("Enter")
    assert browser.run("document.activeElement.id") == "messages"
    browser.press("Tab")
    assert browser.run("document.activeElement.closest('article').id") == "m9"


def test_everything_that_does_something_is_reached_by_keyboard_and_seen_when_it_is(
    browser: Browser, inbox: Inbox
) -> None:
    browser.show(f"{inbox.url}/", width=390)
    wanted = browser.run(
        "[...document.querySelectorAll('a, summary, [tabindex=\"0\"]')].filter((part) => part.checkVisibility()).length"
    )

    seen = [browser.tab() for _ in range(wanted)]

    assert {tag for tag, _ in seen} == {"A", "SUMMARY", "DIV"}
    assert [(tag, ring) for tag, ring in seen if not ring] == []
    assert browser.run("document.activeElement.textContent") == "all messages as JSON"


def test_a_screen_reader_is_told_parts_headings_tables_and_pictures(browser: Browser, inbox: Inbox) -> None:
    browser.show(f"{inbox.url}/")

    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert len(browser.nodes(landmark)) == 1
    assert browser.nodes("heading")[0] == "Inbox"
    named = [name for role in ("article", "link", "image", "table") for name in browser.nodes(role)]
    assert named
    assert all(named)
    [chart] = browser.nodes("image")
    assert "海外投資家" in chart
    assert {"海外投資家", "個人"} <= set(browser.nodes("columnheader"))
    assert {"差引き", "Net"} <= set(browser.nodes("rowheader"))


def test_a_page_says_that_new_messages_have_come_and_moves_nothing(browser: Browser, tmp_path: Path) -> None:
    with Inbox(tmp_path) as inbox:
        send(inbox, "first")
        browser.show(f"{inbox.url}/")
        send(inbox, "second")
        wait_until(lambda: news(browser) != "", NEWS_SECONDS, "the page did not notice")

        assert news(browser) == "1 new message: show it"
        assert browser.run("[...document.querySelectorAll('h2')].map((each) => each.textContent)") == ["first"]
        assert browser.run("document.querySelector('#news a').href") == f"{inbox.url}/"
        browser.show("about:blank")


def test_a_page_stays_when_the_inbox_has_stopped(browser: Browser) -> None:
    with Inbox() as inbox:
        send(inbox, "kept")
        browser.show(f"{inbox.url}/")

    browser.run("document.dispatchEvent(new Event('visibilitychange'))")
    browser.run("new Promise((done) => setTimeout(done, 500))")

    assert "kept" in browser.run("document.body.innerText")
    assert [each for each in browser.complaints if "ERR_CONNECTION" not in each] == []
    browser.show("about:blank")
    browser.complaints.clear()


def news(browser: Browser) -> str:
    browser.run("document.dispatchEvent(new Event('visibilitychange'))")
    return str(browser.run("document.getElementById('news').textContent"))


def send(inbox: Inbox, text: str) -> None:
    requests.post(f"{inbox.url}/slack/webhook/T0/B0/x", json={"text": text}, timeout=10).raise_for_status()
