"""Mail that was sent on is read without its signs, and its head tells what the text does not."""

import pytest

from corpus.importing.coverage import assert_covered
from corpus.importing.decisions import NOTHING_DECIDED, UNDONE, Decisions, repair_key
from corpus.importing.errors import CoverageError
from corpus.importing.pipeline import interpret, read_and_interpret
from corpus.importing.proposal import Piece, Proposal
from corpus.importing.read import read_source
from corpus.importing.split import Part
from corpus.importing.starts import starts_of_blocks
from corpus.importing.stretches import stretches_of

HEAD = """From: Jane Smith <jane@example.org>
Sent: 7 May 2019 09:15
To: Tom Lee
Subject: Fwd: RE: The motion is carried
"""
WORDS = """The motion was carried by a large majority of those in the hall, and
those who had spoken against it went home through the rain to their is-
land. Nobody had seen the like of it before.

“Of all the nights that I have spent in this hall,” said the chair-
man, “this was the longest, and there will be another one soon.”
"""
CLEAN = (
    "The motion was carried by a large majority of those in the hall, and those who had spoken"
    " against it went home through the rain to their island. Nobody had seen the like of it"
    " before.\n\n“Of all the nights that I have spent in this hall,” said the chairman, “this was"
    " the longest, and there will be another one soon.”"
)


def quoted(text: str, sign: str = "> ") -> str:
    return "\n".join(f"{sign}{line}".rstrip() for line in text.rstrip("\n").split("\n")) + "\n"


def article(text: str, decisions: Decisions = NOTHING_DECIDED) -> Proposal:
    source = read_source(text.encode(), "a.txt")
    return interpret(source, Part(0, len(source.text)), decisions)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{quoted(WORDS)}",
        f"{HEAD}\n{quoted(WORDS, '>')}",
        f"{HEAD}\n{quoted(WORDS, '>> ')}",
        f"{HEAD}\n{quoted(WORDS, '> > ')}",
        f"{HEAD}\n{WORDS}",
        f"FYI\n\n-----Original Message-----\n{HEAD}\n{WORDS}",
        quoted(f"{HEAD}\n{WORDS}"),
    ],
)
def test_mail_is_read_without_signs_under_its_subject(text: str) -> None:
    found = article(text)
    assert found.text.removeprefix("FYI\n\n") == CLEAN
    assert (found.title.value, found.title.rule) == ("The motion is carried", "mail_subject")
    assert found.title.evidence.endswith("Subject: Fwd: RE: The motion is carried")
    assert text[found.title.evidence_start or 0 :].startswith("Subject:")
    assert found.published.value is not None
    assert (found.published.value.date, found.published.basis) == ("2019-05-07", "inferred")
    assert found.published.evidence == "Sent: 7 May 2019 09:15"
    assert found.authors.value is None


def test_what_the_text_itself_tells_goes_before_the_mail() -> None:
    text = f"The motion is carried\nBy Ann Lee\n4 May 2019\n\n{WORDS}"
    found = article(f"{HEAD}\n{quoted(text)}")
    assert (found.title.value, found.title.rule) == ("The motion is carried", "first_line")
    assert found.authors.value == ("Ann Lee",)
    assert found.published.value is not None
    assert (found.published.value.date, found.published.basis) == ("2019-05-04", "given")
    assert found.text == CLEAN


def test_a_greeting_is_not_the_title_of_a_mail() -> None:
    found = article(f"{HEAD}\nDear all\n\n{WORDS}")
    assert found.title.value == "The motion is carried"


def test_quoted_lines_below_who_wrote_them_are_mail() -> None:
    text = f"On Tue, 7 May 2019 at 09:15, Jane <j@a.org> wrote:\n{quoted(WORDS)}"
    found = article(text)
    assert found.text == CLEAN
    assert found.dropped[0].why == "it belongs to the mail that the text came in"
    assert found.published.value is not None
    assert found.published.value.date == "2019-05-07"


def test_a_quotation_in_a_text_stays_one() -> None:
    found = article(f"# The motion\n\n{CLEAN}\n\n> They went\n> home.\n\n{CLEAN}")
    assert [block.kind for block in found.blocks][2] == "quotation"
    assert "unquoted" not in {repair.kind for repair in found.repairs}


def test_a_mail_within_a_mail_stays_a_quotation() -> None:
    found = article(f"{HEAD}\n{quoted(WORDS)}>\n{quoted('They went home.', '>> ')}")
    assert found.text == f"{CLEAN}\n\nThey went home."
    assert found.blocks[-1].kind == "quotation"


def test_mail_that_was_sent_on_twice_is_read_without_signs() -> None:
    inner = f"Begin forwarded message:\n\n{HEAD}\n{WORDS}"
    text = f"> On 8 May 2019 at 09:15, Ann <ann@a.org> wrote:\n>\n{quoted(inner, '>> ')}"
    found = article(text)
    assert found.text == CLEAN
    assert found.title.value == "The motion is carried"


def test_paragraphs_of_a_mail_within_a_mail_are_quotations() -> None:
    inner = "They had been there all night.\n\nNobody\nspoke."
    found = article(f"{HEAD}\n> They went home.\n>\n{quoted(inner, '>> ')}")
    assert found.text == "They went home.\n\nThey had been there all night.\n\nNobody spoke."
    assert [block.kind for block in found.blocks] == ["paragraph", "quotation", "quotation"]


def test_mail_below_an_article_is_an_article_of_its_own() -> None:
    first = f"The first motion\n\n{CLEAN}\n\n"
    text = f"{first}\n{HEAD}\n{quoted(WORDS)}"
    found = read_and_interpret(text.encode(), "a.txt")
    assert [one.title.value for one in found] == ["The first motion", "The motion is carried"]
    assert text[found[1].source_start :].startswith("From:")


def test_signs_are_put_back_by_one_decision() -> None:
    text = f"{HEAD}\n{quoted(WORDS)}"
    found = article(text)
    (taken,) = [repair for repair in found.repairs if repair.kind == "unquoted"]
    assert text[taken.start :].startswith("> The motion")
    again = NOTHING_DECIDED.decided(repair_key(taken), UNDONE, found)
    assert "\n> those who had spoken" in article(text, again).text
    assert article(text, again.withdrawn(repair_key(taken))) == found


def test_decisions_about_quoted_lines_hold_and_can_be_taken_back() -> None:
    text = f"{HEAD}\n{quoted(WORDS)}"
    found = article(text)
    starts = starts_of_blocks(found)
    assert [text[start : start + 7] for start in starts] == ["The mot", "“Of all"]
    shown = [one for one in stretches_of(text, found) if one.block is not None]
    assert [one.first_shown for one in shown] == starts
    left_out = NOTHING_DECIDED.decided(f"block:{starts[0]}", "boilerplate", found)
    assert article(text, left_out).text == CLEAN.split("\n\n")[1]
    line = shown[0].lines(text)[1].first_shown
    assert text[line:].startswith("those who")
    dropped = NOTHING_DECIDED.decided(f"line:{line}", "boilerplate", found)
    assert "those who" not in article(text, dropped).text
    joined = NOTHING_DECIDED.decided(f"join:{starts[1]}", "above", found)
    assert len(article(text, joined).blocks) == 1
    cut = next(one for one in found.repairs if one.kind == "hyphen_removed")
    kept = NOTHING_DECIDED.decided(repair_key(cut), UNDONE, found)
    assert "to their is-land. Nobody" in article(text, kept).text


def test_words_cannot_pass_for_signs_of_mail() -> None:
    source = "> a"
    piece = Piece(0, 3, "quote_sign")
    found = article("a")
    broken = Proposal(**{**vars(found), "source_end": 3, "text": "", "coverage": (piece,)})
    with pytest.raises(CoverageError, match="signs of quoted mail"):
        assert_covered(source, [broken])


@pytest.mark.parametrize(
    ("line", "day"),
    [("27/05/2019", "2019-05-27"), ("05/27/2019", "2019-05-27"), ("7.7.2019", "2019-07-07")],
)
def test_a_day_in_numbers_is_a_date(line: str, day: str) -> None:
    found = article(f"The motion\n{line}\n\n{WORDS}")
    assert found.published.value is not None
    assert (found.published.value.date, found.published.evidence) == (day, line)


def test_a_day_that_may_be_two_days_is_none() -> None:
    found = article(f"The motion\n07/05/2019\n\n{WORDS}")
    assert found.published.value is not None
    assert found.published.value.date is None
    assert found.text == CLEAN
