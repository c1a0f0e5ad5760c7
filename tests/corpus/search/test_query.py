"""Reading what was typed into the search field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.search.query import LONGEST_QUERY, MOST_TERMS, Query, Term, beginning, parse


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("labour party", [("labour",), ("party",)], []),
        ('"labour party" mps', [("labour", "party"), ("mps",)], []),
        ("“labour party”", [("labour", "party")], []),
        ("labour -corbyn", [("labour",)], [("corbyn",)]),
        ("labour –corbyn", [("labour",)], [("corbyn",)]),
        ('labour -"jeremy corbyn"', [("labour",)], [("jeremy", "corbyn")]),
        ("Labour’s", [("labour", "s")], []),
        ("co-operate", [("co", "operate")], []),
        ('an "open phrase', [("an",), ("open", "phrase")], []),
        ("twice twice", [("twice",)], []),
    ],
)
def test_words_phrases_and_exclusions_are_read(
    typed: str, wanted: list[tuple[str, ...]], unwanted: list[tuple[str, ...]]
) -> None:
    assert parse(typed) == Query(
        tuple(Term(words) for words in wanted), tuple(Term(words) for words in unwanted)
    )


def test_a_star_asks_for_all_endings() -> None:
    assert parse("mom* labour's*").wanted == (
        Term(("mom",), is_prefix=True),
        Term(("labour", "s"), is_prefix=True),
    )


@pytest.mark.parametrize("typed", ["", " ", '"', "-", "*", '-"', "“”", "-corbyn", "((", "\0", "…"])
def test_what_asks_for_nothing_finds_nothing(typed: str) -> None:
    assert not parse(typed)


@given(st.text(max_size=2000))
def test_whatever_is_typed_can_be_read(typed: str) -> None:
    query = parse(typed)
    assert len(query.wanted) <= MOST_TERMS
    assert len(query.unwanted) <= MOST_TERMS
    assert all(term.words for term in (*query.wanted, *query.unwanted))


def test_a_long_query_is_cut_between_two_words() -> None:
    assert beginning("corbyn " * 500) == " ".join(["corbyn"] * 57)
    assert beginning("x" * 500) == "x" * LONGEST_QUERY
    assert parse("corbyn " * 500) == parse("corbyn")


def test_what_was_left_out_of_many_words_is_told() -> None:
    words = [f"word{number}" for number in range(MOST_TERMS + 1)]
    assert parse(" ".join(words)).is_cut
    assert not parse(" ".join(words[:-1])).is_cut
