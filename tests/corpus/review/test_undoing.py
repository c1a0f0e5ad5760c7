"""What undoing an import leaves: facts that bind nobody, pages that are only linked to again."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from corpus.access import stub_at, visible_articles
from corpus.models import Article, ImportBatch, ImportCandidate, OutboundLink, SearchEntry
from corpus.permissions import SYSTEM, Viewer
from corpus.services import applying, reviewing
from corpus.services.articles import edit_metadata
from corpus.services.batches import create_batch
from corpus.services.imports import import_source
from corpus.services.metadata import Metadata
from corpus.services.sources import SourceBytes
from corpus.services.undoing import Undone, undo_batch
from tests.corpus.review.deciding import said
from tests.corpus.review.texts import article, changed
from tests.factories import make_article, make_highlight, make_link
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

PAGE = "https://paper.example/2017/jan/13/hunt-to-quit-as-an-mp"
CITING = f"A citing headline\n\nOne reads more of it elsewhere <{PAGE}?utm_source=x> these days.\n"
CITED = (
    f"Hunt leaves the Commons\n\nBy Jane Smith\n\nURL: {PAGE}\n\n"
    "He said so on Friday, and nobody had expected it of a man who had been so sure of his seat.\n"
)


def read(viewer: Viewer, text: str) -> ImportCandidate:
    batch = create_batch(viewer, [SourceBytes("1.txt", text.encode())]).batch
    run_jobs()
    return ImportCandidate.objects.get(batch=batch)


def applied(viewer: Viewer, candidate: ImportCandidate) -> Article:
    candidate.refresh_from_db()
    done = applying.apply_one(viewer, candidate, counter=candidate.counter).article
    assert done is not None
    return Article.objects.get(pk=done.pk)


def decided(viewer: Viewer, candidate: ImportCandidate, title: str) -> None:
    candidate.refresh_from_db()
    reviewing.set_fact(viewer, candidate, "title", title, counter=candidate.counter)


def withdrawn(viewer: Viewer, candidate: ImportCandidate) -> None:
    candidate.refresh_from_db()
    reviewing.withdraw(viewer, candidate, "fact:title", counter=candidate.counter)


def test_fact_that_is_decided_no_more_is_as_it_was_read(curator: Viewer) -> None:
    candidate = read(curator, article(1))
    decided(curator, candidate, "Decided")
    known = applied(curator, candidate)
    assert (known.title, known.title_basis) == ("Decided", "curated")
    assert undo_batch(curator, candidate.batch) == Undone(withdrawn=1)
    withdrawn(curator, candidate)
    again = applied(curator, candidate)
    assert again == known
    assert again.title == "Headline number 1"
    assert again.title_basis != "curated"
    assert "is_undone" not in again.facts["title"]


def test_fact_of_an_undone_update_that_is_decided_no_more_is_as_it_was_read(
    curator: Viewer,
) -> None:
    known = import_source(SYSTEM, SourceBytes("1.txt", article(1).encode()))[0].article
    candidate = read(curator, changed(article(1)))
    decided(curator, candidate, "Decided")
    assert applied(curator, candidate).title == "Decided"
    assert undo_batch(curator, candidate.batch) == Undone(taken_back=1)
    withdrawn(curator, candidate)
    again = applied(curator, candidate)
    assert (again, again.title) == (known, "Headline number 1")


def test_what_a_curator_set_on_the_article_stays_all_the_same(curator: Viewer) -> None:
    candidate = read(curator, article(1))
    decided(curator, candidate, "Decided")
    known = applied(curator, candidate)
    edit_metadata(curator, known, Metadata(title="Set by hand"), counter=known.counter)
    undo_batch(curator, candidate.batch)
    withdrawn(curator, candidate)
    assert applied(curator, candidate).title == "Set by hand"


@pytest.fixture
def filled(curator: Viewer) -> tuple[ImportCandidate, Article]:
    """Return an article that was only linked to, and the candidate that filled it."""
    import_source(SYSTEM, SourceBytes("citing.txt", CITING.encode()))
    stub = Article.objects.get(is_stub=True)
    candidate = read(curator, CITED)
    article = applied(curator, candidate)
    assert article == stub
    return candidate, article


def test_filled_stub_is_only_linked_to_again(
    curator: Viewer, filled: tuple[ImportCandidate, Article], client: Client
) -> None:
    candidate, known = filled
    assert undo_batch(curator, candidate.batch) == Undone(emptied=1)
    stub = stub_at(SYSTEM, known.slug)
    assert stub == known
    assert not visible_articles(SYSTEM).filter(pk=known.pk).exists()
    assert (stub.title, stub.title_basis) == ("Hunt to quit as an mp", "derived")
    assert (stub.canonical_url, stub.byline, stub.facts.keys()) == (
        f"{PAGE}?utm_source=x",
        "",
        {"title", "url"},
    )
    assert not stub.authorships.exists()
    assert not SearchEntry.objects.filter(article=stub).exists()
    assert OutboundLink.objects.get(resolves_to=stub)
    page = client.get(stub.get_absolute_url())
    assert page.status_code == 200
    assert "Only linked to so far" in page.content.decode()


def test_stub_is_filled_again_with_a_version_of_its_own(
    curator: Viewer, filled: tuple[ImportCandidate, Article]
) -> None:
    candidate, known = filled
    undo_batch(curator, candidate.batch)
    again = applied(curator, candidate)
    assert (again.pk, again.is_stub, again.title) == (known.pk, False, "Hunt leaves the Commons")
    assert again.current_version is not None
    assert (again.current_version.number, again.slug) == (2, known.slug)
    assert [author.name for author in again.authors.all()] == ["Jane Smith"]
    assert undo_batch(curator, ImportBatch.objects.get(pk=candidate.batch_id)).emptied == 1
    # The same text by the command is none that is there already.
    (outcome,) = import_source(SYSTEM, SourceBytes("other.txt", CITED.encode()))
    assert Article.objects.get(pk=outcome.article.pk).is_stub is False
    assert outcome.article.pk == known.pk


def test_link_to_the_stub_holds_and_hides_nothing(
    curator: Viewer, filled: tuple[ImportCandidate, Article], alice: User
) -> None:
    candidate, known = filled
    link = make_link(alice, make_article("Another."), known)
    assert undo_batch(curator, candidate.batch).emptied == 1
    link.refresh_from_db()
    assert (link.to_article, link.deleted_at) == (known, None)


def test_filled_stub_that_somebody_marked_is_hidden(
    curator: Viewer, filled: tuple[ImportCandidate, Article], alice: User
) -> None:
    candidate, known = filled
    make_highlight(alice, known, "so sure of his seat")
    assert undo_batch(curator, candidate.batch) == Undone(hidden=1)
    known.refresh_from_db()
    assert (known.is_stub, known.is_hidden) == (False, True)


def test_title_that_a_curator_gave_the_filled_stub_stays(
    curator: Viewer, filled: tuple[ImportCandidate, Article]
) -> None:
    candidate, known = filled
    edit_metadata(
        curator, known, Metadata("Set by hand", canonical_url=PAGE), counter=known.counter
    )
    undo_batch(curator, candidate.batch)
    known.refresh_from_db()
    assert (known.is_stub, known.title, known.title_basis) == (True, "Set by hand", "curated")


def test_page_says_what_undoing_did(
    carol: User,
    client_of: Callable[[User | None], Client],
    filled: tuple[ImportCandidate, Article],
) -> None:
    browser, address = client_of(carol), reverse("batch_undo", args=[filled[0].batch_id])
    assert said(browser.post(address, follow=True)) == "1 article is only linked to again."
    assert said(browser.post(address, follow=True)) == "Nothing of this import was in the library."
