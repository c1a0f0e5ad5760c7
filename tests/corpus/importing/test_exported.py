"""Exports of newspaper databases: many articles a file, each below a count of documents."""

import pytest

from corpus.importing.pipeline import read_and_interpret

BELLS = """The bells of St Anne were rung for an hour last night, though nobody had
asked for them, and the vicar could give no reason for it when he was asked.

It is the ninth time that this has happened since the autumn began here.
"""
BODY = BELLS.replace("had\nasked", "had asked").strip()


def document(number: int = 1, above: str = "", below: str = "", text: str = BELLS) -> str:
    """Return one document of an export; lines are set in the middle as databases set them."""
    return (
        f"                             {number} of 30 DOCUMENTS\n\n\n"
        "                              The Evening Post\n\n"
        f"                        March {number}, 2012 Thursday\n"
        "                              Late Edition\n\n"
        f"{above or 'The affair of the bells'}\n\n"
        "BYLINE: Carla Dunn\n\nSECTION: NEWS; Pg. 1\n\nLENGTH: 101 words\n\n\n"
        f"{text}\n"
        f"LOAD-DATE: March 30, 2012\n\nLANGUAGE: ENGLISH\n\n{below}"
        "                   Copyright 2012 The Evening Post Ltd\n"
        "                            All Rights Reserved\n\n"
    )


def test_head_of_a_document_tells_paper_day_author_and_title() -> None:
    (article,) = read_and_interpret(document().encode(), "export.txt")
    assert (article.title.value, article.title.basis) == ("The affair of the bells", "given")
    assert (article.outlet.value, article.outlet.evidence) == (("The Evening Post",) * 2)
    assert article.authors.value == ("Carla Dunn",)
    assert article.published.value is not None
    assert article.published.value.date == "2012-03-01"
    assert article.text == BODY
    assert not article.flags


@pytest.mark.parametrize(
    "text", [BELLS, "The bells were rung again.\n"], ids=["long", "shorter than a notice"]
)
def test_each_document_is_an_article_with_its_own_head(text: str) -> None:
    raw = "".join(document(number, text=text) for number in range(1, 31))
    articles = read_and_interpret(raw.encode(), "export.txt")
    days = [article.published.value for article in articles]
    assert [day and day.date for day in days] == [f"2012-03-{n:02}" for n in range(1, 31)]
    assert {article.title.value for article in articles} == {"The affair of the bells"}
    assert len({article.text for article in articles}) == 1


def test_words_about_the_search_stay_with_the_first_document() -> None:
    raw = f"Search terms: bells\n\n{document(1)}{document(2)}"
    articles = read_and_interpret(raw.encode(), "export.txt")
    assert len(articles) == 2
    assert articles[0].source_start == 0


def test_title_may_take_two_lines_and_fields_below_the_text_several() -> None:
    above = "The affair of the bells that were rung\nwithout any reason"
    below = "SUBJECT: CHURCHES (90%); BELLS (89%);\nVICARS (78%)\n\n"
    (article,) = read_and_interpret(document(above=above, below=below).encode(), "export.txt")
    assert article.title.value == above.replace("\n", " ")
    assert article.text == BODY
    assert "VICARS (78%)" in [piece.text for piece in article.paratext]


def test_title_in_a_field_takes_the_place_of_the_line_above() -> None:
    raw = document(above="HEADLINE: The vicar explains")
    (article,) = read_and_interpret(raw.encode(), "export.txt")
    assert article.title.value == "The vicar explains"
    assert article.outlet.value == "The Evening Post"
    assert article.text == BODY


def test_fields_are_words_where_nothing_was_exported() -> None:
    raw = f"The affair of the bells\n\n{BELLS}\nLANGUAGE: plain, as the vicar said.\n"
    (article,) = read_and_interpret(raw.encode(), "a.txt")
    assert article.text.endswith("LANGUAGE: plain, as the vicar said.")
