"""Documents are read as they are stored; what is wrong with one is said, and the others are read."""

from datetime import date

import pytest

from geo.model import BadInput
from geo.published import parse_published, write_published
from geo.read import MAX_BYTES, read_file, read_folder, read_manifest, read_text

WORDS = "Rockets hit the port of Arlo on Sunday.\n"
FRONT = '+++\ntitle = "Port hit"\npublisher = "Arlo Post"\nauthor = "K. Lund"\npublished = "2031-05-04"\nurl = ""\nkind = "brief"\n+++\n'
HEADER = "file,title,publisher,author,published,published_precision\n"


def put(folder, **files):
    """Write `a_txt=...` as a.txt."""
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        (folder / f"{stem}.{suffix}").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


# ------------------------------------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("words", "precision", "first", "last"),
    [
        ("2031-05-04", None, "2031-05-04", "2031-05-04"),
        ("2031-05", None, "2031-05-01", "2031-05-31"),
        ("2032-02", None, "2032-02-01", "2032-02-29"),
        ("2031", None, "2031-01-01", "2031-12-31"),
        ("2031-05-01", "month", "2031-05-01", "2031-05-31"),
        ("2031-05-01", "year", "2031-01-01", "2031-12-31"),
        ("2031-05", "month", "2031-05-01", "2031-05-31"),
        ("2031-05-04T23:50:00+09:00", None, "2031-05-04", "2031-05-04"),
        (" 2031-05-04 ", "day", "2031-05-04", "2031-05-04"),
    ],
)
def test_a_publication_date_is_as_precise_as_it_is_given(words, precision, first, last):
    assert parse_published(words, precision) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "precision", "says"),
    [
        ("4 May 2031", None, "YYYY-MM-DD"),
        ("", None, "YYYY-MM-DD"),
        ("2031-02-30", None, "no day of the calendar"),
        ("2031-13", None, "no day of the calendar"),
        ("0000", None, "no day of the calendar"),
        ("2031-05", "day", "not as precise"),
        ("2031-05", "week", "none of day, month, year"),
    ],
)
def test_a_publication_date_that_is_none_is_refused(words, precision, says):
    with pytest.raises(ValueError, match=says):
        parse_published(words, precision)


@pytest.mark.parametrize("words", ["2031-05-04", "2031-05", "2031", ""])
def test_a_publication_date_is_written_as_it_was_read(words):
    assert write_published(parse_published(words) if words else None) == words


# ------------------------------------------------------------------------------------------------ one file


def test_a_text_file_keeps_every_character_as_stored(tmp_path):
    stored = "“Two\u00a0rockets” hit Arlo’s port[1] — again.\r\n\r\nNobody was hurt.\r\n"
    article = read_file(put(tmp_path, a_txt=stored) / "a.txt", title="Port hit", publisher="Arlo Post")
    assert article.text == stored
    assert (article.id, article.title, article.publisher, article.kind) == ("a", "Port hit", "Arlo Post", "original")


def test_a_byte_order_mark_stays_in_the_text_and_is_left_out(tmp_path):
    article = read_file(put(tmp_path, a_txt=b"\xef\xbb\xbf" + WORDS.encode()) / "a.txt")
    assert article.text == "\ufeff" + WORDS
    assert [(o.span.start, o.span.end, o.reason) for o in article.left_out] == [(0, 1, "byte order mark")]
    assert article.title == WORDS.strip()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_front_matter_speaks_for_the_article_and_is_left_out(tmp_path, newline):
    text = (FRONT + WORDS).replace("\n", newline)
    article = read_file(put(tmp_path, a_md=text) / "a.md")
    assert (article.title, article.publisher, article.author, article.kind) == (
        "Port hit",
        "Arlo Post",
        "K. Lund",
        "brief",
    )
    assert article.published == (date(2031, 5, 4), date(2031, 5, 4))
    assert article.text[article.left_out[0].span.end :].strip() == WORDS.strip()


@pytest.mark.parametrize(
    ("published", "last"),
    [('"2031-05"', date(2031, 5, 31)), ("2031-05-04", date(2031, 5, 4)), ("2031", date(2031, 12, 31))],
)
def test_front_matter_may_write_a_date_in_any_way_that_toml_has(tmp_path, published, last):
    text = FRONT.replace('"2031-05-04"', published) + WORDS
    assert read_file(put(tmp_path, a_md=text) / "a.md").published[1] == last


def test_what_is_passed_in_wins_over_the_file(tmp_path):
    article = read_file(
        put(tmp_path, a_md=FRONT + WORDS) / "a.md", title="Mine", published=(date(2031, 5, 1), date(2031, 5, 31))
    )
    assert (article.title, article.published[1], article.publisher) == ("Mine", date(2031, 5, 31), "Arlo Post")


def test_a_web_page_becomes_its_visible_text(tmp_path):
    page = """<!doctype html><html><head><title>Port hit | Arlo Post</title><meta property="og:title" content="Port hit">
    <meta property="og:site_name" content="Arlo Post"><meta property="article:published_time" content="2031-05-04T09:00:00Z">
    <script>var a = "Rockets hit Pello";</script><style>p{}</style></head><body><nav><p>Bombs in Pello</p></nav>
    <h1>Port hit</h1><p>Two rockets hit
    <b>Arlo</b>&rsquo;s port &amp; a ship.<br>Nobody was hurt.</p><ul><li>One fell short.</li></ul><footer>© Post</footer></body>"""
    article = read_file(put(tmp_path, a_html=page) / "a.html")
    account = "Port hit\n\nTwo rockets hit Arlo’s port & a ship.\nNobody was hurt.\n\n- One fell short."
    assert article.text == f"Bombs in Pello\n\n{account}\n\n© Post\n"
    assert [(part.span.of(article.text), part.reason) for part in article.left_out] == [
        ("Bombs in Pello", "navigation"),
        ("© Post", "footer"),
    ]
    assert (article.title, article.publisher, article.published[0]) == ("Port hit", "Arlo Post", date(2031, 5, 4))


@pytest.mark.parametrize(
    ("page", "beside"),
    [
        ("<p>Shells hit Arlo.</p><nav><ul><li>Home<aside>More</aside></ul></nav><p>Two died.</p>", "- Home\n\nMore"),
        ("<nav><p>Home</nav>Shells hit Arlo.", "Home"),
        ("Shells hit Arlo.<footer><p>Imprint", "Imprint"),  # never closed
        ("Shells hit Arlo.<nav> </nav>", ""),
        ("Shells hit \x02Arlo\x03.<nav>Home</nav>Two died.", "Home"),
        ("Shells hit Arlo.<script><nav>no</nav></script></nav>", ""),
    ],
)
def test_what_stands_beside_a_page_s_account_is_kept_and_marked(tmp_path, page, beside):
    article = read_file(put(tmp_path, a_html=page) / "a.html")
    assert "".join(part.span.of(article.text) for part in article.left_out) == beside
    assert article.title == "Shells hit Arlo."


def test_a_page_of_navigation_alone_holds_no_text(tmp_path):
    with pytest.raises(BadInput, match="holds no text"):
        read_file(put(tmp_path, a_html="<nav>Bombs in Pello</nav>") / "a.html")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a_txt", b"", "a.txt is empty"),
        ("a_txt", b" \n\xc2\xa0\n", "a.txt holds no text"),
        ("a_md", FRONT, "a.md holds no text"),
        (
            "a_txt",
            "Caf\u00e9 bombed".encode("cp1252"),
            "byte 3 is 0xe9 (if it is cp1252: iconv -f cp1252 -t utf-8 a.txt)",
        ),
        ("a_txt", WORDS.encode("utf-16"), "iconv -f utf-16"),
        ("a_md", "+++\ntitle = \n+++\n" + WORDS, "front matter: is not TOML"),
        ("a_md", '+++\ntitle = "x"\n' + WORDS, "does not end"),
        ("a_md", FRONT.replace("author", "auhtor") + WORDS, "auhtor: is no field"),
        ("a_md", FRONT.replace('"brief"', '"blog"') + WORDS, "kind: 'blog' is none of original, brief"),
        ("a_md", FRONT.replace("2031-05-04", "May 2031") + WORDS, "published: 'May 2031' is no date"),
        ("a_md", FRONT.replace('"K. Lund"', "[1]") + WORDS, "author: holds [1]"),
        ("a_txt", b"x" * (MAX_BYTES + 1), "over 5 MB"),
    ],
)
def test_a_file_that_is_no_article_is_refused_with_its_reason(tmp_path, name, content, says):
    put(tmp_path, **{name: content})
    with pytest.raises(BadInput) as refused:
        read_file(next(tmp_path.iterdir()))
    assert says in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInput, match=r"a\.txt cannot be read: No such file"):
        read_file(tmp_path / "a.txt")


def test_a_text_without_a_title_is_called_by_its_first_line():
    assert read_text("\n# Port hit\n\n" + WORDS, id="a").title == "Port hit"


def test_an_empty_text_is_refused():
    with pytest.raises(BadInput, match="paste"):
        read_text(" \n", id="a")


# ------------------------------------------------------------------------------------------------ a folder


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    put(tmp_path, b_md=FRONT + WORDS, a_md=FRONT + "Mines killed two in Pello.\n", c_csv="x")
    articles, problems = read_folder(tmp_path)
    assert [a.id for a in articles] == ["a", "b"]
    assert problems == []


def test_one_bad_file_of_a_folder_loses_no_other(tmp_path):
    put(
        tmp_path,
        a_txt=b"\xff",
        b_txt="",
        c_md=FRONT + WORDS,
        d_txt="A mine killed two.\n",
        e_md=FRONT.replace("-05-04", "") + WORDS * 2,
    )
    articles, problems = read_folder(tmp_path)
    assert [a.id for a in articles] == ["c", "d", "e"]
    assert [(p.file, p.field) for p in problems] == [("a.txt", "text"), ("b.txt", "text"), ("d.txt", "published")]
    assert "stay open" in str(problems[2])


def test_the_same_text_twice_is_read_once(tmp_path):
    articles, problems = read_folder(put(tmp_path, a_md=FRONT + WORDS, b_md=FRONT + WORDS))
    assert [a.id for a in articles] == ["a"]
    assert str(problems[0]) == "b.md, text: b has the same text as a (it is read once; take one of them away)"


def test_two_files_of_one_name_are_one_article_and_a_problem(tmp_path):
    articles, problems = read_folder(put(tmp_path, a_md=FRONT + WORDS, a_html=f"<p>{WORDS * 2}</p>"))
    assert len(articles) == 1
    assert any("rename" in str(p) for p in problems)


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    assert "is no folder" in str(read_folder(tmp_path / "none")[1][0])


# ------------------------------------------------------------------------------------------------ a manifest


def test_a_manifest_names_its_articles_in_its_order(tmp_path):
    (tmp_path / "articles").mkdir()
    put(tmp_path / "articles", a_txt=WORDS)
    put(
        tmp_path,
        b_txt=WORDS * 2,
        m_csv="\ufeff"
        + HEADER
        + 'b.txt,"Port, hit",Arlo Post,,2031-05-04,day\na.txt,Two,Post,K. Lund,2031-05-01,month\n',
    )
    articles, problems = read_manifest(tmp_path / "m.csv")
    assert problems == []
    assert [(a.id, a.title, a.published[1]) for a in articles] == [
        ("b", "Port, hit", date(2031, 5, 4)),
        ("a", "Two", date(2031, 5, 31)),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("none.txt,T,P,,2031-05-04,day", "m.csv, row 3, file: 'none.txt' is neither beside the manifest"),
        ("../b.txt,T,P,,2031-05-04,day", "is no file beside the manifest"),
        ("/etc/hostname,T,P,,2031-05-04,day", "is no file beside the manifest"),
        (",T,P,,2031-05-04,day", "m.csv, row 3, file: ''"),
        ("c.txt,T,P", "row 3: has more or fewer cells"),
        ("c.txt,T,P,,2031-05-04,day,more", "row 3: has more or fewer cells"),
        ("b.txt,T,P,,2031-05-04,day", "row 3, text: b has the same text as b"),
    ],
)
def test_a_bad_row_is_a_problem_and_the_others_are_read(tmp_path, row, says):
    put(tmp_path, b_txt=WORDS, c_txt=WORDS * 2, m_csv=f"{HEADER}b.txt,T,P,,2031-05-04,day\n{row}\n")
    articles, problems = read_manifest(tmp_path / "m.csv")
    assert [a.id for a in articles] == ["b"]
    assert says in str(problems[0])


def test_a_manifest_without_a_column_is_read_as_far_as_it_goes(tmp_path):
    put(tmp_path, b_txt=WORDS, m_csv="file,titel,publisher,author,published\nb.txt,T,P,,2031-05\nnone.txt,T,P,,2031\n")
    articles, problems = read_manifest(tmp_path / "m.csv")
    assert [(a.id, a.published[1]) for a in articles] == [("b", date(2031, 5, 31))]
    assert [(p.row, p.field) for p in problems] == [(1, "title"), (3, "file")]
    assert problems[0].cure == "did you mean 'titel'?"


def test_what_only_looks_like_an_article_is_told(tmp_path):
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    articles, problems = read_folder(put(tmp_path, a_md=FRONT + WORDS))
    assert [a.id for a in articles] == ["a"]
    assert [str(p) for p in problems] == [
        "folder.md, file: folder.md cannot be read: Is a directory",
        "gone.md, file: gone.md cannot be read: No such file or directory",
    ]


@pytest.mark.parametrize(("published", "precision"), [("", ""), ("soon", "day"), ("2031-05", "day")])
def test_an_article_with_a_bad_date_is_read_without_one(tmp_path, published, precision):
    put(tmp_path, b_txt=WORDS, m_csv=f"{HEADER}b.txt,T,P,,{published},{precision}\n")
    articles, problems = read_manifest(tmp_path / "m.csv")
    assert [a.published for a in articles] == [None]
    assert [(p.row, p.field) for p in problems] == [(2, "published")]
    assert "stay open" in problems[0].cure


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("title\nT\n", "m.csv, row 1, file: the header has no such column"),
        (HEADER, "lists no article"),
        (b"", "m.csv is empty"),
        (b"file,\xe9\n", "not UTF-8: byte 5"),
    ],
)
def test_a_manifest_that_cannot_be_used_says_why(tmp_path, content, says):
    articles, problems = read_manifest(put(tmp_path, m_csv=content) / "m.csv")
    assert articles == []
    assert says in str(problems[0])
