"""Folding brings copies of the same words together and keeps track of where they came from."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.text.folding import fold, fold_with_offsets

MIXED = st.text(st.sampled_from("aB ‘’“”«–—\u00a0\u2009\u00ad\u200b\n\t'\"-"), max_size=40)


def test_spaces_quotes_and_dashes_become_plain() -> None:
    assert fold(" the\u00a0“new”\n politics \u2013 it\u2019s ") == 'the "new" politics - it\'s'


@given(MIXED)
def test_both_ways_of_folding_agree(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded.strip() == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(set(offsets)) or not folded


@given(MIXED)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(MIXED)
def test_each_folded_character_points_to_the_one_it_came_from(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    for character, offset in zip(folded, offsets, strict=False):
        assert fold(f"x{text[offset]}x") in (f"x{character}x", "x x")
