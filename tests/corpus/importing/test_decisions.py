"""What a curator decides is done, can be taken back, and never loses a character."""

from collections.abc import Callable
from dataclasses import replace
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.decisions import (
    BLOCK_KINDS,
    NOTHING_DECIDED,
    PARATEXT_KINDS,
    UNDONE,
    Decisions,
)
from corpus.importing.errors import EmptySource, NoPlaceToSplit, NotDecidable, NothingLeft, NotText
from corpus.importing.pipeline import interpret, read_and_interpret
from corpus.importing.proposal import Proposal, Repair
from corpus.importing.read import Source, read_source
from corpus.importing.split import Part, parts_of, place_to_split
from tests.corpus.importing.hostile import LINES

PROSE = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word."
)
WRAPPED = fill(PROSE, 60)
TEXT = f"""The motion

By Jane Smith

Advertisement

{WRAPPED}

It was hisgoal <https://example.org/2016/may/04/story> from the start.

- tea
- milk

{PROSE}

More from The Herald

Sign up to our newsletter, and you will never miss a thing.
"""


def whole(text: str) -> tuple[Source, Part]:
    source = read_source(text.encode(), "a.txt")
    return source, Part(0, len(source.text))


def made(text: str, **decided: object) -> Proposal:
    """Return the proposal after the decisions, whose keys are written block_<the words at it>."""
    decisions = NOTHING_DECIDED
    source, part = whole(text)
    for name, value in decided.items():
        what, _, words = name.partition(" ")
        key = f"{what}:{text.index(words)}" if what in ("block", "line") else name
        decisions = decisions.decided(key, value, interpret(source, part, decisions))
    return interpret(source, part, decisions)


def kinds(proposal: Proposal) -> dict[str, str]:
    return {proposal.text[b.start : b.end][:12]: b.kind for b in proposal.blocks}


def repair(proposal: Proposal, kind: str) -> str:
    found = next(one for one in proposal.repairs if one.kind == kind)
    return f"repair:{kind}:{found.start}"


def test_without_decisions_a_part_is_read_as_an_import_reads_it(
    seed: Callable[[str], bytes], proposals: Callable[[str], tuple[Proposal, ...]]
) -> None:
    for number in ("000", "001", "002", "003", "004"):
        source = read_source(seed(number), number)
        parts = parts_of(source.text)
        assert tuple(interpret(source, part) for part in parts) == proposals(number)


def test_a_line_beside_the_text_can_be_text() -> None:
    proposal = made(TEXT, **{"block Advertisement": "heading"})
    assert kinds(proposal)["Advertisemen"] == "heading"
    assert "Advertisement" not in [line.text for line in proposal.dropped]


def test_a_label_that_becomes_text_stands_by_itself() -> None:
    proposal = made(f"By Jane Smith\n{PROSE}\n\n{PROSE}", **{"block By Jane": "paragraph"})
    assert kinds(proposal)["By Jane Smit"] == "paragraph"
    assert proposal.authors.value is None


def test_the_words_around_the_page_can_be_text() -> None:
    proposal = made(TEXT, **{"block Sign up": "paragraph"})
    assert proposal.text.endswith("Sign up to our newsletter, and you will never miss a thing.")
    assert [line.text for line in proposal.dropped] == ["Advertisement", "More from The Herald"]


def test_a_passage_of_the_text_can_be_left_out() -> None:
    proposal = made(TEXT, **{"block It was": "boilerplate"})
    assert "hisgoal" not in proposal.text
    (left_out,) = (line for line in proposal.dropped if line.text.startswith("It was"))
    assert left_out.why == "a curator said so"
    assert not proposal.marks


def test_one_line_of_a_passage_can_be_left_out() -> None:
    proposal = made(TEXT, **{"line motion was": "boilerplate"})
    assert "motion was carried" not in proposal.text.split("It was", maxsplit=1)[0]
    assert [line.why for line in proposal.dropped][1] == "a curator left it out"


def test_a_passage_can_be_made_the_title() -> None:
    proposal = made(TEXT, **{"block The motion": "boilerplate", "block More from": "title"})
    assert (proposal.title.value, proposal.title.basis) == ("More from The Herald", "curated")
    assert proposal.outlet.value is None


def test_a_line_taken_for_the_by_line_names_no_author_when_it_is_none() -> None:
    assert made(TEXT, **{"block By Jane": "credit"}).authors.value is None


def test_words_parted_can_be_put_together_again() -> None:
    proposal = made(TEXT)
    proposal = made(TEXT, **{repair(proposal, "words_parted"): UNDONE})
    assert "It was hisgoal" in proposal.text
    assert not [one for one in proposal.repairs if one.kind == "words_parted"]
    assert [flag.kind for flag in proposal.flags] == ["link_words_unknown"]


def test_a_sign_taken_off_can_be_put_back() -> None:
    proposal = made(TEXT)
    assert "\n\ntea\n\nmilk" in proposal.text
    proposal = made(TEXT, **{repair(proposal, "mark_removed"): UNDONE})
    assert "\n\n- tea\n\nmilk" in proposal.text


def test_lines_made_one_can_stand_apart_again() -> None:
    proposal = made(TEXT)
    proposal = made(TEXT, **{repair(proposal, "unwrapped"): UNDONE})
    assert "of it, the\nmotion was" in proposal.text


def test_lines_of_a_list_item_can_stand_apart_again() -> None:
    text = f"{PROSE}\n\n- tea and what\nbelongs to it\n- milk"
    proposal = made(text)
    assert "tea and what belongs to it" in proposal.text
    proposal = made(text, **{repair(proposal, "unwrapped"): UNDONE})
    assert "tea and what\nbelongs to it" in proposal.text


VERSE = f"Rose is a\nrose is a\nrose\n\n{PROSE}"


def test_lines_kept_as_verse_can_be_one_paragraph_and_verse_again() -> None:
    assert kinds(made(VERSE))["Rose is a\nro"] == "verse"
    assert kinds(made(VERSE, **{"block Rose": "quotation"}))["Rose is a ro"] == "quotation"


def test_a_paragraph_can_be_verse_or_stand_as_it_came() -> None:
    assert "of it, the\nmotion was" in made(TEXT, **{"block Whatever": "verse"}).text
    indented = f"    a\n    b\n\n{PROSE}"
    assert kinds(made(indented)) == {"    a\n    b": "preformatted", "Whatever the": "paragraph"}
    assert kinds(made(indented, **{"block a\n": "paragraph"}))["a b"] == "paragraph"


def test_what_leaves_no_text_is_refused() -> None:
    with pytest.raises(NothingLeft, match="no text at all"):
        made("One line.", **{"block One": "boilerplate"})
    with pytest.raises(NothingLeft):
        made("One line.", **{"line One": "credit"})


def test_facts_set_by_a_curator_count_and_can_be_withdrawn() -> None:
    source, part = whole(TEXT)
    found = interpret(source, part)
    decisions = NOTHING_DECIDED.decided("fact:title", " A  better\ntitle ", found)
    decisions = decisions.decided("fact:authors", ["Jane Smith"], found)
    decisions = decisions.decided("fact:outlet", "", found)
    decisions = decisions.decided(
        "fact:published", {"date": "2019-05", "precision": "month"}, found
    )
    proposal = interpret(source, part, decisions)
    assert (proposal.title.value, proposal.title.basis) == ("A better title", "curated")
    assert proposal.title.evidence_start is None
    assert (proposal.authors.basis, proposal.authors.evidence) == ("curated", "By Jane Smith")
    assert (proposal.outlet.value, proposal.outlet.basis) == (None, "unknown")
    assert proposal.published.value is not None
    assert proposal.published.value.date == "2019-05"
    for key in decisions.in_effect:
        decisions = decisions.withdrawn(key)
    assert interpret(source, part, decisions) == found


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("fact:title", " "),
        ("fact:title", "a\x00b"),
        ("fact:title", "x" * 501),
        ("fact:url", "example.org"),
        ("fact:authors", "Jane"),
        ("fact:colour", "red"),
        ("fact:published", {"date": "2019-02-30", "precision": "day"}),
        ("fact:published", {"date": "2019-02-01", "precision": "month"}),
        ("fact:published", {"not_before": "2019-02-02", "not_after": "2019-02-01"}),
        ("fact:published", None),
        ("block:0", "song"),
        ("block:100000", "paragraph"),
        ("block:x", "paragraph"),
        ("line:0", "song"),
        ("repair:unwrapped:0", UNDONE),
        ("sentence:0", "x"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_a_sentence(key: str, value: object) -> None:
    with pytest.raises(NotDecidable) as refusal:
        NOTHING_DECIDED.decided(key, value, interpret(*whole(TEXT)))
    assert str(refusal.value).endswith(".")


def test_a_place_to_split_is_the_beginning_of_a_line_with_words_on_both_sides() -> None:
    text = "\n\nOne here.\n\nTwo there.\n\n"
    part = Part(0, len(text))
    assert place_to_split(text, part, text.index("there")) == text.index("Two")
    for offset in (0, 3, len(text), -5, 10**9):
        with pytest.raises(NoPlaceToSplit):
            place_to_split(text, part, offset)


def test_decisions_part_and_join_with_their_articles() -> None:
    repairs = tuple(Repair("unwrapped", start, start + 2, "", "", "") for start in (3, 30))
    decisions = Decisions(
        {4: "title", 40: "verse"}, {5: "credit"}, repairs, {"title": "A"}, ("block:4", "block:40")
    )
    before, behind = decisions.split(30)
    kept = {4: "title"}, {5: "credit"}, repairs[:1], {"title": "A"}
    assert before == Decisions(*kept, order=("block:4",))
    assert behind == Decisions({40: "verse"}, {}, repairs[1:], order=("block:40",))
    joined = before.joined(replace(behind, facts={"title": "B", "outlet": "C"}))
    assert joined == replace(decisions, facts={"title": "A", "outlet": "C"})


@st.composite
def decided(draw: st.DrawFn) -> tuple[str, Decisions]:
    """Return a text and any decisions about it, at places that exist and at some that do not."""
    text = "\n".join(draw(st.lists(LINES, min_size=1, max_size=12)))
    starts = [0, *(i + 1 for i, char in enumerate(text) if char in "\n ")]
    places = st.sampled_from(starts)
    repairs = st.sampled_from(("unwrapped", "mark_removed", "words_parted", "hyphen_removed"))
    undone = st.builds(lambda kind, start: Repair(kind, start, start, "", "", ""), repairs, places)
    kinds = st.sampled_from((*BLOCK_KINDS, *PARATEXT_KINDS))
    return text, Decisions(
        draw(st.dictionaries(places, kinds, max_size=6)),
        draw(st.dictionaries(places, kinds, max_size=3)),
        tuple(draw(st.lists(undone, max_size=4))),
        draw(st.fixed_dictionaries({}, optional={"title": st.just("T"), "url": st.just("")})),
    )


@given(decided())
def test_any_decisions_keep_the_whole_source_and_survive_json(
    case: tuple[str, Decisions],
) -> None:
    text, decisions = case
    try:
        source, part = whole(text)
        proposal = interpret(source, part, decisions)
    except (EmptySource, NotText, NothingLeft):
        return
    assert Proposal.from_data(proposal.to_data()) == proposal
    assert Decisions.from_data(decisions.to_data()) == decisions
    starts = {one.start for one in decisions.undone}
    remade = {(one.kind, one.start) for one in proposal.repairs} & decisions.undone_at
    assert not remade, starts


@given(st.lists(LINES, min_size=1, max_size=12).map("\n".join))
def test_every_proposed_row_can_be_left_out_and_brought_back(text: str) -> None:
    try:
        found = read_and_interpret(text.encode(), "a.txt")[0]
    except (EmptySource, NotText):
        return
    source = read_source(text.encode(), "a.txt")
    part = Part(found.source_start, found.source_end)
    for paratext in found.paratext:
        decisions = Decisions({paratext.start: "paragraph"})
        shown = interpret(source, part, decisions)
        assert (paratext.start, paratext.end) not in [(p.start, p.end) for p in shown.paratext]
        assert interpret(source, part, decisions.withdrawn(f"block:{paratext.start}")) == found
