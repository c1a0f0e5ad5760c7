"""Hard-wrapped paragraphs are joined; verse, addresses and lists keep their lines."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal

SEEDS = Path(__file__).parents[3] / "seeds"
PROSE = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word"
    " to one another or to anybody else who had been there that night."
)


def blocks(text: str) -> list[tuple[str, str]]:
    return [
        (block.kind, article.text[block.start : block.end])
        for article in read_and_interpret(text.encode(), "a.txt")
        for block in article.blocks
    ]


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
@settings(max_examples=12)
@given(width=st.integers(60, 100), soft=st.booleans())
def test_a_wrapped_copy_gives_the_same_articles(number: str, width: int, soft: bool) -> None:
    raw = next(SEEDS.glob(f"{number}_*.txt")).read_text("utf-8")
    lines = [
        (" \n" if soft else "\n").join(
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=not soft)
        )
        for line in raw.split("\n")
    ]
    copies = read_and_interpret("\n".join(lines).encode(), "wrapped.txt")
    assert [shown(copy) for copy in copies] == [
        shown(article) for article in read_and_interpret(raw.encode(), "plain.txt")
    ]


def shown(article: Proposal) -> tuple[object, ...]:
    return (
        [(block.kind, article.text[block.start : block.end]) for block in article.blocks],
        article.title.value,
        article.standfirst.value,
        article.authors.value,
        article.outlet.value,
        article.published.value and article.published.value.date,
    )


def test_verse_keeps_its_lines() -> None:
    verse = "The rain it raineth on the just\nAnd also on the unjust fella\nBut chiefly on the just"
    assert blocks(f"{PROSE}\n\n{verse}\n\n{PROSE}")[1] == ("verse", verse)


def test_an_address_keeps_its_lines_in_a_wrapped_letter() -> None:
    address = "12 Station Road\nStoke-on-Trent\nStaffordshire"
    wrapped = textwrap.fill(PROSE, 72)
    found = blocks(f"{wrapped}\n\n{address}\n\n{wrapped}")
    assert found == [("paragraph", PROSE), ("verse", address), ("paragraph", PROSE)]


def test_paragraphs_on_lines_of_their_own_are_not_joined() -> None:
    assert blocks(f"{PROSE}\n{PROSE}") == [("paragraph", PROSE), ("paragraph", PROSE)]


def test_wrapping_is_decided_paragraph_by_paragraph() -> None:
    found = blocks(f"{PROSE}\n\n{textwrap.fill(PROSE, 60)}\n\n{PROSE}")
    assert found == [("paragraph", PROSE)] * 3


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- bread\n- butter and\n  jam\n- tea", ["bread", "butter and jam", "tea"]),
        ("• bread\n\n• butter\n\n• tea", ["bread", "butter", "tea"]),
        ("1. Bread.\n2. Butter.\n3. Tea.", ["1. Bread.", "2. Butter.", "3. Tea."]),
        ("1. Bread.\n\n2. Butter.\n\n3. Tea.", ["1. Bread.", "2. Butter.", "3. Tea."]),
    ],
)
def test_lists_keep_their_items(text: str, items: list[str]) -> None:
    found = blocks(f"{PROSE}\n\n{text}\n\n{PROSE}")
    assert [words for kind, words in found if kind == "list_item"] == items


def test_numbers_that_do_not_rise_make_no_list() -> None:
    found = blocks(f"{PROSE}\n\n9. Bread.\n4. Tea.\n\n{PROSE}")
    assert "list_item" not in {kind for kind, _ in found}


def test_indented_lines_are_kept_as_they_are() -> None:
    code = "    first   line\n      second"
    assert blocks(f"{PROSE}\n\n{code}\n\n{PROSE}")[1] == ("preformatted", code)


def test_signs_of_headings_and_quoted_lines_are_taken_off_and_recorded() -> None:
    text = f"# The motion\n\n{PROSE}\n\n## After the vote\n\n> They went\n> home.\n\n{PROSE}"
    (article,) = read_and_interpret(text.encode(), "a.md")
    assert article.title.value == "The motion"
    assert [(b.kind, b.level) for b in article.blocks][1:3] == [("heading", 2), ("quotation", 0)]
    assert "\n\nAfter the vote\n\nThey went home.\n\n" in article.text
    assert [r.before for r in article.repairs if r.kind == "mark_removed"] == ["## ", "> ", "> "]


def test_words_hyphenated_at_a_line_end_are_joined_and_suspended_hyphens_are_not() -> None:
    lines = [
        "It was one of those long arguments about pre-",
        "and post-war houses that all of the well-",
        "known members of the committee used to have",
        "before anybody had thought of counting votes.",
    ]
    assert blocks("\n".join(lines))[0][1].startswith(
        "It was one of those long arguments about pre- and post-war houses that all of the"
        " well-known"
    )


def test_two_lines_that_part_a_word_are_one_paragraph_and_verse_parts_none() -> None:
    text = "A second para-\ngraph tells how it went on.\n\nRoses are rose-red\nand violets are blue"
    found = blocks(f"{PROSE}\n\n{text}\n\n{PROSE}")
    assert found[1] == ("paragraph", "A second paragraph tells how it went on.")
    assert found[2] == ("verse", "Roses are rose-red\nand violets are blue")
