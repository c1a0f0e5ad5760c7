"""A space that was lost between two sentences is put back; between two words it is told of."""

import time
from collections.abc import Callable

import pytest

from corpus.importing.decisions import NOTHING_DECIDED, UNDONE, repair_key
from corpus.importing.glued import gaps_between_sentences, glued_words
from corpus.importing.pipeline import interpret
from corpus.importing.proposal import Proposal
from corpus.importing.read import read_source
from corpus.importing.split import Part

PROSE = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word."
)


def article(text: str) -> Proposal:
    source = read_source(text.encode(), "a.txt")
    return interpret(source, Part(0, len(source.text)))


def gaps(text: str) -> list[str]:
    return [text[gap.start : gap.end] for gap in gaps_between_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They would lose their jobs.The money is there.", ["jobs.The"]),
        ("Who would speak?Nobody would.", ["speak?Nobody"]),
        ("“They lost their jobs.”The money is there.", ["jobs.”The"]),
        ("They lost their jobs.“The money is there.”", ["jobs.“The"]),
        ("They came home.I did not.They slept.", ["home.I", "not.They"]),
    ],
)
def test_sentences_that_meet_are_found(text: str, found: list[str]) -> None:
    assert gaps(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/jobs.The and www.jobs.The or example.Com.",
        "Write to jobs.The@example.org or read the file jobs.Txt there.",
        "It calls java.util.List and stream.Readable() and `stream.Duplex`.",
        "Mr J.Smith of St.James and the U.S.Senate came at 3 p.m.The rest did not.",
        "It is version.2 of the xyzzy.The thing.",
        "They lost their jobs. The money is there...And so on",
    ],
)
def test_addresses_names_and_code_are_no_sentences(text: str) -> None:
    assert gaps(text) == []


def test_the_space_is_put_back_and_can_be_taken_out_again() -> None:
    text = f"{PROSE}\n\nThey would lose their jobs.The money is there."
    found = article(text)
    assert found.text.endswith("their jobs. The money is there.")
    (repair,) = found.repairs
    assert (repair.kind, repair.before, repair.after) == ("words_parted", "jobs.The", "jobs. The")
    assert text[repair.start : repair.end] == "jobs.The"
    kept = NOTHING_DECIDED.decided(repair_key(repair), UNDONE, found)
    source = read_source(text.encode(), "a.txt")
    assert interpret(source, Part(0, len(text)), kept).text.endswith("jobs.The money is there.")


def test_a_link_keeps_its_words_behind_a_mended_gap() -> None:
    found = article(f"{PROSE}\n\nThey lost their jobs.The end of hisgoal <https://a.org> came.")
    assert found.text.endswith("their jobs. The end of his goal came.")
    (mark,) = found.marks
    assert found.text[mark.start : mark.end] == "goal"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("thenurses", "“the” and “nurses”"),
        ("Thecouncil", "“The” and “council”"),
        ("majoritywas", "“majority” and “was”"),
        ("withthe", "“with” and “the”"),
    ],
)
def test_a_word_that_may_be_two_is_told_of(word: str, parts: str) -> None:
    found = article(f"{PROSE}\n\nThe nurses of the council saw {word} there.")
    (flag,) = found.flags
    assert found.text[flag.start : flag.end] == word
    assert str(flag) == f"“{word}” may be two words, {parts}, without their space."


@pytest.mark.parametrize(
    "words",
    [
        "Haddad and Withers and Anderson",
        "theatre and together and another",
        "thexyzzy and xyzzythe",
        "a thenurses and the other thenurses",
        "the-nurses and thenurses’s and thenurses@a.org",
        "thE and THENURSES",
    ],
)
def test_other_words_are_not_told_of(words: str) -> None:
    assert list(glued_words(f"{PROSE} The nurses saw {words} there.")) == []


def test_what_is_not_english_is_not_told_of() -> None:
    text = "De raad heeft met een meerderheid het voorstel van de raad niet op tijd gezien. " * 4
    assert article(f"{text} Het was thenurses die er bij was.").flags == ()


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_seeds_hold_no_such_word(
    proposals: Callable[[str], tuple[Proposal, ...]], number: str
) -> None:
    for proposal in proposals(number):
        assert gaps(proposal.text) == []
        assert list(glued_words(proposal.text)) == []


def test_a_text_of_nothing_but_glued_words_is_not_told_of_word_by_word() -> None:
    nouns = (
        "people house water street garden school church market doctor letter window paper river"
        " station mountain winter summer morning evening question answer village engine teacher"
    )
    words = [f"the{noun}" for noun in nouns.split()]
    assert len(words) > 20
    assert len(list(glued_words(f"{PROSE} {' '.join(words)} ended."))) == 20


def test_glued_words_are_looked_for_in_bounded_time() -> None:
    start = time.process_time()
    assert list(glued_words("x" * 500_000 + " the.A" * 100_000)) == []
    assert gaps("a.A" * 100_000 + "." * 100_000) == []
    assert time.process_time() - start < 20
