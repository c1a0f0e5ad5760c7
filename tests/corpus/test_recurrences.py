"""Every place with the same words is found, and no place that only looks as if it had them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.folding import fold
from corpus.text.recurrences import Alike, recurrences
from corpus.text.spans import snap_to_graphemes

LOOSE = Alike(whole_words=False)


def found(text: str, words: str, alike: Alike | None = None) -> list[str]:
    """Return the words at each place."""
    spans = recurrences(text, words, alike or Alike())
    return [text[span.start : span.end] for span in spans]


def test_every_place_is_found_in_order() -> None:
    text = "Members decide. He said it twice: members decide."
    assert [*recurrences(text, "members decide", Alike())] == [(0, 14), (34, 48)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the “so-called” plan", 'the "so-called" plan'),
        ("the  \u00a0 so\u2011called\nplan", "the so-called plan"),
        ("the so-called plan", "the\u2009so–called  plan "),
        ("dese\u00adlec\u200btion", "deselection"),
        ("deselection", "dese\u00adlection"),
        ("STRASSE", "straße"),
        ("Straße", "STRASSE"),
        ("ΟΔΟΣ", "οδος"),
        ("cafe\u0301".replace("e\u0301", "é"), "cafe\u0301"),
        ("قال الوزير", "الوزير"),
        ("日本語の新聞", "新聞"),
        ("พรรคแรงงานชนะ", "แรงงาน"),
        ("he’s “Labour’s” man", "Labour"),
        ("👍🏽 yes", "👍🏽"),
        ("𝒜 mood 𝒜", "mood"),
    ],
)
def test_the_same_words_however_they_are_written_are_found(text: str, words: str) -> None:
    assert len(found(text, words)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("e\u0316 man", "e"),
        ("👨\u200d👩\u200d👧 at home", "👩"),
        ("👍🏽 yes", "👍"),
        ("می\u200cخواهم", "می"),
        ("ß", "s"),
        ("İ", "i"),
        ("Labour\n\nMPs leave", "Labour MPs"),
        ("anything", " \u00ad\u200b"),
        ("anything", ""),
    ],
)
def test_what_only_looks_like_them_is_not_found(text: str, words: str) -> None:
    assert found(text, words, LOOSE) == []


def test_words_within_a_word_are_found_only_when_that_is_asked_for() -> None:
    text = "Party, parties, the counter-party, party_line, Part\u00ady."
    assert found(text, "part") == []
    assert found(text, "party") == ["Party", "party", "Part\u00ady"]
    assert found(text, "part", LOOSE) == ["Part", "part", "part", "part", "Part"]


def test_case_counts_only_when_that_is_asked_for() -> None:
    text = "May may. MAY"
    assert found(text, "May") == ["May", "may", "MAY"]
    assert found(text, "May", Alike(same_case=True)) == ["May"]


def test_places_do_not_lie_over_one_another() -> None:
    assert recurrences("aaaaa", "aa", LOOSE) == [(0, 2), (2, 4)]


def test_words_over_the_edge_of_a_block_are_found_there_alone() -> None:
    text = "dark.\n\nSome dark. Some dark.\n\n\u00a0Some"
    assert recurrences(text, "dark.\n\nSome", Alike()) == [(0, 11), (23, 35)]


def test_lines_of_one_block_are_parted_by_a_blank() -> None:
    assert found("a rose is\na rose", "is a rose") == ["is\na rose"]


@given(st.text(max_size=40), st.text(min_size=1, max_size=3), st.booleans(), st.booleans())
def test_what_is_found_reads_alike_and_cuts_nothing(
    text: str, words: str, whole: bool, same_case: bool
) -> None:
    text = f"{text} {words} {text}{words}"
    spans = recurrences(text, words, Alike(whole, same_case))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for span in spans:
        assert snap_to_graphemes(text, *span) == span
        read, asked = fold(text[span.start : span.end]), fold(words)
        assert fold(read.casefold()) == fold(asked.casefold())
