"""What stands where on the pages of a document: titles in large letters, columns, tables."""

from textwrap import wrap

import pytest

from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from tests.corpus.importing.documents import pdf, placed, written
from tests.corpus.importing.test_pdf import FIRST, SECOND, THIRD

HEAD = "Journal of Harbours"
TITLE = "The gate is shut"
WORDS = " ".join([*FIRST, *SECOND, *THIRD]).replace("exact- ly", "exactly")
NARROW = wrap(WORDS, 34)
HALF = len(NARROW) // 2


def read(raw: bytes) -> Proposal:
    (proposal,) = read_and_interpret(raw, "gate.pdf")
    return proposal


def text_page(lines: list[str], *above: bytes) -> bytes:
    return b"".join([placed([HEAD], 72, 800, 9), *above, placed(lines, 72, 700)])


def flags(proposal: Proposal) -> list[str]:
    return [flag.kind for flag in proposal.flags]


@pytest.mark.parametrize("told", ["", HEAD, TITLE], ids=["nothing", "the head", "the title"])
def test_a_running_head_is_no_title_where_one_stands_below_it_in_larger_letters(told: str) -> None:
    first = text_page(FIRST, placed([TITLE], 72, 760, 20))
    proposal = read(written([first, text_page(SECOND), text_page(THIRD)], told))
    assert (proposal.title.value, proposal.title.basis) == (TITLE, "given")
    assert HEAD not in proposal.text
    assert TITLE not in proposal.text
    assert proposal.standfirst.value is None
    assert flags(proposal) == ["laid_out"]


def test_a_title_of_two_lines_is_one() -> None:
    above = placed(["The gate is shut and", "nobody knows why"], 72, 760, 20)
    proposal = read(written([text_page(FIRST, above)]))
    assert proposal.title.value == "The gate is shut and nobody knows why"
    # What stands above the title on the only page is that of the journal.
    assert HEAD in [piece.text for piece in proposal.paratext if piece.kind == "boilerplate"]


def test_a_large_letter_or_large_words_within_the_text_are_no_title() -> None:
    drop = placed(["T"], 72, 700, 40) + placed(FIRST, 90, 700)
    quote = placed(["It was ever so, they said"], 72, 500, 18) + placed(SECOND, 72, 450)
    proposal = read(written([placed([TITLE], 72, 760) + drop + quote]))
    assert proposal.title.rule != "largest_words"
    assert "It was ever so, they said" in proposal.text


def test_columns_that_are_drawn_row_by_row_follow_each_other_and_are_told() -> None:
    rows = zip(NARROW[:HALF], NARROW[HALF : 2 * HALF], strict=True)
    drawn = b"".join(
        placed([left], 72, 700 - 13 * row) + placed([right], 300, 700 - 13 * row)
        for row, (left, right) in enumerate(rows)
    )
    proposal = read(written([placed([TITLE], 72, 760, 20) + drawn]))
    assert proposal.title.value == TITLE
    assert " ".join(proposal.text.split()) == " ".join(NARROW[: 2 * HALF])
    (flag,) = [flag for flag in proposal.flags if flag.kind == "columns"]
    assert flag.values == {"pages": "1"}


def test_columns_that_are_drawn_one_after_the_other_are_told_where_they_are() -> None:
    two = placed(NARROW[:HALF], 72, 700) + placed(NARROW[HALF : 2 * HALF], 300, 700)
    proposal = read(written([placed(FIRST, 72, 700), two]))
    (flag,) = [flag for flag in proposal.flags if flag.kind == "columns"]
    assert flag.values == {"pages": "2"}
    assert " ".join(NARROW[: 2 * HALF]) in " ".join(proposal.text.split())


def test_a_page_of_one_column_has_none_however_it_is_drawn() -> None:
    assert flags(read(pdf(FIRST, SECOND))) == ["laid_out"]
    lines = wrap(WORDS, 60)
    places = [
        (line.index(word), row, word) for row, line in enumerate(lines) for word in line.split()
    ]
    words = [placed([word], 72 + 5 * at, 700 - 13 * row) for at, row, word in places]
    signs = [
        placed([sign], 72 + 5 * at, 700 - 13 * row)
        for row, line in enumerate(lines)
        for at, sign in enumerate(line)
        if sign != " "
    ]
    for drawn in (words, signs):
        assert "columns" not in flags(read(written([b"".join(drawn)])))


def test_words_that_narrow_columns_part_are_joined() -> None:
    lines = [
        "By Ruth Ashdown",
        *("The baths at Harrow-", "mere are to be shut in", "the spring after a long"),
        *("campaign, the council de-", "cided on Tuesday night.", "It had no money for the"),
        *("roof, members were", "told."),
    ]
    proposal = read(written([placed(lines, 72, 700, 9)]))
    assert [block.kind for block in proposal.blocks] == ["paragraph"]
    assert "the council decided on Tuesday night. It had no money" in proposal.text


def test_lines_of_verse_stay_lines() -> None:
    lines = ["The gate is shut,", "The boat is late,", "And all the town", "Has gone to wait."]
    proposal = read(written([placed([*lines], 72, 700)]))
    assert proposal.text == "\n".join(lines)


def test_a_long_item_of_a_list_is_one_still() -> None:
    item = ["• one that is so long", "that it goes on below", "it as they often do."]
    proposal = read(written([placed([*item, *item], 72, 700)]))
    assert [block.kind for block in proposal.blocks] == ["list_item", "list_item"]
