"""Blocks are moved, joined, parted and stressed in any order: words and marks stay consistent."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Article, ArticleVersion
from corpus.queries.editing import TextDraft
from corpus.text.blocks import Block, Mark
from corpus.text.difference import difference
from corpus.text.editing import edit, edited_blocks, settled
from corpus.text.merging import MergedBlock, Window
from corpus.text.states import NewText, check

PARAGRAPHS = (
    "The mood in the party is dark, and everybody says so.",
    "Some members pray by their bedside this year.",
    "The leader said that members decide.",
)
URL = "https://example.org/"
# What is chosen of a block, and the signs that are put around it.
_SIGNS = (("*", "*"), ("**", "**"), ("[", f"]({URL}new)"))


def _before() -> NewText:
    text = "\n\n".join(PARAGRAPHS)
    blocks = [
        Block("paragraph", text.index(words), text.index(words) + len(words))
        for words in PARAGRAPHS
    ]
    linked, stressed, strong = (
        (text.index(words), text.index(words) + len(words))
        for words in ("party is dark", "Some members", "decide")
    )
    marks = (Mark("link", *linked, URL), Mark("emphasis", *stressed), Mark("strong", *strong))
    return NewText(text, blocks, marks)


BEFORE = _before()


def _draft() -> TextDraft:
    rows = [MergedBlock(block) for block in edited_blocks(BEFORE.text, BEFORE.blocks, BEFORE.marks)]
    return TextDraft(Article(), ArticleVersion(), Window(0, len(rows)), rows)


def _after(draft: TextDraft, action: str, asked: int, signs: tuple[str, str]) -> TextDraft:
    number = min(asked, len(draft.rows))
    if action == "part":
        return _parted(draft, number)
    if action == "stress":
        return _stressed(draft, number, signs)
    return draft.arranged(action, number)


def _parted(draft: TextDraft, number: int) -> TextDraft:
    """Return the draft with a blank line at the first full stop or space of a row."""
    row = draft.rows[number - 1]
    text = row.block.text.replace(" ", "\n\n", 1)
    return _with_text(draft, number, text)


def _stressed(draft: TextDraft, number: int, signs: tuple[str, str]) -> TextDraft:
    """Return the draft with signs around the first word of a row that has no sign yet.

    Not in a row with a link, for links do not nest.
    """
    words = draft.rows[number - 1].block.text.split(" ")
    if "[" in draft.rows[number - 1].block.text:
        return draft
    at = next((index for index, word in enumerate(words) if word.isalpha()), None)
    if at is not None:
        words[at] = f"{signs[0]}{words[at]}{signs[1]}"
    return _with_text(draft, number, " ".join(words))


def _with_text(draft: TextDraft, number: int, text: str) -> TextDraft:
    rows = list(draft.rows)
    rows[number - 1] = replace(rows[number - 1], block=replace(rows[number - 1].block, text=text))
    return replace(draft, rows=rows)


_steps = st.lists(
    st.tuples(
        st.sampled_from(["up", "down", "add", "join", "part", "stress"]),
        st.integers(1, 4),
        st.sampled_from(_SIGNS),
    ),
    max_size=8,
)


@given(_steps)
def test_steps_in_any_order_keep_every_word_and_the_contract(
    steps: list[tuple[str, int, tuple[str, str]]],
) -> None:
    draft = _draft()
    for step in steps:
        draft = _after(draft, *step)
    known = {block.text for block in edited_blocks(BEFORE.text, BEFORE.blocks, BEFORE.marks)}
    blocks = settled(draft.typed, known)
    made = edit(BEFORE, blocks)
    new = made.new

    check(new)
    for mark in new.marks:
        assert any(item.start <= mark.start < mark.end <= item.end for item in new.blocks)
    assert edited_blocks(new.text, new.blocks, new.marks) == blocks
    assert len(new.marks) == len(BEFORE.marks) + len(made.gained) - len(made.lost)
    parted = sum(action == "part" for action, _number, _signs in steps)
    if not parted:
        assert Counter(new.text.split()) == Counter(BEFORE.text.split())
        assert made.lost == []

    rows = difference(BEFORE.text, BEFORE.blocks, new.text, new.blocks)
    here = {"moved_here", "moved_changed"}
    old = [piece for row in rows if row.state not in here for piece in row.pieces]
    assert "".join(piece.text for piece in old if piece.state != "added") == "".join(PARAGRAPHS)
    shown = [piece for row in rows if row.state != "moved_away" for piece in row.pieces]
    assert "".join(piece.text for piece in shown if piece.state != "removed") == "".join(
        new.text[block.start : block.end] for block in new.blocks
    )
