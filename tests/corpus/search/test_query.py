"""Reading what was typed into the search field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.search.query import MOST_TERMS, Query, Term, parse


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
