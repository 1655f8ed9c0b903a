"""A document's bytes -> Article: text as stored, what it says of itself, and which parts are not its own account."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, cast

from geo.model import Article, ArticleKind, BadInput, LeftOut, Problem, Span
from geo.published import parse_published
from geo.read.boilerplate import left_out
from geo.read.webpage import read_webpage
from geo.suggest import did_you_mean

MAX_BYTES = 5_000_000  # an article is a few kilobytes; the app's upload limit is the same
SUFFIXES = (".md", ".txt", ".html", ".htm")
FRONT_MATTER = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
FIELDS = ("title", "publisher", "author", "published", "published_precision", "url", "kind")
MANIFEST_COLUMNS = ("file", "title", "publisher", "author", "published")  # "2031-05" says its precision itself
KINDS = ("original", "brief")


@dataclass
class _Header:
    """What is said about an article beside its text, and what is wrong with that."""

    file: str
    row: int | None = None
    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, name: str | None, reason: str, cure: str = "") -> None:
        self.problems.append(Problem(self.file, self.row, name, reason, cure))


def read_file(
    path: str | Path,
    *,
    title: str = "",
    publisher: str = "",
    author: str = "",
    published: tuple[date, date] | None = None,
    url: str = "",
    kind: ArticleKind | None = None,
) -> Article:
    """Read one .txt, .md (TOML front matter between `+++` lines) or .html file; what is passed in wins over the file.

    The article's id is the file's name without its suffix. Its text is the whole file as decoded, front matter
    included and left out, so that an offset into it is an offset into the file. Of a web page it is the visible text,
    which `explain` prints, with navigation and footers in it and left out.

    Raises:
        BadInput: the file cannot be read as an article, or says something impossible about itself.
    """
    path = Path(path)
    header = _Header(path.name)
    text = _text(path, header)
    if text is None:
        raise BadInput(header.problems)
    given = {"title": title, "publisher": publisher, "author": author, "url": url, "kind": kind or ""}
    article = _article(path, text, header, given, published)
    if article is None or header.problems:
        raise BadInput(header.problems)
    return article


def read_text(
    text: str,
    *,
    id: str,  # noqa: A002 - the field's name
    title: str = "",
    publisher: str = "",
    author: str = "",
    published: tuple[date, date] | None = None,
    url: str = "",
    kind: ArticleKind = "original",
) -> Article:
    """Make an article of a text that is already at hand, say one pasted into the app; front matter in it is left out.

    Raises:
        BadInput: there is nothing to read in it.
    """
    front = FRONT_MATTER.match(text)
    start = front.end() if front else 0
    if not text[start:].strip("\ufeff \t\r\n\u00a0\x00"):
        raise BadInput([Problem(id, None, "text", "is empty", "paste the article's words")])
    out = [LeftOut(Span(0, start), "front matter")] if front else []
    if not front and text.startswith("\ufeff"):
        out.append(LeftOut(Span(0, 1), "byte order mark"))
        start = 1
    return Article(
        id=id,
        title=title or _first_line(text, start),
        publisher=publisher,
        text=text,
        author=author,
        published=published,
        url=url,
        kind=kind,
        left_out=(*out, *left_out(text, start)),
    )


def read_folder(path: str | Path) -> tuple[list[Article], list[Problem]]:
    """Every article of a folder in the order of their names; what cannot be read is a problem and the rest is still read."""
    folder = Path(path)
    if not folder.is_dir():
        return [], [Problem(str(path), None, None, "is no folder", "name a folder that holds .md, .txt or .html files")]
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES)
    found = []
    problems: list[Problem] = []
    for file in files:
        header = _Header(file.name)
        found.append((header, _read(file, header, {})))
        problems += header.problems
    return _first_of_each(found, problems), problems


def read_manifest(path: str | Path) -> tuple[list[Article], list[Problem]]:
    """The articles that a table lists, in its order.

    Columns: file, title, publisher, author, published (YYYY-MM-DD, YYYY-MM or YYYY), and optionally published_precision
    (day, month or year), url and kind. Files lie beside the table or in `articles/` beside it. A missing column and a row
    that cannot be used are problems, and the rest is still read.
    """
    path = Path(path)
    whole = _Header(path.name)
    text = _text(path, whole)
    if text is None:
        return [], whole.problems
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    columns = table.fieldnames or []
    whole.row = 1
    for column in MANIFEST_COLUMNS:
        if column not in columns:
            cure = did_you_mean(column, set(columns) - {*MANIFEST_COLUMNS, *FIELDS})
            whole.wrong(column, "the header has no such column", cure or "add it; its cells may be empty")
    if "file" not in columns:
        return [], whole.problems
    found = []
    problems = whole.problems
    for number, row in enumerate(table, start=2):
        header = _Header(path.name, number)
        found.append((header, _read_row(path.parent, row, header)))
        problems += header.problems
    if not found:
        problems.append(Problem(path.name, None, None, "lists no article", "add one row for each article"))
    return _first_of_each(found, problems), problems


def _read_row(folder: Path, row: dict[str | Any, Any], header: _Header) -> Article | None:
    """The article of one row of a manifest."""
    if None in row or None in row.values():
        header.wrong(None, "has more or fewer cells than the header", "put a cell that holds a comma in double quotes")
        return None
    given = {name: str(row[name]).strip() for name in FIELDS if row.get(name)}
    name = str(row["file"]).strip()
    relative = PurePosixPath(name)
    if not name or relative.is_absolute() or ".." in relative.parts:
        header.wrong(
            "file", f"{name!r} is no file beside the manifest", "give a name, or a path that goes down from there"
        )
        return None
    places = [folder / name, folder / "articles" / name]
    file = next((p for p in places if p.is_file()), None)
    if file is None:
        header.wrong("file", f"{name!r} is neither beside the manifest nor in articles/ beside it")
        return None
    return _read(file, header, given)


def _read(file: Path, header: _Header, given: dict[str, str]) -> Article | None:
    """An article of a folder or a manifest; problems go into `header`, also those that it can be read in spite of."""
    text = _text(file, header)
    article = None if text is None else _article(file, text, header, given, None)
    if article and article.published is None and not any(p.field == "published" for p in header.problems):
        header.wrong(
            "published", f"{file.name} has no date", 'its relative dates ("on Friday") stay open until it has one'
        )
    return article


def _article(
    file: Path, text: str, header: _Header, given: dict[str, str], published: tuple[date, date] | None
) -> Article | None:
    """Put together what the file says of itself and what is given beside it."""
    page = None
    if file.suffix.lower() in (".html", ".htm"):
        page = read_webpage(text)
        header.values, text = page.head, page.account
    elif front := FRONT_MATTER.match(text):
        _front_matter(front.group(1), header)
    elif file.suffix.lower() == ".md" and text.removeprefix("\ufeff").startswith("+++"):
        header.wrong("front matter", "begins with +++ and does not end", "close it with a line of +++")
        return None
    values = header.values | {name: value for name, value in given.items() if value}
    if given.get("published") and not given.get("published_precision"):
        values.pop("published_precision", None)
    kind = values.get("kind", "original")
    if kind not in KINDS:
        header.wrong("kind", f"{kind!r} is none of {', '.join(KINDS)}")
        return None
    try:
        article = read_text(
            text,
            id=file.stem,
            title=values.get("title", ""),
            publisher=values.get("publisher", ""),
            author=values.get("author", ""),
            published=published or _published(values, header),
            url=values.get("url", ""),
            kind=cast("ArticleKind", kind),
        )
        return article if page is None else page.whole(article)
    except BadInput:
        header.wrong("text", f"{file.name} holds no text", "put the article's words into it, or take it away")
        return None


def _published(values: dict[str, str], header: _Header) -> tuple[date, date] | None:
    words = values.get("published", "")
    if not words:
        return None
    try:
        return parse_published(words, values.get("published_precision") or None)
    except ValueError as error:
        header.wrong("published", str(error), "until then its relative dates stay open")
        return None


def _front_matter(toml: str, header: _Header) -> None:
    """Take the fields between the `+++` lines; an unknown one is a problem, for it is a misspelt one."""
    try:
        data = tomllib.loads(toml.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        header.wrong("front matter", f"is not TOML: {error}", 'write name = "value", one a line')
        return
    for name, value in data.items():
        if name not in FIELDS:
            header.wrong(name, "is no field of an article", f"the fields are {', '.join(FIELDS)}")
        elif isinstance(value, (date, datetime)):
            header.values[name] = value.isoformat()
        elif isinstance(value, (str, int)) and not isinstance(value, bool):
            header.values[name] = str(value).strip()
        else:
            header.wrong(name, f"holds {value!r}", "write one text in quotes")


def _text(path: Path, header: _Header) -> str | None:
    """The whole file as text, byte order mark and line ends as stored; None with a problem where that cannot be."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        header.wrong("file", f"{path.name} cannot be read: {error.strerror}")
        return None
    if raw is None:
        header.wrong("file", f"{path.name} is over {MAX_BYTES // 1_000_000} MB", "an article is a few kilobytes")
        return None
    if not raw.strip():
        header.wrong("text", f"{path.name} is empty", "put the article's words into it, or take it away")
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        encoding = "utf-16" if wide else "cp1252"
        reason = f"{path.name} is not UTF-8: byte {error.start} is 0x{raw[error.start]:02x}"
        header.wrong("text", reason, f"if it is {encoding}: iconv -f {encoding} -t utf-8 {path.name}")
        return None


def _first_line(text: str, start: int) -> str:
    """A title for a text that has none: its first line with words, without a Markdown heading's marks."""
    lines = (line.strip("#* \t\ufeff") for line in text[start:].splitlines())
    return next((line for line in lines if line), "")[:200]


def _first_of_each(found: list[tuple[_Header, Article | None]], problems: list[Problem]) -> list[Article]:
    """The articles without a second copy of a text and without a second use of an id."""
    kept: dict[str, Article] = {}
    texts: dict[str, str] = {}
    for header, article in found:
        if article is None:
            continue
        if article.sha256 in texts:
            reason = f"{article.id} has the same text as {texts[article.sha256]}"
            problems.append(Problem(header.file, header.row, "text", reason, "it is read once; take one of them away"))
        elif article.id in kept:
            reason = f"a second article is called {article.id}"
            problems.append(
                Problem(header.file, header.row, "file", reason, "only the first is read; rename one of them")
            )
        else:
            kept[article.id] = article
            texts[article.sha256] = article.id
    return list(kept.values())
