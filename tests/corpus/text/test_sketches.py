"""Sketches tell how much of a text another has, however long both are."""

import pytest

from corpus.text.cut import CutText
from corpus.text.sketches import LENGTH, share_of
from tests.corpus.review.texts import article, changed

FEWEST = 4


def _sketch(text: str) -> list[int]:
    return CutText(text).sketch


@pytest.mark.parametrize("paragraphs", [3, 60])
def test_near_copies_share_most_and_others_nothing(paragraphs: int) -> None:
    text = article(1, paragraphs)
    sketch = _sketch(text)
    assert len(sketch) <= LENGTH
    assert sketch == sorted(sketch)
    assert share_of(sketch, _sketch(changed(text)), fewest=FEWEST) > 0.8
    assert share_of(sketch, _sketch(article(2, paragraphs)), fewest=FEWEST) < 0.2


def test_half_of_a_long_text_is_found_in_the_whole() -> None:
    text = article(1, 80)
    half = text[: len(text) // 2]
    assert share_of(_sketch(text), _sketch(half), fewest=FEWEST) > 0.8


def test_third_of_each_of_two_texts_is_estimated() -> None:
    common = article(1, 40)
    first, second = (_sketch(common + article(seed, 80)) for seed in (2, 3))
    assert share_of(first, second, fewest=FEWEST) == pytest.approx(1 / 3, abs=0.12)


def test_a_few_words_are_like_nothing() -> None:
    assert _sketch("Two words") == []
    assert share_of([], [], fewest=FEWEST) == 0
    assert share_of([1, 2, 3], [1, 2, 3], fewest=FEWEST) == 0
