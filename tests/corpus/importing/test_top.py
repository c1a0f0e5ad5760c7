"""What stands above an article on a page does not take the place of its title."""

import pytest

from corpus.importing.decisions import NOTHING_DECIDED, Decisions
from corpus.importing.pipeline import interpret, read_and_interpret
from corpus.importing.proposal import Proposal
from corpus.importing.read import read_source
from corpus.importing.split import Part

PROSE = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word."
)
TITLE = "The motion is carried in the hall"
ADDRESS = "https://www.the-herald.example/2019/05/03/motion"
REST = f"By Jane Smith\n\n{PROSE}\n\n{PROSE}"


def article(text: str, decisions: Decisions = NOTHING_DECIDED) -> Proposal:
    source = read_source(text.encode(), "a.txt")
    return interpret(source, Part(0, len(source.text)), decisions)


@pytest.mark.parametrize(
    "above",
    [
        f"The Herald - Politics\n{ADDRESS}\n\n",
        f"{ADDRESS}\n\nThe Herald\n\n",
        "The Herald - Politics\nHome | News | Sport\nShare this article\n",
        "Local politics\n\nAdvertisement\n\n",
        f"{TITLE} | The Herald\n\n",
    ],
)
def test_the_name_of_the_site_is_not_the_title(above: str) -> None:
    found = article(f"{above}{TITLE}\n{REST}")
    assert (found.title.value, found.title.basis) == (TITLE, "given")
    assert found.title.evidence == TITLE
    assert found.authors.value == ("Jane Smith",)
    assert found.text == f"{PROSE}\n\n{PROSE}"
    assert "it stands above the title, as the name of a site does" in {
        line.why for line in found.dropped
    }


def test_a_sentence_above_the_title_stays_text() -> None:
    found = article(f"It was a long night for everybody.\n\n{TITLE}\n{REST}")
    assert found.title.value == TITLE
    assert found.text == f"It was a long night for everybody.\n\n{PROSE}\n\n{PROSE}"


def test_a_title_above_a_line_like_a_title_stays_the_title() -> None:
    deck = "What the vote in the hall tells us about the town"
    found = article(f"Dead calm\n\n{deck}\n\n{REST}")
    assert found.title.value == "Dead calm"
    assert deck in found.text


def test_a_name_above_a_date_is_not_the_title() -> None:
    rest = f"Jane Smith\n3 May 2019\n\n{PROSE}\n\n{PROSE}"
    assert article(f"{TITLE}\nShare this article\n{rest}").title.value == TITLE
    assert article(f"The Herald\nShare this article\n{TITLE}\n{rest}").title.value == TITLE


def test_a_title_that_a_standfirst_follows_at_once_is_parted_from_it() -> None:
    found = article(f"{TITLE}\nThey went home in the rain.\n{REST}")
    assert (found.title.value, found.standfirst.value) == (TITLE, "They went home in the rain.")


def test_an_address_at_the_top_is_that_of_the_article() -> None:
    found = article(f"{TITLE}\n{ADDRESS}\n\n{REST}")
    assert (found.url.value, found.url.basis, found.url.evidence) == (ADDRESS, "given", ADDRESS)
    assert found.url.evidence_start == len(TITLE) + 1
    assert found.published.value is not None
    assert (found.published.value.date, found.published.basis) == ("2019-05-03", "inferred")
    assert (found.published.evidence, found.published.rule) == (ADDRESS, "own_address")
    assert ADDRESS not in found.text


def test_a_date_that_a_line_gives_goes_before_that_of_the_address() -> None:
    found = article(f"{TITLE}\n{ADDRESS}\n4 May 2019\n\n{REST}")
    assert found.published.value is not None
    assert found.published.value.date == "2019-05-04"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{PROSE}\n\n{ADDRESS}\n\n{PROSE}",
        f"{TITLE}\n\nYou can read the report at\n{ADDRESS}\n\n{PROSE}",
        f"{TITLE}\n\nThe report\n{ADDRESS}\nwas read by few.\n\n{PROSE}",
        f"{TITLE}\n\n{ADDRESS}\n{ADDRESS}2\n\n{PROSE}",
    ],
)
def test_an_address_within_the_text_stays_there(text: str) -> None:
    found = article(text)
    assert found.url.value is None
    assert ADDRESS in found.text


def test_no_address_stands_in_a_derived_title() -> None:
    links = f"{ADDRESS}\n{ADDRESS}2"
    assert (article(f"{links}\n\n{PROSE}").title.value or "").startswith("Whatever the people")
    found = article(f"They met at {ADDRESS} in the rain.\n{PROSE}")
    assert (found.title.value, found.title.basis) == ("They met at in the rain.", "derived")


def test_what_has_no_other_words_is_called_by_its_address() -> None:
    (found,) = read_and_interpret(f"{ADDRESS}\n".encode(), "a.txt")
    assert found.title.value == ADDRESS


def test_a_curator_may_choose_another_title() -> None:
    text = f"The Herald\nAdvertisement\n{TITLE}\n{REST}"
    chosen = NOTHING_DECIDED.decided("block:0", "title", article(text))
    found = article(text, chosen)
    assert (found.title.value, found.title.basis) == ("The Herald", "curated")
    assert [one.text for one in found.paratext if one.kind == "title"] == ["The Herald"]
    assert [one.text for one in found.dropped][-1] == TITLE
    assert article(text, chosen.withdrawn("block:0")).title.value == TITLE
