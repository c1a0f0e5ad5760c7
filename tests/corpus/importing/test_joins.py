"""A piece that a curator joins with the one above is one with it, whatever stands between."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.decisions import ABOVE, NOTHING_DECIDED, UNDONE, Decisions
from corpus.importing.errors import EmptySource, NotDecidable, NothingLeft, NotText
from corpus.importing.pipeline import interpret
from corpus.importing.proposal import Proposal
from corpus.importing.starts import starts_of_blocks
from corpus.importing.stretches import stretches_of
from tests.corpus.importing.hostile import LINES
from tests.corpus.importing.test_decisions import decided, whole

LONG = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word."
)
CUT = f"The motion\n\n{LONG}\n\nThen they went to the is-\n\nland where they stayed.\n\n{LONG}"


def joined(text: str, *words: str) -> Proposal:
    decisions = NOTHING_DECIDED
    for found in words:
        key = f"join:{text.index(found)}"
        decisions = decisions.decided(key, ABOVE, interpret(*whole(text), decisions))
    return interpret(*whole(text), decisions)


def paragraphs(proposal: Proposal) -> list[str]:
    return proposal.text.split("\n\n")


def test_a_paragraph_joins_the_one_before_with_a_space() -> None:
    text = f"{LONG}\n\nThey stayed.\n\nFor ever."
    assert paragraphs(joined(text, "They")) == [f"{LONG} They stayed.", "For ever."]
    assert paragraphs(joined(text, "They", "For")) == [f"{LONG} They stayed. For ever."]
    assert paragraphs(joined(text, "For", "They")) == [f"{LONG} They stayed. For ever."]


def test_a_cut_word_is_whole_again_and_its_hyphen_can_be_put_back() -> None:
    proposal = joined(CUT, "land where")
    assert "Then they went to the island where they stayed." in paragraphs(proposal)
    (repair,) = proposal.repairs
    assert (repair.kind, repair.before) == ("hyphen_removed", "-")
    decisions = NOTHING_DECIDED.decided(
        f"join:{CUT.index('land where')}", ABOVE, interpret(*whole(CUT))
    )
    decisions = decisions.decided(f"repair:hyphen_removed:{repair.start}", UNDONE, proposal)
    assert "went to the is-land where" in interpret(*whole(CUT), decisions).text


@pytest.mark.parametrize(
    ("before", "after", "whole_again"),
    [
        ("all the well-", "known members", "all the well-known members"),
        ("both pre-", "and post-war", "both pre- and post-war"),
        ("people who", "came soon", "people who came soon"),
    ],
)
def test_other_hyphens_stay(before: str, after: str, whole_again: str) -> None:
    text = f"{LONG}\n\nThere were {before}\n\n{after} there.\n\n{LONG}"
    assert f"There were {whole_again} there." in paragraphs(joined(text, after))


def test_a_label_or_piece_left_out_between_the_two_stays_beside_the_text() -> None:
    cut = LONG.index("without")
    text = f"{LONG[: cut - 1]}\n\nAdvertisement\n\nBuy one today.\n\n{LONG[cut:]}\n\n{LONG}"
    decisions = Decisions({text.index("Buy"): "boilerplate"})
    key = f"join:{text.index(LONG[cut:])}"
    decisions = decisions.decided(key, ABOVE, interpret(*whole(text), decisions))
    proposal = interpret(*whole(text), decisions)
    assert paragraphs(proposal) == [LONG, LONG]
    assert [one.text for one in proposal.paratext] == ["Advertisement", "Buy one today."]
    blocks = [stretch.block for stretch in stretches_of(text, proposal)]
    assert blocks == [0, None, None, 0, 1]


def test_links_stay_with_their_words() -> None:
    text = f"{LONG}\n\nSee https://a.org/x there.\n\nAnd hisgoal <https://b.org/y> too.\n\n{LONG}"
    proposal = joined(text, "And his")
    assert [(proposal.text[m.start : m.end], m.url) for m in proposal.marks] == [
        ("https://a.org/x", "https://a.org/x"),
        ("goal", "https://b.org/y"),
    ]


def test_lines_that_keep_their_breaks_get_another_one() -> None:
    text = f"{LONG}\n\nRose is\na rose\n\nis a rose\nis so\n\n{LONG}"
    assert "Rose is\na rose\nis a rose\nis so" in paragraphs(joined(text, "is a rose\nis so"))


def test_what_is_left_out_itself_is_not_joined_and_may_be_again() -> None:
    text = f"{LONG}\n\nThey stayed.\n\n{LONG}"
    start = text.index("They")
    decisions = Decisions({start: "boilerplate"}, joins={start: 0})
    assert paragraphs(interpret(*whole(text), decisions)) == [LONG, LONG]
    back = decisions.withdrawn(f"block:{start}")
    assert paragraphs(interpret(*whole(text), back)) == [f"{LONG} They stayed.", LONG]
    assert paragraphs(interpret(*whole(text), back.withdrawn(f"join:{start}")))[0] == LONG


@pytest.mark.parametrize("what", ["block", "line"])
def test_a_piece_joins_over_a_joined_one_that_was_left_out(what: str) -> None:
    text = f"{LONG}\n\nThey stayed.\n\nFor ever."
    decisions = NOTHING_DECIDED
    for key, value in (
        (f"join:{text.index('They')}", ABOVE),
        (f"{what}:{text.index('They')}", "boilerplate"),
        (f"join:{text.index('For')}", ABOVE),
    ):
        decisions = decisions.decided(key, value, interpret(*whole(text), decisions))
    assert paragraphs(interpret(*whole(text), decisions)) == [f"{LONG} For ever."]


def test_a_joined_piece_can_be_left_out_with_what_stands_in_it() -> None:
    text = f"{LONG}\n\nIt was\n\nAdvertisement\n\nso long.\n\n{LONG}"
    first, second = text.index("It was"), text.index("so long")
    proposal = interpret(*whole(text), Decisions({first: "boilerplate"}, joins={second: first}))
    assert paragraphs(proposal) == [LONG, LONG]
    assert [one.text for one in proposal.paratext] == ["It was Advertisement so long."]


def test_a_piece_stays_with_the_one_above_when_that_is_parted_again() -> None:
    text = f"{LONG}\n\nThey stayed.\n\nFor ever.\n\n{LONG}"
    source, part = whole(text)
    decisions = NOTHING_DECIDED
    for words in ("They", "For"):
        seen = interpret(source, part, decisions)
        decisions = decisions.decided(f"join:{text.index(words)}", ABOVE, seen)
    parted = decisions.withdrawn(f"join:{text.index('They')}")
    assert paragraphs(interpret(source, part, parted)) == [LONG, "They stayed. For ever.", LONG]


@pytest.mark.parametrize("words", ["The motion", "Whatever", "of it", "\n\nThen"])
def test_only_a_later_piece_of_the_text_can_be_joined(words: str) -> None:
    with pytest.raises(NotDecidable):
        joined(CUT, words)
    with pytest.raises(NotDecidable):
        NOTHING_DECIDED.decided(f"join:{CUT.index('land w')}", "below", interpret(*whole(CUT)))


def test_joins_part_and_join_with_their_articles_and_survive_json() -> None:
    joins = {3: 0, 30: 20, 40: 30}
    decisions = Decisions(joins=joins, order=("join:30", "join:40", "join:3"))
    before, behind = decisions.split(30)
    assert (before.joins, behind.joins) == ({3: 0}, {40: 30})
    assert behind.order == ("join:40",)
    assert before.joined(behind).joins == {3: 0, 40: 30}
    assert Decisions.from_data(decisions.to_data()) == decisions
    assert decisions.withdrawn("join:30").in_effect == ["join:3", "join:40"]


@given(decided(), st.data())
def test_any_joins_keep_the_whole_source(case: tuple[str, Decisions], data: st.DataObject) -> None:
    text, decisions = case
    starts = st.sampled_from([0, *(i + 1 for i, char in enumerate(text) if char in "\n ")])
    joins = data.draw(st.dictionaries(starts, starts))
    try:
        source, part = whole(text)
        proposal = interpret(source, part, replace(decisions, joins=joins))
    except (EmptySource, NotText, NothingLeft):
        return
    stretches = stretches_of(source.text, proposal)
    assert "".join(source.text[one.start : one.end] for one in stretches) == source.text
    assert Proposal.from_data(proposal.to_data()) == proposal


@given(st.lists(LINES, min_size=1, max_size=12).map("\n".join))
def test_every_later_row_of_the_text_can_be_joined_and_parted(text: str) -> None:
    try:
        source, part = whole(text)
        found = interpret(source, part)
    except (EmptySource, NotText, NothingLeft):
        return
    rows = [one for one in stretches_of(source.text, found) if one.block is not None]
    assert [one.first_shown for one in rows] == starts_of_blocks(found)
    for row in rows[1:]:
        key = f"join:{row.first_shown}"
        decisions = NOTHING_DECIDED.decided(key, ABOVE, found)
        again = interpret(source, part, decisions)
        assert len(again.blocks) == len(found.blocks) - 1
        assert "".join(again.text.split()).replace("-", "") == "".join(found.text.split()).replace(
            "-", ""
        )
        assert interpret(source, part, decisions.withdrawn(key)) == found
