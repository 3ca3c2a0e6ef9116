"""An HTML page as a tree; a tag that is not closed in order is an error."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "link", "meta"}


@dataclass
class Element:
    """One element."""

    tag: str
    attributes: dict[str, str]
    content: list["Element | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """Every element below this one, in the order of the page."""
        for part in self.content:
            if isinstance(part, Element):
                yield part
                yield from part

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    @property
    def words(self) -> str:
        """All text in it, on one line."""
        return " ".join(self.text.split())

    def all(self, *tags: str, **attributes: str) -> list["Element"]:
        """The elements below with one of the tags and the attributes told; `class_` is one of its classes."""
        return [each for each in self if each.tag in tags and each.has(**attributes)]

    def one(self, tag: str, **attributes: str) -> "Element":
        """The only element like this."""
        [found] = self.all(tag, **attributes)
        return found

    def has(self, class_: str = "", **attributes: str) -> bool:
        """Whether it has the attributes."""
        if class_ and class_ not in self.attributes.get("class", "").split():
            return False
        return all(self.attributes.get(name) == value for name, value in attributes.items())

    def language(self, wanted: "Element") -> str:
        """The language that an element below is in: its own, or that of the nearest element around it."""
        language = self.attributes.get("lang", "")
        for part in self.content:
            if part is wanted:
                return wanted.attributes.get("lang", language)
            if isinstance(part, Element) and any(each is wanted for each in part):
                return part.language(wanted) or language
        raise LookupError(wanted.tag)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop().tag != tag:
            raise ValueError(f"</{tag}> at {self.getpos()} closes another element")

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def parsed(html: str) -> Element:
    """Read a page."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    if len(builder.open) != 1:
        raise ValueError(f"not closed: {[element.tag for element in builder.open[1:]]}")
    return builder.open[0]
