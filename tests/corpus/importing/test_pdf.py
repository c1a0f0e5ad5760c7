"""PDF documents: their words, what their pages repeat, and what cannot be read of them."""

import pytest

from corpus.importing import pdf as reading
from corpus.importing.errors import ImportRefused
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from tests.corpus.importing.documents import pdf, written

FIRST = [
    "The harbour master told us again that the gate is shut, and that nobody knows exact-",
    "ly for how long it will be so. Those who asked were told to wait until the next tide had",
    "come and gone, as it always does.",
    "Later in the day a second boat came up to the quay with all of its lights burning bright,",
    "and the people on it wanted to know why nobody had told them of it before they went out to",
]
SECOND = [
    "sea in the morning. There was no answer to that, and there will be none before the next",
    "meeting of the board.",
    "What they said",
    "It was ever so, they said, and it will be so again when all of us have gone from here to",
    "another harbour with another gate and another master who tells us that it is shut.",
]
THIRD = ["In the end all of them went home in the rain, and the lights on the quay were put out."]
HEAD = "The Quay 12 May 2019"


def read(raw: bytes) -> Proposal:
    (proposal,) = read_and_interpret(raw, "gate.pdf")
    return proposal


@pytest.fixture(scope="module")
def article() -> Proposal:
    """Return the article of three pages with running heads and numbers."""
    return read(
        pdf(
            ["The Gate Is Shut", "By Jane Smith", *FIRST, HEAD, "1"],
            [HEAD, *SECOND, "2"],
            [HEAD, *THIRD, "- 3 -"],
            title="The Gate Is Shut",
        )
    )


def test_the_head_of_a_document_tells_what_its_pages_show(article: Proposal) -> None:
    assert (article.title.value, article.title.rule) == ("The Gate Is Shut", "document_head")
    assert article.authors.value == ("Jane Smith",)
    assert "The Gate Is Shut" not in article.text


def test_a_title_that_the_pages_do_not_show_is_not_that_of_the_article() -> None:
    proposal = read(pdf([*FIRST], title="Microsoft Word - draft3.doc", author="xp-user"))
    assert proposal.title.basis == "derived"
    assert proposal.authors.value is None


def test_what_the_pages_repeat_is_left_out_and_said(article: Proposal) -> None:
    left = [line.text for line in article.dropped]
    assert left == [HEAD, "1", HEAD, "2", HEAD, "- 3 -"]
    assert {line.why for line in article.dropped} == {"it is repeated on the pages of the document"}
    assert [flag.kind for flag in article.flags] == ["laid_out"]


def test_paragraphs_go_on_over_the_end_of_a_page_and_words_over_that_of_a_line(
    article: Proposal,
) -> None:
    paragraphs = article.text.split("\n\n")
    assert paragraphs[0].startswith("The harbour master")
    assert "nobody knows exactly for how long" in paragraphs[0]
    assert "before they went out to sea in the morning." in paragraphs[1]
    assert [block.kind for block in article.blocks][2] == "heading"
    assert paragraphs[2] == "What they said"
    assert paragraphs[-1] == THIRD[0]
    assert [repair.kind for repair in article.repairs].count("hyphen_removed") == 1


def test_a_title_that_the_later_pages_repeat_stays_the_title() -> None:
    head = "Of Gates and Quays"
    proposal = read(pdf([head, *FIRST], [head, *SECOND], [head, *THIRD]))
    assert (proposal.title.value, proposal.title.basis) == (head, "given")
    assert [line.text for line in proposal.dropped] == [head, head]


def test_the_first_line_above_a_second_page_too_is_no_text_of_it() -> None:
    head = "Of Gates and Quays"
    proposal = read(pdf([head, *FIRST], [head, *SECOND]))
    assert [line.text for line in proposal.dropped] == [head]
    assert head not in proposal.text


def test_the_items_of_a_list_stand_by_themselves() -> None:
    items = [
        "• one that is so long that it has to go on in the line below it, as such items often will",
        "and then comes to its end.",
        "• another one",
    ]
    proposal = read(pdf([*FIRST[:3], *items]))
    assert [block.kind for block in proposal.blocks] == ["paragraph", "list_item", "list_item"]
    assert "below it, as such items often will and then comes to its end." in proposal.text


def test_a_number_or_a_line_within_the_text_stays() -> None:
    pages = [[*FIRST[:3], "1984", *FIRST[3:]], [*SECOND], [*THIRD]]
    proposal = read(pdf(*pages))
    assert "1984" in proposal.text
    assert not proposal.dropped


def test_pages_of_pictures_are_counted() -> None:
    proposal = read(pdf(FIRST, [], []))
    assert [str(flag) for flag in proposal.flags][-1] == (
        "Pages without words that could be read: 2."
    )


def refused(raw: bytes) -> str:
    with pytest.raises(ImportRefused) as caught:
        read_and_interpret(raw, "gate.pdf")
    return str(caught.value)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (pdf([], []), "of pictures, without words"),
        (pdf(FIRST)[:300], "that is damaged"),
        (b"%PDF-1.7", "that is damaged"),
        (b"%PDF-1.7\n" + b"<<" * 100_000, "that is damaged"),
        (pdf(*[[]] * 1_001), "more than 1,000 pages"),
        (written([b"BT " + b"() Tj " * 1_000_000]), "takes too long"),
        (
            written([b""], more="/Encrypt<</Filter/Standard/V 1/R 2/O(a)/U(a)/P -4>>/ID[(a)(a)]"),
            "locked|damaged",
        ),
    ],
    ids=["pictures", "cut off", "head alone", "brackets", "pages", "endless page", "locked"],
)
def test_a_document_that_cannot_be_read_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        read_and_interpret(raw, "gate.pdf")


def test_more_within_a_page_than_is_read_is_refused_and_not_cut() -> None:
    assert "takes too long to read" in refused(written([b"/F Do " * 4_001 + b"BT (a) Tj ET"]))


def test_drawing_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_STEPS", 50)
    assert "takes too long to read" in refused(pdf(["line"] * 60, title="never read before"))


def test_reading_ends_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_SECONDS", -1)
    assert "takes too long to read" in refused(pdf(FIRST, title="nor this"))
