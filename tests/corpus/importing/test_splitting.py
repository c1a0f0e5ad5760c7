"""One file may hold many articles; what parts them is left out, and nothing gets lost."""

import pytest

from corpus.importing.pipeline import read_and_interpret

FIRST = "The first motion was carried by a large majority of the people in the hall. " * 4
SECOND = "The second motion fell, since nobody could be found who would speak for it. " * 4


@pytest.mark.parametrize(
    "between",
    [
        "\n\nThis article first appeared in the 3 May 2019 issue of the Herald\n\n",
        "\n\n====================\n\n",
        "\n\n_ _ _ _ _ _ _ _\n\n",
        "\n\f\n",
        "\n\n2 of 50 DOCUMENTS\n\n",
    ],
)
def test_articles_are_parted(between: str) -> None:
    articles = read_and_interpret(f"{FIRST}{between}{SECOND}".encode(), "dump.txt")
    assert [article.text for article in articles] == [FIRST.strip(), SECOND.strip()]
    assert articles[0].source_end == articles[1].source_start


def test_a_leftover_after_the_source_line_stays_with_its_article() -> None:
    line = "This article first appeared in the Herald"
    (article,) = read_and_interpret(f"{FIRST}\n\n{line}\n\nComments\n".encode(), "dump.txt")
    assert [piece.text for piece in article.paratext] == [line, "Comments"]


def test_a_row_of_signs_before_the_first_article_makes_no_article() -> None:
    (article,) = read_and_interpret(f"==========\n\n{FIRST}".encode(), "dump.txt")
    assert article.text == FIRST.strip()
    assert article.source_start == 0


def test_a_page_break_within_a_sentence_does_not_part_it() -> None:
    text = f"{FIRST}It was the\n\fsecond of the three. {SECOND}"
    assert len(read_and_interpret(text.encode(), "printed.txt")) == 1


def test_a_row_of_stars_within_an_article_does_not_part_it() -> None:
    assert len(read_and_interpret(f"{FIRST}\n\n* * *\n\n{SECOND}".encode(), "dump.txt")) == 1


@pytest.mark.parametrize("row", ["* * *", "***", "-----", "- - -", "~" * 30, "—" * 5])
def test_a_row_of_signs_parts_sections_and_is_none_of_the_text(row: str) -> None:
    (article,) = read_and_interpret(f"{FIRST}\n\n{row}\n\n{SECOND}".encode(), "a.txt")
    assert article.text == f"{FIRST.strip()}\n\n{SECOND.strip()}"
    assert [(line.text, line.why) for line in article.dropped] == [
        (row, "it parts the sections of the text")
    ]


def test_a_row_over_the_page_above_a_head_parts_articles() -> None:
    head = "The lamps on the hill\n2 May 2020"
    text = f"{FIRST}\n\n{{}}\n\n{head}\n\n{SECOND}"
    for row in ("-" * 60, "*" * 40, "- " * 30):
        first, second = read_and_interpret(text.format(row).encode(), "dump.txt")
        assert first.text == FIRST.strip()
        assert (second.title.value, second.text) == ("The lamps on the hill", SECOND.strip())


def test_a_row_between_the_lines_of_a_table_stays() -> None:
    table = "Name    Age\n-----------\nAnn     40"
    (article,) = read_and_interpret(f"{FIRST}\n\n{table}\n\n{SECOND}".encode(), "a.txt")
    assert table in article.text
