"""Titles, by-lines and offers to pay on web pages, where no element sets them apart."""

import pytest

from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from tests.corpus.importing.test_pages import MORE, page

HEAD = "<title>Why I swim - Marsh Notes</title>"


def read(body: str, head: str = "") -> Proposal:
    (article,) = read_and_interpret(page(body, head).encode(), "saved.html")
    return article


def beside(article: Proposal, kind: str) -> list[str]:
    return [piece.text for piece in article.paratext if piece.kind == kind]


def test_the_only_first_heading_may_be_the_name_of_the_site() -> None:
    article = read(f"<h1>Marsh Notes</h1><h2>Why I swim</h2>{MORE}", HEAD)
    assert (article.title.value, article.title.rule) == ("Why I swim", "title_element")
    assert (article.outlet.value, article.outlet.evidence) == ("Marsh Notes", "Outlet: Marsh Notes")
    assert "## Why I swim" in beside(article, "title")


@pytest.mark.parametrize(
    "body",
    [f"<h1>Marsh Notes</h1>{MORE}", f"<h1>Why I swim</h1><h2>Marsh Notes</h2>{MORE}"],
    ids=["no heading begins the title", "it is that of the article"],
)
def test_a_first_heading_else_is_the_title(body: str) -> None:
    article = read(body, HEAD)
    assert article.title.rule == "only_heading"
    assert article.outlet.value is None


@pytest.mark.parametrize(
    "by_line",
    [
        '<p>By <a href="/ra">Ruth Ashdown</a> and Tomás Ó Briain</p>',
        "<p><em>by Ruth Ashdown and Tomás Ó Briain</em></p>",
    ],
)
def test_who_wrote_it_is_told_by_a_linked_line_too(by_line: str) -> None:
    article = read(f"<h1>Votes</h1>{by_line}{MORE}")
    assert article.authors.value == ("Ruth Ashdown", "Tomás Ó Briain")
    assert len(beside(article, "by_line")) == 1
    assert "Ashdown" not in article.text


def test_a_part_of_the_paper_above_the_title_is_no_standfirst() -> None:
    article = read(
        f"<article><p>Local news</p><h1>Votes</h1><p>They will count</p>{MORE}</article>"
    )
    assert "Local news" in beside(article, "boilerplate")
    assert article.standfirst.value == "They will count"
    # Its element ends where the writer ended it.
    assert not article.flags


@pytest.mark.parametrize(
    "offer",
    [
        "<h2>Subscribe to continue reading</h2>",
        "<p>Already a subscriber? Log in. Get unlimited access for £1 a week.</p>",
        "<p>This article is for subscribers only.</p>",
        "<p>To continue reading, please register or sign in.</p>",
    ],
)
def test_an_offer_to_pay_is_no_text_and_says_that_more_may_be_missing(offer: str) -> None:
    article = read(f"<article><h1>Votes</h1>{MORE}{offer}</article>")
    assert [flag.kind for flag in article.flags] == ["beginning_only"]
    assert article.text.count("\n\n") == MORE.count("<p>") - 1


def test_words_about_subscribers_are_words() -> None:
    said = "The paper asked each subscriber to continue reading it through the strike."
    article = read(f"<h1>Votes</h1>{MORE}<p>{said}</p>")
    assert article.text.endswith(said)
    assert not article.flags


ROWS = (("Year", "Visits"), ("2021", "22,000"), ("2022", "37,500"))


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


@pytest.mark.parametrize("cell", ["{}", "<p>{}</p>", "\n<div><b>{}</b>\n</div>"])
def test_a_row_of_a_table_is_a_line(cell: str) -> None:
    rows = tuple(tuple(cell.format(words) for words in row) for row in ROWS)
    article = read(f"<article><h1>Votes</h1>{MORE}{table(rows)}{MORE}</article>")
    lines = article.text.split("\n\n")
    assert [line.split() for line in lines if "\u2003" in line] == [list(row) for row in ROWS]


def test_a_table_that_lays_out_a_page_holds_paragraphs() -> None:
    laid_out = table((("Menu", f"<p>One. {MORE}"), ("Foot", "x " * 60)))
    article = read(laid_out)
    assert "\u2003" not in article.text
    assert article.text.count("Paragraph") == MORE.count("Paragraph")


def test_names_are_parted_in_other_languages_too() -> None:
    article = read(f"<h1>Votes</h1><p>Von Jörg Müller und Ina Voß</p>{MORE}")
    assert article.authors.value == ("Jörg Müller", "Ina Voß")
