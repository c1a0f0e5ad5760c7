"""The date is that of publication; an update only bounds it, and an impossible day is told."""

import pytest

from corpus.importing.describe import described
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal, PublishedDate

PROSE = (
    "Whatever the people in the hall may think of it, the motion is carried by a large"
    " majority, and those who speak against it go home through the rain without a word."
)


def headed(*lines: str, prose: str = PROSE) -> Proposal:
    text = "\n".join(["The lamp posts of the town", *lines, "", prose, "", PROSE])
    (proposal,) = read_and_interpret(text.encode(), "a.txt")
    return proposal


def published(proposal: Proposal) -> PublishedDate:
    assert proposal.published.value is not None
    return proposal.published.value


@pytest.mark.parametrize(
    "lines",
    [
        ("Published 1 May 2020", "Updated 3 May 2020"),
        ("Updated 3 May 2020", "Published 1 May 2020"),
        ("Last updated 3 May 2020, first published 1 May 2020",),
        ("Published: 1 May 2020", "Last updated: 3 May 2020"),
        ("By Ann Able | Updated 3 May 2020 | Published 1 May 2020",),
        ("1 May 2020 (updated 3 May 2020)",),
    ],
)
def test_the_date_of_publication_wins_over_that_of_an_update(lines: tuple[str, ...]) -> None:
    proposal = headed(*lines)
    assert (proposal.published.basis, published(proposal).date) == ("given", "2020-05-01")
    assert proposal.flags == ()


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("Updated 3 May 2020", "2020-05-03"),
        ("Last modified: May 2020", "2020-05-31"),
        ("By Ann Able, updated 3 May 2020", "2020-05-03"),
    ],
)
def test_an_update_alone_says_only_what_the_last_day_can_be(line: str, last: str) -> None:
    proposal = headed(line)
    fact = proposal.published
    assert (fact.basis, fact.rule, fact.evidence) == ("unknown", "updated_line", line)
    assert published(proposal) == PublishedDate(not_after=last, not_after_evidence=line)
    assert f"  published unknown, not after {last} (from: {line})" in described(proposal)


def test_an_update_and_a_day_told_in_the_past_bound_the_date_on_both_sides() -> None:
    prose = f"It was decided on 7 April 2020. It was decided again on 9 June 2021. {PROSE}"
    bounds = published(headed("By Ann Able", "Updated 3 May 2020", prose=prose))
    assert (bounds.not_before, bounds.not_after) == ("2020-04-07", "2020-05-03")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 31 February 2023 at 07:15", "31 February 2023"),
        ("Published 31 February 2023", "31 February 2023"),
        ("31/02/2023", "31/02/2023"),
        ("2023-02-31", "2023-02-31"),
    ],
)
def test_a_day_that_no_calendar_has_is_told_and_not_passed_over(line: str, day: str) -> None:
    proposal = headed("By Ann Able", line, "Updated 2 March 2023")
    assert published(proposal).date is None
    assert published(proposal).not_after == "2023-03-02"
    (flag,) = proposal.flags
    assert flag.kind == "no_such_day"
    assert f"“{day}”" in str(flag)
    assert line not in proposal.text


def test_a_possible_day_beside_an_impossible_one_is_the_date() -> None:
    proposal = headed("By Ann Able", "Date: 31 June 2020", "Published 1 July 2020")
    assert published(proposal).date == "2020-07-01"
    assert proposal.flags == ()
