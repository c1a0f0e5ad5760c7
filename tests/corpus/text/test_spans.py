"""Spans never cut a character that a reader sees as one, and never begin or end in white space."""

import sys
import unicodedata

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.text.spans import (
    BLANKS,
    Span,
    context,
    is_blank,
    normalise,
    snap_to_graphemes,
    trim_white_space,
    word_count,
)

FAMILY = "👩‍👩‍👧"
FLAG = "🇬🇧"
HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "\u0301\u0308\u200d\u200b\u200f\u202b\u00a0\u2009\u00ad\ufe0f🇬👩🏽\n שلا한각"
        ),
    ),
    max_size=60,
)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, int, int]:
    text = normalise(draw(HOSTILE))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return text, start, end


def cluster_edges(text: str) -> set[int]:
    return {0, *(match.end() for match in regex.finditer(r"\X", text))}


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("plain words", 6, 11, "words"),
        (f"a {FAMILY} b", 3, 4, FAMILY),
        (f"{FLAG}{FLAG}", 1, 2, FLAG),
        ("cafe\u0323\u0301 noir", 0, 4, "cafe\u0323\u0301"),
        ("👍🏽 yes", 0, 1, "👍🏽"),
        ("한국", 0, 1, "한"),
        ("שָׁלוֹם", 0, 1, "שָׁ"),
        ("ab", 1, 1, ""),
    ],
)
def test_a_span_is_widened_to_whole_characters(
    text: str, start: int, end: int, expected: str
) -> None:
    span = snap_to_graphemes(text, start, end)
    assert text[span.start : span.end] == expected


@given(texts_with_spans())
@example(("\r\u0301", 0, 1))
def test_a_snapped_span_holds_the_old_one_and_ends_at_cluster_edges(
    case: tuple[str, int, int],
) -> None:
    text, start, end = case
    span = snap_to_graphemes(text, start, end)
    assert span.start <= start <= end <= span.end
    assert {span.start, span.end} <= cluster_edges(text)
    assert snap_to_graphemes(text, *span) == span


@given(texts_with_spans())
def test_a_trimmed_span_shows_something_at_both_ends_or_is_empty(
    case: tuple[str, int, int],
) -> None:
    text, *ends = case
    snapped = snap_to_graphemes(text, *ends)
    span = trim_white_space(text, *snapped)
    words = text[span.start : span.end]
    assert snapped.start <= span.start <= span.end <= snapped.end
    assert {span.start, span.end} <= cluster_edges(text)
    assert bool(words) is not is_blank(text[snapped.start : snapped.end])
    assert trim_white_space(text, *span) == span


@pytest.mark.parametrize("space", [" ", "\n", "\u00a0", "\u2009", "\u200b", "\ufeff", "\u2060"])
def test_every_kind_of_space_is_trimmed(space: str) -> None:
    text = f"{space}{space}word{space}"
    assert trim_white_space(text, 0, len(text)) == Span(2, 6)


def test_joiners_that_shape_words_are_not_trimmed() -> None:
    assert trim_white_space("نمی\u200c", 0, 4) == Span(0, 4)


@pytest.mark.parametrize("word", ["word", "的的的的", "가각가각", "각각가가"])
def test_between_signs_that_join_nothing_no_neighbours_are_looked_at(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each place of a long text without spaces costs a walk through all of it."""
    monkeypatch.setattr("corpus.text.spans._clusters", None)
    assert [snap_to_graphemes(word, at, at) for at in range(5)] == [(at, at) for at in range(5)]


@pytest.mark.parametrize("first", ["ᄀ", "ᅡ", "ᆨ", "가", "각", "a", "的", "\u0301"])
@pytest.mark.parametrize("second", ["ᄀ", "ᅡ", "ᆨ", "가", "각", "a", "的", "\u0301"])
def test_letters_of_syllables_join_as_unicode_says(first: str, second: str) -> None:
    edges = {0, *(found.end() for found in regex.finditer(r"\X", first + second))}
    assert (snap_to_graphemes(first + second, 1, 1) == (1, 1)) is (1 in edges)


def test_a_space_that_carries_an_accent_is_kept() -> None:
    assert trim_white_space(" \u0301a ", 0, 4) == Span(0, 3)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 5)])
def test_offsets_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        snap_to_graphemes("word", start, end)
    with pytest.raises(ValueError, match="no span"):
        trim_white_space("word", start, end)


def test_context_is_shorter_at_the_ends_of_the_text() -> None:
    assert context("one two three", 4, 7, size=5) == ("one ", " thre")


@given(st.text())
def test_normalised_text_is_nfc_with_line_feeds(text: str) -> None:
    normal = normalise(text)
    assert unicodedata.is_normalized("NFC", normal)
    assert "\r" not in normal
    assert normalise(normal) == normal


def test_the_blanks_are_all_white_space_of_unicode_and_three_invisible_marks() -> None:
    white = {char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()}
    assert set(BLANKS) == white | set("\u200b\u2060\ufeff")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("The café – at noon.", 5),
        ("市議会は火曜日の夜、決めた。", 6),
        ("市議会 of Kyoto", 4),
        ("모두 집에 갔다.", 3),
    ],
)
def test_words_are_what_blanks_part_or_two_signs_of_scripts_without_blanks(
    text: str, count: int
) -> None:
    assert word_count(text) == count
