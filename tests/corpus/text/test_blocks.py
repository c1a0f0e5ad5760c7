"""Blocks are found by offset and survive being stored as JSON."""

import json

import pytest

from corpus.text.blocks import (
    Block,
    Mark,
    Paratext,
    block_at,
    blocks_from_data,
    blocks_to_data,
    blocks_touching,
    marks_from_data,
    marks_to_data,
    paratext_from_data,
    paratext_to_data,
)

BLOCKS = (
    Block("standfirst", 0, 10),
    Block("heading", 12, 20, 2),
    Block("paragraph", 22, 60),
)


@pytest.mark.parametrize(
    ("offset", "index"), [(0, 0), (9, 0), (10, 0), (11, 0), (12, 1), (21, 1), (22, 2), (99, 2)]
)
def test_the_block_at_an_offset_is_the_last_that_begins_before_it(offset: int, index: int) -> None:
    assert block_at(BLOCKS, offset) == index


def test_an_offset_before_the_first_block_belongs_to_it() -> None:
    assert block_at((Block("paragraph", 5, 9),), 2) == 0


def test_a_text_without_blocks_has_no_block_at_any_offset() -> None:
    with pytest.raises(ValueError, match="without blocks"):
        block_at((), 0)


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        (0, 5, [0]),
        (0, 12, [0]),
        (0, 13, [0, 1]),
        (10, 12, []),
        (9, 23, [0, 1, 2]),
        (5, 5, [0]),
    ],
)
def test_blocks_touching_a_span_share_a_character_with_it(
    start: int, end: int, touched: list[int]
) -> None:
    assert list(blocks_touching(BLOCKS, start, end)) == touched


def test_blocks_marks_and_paratext_survive_json() -> None:
    marks = (Mark("link", 1, 4, "https://example.org/"), Mark("emphasis", 5, 6))
    paratext = (Paratext("credit", "PA IMAGES", 3, 12),)
    assert blocks_from_data(json.loads(json.dumps(blocks_to_data(BLOCKS)))) == BLOCKS
    assert marks_from_data(json.loads(json.dumps(marks_to_data(marks)))) == marks
    assert paratext_from_data(json.loads(json.dumps(paratext_to_data(paratext)))) == paratext
