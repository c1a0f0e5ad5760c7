"""Piles of each format: imported twice they change nothing, and a changed text is a version."""

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.importing.containers import members_of
from corpus.models import Article, ArticleVersion
from corpus.permissions import SYSTEM, Viewer
from corpus.queries.source import RULES
from corpus.services.batches import create_batch
from corpus.services.imports import Together, import_source
from corpus.services.sources import SourceBytes
from tests.corpus.importing.books import book
from tests.corpus.importing.documents import pdf
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
        f"<html><head><title>Title {number}</title></head><body><p>{text}</p><p>This is "
        "told <a href='/more'>in more words elsewhere</a>.</p></body></html>"
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
    """Return how many articles with a text there are, and how many versions of them."""
    return Article.objects.exclude(current_version=None).count(), ArticleVersion.objects.count()


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
def test_what_offsets_count_in_is_there_again_from_the_bytes_that_are_kept(name: str) -> None:
    taken(name, PILES[name](article(1), article(2)))
    versions = ArticleVersion.objects.exclude(source=None)
    ends = [(len(v.source.decoded()), v.source_end) for v in versions if v.source]
    assert len(ends) == 2
    assert all(length == end for length, end in ends)


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
    facts = [row.proposal["facts"] for row in batch.candidates.all()]
    assert sorted(each["title"]["value"] for each in facts) == ["Title 0", "Title 1"]
    assert {fact["rule"] for each in facts for fact in each.values()} <= set(RULES)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("note.md", f"---\ntitle: A title\nauthor: Jane\n---\n{article(1)}".encode()),
        (
            "gate.pdf",
            pdf(["A title", "The gate is shut again, and all went home."], title="A title"),
        ),
    ],
)
def test_a_text_with_a_head_waits_and_says_what_the_head_told(
    name: str, raw: bytes, viewer: Viewer
) -> None:
    batch = create_batch(viewer, [SourceBytes(name, raw)]).batch
    run_jobs()
    facts = batch.candidates.get().proposal["facts"]
    assert facts["title"]["value"] == "A title"
    assert facts["title"]["rule"] in ("front_matter", "document_head")
    assert {fact["rule"] for fact in facts.values()} <= set(RULES)
