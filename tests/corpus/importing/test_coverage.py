"""No import loses or invents a character, whatever it is fed."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.importing.coverage import assert_covered
from corpus.importing.errors import CoverageError, EmptySource, NotText
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Piece, Proposal
from corpus.importing.read import read_source
from tests.corpus.importing.hostile import LINES


@given(st.one_of(st.text(), st.lists(LINES, max_size=14).map("\n".join)))
@example("a\n\n\u0301b")
@example("x hisgoal <https://a.org>\u0301")
@example(">\n>\n>\n>")
def test_any_text_is_covered_and_survives_json(text: str) -> None:
    try:
        articles = read_and_interpret(text.encode(), "any.txt")
    except (EmptySource, NotText):
        return
    assert_covered(read_source(text.encode(), "any.txt").text, articles)
    for article in articles:
        assert Proposal.from_data(article.to_data()) == article
        assert unicodedata.is_normalized("NFC", article.text)
        assert article.title.value


@given(st.lists(LINES, max_size=14).map("\n".join))
def test_blocks_and_marks_stand_within_the_text(text: str) -> None:
    try:
        articles = read_and_interpret(text.encode(), "any.txt")
    except EmptySource:
        return
    for article in articles:
        ends = [0]
        for block in article.blocks:
            assert ends[-1] <= block.start < block.end
            words = article.text[block.start : block.end]
            assert "\n\n" not in words
            ends.append(block.end)
        assert ends[-1] == len(article.text)
        for mark in article.marks:
            assert any(b.start <= mark.start < mark.end <= b.end for b in article.blocks)


@pytest.fixture
def whole(proposals: Callable[[str], tuple[Proposal, ...]]) -> Proposal:
    """Return the article with links, repairs and white space of all kinds."""
    return proposals("000")[0]


@pytest.fixture
def source(seed: Callable[[str], bytes]) -> str:
    """Return the text it was read from."""
    return read_source(seed("000"), "000").text


def without(whole: Proposal, role: str) -> Proposal:
    index = next(i for i, piece in enumerate(whole.coverage) if piece.role == role)
    pieces = (*whole.coverage[:index], *whole.coverage[index + 1 :])
    return replace(whole, coverage=pieces)


@pytest.mark.parametrize("role", ["text", "white_space", "link_address"])
def test_a_gap_stops_the_import(whole: Proposal, source: str, role: str) -> None:
    with pytest.raises(CoverageError, match="a gap or an overlap"):
        assert_covered(source, [without(whole, role)])


def test_a_missing_end_stops_the_import(whole: Proposal, source: str) -> None:
    with pytest.raises(CoverageError, match="the rest was left out") as caught:
        assert_covered(source + " more", [whole])
    assert caught.value.offset == len(source)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "Zwei"}, "words were changed"),
        ({"marks": ()}, "the address of a link was lost"),
    ],
)
def test_a_proposal_that_does_not_say_what_the_source_says_stops_the_import(
    whole: Proposal, source: str, change: dict[str, object], reason: str
) -> None:
    with pytest.raises(CoverageError, match=reason):
        assert_covered(source, [replace(whole, **change)])  # type: ignore[arg-type]


def test_words_that_are_not_in_the_source_stop_the_import(whole: Proposal, source: str) -> None:
    with pytest.raises(CoverageError, match="words were added at the end"):
        assert_covered(source, [replace(whole, text=f"{whole.text} Really.")])


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        ("white_space", "taken for white space"),
        ("paratext", "beside the text was lost"),
        ("repair", "repair was not recorded"),
    ],
)
def test_words_cannot_be_hidden_in_another_role(whole: Proposal, role: str, reason: str) -> None:
    source = "Some words"
    hidden = replace(whole, text="", marks=(), coverage=(Piece(0, 10, role),))  # type: ignore[arg-type]
    with pytest.raises(CoverageError, match=reason):
        assert_covered(source, [hidden])
