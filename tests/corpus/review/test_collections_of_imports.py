"""The chapters of a book as a collection: made when they are added, undone with the import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from corpus.models import Collection, ImportBatch, ImportCandidate
from corpus.permissions import Viewer
from corpus.queries.batch_collection import offered_title
from corpus.queries.batch_page import in_order, waiting_in
from corpus.services import applying, collections
from corpus.services.undoing import undo_batch
from tests.corpus.review.giving import choose, give
from tests.corpus.review.test_formats import epub
from tests.corpus.review.texts import article
from tests.factories import make_article
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def book(browser: Client) -> ImportBatch:
    """Return the import of a book of three chapters, read."""
    raw = epub(*(article(number) for number in range(3)))
    give(browser, "", SimpleUploadedFile("quays.epub", raw))
    run_jobs()
    return ImportBatch.objects.latest("created_at")


def titles(collection: Collection) -> list[str]:
    return [item.article.title for item in collection.items.order_by("position")]


def is_there(collection: Collection) -> bool:
    return Collection.objects.filter(pk=collection.pk, deleted_at=None).exists()


def add_all(curator: Viewer, batch: ImportBatch, title: str = "A book") -> Collection:
    applying.apply_some(curator, batch, waiting_in(batch).counters, title)
    batch.refresh_from_db()
    assert batch.collection is not None
    return batch.collection


CHAPTERS = ["Title 0", "Title 1", "Title 2"]


def test_chapters_are_added_as_a_collection_called_after_the_book(
    browser: Client, book: ImportBatch
) -> None:
    page = browser.get(reverse("import_batch", args=[book.pk])).content.decode()
    assert 'name="collection" value="The Quays"' in page
    sent = {"all": waiting_in(book).state, "collect": "1", "collection": "The Quays"}
    answer = browser.post(reverse("candidates_apply", args=[book.pk]), sent, follow=True)
    made = Collection.objects.get(title="The Quays")
    assert titles(made) == CHAPTERS
    shown = answer.content.decode()
    assert "They stand in the collection “The Quays”." in shown
    assert f'<a href="{made.get_absolute_url()}">The Quays</a>' in shown


def test_without_being_asked_no_collection_is_made(browser: Client, book: ImportBatch) -> None:
    before = Collection.objects.count()
    sent = {"all": waiting_in(book).state, "collection": "The Quays"}
    browser.post(reverse("candidates_apply", args=[book.pk]), sent)
    assert Collection.objects.count() == before


def test_it_is_taken_away_with_the_import_and_comes_back_with_it(
    curator: Viewer, book: ImportBatch
) -> None:
    made = add_all(curator, book)
    undo_batch(curator, book)
    assert not is_there(made)
    assert add_all(curator, book) == made
    assert is_there(made)
    assert titles(made) == CHAPTERS


def test_what_others_put_into_it_keeps_it(curator: Viewer, book: ImportBatch) -> None:
    made = add_all(curator, book)
    collections.add(curator, made, [make_article()])
    undo_batch(curator, book)
    assert is_there(made)


def test_what_is_added_later_stands_in_its_place(curator: Viewer, book: ImportBatch) -> None:
    first, second, third = in_order(book)
    for some in ((third,), (first,), (second,)):
        seen = {one.pk: waiting_in(book).counters[one.pk] for one in some}
        applying.apply_some(curator, book, seen, "A book")
    book.refresh_from_db()
    assert book.collection is not None
    assert titles(book.collection) == CHAPTERS


def test_many_are_collected_in_the_background(
    browser: Client, book: ImportBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "APPLIED_AT_ONCE", 2)
    sent = {"all": waiting_in(book).state, "collect": "1", "collection": " "}
    browser.post(reverse("candidates_apply", args=[book.pk]), sent)
    run_jobs()
    assert titles(Collection.objects.get(title="The Quays")) == CHAPTERS


def test_one_article_is_offered_no_collection(browser: Client) -> None:
    give(browser, article(7))
    run_jobs()
    batch = ImportBatch.objects.latest("created_at")
    assert offered_title(batch) == ""
    (candidate,) = ImportCandidate.objects.filter(batch=batch)
    assert 'name="collect"' not in choose(browser, "candidates_apply", batch).content.decode()
    candidate.refresh_from_db()
    assert candidate.state == "applied"
