"""A source beside its article: cut into stretches, each of which can be decided about."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.decisions import Decisions
from corpus.importing.errors import EmptySource, NothingLeft, NotText
from corpus.importing.pipeline import interpret, read_and_interpret
from corpus.importing.proposal import Proposal
from corpus.importing.read import read_source
from corpus.importing.split import Part
from corpus.importing.stretches import Stretch, stretches_of
from tests.corpus.importing.hostile import LINES


def check(source: str, proposal: Proposal, stretches: list[Stretch]) -> None:
    reached = proposal.source_start
    for stretch in stretches:
        assert stretch.start == reached
        assert stretch.start <= stretch.first_shown < stretch.end
        reached = stretch.end
        lines = stretch.lines(source)
        shown = "".join(source[a:b] for line in lines for a, b, _ in line.pieces)
        words = source[stretch.start : stretch.end]
        assert shown == words.replace("\n", "").replace("\f", "")
        assert "\n" not in shown
    assert reached == proposal.source_end
    blocks = [stretch.block for stretch in stretches if stretch.block is not None]
    assert blocks == list(range(len(proposal.blocks)))
    assert len(stretches) == len(blocks) + len(proposal.paratext)


def test_a_seed_is_cut_at_its_blocks_and_at_the_lines_beside_them(
    seed: Callable[[str], bytes], proposals: Callable[[str], tuple[Proposal, ...]]
) -> None:
    source = read_source(seed("002"), "002").text
    for proposal in proposals("002"):
        stretches = stretches_of(source, proposal)
        check(source, proposal, stretches)
        for stretch in stretches:
            if stretch.block is not None:
                block = proposal.blocks[stretch.block]
                words = proposal.text[block.start : block.end].split()
                assert source[stretch.first_shown :].split()[0] == words[0]


@given(st.lists(LINES, min_size=1, max_size=12).map("\n".join))
def test_stretches_cover_any_source_and_each_can_change_sides(text: str) -> None:
    try:
        (proposal, *_rest) = read_and_interpret(text.encode(), "a.txt")
    except (EmptySource, NotText):
        return
    source = read_source(text.encode(), "a.txt")
    part = Part(proposal.source_start, proposal.source_end)
    stretches = stretches_of(source.text, proposal)
    check(source.text, proposal, stretches)
    for stretch in stretches:
        kind = "paragraph" if stretch.block is None else "credit"
        try:
            other = interpret(source, part, Decisions({stretch.first_shown: kind}))
        except NothingLeft:
            assert len(proposal.blocks) == 1
            continue
        now = [one for one in stretches_of(source.text, other) if one.start <= stretch.first_shown]
        assert (now[-1].block is None) is (stretch.block is not None)


def test_lines_of_a_stretch_say_what_became_of_each_piece() -> None:
    text = (
        "A headline\n\n> The words of somebody who was quoted in the hall, and what they\n"
        "> thought of it all. \n\nThe paragraph that follows is as long as the others are, at"
        " least so long that it is no headline.\n"
    )
    (proposal,) = read_and_interpret(text.encode(), "a.txt")
    (_title, quoted, _following) = stretches_of(text, proposal)
    first, second, blank, _end = (*quoted.lines(text), None)
    assert [role for _, _, role in first.pieces] == ["repair", "text"]
    assert [role for _, _, role in second.pieces] == ["repair", "text", "white_space"]
    assert not blank.is_shown


@pytest.mark.parametrize("text", ["One line", "\n\n  One line  \n\n"])
def test_blanks_around_the_text_belong_to_its_stretch(text: str) -> None:
    (proposal,) = read_and_interpret(text.encode(), "a.txt")
    (stretch,) = stretches_of(text, proposal)
    assert (stretch.start, stretch.end) == (0, len(text))
    assert stretch.first_shown == text.index("One")
