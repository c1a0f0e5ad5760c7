"""Piles of each format: imported twice they change nothing, and a changed text is a version."""

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.importing.containers import members_of
from corpus.models import Article, ArticleVersion
from corpus.permissions import SYSTEM, Viewer
from corpus.services.batches import create_batch
from corpus.services.imports import Together, import_source
from corpus.services.sources import SourceBytes
from tests.corpus.importing.books import book
from tests.corpus.importing.web_archives import answer, record
from tests.corpus.review.texts import article
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def feed(*texts: str) -> bytes:
    items = [
        f"<item><title>Title {number}</title><link>https://quay.example/{number}</link>"
        f"<description>{text}</description></item>"
        for number, text in enumerate(texts)
    ]
    return f"<rss><channel><title>Quay</title>{''.join(items)}</channel></rss>".encode()


def epub(*texts: str) -> bytes:
    more = {"OEBPS/nav.xhtml": "<html><body/></html>"}
    pages = (f"<h1>Title {number}</h1><p>{text}</p>" for number, text in enumerate(texts))
    return book(*pages, more=more)


def warc(*texts: str) -> bytes:
    pages = (
        f"<html><head><title>Title {number}</title></head><body><p>{text}</p></body></html>"
        for number, text in enumerate(texts)
    )
    return b"".join(
        record(answer(page.encode()), url=f"https://quay.example/{number}")
        for number, page in enumerate(pages)
    )


PILES = {"pages.warc": warc, "feed.xml": feed, "book.epub": epub}


@pytest.fixture
def viewer() -> Viewer:
    """Return a curator."""
    return viewer_of(User.objects.create_user("cura", is_staff=True))


def stored() -> tuple[int, int]:
    """Return how many articles there are, and how many versions of them."""
    return Article.objects.count(), ArticleVersion.objects.count()


def taken(name: str, raw: bytes) -> None:
    """Import what a file holds as the command line does."""
    together = Together(name)
    for member in members_of(raw, name) or ():
        import_source(SYSTEM, SourceBytes(member.name, member.content, member.origin_url), together)


@pytest.mark.parametrize("name", PILES)
def test_a_pile_that_comes_again_adds_nothing(name: str) -> None:
    raw = PILES[name](article(1), article(2))
    before = stored()
    taken(name, raw)
    taken(name, raw)
    assert stored() == (before[0] + 2, before[1] + 2)


@pytest.mark.parametrize("name", PILES)
def test_a_changed_article_of_a_pile_becomes_a_version(name: str) -> None:
    before = stored()
    taken(name, PILES[name](article(1), article(2)))
    taken(name, PILES[name](article(1), f"{article(2)} This was added."))
    assert stored() == (before[0] + 2, before[1] + 3)


@pytest.mark.parametrize("name", PILES)
def test_a_pile_waits_for_a_curator_article_by_article(name: str, viewer: Viewer) -> None:
    batch = create_batch(viewer, [SourceBytes(name, PILES[name](article(1), article(2)))]).batch
    run_jobs()
    titles = [row.proposal["facts"]["title"]["value"] for row in batch.candidates.all()]
    assert sorted(titles) == ["Title 0", "Title 1"]
