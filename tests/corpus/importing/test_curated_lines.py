"""What a curator says that a line is fills its fact, with the line as the evidence."""

import pytest

from corpus.importing.decisions import NOTHING_DECIDED
from corpus.importing.pipeline import interpret
from corpus.importing.proposal import Proposal
from corpus.importing.read_as import read_as
from tests.corpus.importing.test_decisions import whole

PROSE = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word."
)
TEXT = f"""The motion

A short word before it
ANN LEE, political editor
The Herald, 3 May 2019
How the hall decided

{PROSE}

{PROSE}"""


def made(text: str, *decided: tuple[str, str, str]) -> Proposal:
    """Return the proposal after decisions: "line" or "block", the words at it, and the kind."""
    decisions = NOTHING_DECIDED
    for what, words, kind in decided:
        key = f"{what}:{text.index(words)}"
        decisions = decisions.decided(key, kind, interpret(*whole(text), decisions))
    return interpret(*whole(text), decisions)


def beside(proposal: Proposal) -> dict[str, str]:
    return {piece.text: piece.kind for piece in proposal.paratext}


def test_a_line_left_out_can_be_the_standfirst_after_all() -> None:
    line = "A short word before it"
    proposal = made(TEXT, ("line", line, "boilerplate"), ("line", line, "standfirst"))
    assert proposal.text.startswith(f"{line}\n\nANN LEE")
    fact = proposal.standfirst
    assert (fact.value, fact.basis, fact.evidence) == (line, "curated", line)
    assert fact.evidence_start == TEXT.index(line)
    assert [block.kind for block in proposal.blocks].count("standfirst") == 1


def test_a_line_of_a_paragraph_can_stand_by_itself() -> None:
    proposal = made(TEXT, ("line", "The Herald", "heading"))
    assert "\n\nThe Herald, 3 May 2019\n\n" in proposal.text


def test_one_standfirst_takes_the_place_of_another() -> None:
    text = f"The motion\n\nShort and well.\n\n{PROSE}\n\nThe hall decided.\n\n{PROSE}"
    assert made(text).standfirst.value == "Short and well."
    proposal = made(text, ("block", "The hall", "standfirst"))
    assert proposal.standfirst.value == "The hall decided."
    assert proposal.blocks[0].kind == "paragraph"


def test_a_by_line_names_who_wrote_it() -> None:
    proposal = made(TEXT, ("line", "ANN LEE", "by_line"))
    assert (proposal.byline.value, proposal.byline.basis) == ("ANN LEE", "curated")
    assert (proposal.authors.value, proposal.authors.confidence) == (("ANN LEE",), 1.0)
    assert proposal.authors.evidence == "ANN LEE, political editor"
    assert "ANN LEE" not in proposal.text


def test_a_source_line_tells_outlet_and_date() -> None:
    proposal = made(TEXT, ("line", "The Herald", "source_line"))
    assert (proposal.outlet.value, proposal.outlet.basis) == ("The Herald", "curated")
    assert proposal.published.value is not None
    assert proposal.published.value.date == "2019-05-03"
    assert proposal.published.evidence_start == TEXT.index("The Herald")


def test_a_curators_by_line_counts_before_one_that_a_rule_found() -> None:
    text = f"The motion\n\nBy Jane Smith\n\nTom Lee and Ann Fox\n\n{PROSE}\n\n{PROSE}"
    proposal = made(text, ("block", "Tom Lee", "by_line"))
    assert proposal.authors.value == ("Tom Lee", "Ann Fox")


def test_a_label_that_is_said_to_be_another_is_read_anew() -> None:
    text = f"The motion\n\nBy Jane Smith\n\n{PROSE}\n\n{PROSE}"
    proposal = made(text, ("block", "By Jane", "title"))
    assert proposal.title.value == "By Jane Smith"
    assert proposal.authors.value is None


@pytest.mark.parametrize("what", ["line", "block"])
def test_a_replaced_title_is_left_out_and_can_be_kept(what: str) -> None:
    text = f"The motion\n\nHow the hall decided\n\n{PROSE}\n\n{PROSE}"
    proposal = made(text, (what, "How the hall", "title"))
    assert (proposal.title.value, proposal.title.basis) == ("How the hall decided", "curated")
    assert proposal.text == f"{PROSE}\n\n{PROSE}"
    (dropped,) = proposal.dropped[:1]
    assert dropped.text == "The motion"
    assert dropped.why == "it was taken for the title before another line was chosen"
    kept = made(text, (what, "How the hall", "title"), ("block", "The motion", "paragraph"))
    assert kept.text.startswith("The motion\n\nWhatever")


def test_the_title_chosen_last_counts_and_the_one_before_stays_out() -> None:
    proposal = made(TEXT, ("line", "How the", "title"), ("line", "A short", "title"))
    assert proposal.title.value == "A short word before it"
    assert beside(proposal)["How the hall decided"] == "boilerplate"
    assert "How the hall" not in proposal.text
    again = made(TEXT, ("line", "A short", "title"), ("line", "How the", "title"))
    assert again.title.value == "How the hall decided"


def test_the_first_line_chosen_as_the_title_has_its_standfirst_below() -> None:
    text = f"The motion is carried.\n\nShort and well.\n\n{PROSE}\n\n{PROSE}"
    assert made(text).title.basis == "derived"
    proposal = made(text, ("block", "The motion", "title"))
    assert proposal.title.value == "The motion is carried."
    assert proposal.standfirst.value == "Short and well."


@pytest.mark.parametrize(
    ("kind", "words", "says"),
    [
        ("title", " The  motion ", {"title": "The motion"}),
        ("title", "Title: The motion", {"title": "The motion"}),
        ("by_line", "By Jane Smith", {"author": "Jane Smith"}),
        ("by_line", "Jane Smith in London", {"author": "Jane Smith"}),
        ("by_line", "by madonna", {"author": "madonna"}),
        ("by_line", "Jane Smith | 3 May 2019", {"author": "Jane Smith", "date": "3 May 2019"}),
        ("source_line", "First published in The Herald", {"outlet": "The Herald"}),
        ("source_line", "Published on 3 May 2019", {"date": "3 May 2019"}),
        ("source_line", "The Herald", {"outlet": "The Herald"}),
        ("source_line", "https://a.org/x", {"url": "https://a.org/x"}),
        ("source_line", "nobody knows", {}),
        ("credit", "Jane Smith", {}),
    ],
)
def test_a_line_is_read_as_what_it_is_said_to_be(
    kind: str, words: str, says: dict[str, str]
) -> None:
    assert dict(read_as(kind, words)) == says
