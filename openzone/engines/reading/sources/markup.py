"""The text of an HTML page: headings as ``#`` lines, blocks as lines, no scripts, no menus."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "br",
        "hr",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
    )
)
_LEFT_OUT = frozenset(
    ("script", "style", "nav", "noscript", "template", "svg", "form", "button", "select", "head")
)
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLANKS = re.compile(r"[ \t\r\f\v\n]+")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[str]] = [[]]
        self._closed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self._closed.append(tag)
        elif tag in _HEADINGS:
            self.lines.append([_HEADINGS[tag]])
        elif tag in _BLOCKS:
            self.lines.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in self._closed:
            del self._closed[self._closed.index(tag) :]  # with what was left open inside
        elif tag in _HEADINGS or tag in _BLOCKS:
            self.lines.append([])

    def handle_data(self, data: str) -> None:
        if not self._closed:
            self.lines[-1].append(_BLANKS.sub(" ", data))


def from_html(markup: str) -> str:
    """Return the text of a page, a blank line between its blocks."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = ("".join(pieces) for pieces in reader.lines)
    return "\n\n".join(line.strip() for line in lines if line.strip("# \u3000")) + "\n"
