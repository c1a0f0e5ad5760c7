"""Articles that are only linked to: made by what cites them, filled when they are imported."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command

from corpus.access import viewer_of, visible_articles
from corpus.models import (
    Article,
    ArticleSlug,
    CitedPage,
    Collection,
    CollectionItem,
    Event,
    OutboundLink,
)
from corpus.permissions import SYSTEM, Viewer
from corpus.services import stubs
from corpus.services.articles import edit_metadata
from corpus.services.imports import SourceBytes, import_source
from corpus.services.metadata import metadata_of
from corpus.services.versions import make_version, text_of
from tests.factories import make_article, make_collection
from tests.samples import import_seeds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

PAGE = "https://paper.example/2017/jan/13/hunt-to-quit-as-an-mp"
CITING = f"A citing headline\n\nOne reads more of it elsewhere <{PAGE}?utm_source=x> these days.\n"
CITED = f"Hunt leaves the Commons for a museum\n\nURL: {PAGE}\n\nHe said so on Friday.\n"


@pytest.fixture
def curator(carol: User) -> Viewer:
    """Return carol, who curates."""
    return viewer_of(carol)


def _imported(text: str, name: str = "text.txt") -> Article:
    return import_source(SYSTEM, SourceBytes(name, text.encode()))[0].article


def _stub() -> Article:
    return Article.objects.get(is_stub=True)


def _shelved(*articles: Article) -> Collection:
    """Return a collection of `articles`, those among them that are only linked to."""
    shelf = make_collection()
    for position, article in enumerate(articles, start=1):
        CollectionItem.objects.create(collection=shelf, article=article, position=position)
    return shelf


def test_a_cited_page_that_is_not_here_becomes_a_stub() -> None:
    citing = _imported(CITING)
    stub = _stub()
    assert (stub.title, stub.title_basis) == ("Hunt to quit as an mp", "derived")
    assert stub.slug == "hunt-to-quit-as-an-mp"
    assert stub.canonical_url == f"{PAGE}?utm_source=x"
    assert stub.current_version is None
    (link,) = OutboundLink.objects.filter(version__article=citing)
    assert link.resolves_to == stub


def test_a_stub_is_no_article_to_read() -> None:
    before = visible_articles(SYSTEM).count()
    _imported(CITING)
    assert visible_articles(SYSTEM).count() == before + 1


def test_all_addresses_of_a_page_lead_to_one_stub() -> None:
    _imported(CITING)
    _imported(f"Another\n\nIt is told here too <{PAGE.replace('https', 'http')}/#top> again.\n")
    assert _stub().cited_by.count() == 2


def test_front_pages_and_mail_addresses_make_no_stub() -> None:
    article = make_article("One paper and another.")
    assert article.current_version is not None
    links = [
        OutboundLink(version=article.current_version, url=url, text="One", start=0, end=3)
        for url in ("https://paper.example/", "mailto:a@paper.example", "http://[broken/x")
    ]
    stubs.resolve(links)
    assert {link.resolves_to for link in links} == {None}
    assert not Article.objects.filter(is_stub=True).exists()


def test_a_cited_page_that_is_here_needs_no_stub() -> None:
    cited = _imported(CITED)
    _imported(CITING)
    assert OutboundLink.objects.get().resolves_to == cited
    assert not Article.objects.filter(is_stub=True).exists()


def test_an_article_that_cites_itself_is_no_stub() -> None:
    article = _imported(f"{CITED}\nSee this very page <{PAGE}#comments> for more.\n")
    assert OutboundLink.objects.get().resolves_to == article


def test_importing_the_text_fills_the_stub() -> None:
    citing = _imported(CITING)
    stub = _stub()
    shelf = _shelved(citing, stub)
    filled = _imported(CITED)
    assert filled.pk == stub.pk
    assert not filled.is_stub
    assert filled.title == "Hunt leaves the Commons for a museum"
    assert filled.canonical_url == PAGE
    assert filled.current_version is not None
    assert filled.current_version.number == 1
    assert OutboundLink.objects.get().resolves_to == filled
    assert [item.article for item in shelf.items.all()] == [citing, filled]
    event = Event.objects.get(verb="article.filled")
    assert (event.subject_id, event.article) == (filled.pk, filled)
    assert not Event.objects.filter(article=filled).exclude(pk=event.pk).exists()


def test_a_filled_stub_has_the_address_of_its_title_and_the_old_one_redirects() -> None:
    _imported(CITING)
    filled = _imported(CITED)
    assert filled.slug == "hunt-leaves-the-commons-for-a-museum"
    assert ArticleSlug.objects.get(slug="hunt-to-quit-as-an-mp").article == filled


def test_a_text_that_was_fetched_from_the_address_of_a_stub_fills_it() -> None:
    _imported(CITING)
    stub = _stub()
    text = CITED.replace(f"URL: {PAGE}\n\n", "")
    (outcome,) = import_source(SYSTEM, SourceBytes("pasted.txt", text.encode(), origin_url=PAGE))
    assert (outcome.article, outcome.is_new, outcome.is_update) == (stub, True, False)
    assert outcome.article.canonical_url == PAGE


def test_a_curator_says_which_stub_a_text_fills(curator: Viewer) -> None:
    _imported(CITING)
    stub = _stub()
    source = make_article("Its words.").current_version
    assert source is not None
    version = make_version(curator, stub, text_of(source), seen=0, reason="Found in print")
    filled = Article.objects.get(pk=stub.pk)
    assert (filled.is_stub, filled.current_version) == (False, version)
    assert filled.slug == "hunt-to-quit-as-an-mp"
    assert not filled.former_slugs.exists()
    assert OutboundLink.objects.get().resolves_to == filled
    # Whoever cites the page later means the same article, whatever address it has by then.
    edit_metadata(
        curator,
        filled,
        replace(metadata_of(filled), canonical_url="https://print.example/a-page-of-print"),
        counter=filled.counter,
    )
    _imported(f"Later\n\nIt was told before <{PAGE}> as we know.\n")
    assert not Article.objects.filter(is_stub=True).exists()
    assert filled.cited_by.count() == 2


def test_an_edit_of_the_text_resolves_its_links_too(curator: Viewer) -> None:
    _imported(CITING)
    article = OutboundLink.objects.get().version.article
    version = article.current_version
    assert version is not None
    words = text_of(version)
    marks = [replace(mark, url=f"{PAGE}-after-all") for mark in words.marks]
    made = make_version(curator, article, replace(words, marks=marks), seen=1, reason="Mended")
    assert made.outbound_links.get().resolves_to == Article.objects.get(
        slug="hunt-to-quit-as-an-mp-after-all"
    )


def test_an_address_set_by_a_curator_makes_the_stub_that_article(curator: Viewer) -> None:
    citing = _imported(CITING)
    stub = _stub()
    article = make_article(title="Kept under another name")
    shelf, both = _shelved(citing, stub), _shelved(stub, article)
    wanted = replace(metadata_of(article), canonical_url=PAGE)
    article = edit_metadata(curator, article, wanted, counter=article.counter)
    assert not Article.objects.filter(is_stub=True).exists()
    assert OutboundLink.objects.get().resolves_to == article
    assert CitedPage.objects.get().article == article
    assert [item.article for item in shelf.items.all()] == [citing, article]
    assert [item.article for item in both.items.all()] == [article]
    assert article.former_slugs.get().slug == stub.slug
    told = Event.objects.get(verb="article.stub_known")
    assert told.before["stub"]["slug"] == stub.slug
    assert CollectionItem.objects.filter(article=article).count() == 2


def test_a_stub_with_a_new_address_waits_for_the_text_there(curator: Viewer) -> None:
    _imported(CITING)
    stub = _stub()
    moved = "https://paper.example/archive/hunt-moved-to-the-archive"
    wanted = replace(metadata_of(stub), canonical_url=moved)
    edit_metadata(curator, stub, wanted, counter=stub.counter)
    assert stubs.stub_at(moved) == stubs.stub_at(PAGE) == stub
    assert _imported(CITED.replace(PAGE, moved)).pk == stub.pk


def test_pages_called_alike_have_addresses_of_their_own() -> None:
    make_article(slug="one-and-the-same")
    urls = [f"https://paper{n}.example/one-and-the-same-" + "word-" * 20 for n in range(3)]
    urls += [f"https://paper{n}.example/one-and-the-same" for n in range(3)]
    cited = "\n\n".join(f"Read this <{url}> and go on." for url in urls)
    _imported(f"A headline of its own\n\n{cited}\n")
    slugs = Article.objects.filter(is_stub=True).values_list("slug", flat=True)
    assert len(set(slugs)) == 6
    assert {"one-and-the-same-2", "one-and-the-same-3", "one-and-the-same-4"} < set(slugs)


def _by_reindex() -> None:
    call_command("reindex")


def _by_upgrade() -> None:
    migration = import_module("corpus.migrations.0009_cited_pages_and_copies")
    migration.find_cited_pages(apps, None)


@pytest.mark.parametrize("resolve", [_by_reindex, _by_upgrade])
def test_links_stored_before_are_resolved_once(resolve: Callable[[], None]) -> None:
    import_seeds()
    assert OutboundLink.objects.count() == 6
    resolved = set(OutboundLink.objects.values_list("url", "resolves_to__title"))
    OutboundLink.objects.update(resolves_to=None)
    CitedPage.objects.all().delete()
    Article.objects.filter(is_stub=True).delete()
    resolve()
    assert OutboundLink.objects.filter(resolves_to=None).count() == 0
    assert set(OutboundLink.objects.values_list("url", "resolves_to__title")) == resolved
    rows = Article.objects.count()
    resolve()
    assert Article.objects.count() == rows
