"""Words as they are compared."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.text.words import (
    LONGEST_WORD,
    places_that_may_be,
    words_of,
    words_with_offsets,
)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Labour’s V&A", ["labour", "s", "v", "a"]),
        ("Labour's V&A", ["labour", "s", "v", "a"]),
        ("Café, CAFE\u0301, cafe", ["cafe", "cafe", "cafe"]),
        ("Øre Łódź Straße æsthetic", ["ore", "lodz", "strasse", "aesthetic"]),
        ("co-operate – re\u00adselect zero\u200bwidth", ["co", "operate", "reselect", "zerowidth"]),
        ("東京都 Tokyo", ["東", "京", "都", "tokyo"]),
        ("ﬁne 2017", ["fine", "2017"]),
        ("— … “”", []),
    ],
)
def test_words_are_folded(written: str, words: list[str]) -> None:
    assert words_of(written) == words


def test_vowel_signs_of_other_scripts_stay() -> None:
    assert words_of("किताब") != words_of("कताब")


def test_very_long_words_are_cut() -> None:
    assert words_of("x" * 1000) == ["x" * LONGEST_WORD]


@given(st.text())
def test_offsets_point_at_what_was_folded(text: str) -> None:
    for word in words_with_offsets(text):
        assert words_of(text[word.start : word.end]) == [word.folded]


@given(st.text())
def test_folded_words_hold_nothing_that_a_query_language_reads(text: str) -> None:
    for word in words_of(text):
        assert 0 < len(word) <= LONGEST_WORD
        assert not set(word) & set("\"'\\*:()&|!<>-^ \0")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = words_of(text)
    assert words_of(" ".join(once)) == once


SIGNS = st.sampled_from("aAbB1éÉß\u0301\u00ad\u200b ﬁ新я.-’\n")


@example("㐀ﬁ", "ﬁ")
@example("新é新aé", "é")
@given(st.text(st.one_of(SIGNS, st.characters()), max_size=40), st.text(SIGNS, max_size=3))
def test_no_place_where_a_word_may_be_is_overlooked(text: str, typed: str) -> None:
    for wanted in words_of(typed):
        begun = [word for word in words_with_offsets(text) if word.folded.startswith(wanted)]
        places = places_that_may_be([wanted], text, 0, len(text))
        found = {next(words_with_offsets(text, place), None) for place in places}
        assert found >= set(begun)
        assert found - {None} <= set(words_with_offsets(text))
