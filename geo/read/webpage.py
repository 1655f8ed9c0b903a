"""A web page as saved -> its text, and what its head says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import accumulate

from geo.model import Article, LeftOut, Span

UNSEEN = frozenset("script style noscript template svg button iframe select".split())  # holds no words of the page
BESIDE = {
    "nav": "navigation",
    "aside": "beside the article",
    "footer": "footer",
    "form": "form",
}  # words, but no account
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
# Stand around what lies beside the account, until the lines are laid out and an offset can be told.
OPENED, CLOSED = "\x02", "\x03"
WITHOUT_MARKS = str.maketrans("", "", OPENED + CLOSED)


@dataclass
class Webpage:
    """The text of a page, block by block with a blank line between; the parts beside the account; its head's statements."""

    text: str = ""
    left_out: tuple[LeftOut, ...] = ()
    head: dict[str, str] = field(default_factory=dict)

    @property
    def account(self) -> str:
        """The text with the parts beside the account blanked, line for line, so that offsets hold."""
        account = self.text
        for part in self.left_out:
            start, end = part.span
            account = account[:start] + re.sub(r"[^\n]", " ", account[start:end]) + account[end:]
        return account

    def whole(self, article: Article) -> Article:
        """The article read from `account`, with the parts beside it put back, marked."""
        parts = sorted((*article.left_out, *self.left_out), key=lambda part: part.span)
        return replace(article, text=self.text, sha256="", left_out=tuple(parts))


def read_webpage(html: str) -> Webpage:
    """The visible text of a saved page, with navigation, forms and footers marked as left out; scripts are not carried over."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    words = BLANKS.sub("\n", "".join(parser.words) + CLOSED * bool(parser.beside))
    words = re.sub(rf"(?<={OPENED})\s+|\s+(?={CLOSED})", "", words)
    pieces = re.split(rf"[{OPENED}{CLOSED}]", re.sub(r"\n{3,}", "\n\n", words).strip() + "\n")
    bounds = list(accumulate(map(len, pieces)))
    beside = zip(bounds[:-1:2], bounds[1::2], parser.reasons, strict=True)  # every second piece
    left_out = tuple(LeftOut(Span(start, end), why) for start, end, why in beside if end > start)
    page = Webpage("".join(pieces), left_out, parser.head)
    page.head.setdefault("title", " ".join("".join(parser.title).split()))
    return page


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.reasons: list[str] = []  # of the parts beside the account, in their order
        self.beside: list[str] = []  # the elements beside the account that are open
        self.title: list[str] = []
        self.head: dict[str, str] = {}
        self._unseen: list[str] = []  # the elements without words that are open
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen.append(tag)
        elif tag in BESIDE and not self._unseen:
            self._say("\n\n" if self.beside else "\n\n" + OPENED)
            self.reasons += [] if self.beside else [BESIDE[tag]]
            self.beside.append(tag)
        elif tag == "title":
            self._in_title = not (self._unseen or self.beside)
        elif tag == "meta":
            self._note(dict(attrs))
        elif tag == "br":
            self._say("\n")
        elif tag == "li":
            self._say("\n- ")
        elif tag in BLOCKS:
            self._say("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        elif tag in self.beside:
            while self.beside.pop() != tag:
                pass
            if not self.beside:
                self._say(CLOSED + "\n\n")
        elif tag == "title":
            self._in_title = False
        elif tag in BLOCKS:
            self._say("\n\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        else:
            self._say(re.sub(r"[ \t\r\n]+", " ", data.translate(WITHOUT_MARKS)))

    def _say(self, words: str) -> None:
        if not self._unseen:
            self.words.append(words)

    def _note(self, attributes: dict[str, str | None]) -> None:
        ours = META.get((attributes.get("property") or attributes.get("name") or "").lower())
        content = (attributes.get("content") or "").strip()
        if ours and content and not (ours == "author" and "://" in content):
            self.head.setdefault(ours, content)
