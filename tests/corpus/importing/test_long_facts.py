"""Long facts: many authors, long addresses. None is cut into another than the source gives."""

import json
from collections.abc import Callable

import pytest

from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from corpus.permissions import SYSTEM
from corpus.services.imports import SourceBytes, import_source
from tests.corpus.importing.test_data_sets import record
from tests.corpus.importing.test_feeds import ATOM
from tests.corpus.importing.test_feeds import article as entry
from tests.corpus.importing.test_pages import MORE, linked_data, page
from tests.corpus.importing.test_pages import read as page_read

TEXT = "The harbour master told us again that the gate is shut. " * 5
_FIRST = ("Ines", "Tobias", "Ruth", "Lena", "Samuel")
_LAST = ("Calder", "Marsh", "Okafor", "Brandt", "Oyelaran", "Quayle", "Thorne", "Whitby")
# As a paper on a harbour has them; together far longer than other facts may be.
AUTHORS = [f"{first} {last}" for first in _FIRST for last in _LAST]


def _of_records() -> Proposal:
    return record(authors=AUTHORS, text=TEXT)


def _of_words() -> Proposal:
    return record(author=", ".join(AUTHORS), text=TEXT)


def _of_feed() -> Proposal:
    names = "".join(f"<author><name>{name}</name></author>" for name in AUTHORS)
    return entry(ATOM.replace(b"<author><name>Jane Smith</name></author>", names.encode()))


def _of_page() -> Proposal:
    return page_read(page(MORE, linked_data(**{"@type": "Article", "author": AUTHORS})))


def _of_meta() -> Proposal:
    metas = "".join(f'<meta name="citation_author" content="{name}">' for name in AUTHORS)
    return page_read(page(MORE, metas))


@pytest.mark.parametrize("read", [_of_records, _of_words, _of_feed, _of_page, _of_meta])
def test_forty_authors_are_all_named_and_nobody_else(
    read: Callable[[], Proposal],
) -> None:
    assert list(read().authors.value or ()) == AUTHORS


def test_long_address_is_kept_whole_or_not_at_all() -> None:
    long = "https://gazette.example/" + "far/" * 400
    assert record(url=long, text=TEXT).url.value == long
    assert record(url=long * 2, text=TEXT).url.value is None


def test_articles_whose_addresses_begin_alike_have_addresses_of_their_own() -> None:
    begins = "https://gazette.example/" + "far/" * 100
    rows = [json.dumps({"url": f"{begins}{end}", "text": TEXT}).encode() for end in "ab"]
    found = [read_and_interpret(row, "record")[0].url.value for row in rows]
    assert found == [f"{begins}a", f"{begins}b"]


@pytest.mark.django_db
def test_by_line_is_shortened_between_two_names_and_nobody_is_made_up() -> None:
    source = SourceBytes("paper.json", json.dumps({"authors": AUTHORS, "text": TEXT}).encode())
    stored = import_source(SYSTEM, source)[0].article
    assert sorted(author.name for author in stored.authors.all()) == sorted(AUTHORS)
    assert len(stored.byline) <= 300
    assert stored.byline.endswith(" …")
    assert set(stored.byline.removesuffix(" …").split(", ")) <= set(AUTHORS)
