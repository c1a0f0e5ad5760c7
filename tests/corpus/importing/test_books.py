"""Books: their chapters in the order of reading, and what the package tells of them."""

import pytest

from corpus.importing.archives import Member
from corpus.importing.containers import members_of
from corpus.importing.errors import ImportRefused
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from tests.corpus.importing.books import book

WORDS = "The harbour master told us again that the gate is shut. " * 5
CHAPTER = f"<h1>The Gate</h1><p>{WORDS}</p><p>Caf&eacute; and <em>more</em> {WORDS}</p>"
PROLOGUE = f"<section><p>{WORDS}</p><blockquote><p>So it was.</p></blockquote></section>"


def chapters(raw: bytes) -> list[Member]:
    held = members_of(raw, "quays.epub")
    assert held is not None
    return list(held)


def read(member: Member) -> Proposal:
    (proposal,) = read_and_interpret(member.content, member.name)
    return proposal


def test_each_chapter_with_words_is_a_source_in_the_order_of_reading() -> None:
    found = chapters(book(PROLOGUE, "<img src='p.png'/>", CHAPTER))
    assert [one.name for one in found] == ["quays.epub, 1", "quays.epub, 2"]
    assert [read(one).title.value for one in found] == ["Chapter 0", "Chapter 2"]


def test_the_package_tells_who_wrote_it_when_and_what_it_stands_in() -> None:
    proposal = read(chapters(book(PROLOGUE))[0])
    assert proposal.authors.value == ("Jane Smith", "Ann Lee")
    assert proposal.outlet.value == "The Quays"
    assert proposal.published.value is not None
    assert proposal.published.value.date == "2019-05-03"
    assert [block.kind for block in proposal.blocks] == ["paragraph", "quotation"]


def test_the_words_of_a_chapter_are_kept_with_their_marks() -> None:
    proposal = read(chapters(book(CHAPTER))[0])
    assert [block.kind for block in proposal.blocks] == ["heading", "paragraph", "paragraph"]
    assert "Café and more " in proposal.text
    assert [mark.kind for mark in proposal.marks] == ["emphasis"]


def test_a_chapter_that_the_contents_do_not_name_has_its_heading_as_title() -> None:
    more = {"OEBPS/nav.xhtml": "<html><body/></html>"}
    assert read(chapters(book(CHAPTER, more=more))[0]).title.value == "The Gate"


def test_one_damaged_chapter_does_not_keep_the_others_out() -> None:
    found = chapters(book(PROLOGUE, "<p>cut <b>off</p>", CHAPTER))
    assert [bool(one.refusal) for one in found] == [False, True, False]
    assert "damaged" in str(found[1].refusal)


LOCK = (
    '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
    '<e:CipherReference URI="%s"/></e:EncryptedData></encryption>'
)


def test_a_locked_book_is_refused_but_not_for_its_fonts() -> None:
    lock = "META-INF/encryption.xml"
    with pytest.raises(ImportRefused, match="a book that is locked"):
        chapters(book(CHAPTER, more={lock: LOCK % "OEBPS/text/c%200.xhtml"}))
    assert len(chapters(book(CHAPTER, more={lock: LOCK % "OEBPS/fonts/a.otf"}))) == 1


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"META-INF/container.xml": "<container/>"}, "a book that is damaged"),
        ({"META-INF/container.xml": "cut"}, "a book that is damaged"),
        ({"OEBPS/book.opf": " " * 30_000_000}, "too large when it is unpacked"),
    ],
)
def test_a_book_that_cannot_be_opened_is_refused(more: dict[str, str], why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        chapters(book(CHAPTER, more=more))


@pytest.mark.parametrize(
    ("chapter", "why"),
    [
        ("<p>" + "a" * 30_000_000 + "</p>", "too large when it is unpacked"),
        ("<div>" * 2_000, "damaged"),
    ],
)
def test_a_chapter_that_is_a_bomb_is_refused_alone(chapter: str, why: str) -> None:
    first, second = chapters(book(chapter, CHAPTER))
    assert why in str(first.refusal)
    assert second.refusal is None


def test_entities_of_a_chapter_are_not_put_in() -> None:
    declared = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "boom">]>'
    more = {"OEBPS/text/c 0.xhtml": f"{declared}<html><body><p>{WORDS}&x;&a;</p></body></html>"}
    (member,) = chapters(book("", more=more))
    assert "root:" not in member.content.decode()
    assert "boom" not in read(member).text
