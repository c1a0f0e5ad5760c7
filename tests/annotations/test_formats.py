"""What readers take along: CSV and Markdown of annotations, whatever is written in them."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotations.formats.annotations_csv import COLUMNS, annotations_as_csv
from annotations.formats.annotations_markdown import annotations_as_markdown, escaped, quotation
from annotations.formats.cells import harmless, lines_of
from annotations.queries import entries
from annotations.queries.entries import Grouping, Row
from annotations.queries.notebook import Wanted, notebook_rows
from corpus.access import viewer_of
from corpus.models import Agent, Article, Authorship, Outlet
from tests.factories import make_article, make_highlight, make_link, make_note, make_tag

ORIGIN = "https://read.example"

HOSTILE = (
    "=HYPERLINK(1) | a pipe, `a tick`, *stars* and _bars_",
    "# no heading",
    "1. no list, 2) nor this",
    "- + = > no item & no &amp; entity <script>alert(1)</script> [no](http://link) ![no](image)",
    "``` no fence ~~~ \\ back",
    "שלום עולם \u202eמאחור\u202c العربية",
)

plain_text = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=80)


def rows_of(user: User, by: Grouping = "article") -> Iterator[Row]:
    viewer = viewer_of(user)
    return entries.all_rows(viewer, notebook_rows(viewer, Wanted(by=by)), by)


def table_of(user: User) -> list[dict[str, str]]:
    text = "".join(annotations_as_csv(rows_of(user), ORIGIN))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def markdown_of(user: User, by: Grouping = "article", *, names_readers: bool = False) -> str:
    parts = annotations_as_markdown(
        "My notebook", rows_of(user, by), ORIGIN, names_readers=names_readers
    )
    return "".join(parts)


def words_in(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rendered(markdown: str) -> str:
    return str(MarkdownIt("commonmark").enable("table").enable("strikethrough").render(markdown))


@pytest.fixture
def cited(alice: User) -> Article:
    """Return an article of which all is known, with a marked passage."""
    article = make_article(
        title="The exodus",
        slug="the-exodus",
        published_on=date(2017, 3, 23),
        published_precision=Article.Precision.DAY,
        outlet=Outlet.objects.create(name="New Socialist", slug="new-socialist"),
    )
    agent = Agent.objects.create(name="Jade Azim", slug="jade-azim", kind="person")
    Authorship.objects.create(article=article, agent=agent)
    marked = make_highlight(alice, article, claim="deselection threat", note="In *plain* words.")
    make_tag(alice, marked, "prayer", stance="disputes", speaker="Ann Coffey", voice="quoted")
    make_link(alice, marked, make_article(title="Another", slug="another"), relation="contradicts")
    return article


@pytest.mark.usefixtures("cited")
def test_a_line_of_csv_says_what_is_marked_where_and_as_what(alice: User) -> None:
    (line,) = table_of(alice)
    assert tuple(line) == COLUMNS
    link = alice.links.get()
    assert line | {"Made": ""} == {
        "Highlight": "pray by their bedside",
        "Title": "The exodus",
        "Author": "Jade Azim",
        "URL": f"{ORIGIN}/articles/the-exodus/#h1",
        "Note": "In *plain* words.",
        "Publication": "New Socialist",
        "Date": "2017-03-23",
        "Claims": "supports: Deselection threat; disputes: Prayer",
        "Links": f"contradicts: Another ({ORIGIN}/links/{link.pk}/)",
        "Kind": "highlight",
        "Reader": alice.profile.display_name,
        "Audience": "public",
        "Made": "",
    }


@pytest.mark.usefixtures("cited")
def test_markdown_quotes_cites_and_links_back(alice: User) -> None:
    link = alice.links.get()
    assert markdown_of(alice) == (
        "# My notebook\n"
        "\n## The exodus\n"
        "\n> pray by their bedside\n"
        "\n— Jade Azim, “The exodus”, New Socialist, 23 March 2017."
        f" <{ORIGIN}/articles/the-exodus/#h1>\n"
        "\n- Note:\n\n  In *plain* words.\n"
        "- Claim, supports: Deselection threat\n"
        "- Claim, disputes: Prayer (Ann Coffey · quoted)\n"
        f"- Link, contradicts: Another <{ORIGIN}/links/{link.pk}/>\n"
    )


@pytest.mark.usefixtures("cited")
def test_markdown_by_claim_stands_under_each_claim(alice: User) -> None:
    make_note(alice, make_article(title="Undated"), "Of the whole.")
    markdown = markdown_of(alice, "claim")
    assert re.findall("^## .*", markdown, re.MULTILINE) == [
        "## Deselection threat",
        "## Prayer",
        "## Without a claim",
    ]
    assert "“Undated”, date unknown." in markdown


@pytest.mark.usefixtures("cited")
def test_of_several_readers_each_note_says_whose_it_is(alice: User) -> None:
    make_highlight(alice, make_article(), "members decide")
    markdown = markdown_of(alice, names_readers=True)
    assert f"- Note by {alice.profile.display_name}:" in markdown
    assert f"- Marked by {alice.profile.display_name}" in markdown


def test_hostile_words_are_only_words(alice: User) -> None:
    article = make_article(*HOSTILE, title="=cmd|' /C calc'!A0 # *x* <b>")
    for words in HOSTILE:
        make_highlight(alice, article, words)
    make_highlight(alice, article, article.current_version.text)  # type: ignore[union-attr]
    html = rendered(markdown_of(alice))
    assert set(re.findall(r"<(\w+)", html)) <= {"h1", "h2", "blockquote", "p", "a"}
    for words in HOSTILE:
        assert " ".join(words.split()) in words_in(html)
    lines = table_of(alice)
    assert {line["Title"] for line in lines} == {f"'{article.title}"}
    assert sorted(line["Highlight"].removeprefix("'") for line in lines) == sorted(
        mark.exact for mark in alice.annotations.all()
    )


@pytest.mark.parametrize(
    "note", ["```\nnever closed", "<!-- never closed", "<script>\nvar x", "# Heading\n\n> quoted"]
)
def test_what_a_note_leaves_open_ends_with_it(note: str, alice: User) -> None:
    article = make_article()
    make_highlight(alice, article, note=note)
    make_highlight(alice, article, "members decide")
    html = rendered(markdown_of(alice))
    assert "<blockquote>\n<p>members decide</p>\n</blockquote>" in html


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", "\u00a0@"])
def test_a_cell_that_a_spreadsheet_could_run_gets_an_apostrophe(sign: str) -> None:
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("cell", ["", "words", "1-1", "a=b", "‘quoted’", "— a dash"])
def test_a_harmless_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.lists(st.lists(st.text(st.characters(blacklist_categories=["Cs"])), min_size=2)))
def test_csv_is_read_back_as_it_was_but_for_apostrophes(rows: list[list[str]]) -> None:
    rows = [[cell.replace("\0", "") for cell in row] for row in rows]
    text = "".join(lines_of(rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [[harmless(cell) for cell in row] for row in rows]


@given(plain_text)
def test_escaped_words_are_read_back_as_they_were(text: str) -> None:
    html = rendered(escaped(text))
    assert unescape(html.removeprefix("<p>").removesuffix("</p>\n")) == " ".join(text.split())


@given(st.lists(plain_text, max_size=4))
def test_a_quotation_holds_nothing_but_its_words(lines: list[str]) -> None:
    html = rendered("\n".join(quotation("\n".join(lines))))
    assert set(re.findall(r"<(\w+)", html)) <= {"blockquote", "p"}


def test_a_very_long_passage_is_taken_along_whole(alice: User) -> None:
    words = "word " * 1_999 + "end"
    make_highlight(alice, make_article(words), words)
    assert f"> {words}\n" in markdown_of(alice)
    assert table_of(alice)[0]["Highlight"] == words
