"""A title above a by-line, a date or an address shows where another article begins."""

import time

import pytest

from corpus.importing.decisions import NOTHING_DECIDED
from corpus.importing.mastheads import mastheads
from corpus.importing.passages import lines_of
from corpus.importing.pipeline import interpret, read_and_interpret
from corpus.importing.proposal import Flag, Proposal
from corpus.importing.read import read_source
from corpus.importing.split import Part

FIRST = "The first motion was carried by a large majority of the people in the hall. " * 4
SECOND = "The second motion fell, since nobody could be found who would speak for it. " * 4
# Four lines each; what grows with the square of their number takes minutes.
MOST_SECONDS = 20
TITLE = "A second motion in the hall"


def articles(between: str, second: str = SECOND) -> list[Proposal]:
    return read_and_interpret(f"The motion\n\n{FIRST}{between}{second}".encode(), "dump.txt")


def hints(proposal: Proposal) -> list[Flag]:
    return [flag for flag in proposal.flags if flag.kind == "second_article"]


@pytest.mark.parametrize(
    "head",
    [
        f"\n\n{TITLE}\nBy Jane Smith\n\n",
        f"\n\n{TITLE}\n\nBy Jane Smith, political editor\n3 May 2019\n\n",
        f"\n{TITLE}\nPublished 3 May 2019 at 14:32\n",
        f"\n\n{TITLE}\nhttps://example.org/motion\n3 May 2019\n\n",
        f"\n\n{TITLE}\nNobody would speak for it.\nBy Jane Smith\n\n",
        f"\n\n{TITLE}\n\nShare this article\nBy Jane Smith\n\n",
        f"\n\nhttps://example.org/motion\n\n{TITLE}\n\nBy Jane Smith\n\n",
        f"\n\nSign up for our newsletter\n{TITLE}\nBy Jane Smith\n\n",
    ],
)
def test_a_sure_head_begins_another_article(head: str) -> None:
    first, second = articles(head)
    assert (first.title.value, first.text.split("\n")[0]) == ("The motion", FIRST.strip())
    assert second.title.value == TITLE
    assert second.text.endswith(SECOND.strip())
    assert hints(first) == hints(second) == []


@pytest.mark.parametrize(
    "head",
    [
        f"\n\n{TITLE}\n3 May 2019\n\n",
        f"\n\n{TITLE}\nhttps://example.org/motion\n\n",
        f"\n\n{TITLE}\nby Jane Smith\n\n",
        f"\n\n{TITLE}\n\nNobody would speak for it.\n\nBy Jane Smith\n\n",
    ],
)
def test_what_may_be_a_head_is_told(head: str) -> None:
    (article,) = articles(head)
    (hint,) = hints(article)
    assert article.text[hint.start :].startswith(TITLE)
    assert str(hint) == (
        f"This may be two articles: if another one begins at “{TITLE}”, split it there."
    )


@pytest.mark.parametrize(
    "between",
    [
        f"\n\n{TITLE}\n\n",
        "\n\nBy Jane Smith\n\n",
        "\n\n3 May 2019\n\n",
        f"\n\n{TITLE}\nMay 2019\n\n",
        "\n\nIt was told in a piece\nby Jane Smith and Tom Lee\nof the Herald. ",
        f"\n\nIt is all told there, as the page has it in\nThe Herald of\n3 May 2019. {SECOND}\n\n",
        "\n\nYou can read all of the report at\nhttps://example.org/motion\nor in print. ",
    ],
)
def test_headings_by_lines_and_dates_alone_show_nothing(between: str) -> None:
    (article,) = articles(between)
    assert hints(article) == []


def test_a_head_without_much_text_behind_it_is_none() -> None:
    (article,) = articles(f"\n\n{TITLE}\nBy Jane Smith\n\n", "It fell.")
    assert hints(article) == []


def test_articles_that_a_curator_joined_are_told_of() -> None:
    text = f"The motion\n\n{FIRST}\n\n{TITLE}\nBy Jane Smith\n\n{SECOND}"
    source = read_source(text.encode(), "a.txt")
    joined = interpret(source, Part(0, len(source.text)), NOTHING_DECIDED)
    assert [hint.values["title"] for hint in hints(joined)] == [TITLE]


def test_a_diary_is_not_told_of_line_by_line() -> None:
    days = [f"A day in the hall\n{day} May 2019\n\n{FIRST}" for day in range(1, 29)]
    (article,) = read_and_interpret("\n\n".join(days).encode(), "diary.txt")
    assert len(hints(article)) == 10


def test_very_many_heads_are_found_in_bounded_time() -> None:
    text = f"{TITLE}\nBy Jane Smith\n3 May 2019\nhttps://example.org/a\n\n" * 3_000
    start = time.process_time()
    assert list(mastheads(lines_of(text, 0, len(text))))
    assert time.process_time() - start < MOST_SECONDS
