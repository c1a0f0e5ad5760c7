"""The words of `words <address>` are told by what was lost before them; else the address shows."""

import pytest

from corpus.importing.links import link_start, names_in
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal

URL = "https://example.org/2016/may/04/story"


def article(text: str) -> Proposal:
    (proposal,) = read_and_interpret(text.encode(), "a.txt")
    return proposal


def linked(proposal: Proposal) -> list[tuple[str, str]]:
    return [(proposal.text[mark.start : mark.end], mark.url) for mark in proposal.marks]


@pytest.mark.parametrize(
    ("words", "linked_words"),
    [
        ("the disaster that will engulfLabour", "Labour"),
        ("he fulfils hisgoal of becoming mayor", "goal of becoming mayor"),
        ("It ended. Hisresignation letter", "resignation letter"),
        ("as Len McCluskey told thecommittee of inquiry", "committee of inquiry"),
        ("who was called thefirst woman", "first woman"),
        ("a piece inThe Times", "The Times"),
        ("in a place where theseat as a whole was lost", "seat as a whole was lost"),
        ("near theman who did it", "man who did it"),
        ("a land where thereisn’t any", "isn’t any"),
        ("and then Ithink of it", "think of it"),
        ("“Theleft of the party", "left of the party"),
        ("So Labourmembers voted for it, as Labour says", "members voted for it, as Labour says"),
    ],
)
def test_a_glued_word_shows_where_the_linked_words_begin(words: str, linked_words: str) -> None:
    start = link_start(words, [], names=names_in(words))
    assert start is not None
    assert start.parted
    assert words[start.offset :] == linked_words


@pytest.mark.parametrize(
    "words",
    [
        "according to Len McCluskey",
        "as YouGov found",
        "by Andy Burnham and Tristram Hunt",
        "so he said to us",
        "Burnham left the room",
        "as Corbyn said of Corbynism",
        "by John and Johnson",
        "for Iman and Ifor",
        "that Jackson left Jacksonville, said Jacksonville",
        "the glue inhisgoal is far away. That was another sentence",
        "hisgoal is too " + "far " * 20 + "away",
    ],
)
def test_names_and_distant_signs_show_nothing(words: str) -> None:
    assert link_start(words, [], names=names_in(words)) is None


def test_a_bare_line_break_shows_where_the_linked_words_begin() -> None:
    start = link_start("the chairman, his letter of thanks", [14])
    assert start is not None
    assert (start.offset, start.parted) == (14, False)


def test_the_nearest_sign_counts() -> None:
    words = "an offer hisparty made and herparty refused"
    start = link_start(words, [3])
    assert start is not None
    assert words[start.offset :] == "party refused"


def test_an_address_whose_words_cannot_be_told_stays_in_sight_and_is_flagged() -> None:
    proposal = article(f"We wrote about it before <{URL}> and shall do so again.")
    assert linked(proposal) == [(URL, URL)]
    assert proposal.text == f"We wrote about it before <{URL}> and shall do so again."
    assert [flag.kind for flag in proposal.flags] == ["link_words_unknown"]


def test_an_address_at_the_beginning_stays_in_sight() -> None:
    assert linked(article(f"<{URL}> is where it all began.")) == [(URL, URL)]


def test_a_bare_address_is_linked_without_the_stop_behind_it() -> None:
    proposal = article(f"See {URL}. It is all there.")
    assert linked(proposal) == [(URL, URL)]
    assert proposal.text == f"See {URL}. It is all there."


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (f"I read thereport \n<{URL}>\n, and left.", "I read the report, and left."),
        (f"I read thereport <{URL}> and left.", "I read the report and left."),
        (f"I read thereport \n<{URL}>\nand left.", "I read the report and left."),
        (f"I read thereport <{URL}>.", "I read the report."),
        (f"Then I read thereport <{URL}>", "Then I read the report"),
    ],
)
def test_the_space_around_a_taken_out_address_is_mended(text: str, cleaned: str) -> None:
    proposal = article(text)
    assert proposal.text == cleaned
    assert linked(proposal) == [("report", URL)]


def test_an_accent_behind_an_address_is_not_moved_onto_the_words() -> None:
    proposal = article(f"I read thereport <{URL}>\u0301 and left the house.")
    assert linked(proposal) == [(URL, URL)]
