"""Slack's formatting as HTML: bold and links as our messages use them, everything else as text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.local.inbox.slack_markup import mrkdwn, plain, words

URL = "https://example.invalid/?a=1&amp;b=2"
LINKED = 'href="https://example.invalid/?a=1&amp;b=2" rel="noreferrer"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*買い越し* +1", "<strong>買い越し</strong> +1"),
        ("*two words*", "<strong>two words</strong>"),
        ("2*3*4", "2*3*4"),
        ("* not bold *", "* not bold *"),
        ("*not\nbold*", "*not\nbold*"),
        ("**", "**"),
        (f"<{URL}>", f"<a {LINKED}>https://example.invalid/?a=1&amp;b=2</a>"),
        (f"<{URL}|the *page*>", f"<a {LINKED}>the *page*</a>"),
        (f"*<{URL}|page>*", f"<strong><a {LINKED}>page</a></strong>"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        ("<!channel> <@U1> _x_ ~x~ `x`", "&lt;!channel&gt; &lt;@U1&gt; _x_ ~x~ `x`"),
        (
            '<https://x/"onclick="y>',
            '<a href="https://x/&#34;onclick=&#34;y" rel="noreferrer">https://x/&#34;onclick=&#34;y</a>',
        ),
    ],
)
def test_mrkdwn_shows_bold_links_and_escapes_and_nothing_else(text: str, html: str) -> None:
    assert mrkdwn(text) == html


def test_plain_text_knows_escapes_only() -> None:
    assert plain("*A&amp;B* &lt;!channel&gt;") == "*A&amp;B* &lt;!channel&gt;"


def test_all_words_of_rich_text_are_shown() -> None:
    cell = {"type": "rich_text", "elements": [{"elements": [{"text": "a"}, {"text": "<b>"}]}]}

    assert words(cell) == "a\n&lt;b&gt;"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))


@given(st.lists(st.sampled_from(["*", "<", ">", "|", "&", "&lt;", '"', "'", " ", "\n", "x", "https://x", "<script>"])))
def test_no_text_makes_an_element_but_strong_and_a_link_to_the_web(parts: list[str]) -> None:
    tags = _Tags()
    tags.feed(mrkdwn("".join(parts)))
    tags.close()

    for tag, attributes in tags.seen:
        assert tag in ("strong", "a")
        assert [name for name, _ in attributes] == (["href", "rel"] if tag == "a" else [])
        assert all((value or "").startswith(("https://", "noreferrer")) for _, value in attributes)
