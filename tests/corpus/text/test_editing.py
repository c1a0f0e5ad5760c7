"""A curator's edit, block by block, becomes a text that keeps the offsets contract."""

import unicodedata
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.blocks import Block, BlockKind, Mark, Paratext
from corpus.text.editing import Edit, EditedBlock, edit, edited_blocks, settled, size_of
from corpus.text.states import NewText, check

ONE = "The mood in the party is dark, and everybody who was asked says so."
TWO = "Some members pray by their bedside that nobody deselects them this year."
THREE = "The leader said that members decide. He said it twice: members decide."
TEXT = f"{ONE}\n\n{TWO}\n\n{THREE}"


def block(text: str, kind: Any = "paragraph", level: int = 0) -> EditedBlock:
    return EditedBlock(kind, text, level)


def words(blocks: list[EditedBlock]) -> list[str]:
    return [item.text for item in blocks]


def before(**more: Any) -> NewText:
    starts = [TEXT.index(words) for words in (ONE, TWO, THREE)]
    blocks = [
        Block("paragraph", start, start + len(words))
        for start, words in zip(starts, (ONE, TWO, THREE), strict=True)
    ]
    return NewText(TEXT, blocks, **more)


def on(words: str, kind: Any = "link", url: str = "https://example.org/") -> Mark:
    start = TEXT.index(words)
    return Mark(kind, start, start + len(words), url)


def marked(made: Edit) -> list[tuple[str, str]]:
    return [(mark.kind, made.new.text[mark.start : mark.end]) for mark in made.new.marks]


def test_unchanged_blocks_make_the_same_text() -> None:
    old = before(marks=(on("bedside"),), paratext=(Paratext("credit", "PA", 3, 5),))
    blocks = edited_blocks(old.text, old.blocks, old.marks)
    made = edit(old, settled(blocks, set(words(blocks))))
    assert (made.new.text, list(made.new.blocks)) == (old.text, list(old.blocks))
    assert marked(made) == [("link", "bedside")]
    assert made.new.paratext == old.paratext
    assert made.lost == []


def test_blank_line_parts_a_block_into_two_of_its_kind() -> None:
    parted = settled([block("One here.\r\n \t\r\nTwo there.", "quotation")], ())
    assert parted == [block("One here.", "quotation"), block("Two there.", "quotation")]


def test_preformatted_block_keeps_its_blank_lines() -> None:
    kept = "def f():\n\n    return 1"
    assert words(settled([block(f"\n{kept}\n\n", "preformatted")], ())) == [kept]


@pytest.mark.parametrize("empty", ["", "  \n\n ", "\u200b", "\u00a0\ufeff"])
def test_emptied_block_goes_away(empty: str) -> None:
    assert words(settled([block("One."), block(empty), block("Two.")], ())) == ["One.", "Two."]


def test_single_line_end_is_a_space_but_in_verse() -> None:
    lines = " Roses are red,  \r\nviolets are blue."
    (prose,) = settled([block(lines)], ())
    assert prose.text == "Roses are red, violets are blue."
    (verse,) = settled([block(lines, "verse")], ())
    assert verse.text == " Roses are red,\nviolets are blue."


def test_words_are_put_in_nfc() -> None:
    assert words(settled([block("Cafe\u0301")], ())) == ["Café"]


def test_unchanged_block_stays_to_the_letter() -> None:
    odd = "\u00a0Two  spaces\nand a line end. "
    assert words(settled([block(odd.replace("\n", "\r\n"))], {odd})) == [odd]


def test_links_are_edited_as_they_are_written() -> None:
    old = before(marks=(on("nobody deselects them"), on("members decide", "strong", "")))
    blocks = edited_blocks(old.text, old.blocks, old.marks)
    linked = "[nobody deselects them](https://example.org/)"
    assert linked in blocks[1].text
    edited = [replace(item, text=f"First of all. {item.text}") for item in blocks]
    made = edit(old, settled(edited, set(words(blocks))))
    assert marked(made) == [("link", "nobody deselects them"), ("strong", "members decide")]
    assert (made.lost, made.gained) == ([], [])
    assert made.new.text.count("First of all.") == 3
    assert "[" not in made.new.text


def test_link_in_a_moved_block_goes_with_it() -> None:
    old = before(marks=(on("nobody deselects them"),))
    one, two, three = edited_blocks(old.text, old.blocks, old.marks)
    assert marked(edit(old, [two, one, three])) == [("link", "nobody deselects them")]


def test_new_links_and_stress_are_told() -> None:
    changed = ONE.replace("the party", "[the party](mailto:a@example.org)")
    made = edit(before(), [block(changed), block(f"*{TWO}*"), block(THREE)])
    assert marked(made) == [("link", "the party"), ("emphasis", TWO)]
    assert [item.words for item in made.gained] == ["the party", TWO]
    assert made.new.text == TEXT


def test_link_whose_words_were_changed_goes_on() -> None:
    made = edit(
        before(marks=(on("nobody deselects them"),)),
        [block(ONE), block("[They](https://example.org/) pray."), block(THREE)],
    )
    assert marked(made) == [("link", "They")]
    assert made.lost == []


def test_link_that_was_taken_out_is_listed_as_lost() -> None:
    link = on("nobody deselects them")
    made = edit(before(marks=(link,)), [block(ONE), block(TWO), block(THREE)])
    assert made.new.marks == []
    assert [(lost.mark, lost.words) for lost in made.lost] == [(link, "nobody deselects them")]


def test_what_cannot_be_written_stays_with_its_words() -> None:
    crossing = (on("pray by their", "emphasis", ""), on("their bedside", "strong", ""))
    old = before(marks=crossing)
    one, two, three = edited_blocks(old.text, old.blocks, old.marks)
    made = edit(old, [one, replace(two, text=f"{two.text} And so on."), three])
    assert sorted(marked(made)) == [("emphasis", "pray by their"), ("strong", "their bedside")]
    assert made.lost == []


def test_text_with_the_signs_of_the_notation_stays_as_it_is() -> None:
    odd = "Call f(*args, **kwargs) *now*, or [this](https://example.org/)."
    old = NewText(odd, [Block("paragraph", 0, len(odd))])
    (shown,) = edited_blocks(old.text, old.blocks)
    (kept,) = settled([replace(shown, text=f"{shown.text} Twice.")], {shown.text})
    made = edit(old, [kept])
    assert (made.new.text, made.new.marks) == (f"{odd} Twice.", [])


def test_what_was_to_be_looked_at_stays_with_a_block_that_was_not_changed() -> None:
    start = TEXT.index(TWO)
    flag = {"kind": "truncated", "start": start, "end": start + len(TWO), "note": "Broken off."}
    kept = edit(before(flags=(flag,)), [block("New."), block(ONE), block(TWO)]).new
    assert [kept.text[item["start"] : item["end"]] for item in kept.flags] == [TWO]
    mended = edit(before(flags=(flag,)), [block(ONE), block(f"{TWO} And so on."), block(THREE)]).new
    assert mended.flags == []


def test_size_is_that_of_the_text_in_utf8() -> None:
    blocks = [block("Café"), block("Two")]
    assert size_of(blocks) == len(edit(before(), blocks).new.text.encode())
    assert size_of([]) == 0


_signs = st.text(st.sampled_from("ab é\u0301\u200b\u00a0\r\n\t“–🦓*[]\\"), max_size=12)
_marked = st.sampled_from(["*a b*", "**a**", "[a b](https://example.org/)", "\n\n"])
_typed = st.lists(_signs | _marked, max_size=4).map("".join)
_blocks = st.lists(
    st.builds(
        EditedBlock, st.sampled_from(get_args(BlockKind)), _typed | st.sampled_from([ONE, TWO])
    ),
    max_size=6,
)


@given(_blocks)
def test_every_edit_keeps_the_offsets_contract(typed: list[EditedBlock]) -> None:
    blocks = settled(typed, {ONE, TWO, THREE})
    made = edit(before(marks=(on("bedside"), on("members decide"))), blocks)
    check(made.new)
    assert unicodedata.is_normalized("NFC", made.new.text)
    assert "\r" not in made.new.text
    assert edited_blocks(made.new.text, made.new.blocks, made.new.marks) == blocks
    for mark in made.new.marks:
        assert any(item.start <= mark.start < mark.end <= item.end for item in made.new.blocks)
    assert len(made.new.marks) - len(made.gained) + len(made.lost) == 2


@given(_blocks)
def test_settling_again_changes_nothing(typed: list[EditedBlock]) -> None:
    blocks = settled(typed, ())
    assert settled(blocks, ()) == blocks
