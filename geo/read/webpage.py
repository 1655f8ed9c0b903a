"""A web page as saved -> its text, and what its head says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

DROPPED = frozenset("script style noscript template svg nav aside footer form button iframe select".split())
BLOCKS = frozenset(
    "address article blockquote body dd div dl dt figure figcaption h1 h2 h3 h4 h5 h6 header hr main ol p pre section table "
    "tbody td th tr ul".split()
)
# Where a page's head states what the front matter of a text would: (attribute value, our field).
META = {
    "og:title": "title",
    "og:site_name": "publisher",
    "author": "author",
    "article:author": "author",
    "article:published_time": "published",
    "og:url": "url",
}
BLANKS = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*")


@dataclass
class Webpage:
    """The text of a page, block by block with a blank line between, and its head's own statements."""

    text: str = ""
    head: dict[str, str] = field(default_factory=dict)


def read_webpage(html: str) -> Webpage:
    """The visible text of a saved page; navigation, forms, footers and scripts are not carried over."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    text = BLANKS.sub("\n", "".join(parser.words))
    page = Webpage(re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", parser.head)
    page.head.setdefault("title", " ".join("".join(parser.title).split()))
    return page


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.title: list[str] = []
        self.head: dict[str, str] = {}
        self._closed_to: list[str] = []  # the dropped elements that are open
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED:
            self._closed_to.append(tag)
        elif tag == "title":
            self._in_title = not self._closed_to
        elif tag == "meta":
            self._note(dict(attrs))
        elif tag == "br":
            self._say("\n")
        elif tag == "li":
            self._say("\n- ")
        elif tag in BLOCKS:
            self._say("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._closed_to:
            while self._closed_to.pop() != tag:
                pass
        elif tag == "title":
            self._in_title = False
        elif tag in BLOCKS:
            self._say("\n\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        else:
            self._say(re.sub(r"[ \t\r\n]+", " ", data))

    def _say(self, words: str) -> None:
        if not self._closed_to:
            self.words.append(words)

    def _note(self, attributes: dict[str, str | None]) -> None:
        ours = META.get((attributes.get("property") or attributes.get("name") or "").lower())
        content = (attributes.get("content") or "").strip()
        if ours and content and not (ours == "author" and "://" in content):
            self.head.setdefault(ours, content)
