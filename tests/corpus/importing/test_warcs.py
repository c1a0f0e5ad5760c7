"""Web archives: the pages in them as they were sent, with their addresses."""

import gzip
import zlib

import pytest

from corpus.importing.archives import Member
from corpus.importing.containers import members_of
from corpus.importing.errors import ImportRefused
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.warcs import is_web_archive
from tests.corpus.importing.web_archives import URL, answer, record

WORDS = "The harbour master told us again that the gate is shut. " * 5
PAGE = f"<html><head><title>The Gate</title></head><body><p>{WORDS}</p></body></html>".encode()


def pages(raw: bytes) -> list[Member]:
    held = members_of(raw, "quay.warc")
    assert held is not None
    return list(held)


INFO = record(b"software: a test\r\n", "warcinfo")
PILE = [
    INFO,
    record(b"GET /gate HTTP/1.1\r\n\r\n", "request"),
    record(answer(PAGE)),
    record(answer(b"\x89PNG", content_type="image/png")),
    record(answer(PAGE, "404 Not Found")),
    record(answer(b""), "revisit"),
    record(PAGE + b" ", "resource", more="Content-Type: text/html\r\n"),
]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
def test_the_pages_that_were_found_are_sources_with_their_addresses(packed: bool) -> None:
    found = pages(b"".join(map(gzip.compress, PILE) if packed else PILE))
    assert [(one.content, one.origin_url) for one in found] == [(PAGE, URL), (PAGE + b" ", URL)]


def test_a_page_knows_the_address_that_it_was_fetched_from() -> None:
    (member,) = pages(INFO + record(answer(PAGE)))
    (proposal,) = read_and_interpret(member.content, member.name, origin_url=member.origin_url)
    assert (proposal.url.value, proposal.title.value) == (URL, "The Gate")
    # The day on which it was fetched is not that on which it was published.
    assert proposal.published.value is None or proposal.published.value.date is None


def test_the_address_that_a_page_was_fetched_from_tells_its_day_where_nothing_else_does() -> None:
    (proposal,) = read_and_interpret(PAGE, "pier", origin_url=f"{URL}/2018/06/30/pier")
    published = proposal.published
    assert published.value is not None
    assert published.value.date == "2018-06-30"
    assert (published.basis, published.rule) == ("inferred", "own_address")
    assert published.evidence == f"{URL}/2018/06/30/pier"


def chunked(body: bytes) -> bytes:
    halves = (body[:100], body[100:])
    return b"".join(b"%x\r\n%s\r\n" % (len(half), half) for half in halves) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (chunked(PAGE), {"transfer_encoding": "chunked"}),
        (PAGE, {"transfer_encoding": "chunked"}),
        (gzip.compress(PAGE), {"content_encoding": "gzip"}),
        (PAGE, {"content_encoding": "gzip"}),
        (zlib.compress(PAGE), {"content_encoding": "deflate"}),
        (
            chunked(gzip.compress(PAGE)),
            {"transfer_encoding": "chunked", "content_encoding": "gzip"},
        ),
        (PAGE, {"content_encoding": "br"}),
    ],
)
def test_a_page_is_unpacked_as_it_was_sent(body: bytes, fields: dict[str, str]) -> None:
    assert pages(record(answer(body, **fields)))[0].content == PAGE


def test_the_encoding_that_only_the_answer_names_is_kept() -> None:
    page = PAGE.replace(b"Gate", "Gâté".encode("cp1250"))
    kind = "text/html; charset=windows-1250"
    (member,) = pages(record(answer(page, content_type=kind)))
    assert "Gâté" in member.content.decode()


def test_what_cannot_be_unpacked_is_refused_alone() -> None:
    bomb = answer(gzip.compress(b"a" * 30_000_000), content_encoding="gzip")
    brotli = answer(b"\x0b\x02\x80", content_encoding="br")
    found = pages(record(bomb) + record(brotli) + record(answer(PAGE)))
    assert "too large when it is unpacked" in str(found[0].refusal)
    assert "cannot be unpacked" in str(found[1].refusal)
    assert found[2].content == PAGE


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (INFO, "without a page"),
        (INFO + record(answer(PAGE))[:-50], "damaged"),
        (gzip.compress(INFO) + gzip.compress(record(answer(PAGE)))[:-80], "damaged|without"),
        (INFO + b"WARC/1.0\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n", "damaged"),
        (INFO + b"WARC/1.0\r\n" + b"a" * 100_000, "damaged"),
        (gzip.compress(INFO + b"\0" * 210_000_000, 1), "too large when it is unpacked"),
    ],
    ids=["no page", "cut off", "gzip cut off", "endless number", "endless head", "bomb"],
)
def test_an_archive_that_cannot_be_read_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        pages(raw)


def test_what_stands_before_the_damage_is_kept() -> None:
    held = members_of(record(answer(PAGE)) + b"and more", "quay.warc")
    assert held is not None
    assert next(held).content == PAGE
    with pytest.raises(ImportRefused, match="the rest of it was not imported"):
        next(held)


def test_other_gzipped_files_are_none() -> None:
    assert not is_web_archive(gzip.compress(b"words"))
    assert not is_web_archive(b"\x1f\x8b and nothing more")
