"""A project's files: articles, gazetteer, reviews, incidents. Read from the working folder, or from what ships with the tool.

```
data/articles/*.md, *.txt, *.html   what is read, front matter first
data/originals/                     a publisher's own words for a brief of the same name; stays on this machine
data/reviews.csv                    human decisions
data/incidents.geojson              built from the others
gazetteer/                          places and names
.conflict-map/                      undo log, removed articles, a note of what the incidents were built of
```
Nothing is written before a user writes: until then an empty folder shows the shipped project. The first write copies
the part of it that is about to change.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from anyascii import anyascii

from geo.decisions import reviews
from geo.files import canonical_json, locked, write_atomically
from geo.model import Article, ArticleKind, BadInput, Problem, Review
from geo.published import write_published
from geo.read import read_file, read_folder, read_text

ENVIRONMENT = "CONFLICT_MAP_PROJECT"  # names the working folder where the caller does not
BUNDLE = Path(__file__).with_name("_bundle")  # exists in an installed wheel only
CHECKOUT = Path(__file__).resolve().parents[1]
ARTICLES, ORIGINALS, GAZETTEER = Path("data/articles"), Path("data/originals"), Path("gazetteer")
REVIEWS, INCIDENTS, PRIVATE = Path("data/reviews.csv"), Path("data/incidents.geojson"), Path(".conflict-map")
LONGEST_ID = 80  # characters of a file name made from a title
EMPTY: dict[str, Any] = {"type": "FeatureCollection", "features": []}


class Project:
    """One working folder over the shipped one. Making it reads nothing; raises BadInput where there is no such folder."""

    def __init__(self, root: Path | str | None = None, *, shipped: Path | None = None) -> None:
        self.root = Path(root or os.environ.get(ENVIRONMENT) or Path.cwd()).resolve()
        self.shipped = shipped or (BUNDLE if BUNDLE.is_dir() else CHECKOUT)
        if not self.root.is_dir():  # a mistyped path would show the shipped project as if it were the user's own
            raise BadInput(
                [Problem(str(self.root), None, None, "is no folder", "name the working folder, or make it first")]
            )

    def path(self, part: Path) -> Path:
        """Give where a part is read from: the working folder if it has it, else what ships with the tool."""
        own = self.root / part
        return own if own.exists() else self.shipped / part

    def own(self, part: Path) -> Path:
        """Give where a part is written to, copied from what ships with the tool if the working folder lacks it."""
        own, shipped = self.root / part, self.shipped / part
        if own.exists() or not shipped.exists() or own == shipped:
            return own
        own.parent.mkdir(parents=True, exist_ok=True)
        if shipped.is_file():
            write_atomically(own, shipped.read_bytes())
            return own
        waiting = Path(tempfile.mkdtemp(dir=own.parent, prefix=f".{own.name}.", suffix=".part"))
        for file in sorted(shipped.iterdir()):
            if file.is_file() and not file.name.startswith("."):
                shutil.copyfile(file, waiting / file.name)
        waiting.chmod(0o755)
        try:
            waiting.rename(own)
        except OSError:  # another process has just copied it
            shutil.rmtree(waiting)
            if not own.exists():
                raise
        return own

    @property
    def gazetteer(self) -> Path:
        """The folder that `Gazetteer.load` reads."""
        return self.path(GAZETTEER)

    @property
    def private(self) -> Path:
        """The folder of the undo log; git ignores it."""
        return self.root / PRIVATE

    # ----------------------------------------------------------------------------------------------- articles

    def articles(self) -> tuple[list[Article], list[Problem]]:
        """Read every article, ordered by id; what cannot be read is a problem, and the rest is still read.

        A file of `data/originals` with the name of a brief takes its place: the publisher's words under what the brief
        says of title, publisher and day.
        """
        found, problems = read_folder(self.path(ARTICLES))
        articles = {a.id: a for a in found}
        originals = self.root / ORIGINALS
        if originals.is_dir():
            own, more = read_folder(originals)
            for original in own:
                brief = articles.get(original.id)
                articles[original.id] = _under_the_brief(original, brief) if brief else original
            dated = {a.id for a in articles.values() if a.published}
            problems += [p for p in more if not (p.field == "published" and Path(p.file).stem in dated)]
        return [articles[i] for i in sorted(articles)], problems

    def save_article(
        self,
        text: str,
        *,
        title: str,
        publisher: str = "",
        author: str = "",
        published: tuple[date, date] | None = None,
        url: str = "",
        kind: ArticleKind = "original",
    ) -> Article:
        """Keep a pasted or uploaded article as Markdown with TOML front matter, and give it as it is read back.

        Its id is made of the day of publication and the title.

        Raises:
            BadInput: the text is empty, is kept already, or cannot be written as UTF-8.
            OSError: the folder cannot be written.
        """
        words = text.removeprefix("\ufeff")
        _refuse_half_characters(f"{words}\n{title}\n{publisher}\n{author}\n{url}")
        read_text(words, id="text")
        self._refuse_second_copy(words)
        facts = {"title": title.strip() or read_text(words, id="text").title, "publisher": publisher, "author": author}
        facts |= {"published": write_published(published), "url": url, "kind": kind}
        content = (front_matter(facts) + words).encode("utf-8")
        folder = self.own(ARTICLES)
        with locked(folder / "articles"):
            path = _free(folder, _slug(facts["published"], facts["title"]))
            write_atomically(path, content if content.endswith(b"\n") else content + b"\n")
        return read_file(path)

    def remove_article(self, identity: str) -> Path:
        """Take an article out of the project; its file moves to `.conflict-map/removed`, and that path is returned.

        Raises BadInput where there is no such article.
        """
        found = sorted(p for p in self.own(ARTICLES).glob("*") if p.is_file() and p.stem == identity)
        if not found:
            raise BadInput(
                [Problem("data/articles", None, None, f"there is no article {identity!r}", "see the list of articles")]
            )
        folder = self.private / "removed"
        folder.mkdir(parents=True, exist_ok=True)
        target = _free(folder, identity, found[0].suffix)
        shutil.move(found[0], target)
        return target

    def _refuse_second_copy(self, text: str) -> None:
        kept, _ = self.articles()
        for article in kept:
            start = article.left_out[0].span.end if article.left_out and article.left_out[0].span.start == 0 else 0
            if article.text[start:].split() == text.split():
                reason = f"the text is kept already, as {article.id}"
                raise BadInput([Problem("text", None, "text", reason, "change that article instead")])

    # ----------------------------------------------------------------------------------------------- the rest

    def reviews(self) -> tuple[tuple[Review, ...], tuple[Problem, ...]]:
        """Read the human decisions, and what is wrong with rows of them."""
        return reviews.load(self.path(REVIEWS))

    def decide(self, review: Review) -> bool:
        """Keep a decision; False where it is in force already. Raises as `reviews.append`."""
        return reviews.append(self.own(REVIEWS), review)

    def withdraw(self, review: Review) -> bool:
        """Take a decision back; False where there is none."""
        return reviews.withdraw(self.own(REVIEWS), review)

    def incidents(self) -> dict[str, Any]:
        """Read the collection that was built last, an empty one before the first build.

        Raises BadInput where the file is no GeoJSON FeatureCollection.
        """
        path = self.path(INCIDENTS)
        if not path.exists():
            return dict(EMPTY)
        try:
            collection = json.loads(path.read_text(encoding="utf-8"))
            collection["features"][:0]
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(
                [Problem(str(INCIDENTS), None, None, f"is no FeatureCollection: {error}", "build it again")]
            ) from error
        return dict(collection)

    def write_incidents(self, collection: Mapping[str, Any]) -> Path:
        """Write the built collection: canonical bytes, whole or not at all. Untouched where nothing has changed."""
        path = self.root / INCIDENTS
        content = canonical_json(collection)
        if not path.exists() or path.read_bytes() != content:
            write_atomically(path, content)
        return path


def front_matter(facts: Mapping[str, str]) -> str:
    """Write TOML between `+++` lines; empty fields are left out.

    A JSON string is a TOML basic string, but for the delete character. Source: TOML 1.0.0, "String".
    """
    rows = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value)
    return "+++\n" + "\n".join(rows).replace("\x7f", "\\u007f") + "\n+++\n\n"


def _refuse_half_characters(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        cure = f"take away the half character at position {error.start}"
        raise BadInput([Problem("text", None, "text", f"cannot be written as UTF-8: {error.reason}", cure)]) from error


def _under_the_brief(original: Article, brief: Article) -> Article:
    """Fill in what an original does not say of itself."""
    bare = not original.published and not original.publisher
    return replace(
        original,
        title=brief.title if bare else original.title,
        publisher=original.publisher or brief.publisher,
        author=original.author or brief.author,
        published=original.published or brief.published,
        url=original.url or brief.url,
        kind="original",
    )


def _slug(published: str, title: str) -> str:
    words = re.findall(r"[a-z0-9]+", anyascii(f"{published} {title}").casefold())
    return "-".join(words)[:LONGEST_ID].strip("-") or "article"


def _free(folder: Path, stem: str, suffix: str = ".md") -> Path:
    """Give a path that is not taken; no two articles share a stem, whatever their suffix."""
    taken = {p.stem.casefold() for p in folder.iterdir()} if folder.is_dir() else set()
    name, number = stem, 2
    while name.casefold() in taken:
        name, number = f"{stem}-{number}", number + 1
    return folder / f"{name}{suffix}"
