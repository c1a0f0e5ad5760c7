"""Passages quoted in their sentence."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.excerpts import AROUND, ELLIPSIS, LONGEST, Excerpt, Piece, excerpt
from corpus.text.blocks import BLOCK_SEPARATOR, Block

PARAGRAPHS = (
    "The mood is dark. Mr. Hunt leaves for the museum, and others follow. Nobody stays.",
    "“We decide,” the leader said. He said it twice.",
)
TEXT = BLOCK_SEPARATOR.join(PARAGRAPHS)
BLOCKS = (
    Block("paragraph", 0, len(PARAGRAPHS[0])),
    Block("paragraph", len(PARAGRAPHS[0]) + 2, len(TEXT)),
)


def quoted(words: str, text: str = TEXT, blocks: tuple[Block, ...] = BLOCKS) -> Excerpt:
    start = text.index(words)
    return excerpt(text, blocks, start, start + len(words))


def words_of(found: Excerpt) -> list[str]:
    return ["".join(piece.text for piece in pieces) for pieces in found.paragraphs]


def marked(found: Excerpt) -> str:
    return "".join(piece.text for pieces in found.paragraphs for piece in pieces if piece.is_marked)


def test_a_passage_stands_in_the_sentence_it_is_part_of() -> None:
    found = quoted("leaves for the museum")
    assert words_of(found) == ["Mr. Hunt leaves for the museum, and others follow."]
    assert found.paragraphs[0][1] == Piece("leaves for the museum", True, True, True)


def test_a_whole_sentence_stands_alone() -> None:
    assert words_of(quoted("Nobody stays.")) == ["Nobody stays."]


def test_a_passage_over_two_blocks_keeps_them_apart_and_says_where_it_begins_and_ends() -> None:
    found = quoted(f"stays.{BLOCK_SEPARATOR}“We decide,”")
    assert words_of(found) == ["Nobody stays.", "“We decide,” the leader said."]
    first, second = found.paragraphs
    assert (first[1].starts, first[1].ends) == (True, False)
    assert (second[0].starts, second[0].ends) == (False, True)


def test_the_paragraph_number_counts_from_one() -> None:
    assert quoted("He said it twice").number == 2


def test_an_endless_sentence_is_cut_at_a_word_on_both_sides() -> None:
    text = "word " * 200
    found = excerpt(text, [Block("verse", 0, len(text))], 500, 504)
    before, _passage, after = found.paragraphs[0]
    assert before.text.startswith(f"{ELLIPSIS}word ")
    assert after.text.endswith(f" word{ELLIPSIS}")
    assert len(before.text) <= AROUND + 1
    assert len(after.text) <= AROUND + 1


def test_a_long_passage_shows_its_head_and_its_tail() -> None:
    text = "first " + "middle " * 300 + "last"
    found = excerpt(text, [Block("paragraph", 0, len(text))], 0, len(text))
    head, tail = found.paragraphs[0]
    assert (head.starts, head.ends, tail.starts, tail.ends) == (True, False, False, True)
    assert head.text.startswith("first middle")
    assert tail.text.endswith("middle last")
    assert len(head.text) + len(tail.text) < LONGEST


def test_a_passage_outside_every_block_stands_alone() -> None:
    assert excerpt("lost", [], 0, 4) == Excerpt(((Piece("lost", True, True, True),),), 0)


@given(st.data())
def test_the_marked_words_are_always_those_of_the_passage(data: st.DataObject) -> None:
    paragraphs = data.draw(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=4))
    text, blocks, start = BLOCK_SEPARATOR.join(paragraphs), [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + len(BLOCK_SEPARATOR)
    block = data.draw(st.sampled_from(blocks))
    low = data.draw(st.integers(block.start, block.end - 1))
    high = data.draw(st.integers(low + 1, block.end))
    assert marked(excerpt(text, blocks, low, high)) == text[low:high]
