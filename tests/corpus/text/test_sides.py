"""A difference as each of the two texts shows it."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from corpus.text.blocks import BLOCK_SEPARATOR, Block
from corpus.text.difference import difference
from corpus.text.sides import Change, Sides, sides_of
from corpus.text.spans import Span

_WORDS = ("mood", "party", "dark", "nobody", "pretends", "ballot", "autumn", "leader", "decide")
_PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14).map(" ".join), max_size=7
)

LONG = (
    "The mood in the party is dark, and nobody at the top pretends that it is otherwise.",
    "Some members pray by their bedside that nobody deselects them before the autumn.",
    "The leader said that members decide, and he said it twice before he left the hall.",
)


def text_of(paragraphs: list[str]) -> tuple[str, list[Block]]:
    blocks, at = [], 0
    for words in paragraphs:
        blocks.append(Block("paragraph", at, at + len(words)))
        at += len(words) + len(BLOCK_SEPARATOR)
    return BLOCK_SEPARATOR.join(paragraphs), blocks


def compared(old: list[str], new: list[str]) -> tuple[Sides, str, str]:
    (old_text, old_blocks), (new_text, new_blocks) = text_of(old), text_of(new)
    rows = difference(old_text, old_blocks, new_text, new_blocks)
    return sides_of(rows, old_blocks, new_blocks), old_text, new_text


def words(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_changed_words_are_told_on_the_side_that_has_them() -> None:
    new = LONG[0].replace("is dark", "grew light")
    sides, old_text, new_text = compared([*LONG], [new, *LONG[1:]])
    assert words(old_text, sides.old_words) == ["is dark"]
    assert words(new_text, sides.new_words) == ["grew light"]
    assert sides.changes == [Change("changed", 0, 0)]
    assert sides.pairs == {0: 0, 1: 1, 2: 2}


def test_added_and_removed_blocks_have_nothing_beside_them() -> None:
    sides, old_text, new_text = compared([*LONG[:2]], [LONG[0], LONG[2]])
    assert {change.fate for change in sides.changes} == {"added", "removed"}
    assert words(old_text, sides.old_words) == [LONG[1]]
    assert words(new_text, sides.new_words) == [LONG[2]]
    assert sides.pairs == {0: 0}


def test_a_moved_block_is_paired_and_only_its_new_words_are_told() -> None:
    moved = LONG[0].replace("otherwise", "a game")
    sides, old_text, new_text = compared([*LONG], [*LONG[1:], moved])
    assert Change("moved", 0, 2) in sides.changes
    assert sides.pairs[0] == 2
    assert words(new_text, sides.new_words) == ["a game"]
    assert words(old_text, sides.old_words) == ["otherwise"]


def test_equal_texts_have_no_changes() -> None:
    sides, _, _ = compared([*LONG], [*LONG])
    assert (sides.old_words, sides.new_words, sides.changes) == ([], [], [])


@given(_PARAGRAPHS, _PARAGRAPHS)
def test_without_what_is_told_both_sides_are_the_same(old: list[str], new: list[str]) -> None:
    sides, old_text, new_text = compared(old, new)
    assert _letters(old_text, sides.old_words) == _letters(new_text, sides.new_words)
    for spans, text in ((sides.old_words, old_text), (sides.new_words, new_text)):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


def _letters(text: str, spans: Sequence[Span]) -> Counter[str]:
    """Return how often each letter stands in `text` outside `spans`."""
    for span in reversed(spans):
        text = text[: span.start] + text[span.end :]
    return Counter("".join(text.split()))
