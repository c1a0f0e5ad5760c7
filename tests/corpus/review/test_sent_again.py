"""Files that come a second time: with an address of their own, or after an import was undone."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from corpus.models import Article, ImportBatch, ImportCandidate
from corpus.permissions import SYSTEM, Viewer
from corpus.services import applying
from corpus.services.batches import create_batch
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes
from corpus.services.undoing import undo_batch
from tests.corpus.review.deciding import said
from tests.corpus.review.texts import article, changed
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example/2016/motion"


def read(viewer: Viewer, *texts: str, address: str = "") -> ImportBatch:
    sources = [SourceBytes(f"{n}.txt", text.encode(), address) for n, text in enumerate(texts)]
    batch = create_batch(viewer, sources).batch
    run_jobs()
    return batch


def only(batch: ImportBatch) -> ImportCandidate:
    return ImportCandidate.objects.get(batch=batch)


def url_of(candidate: ImportCandidate) -> str | None:
    candidate.refresh_from_db()
    address: str | None = candidate.proposal["facts"]["url"]["value"]
    return address


@pytest.fixture
def send(carol: User, client_of: Callable[[User | None], Client]) -> Callable[..., str]:
    """Return a function that pastes a text with an address and returns what the page says."""

    def paste(text: str, address: str = "") -> str:
        fields = {"text": text, "address": address}
        answer = client_of(carol).post(reverse("imports"), fields, follow=True)
        run_jobs()
        return said(answer)

    return paste


def test_address_given_with_known_bytes_is_decided_for_the_text_that_waits(
    send: Callable[..., str],
) -> None:
    send(article(1))
    told = send(article(1), ADDRESS)
    assert "The address that you gave is that of the text now." in told
    assert url_of(ImportCandidate.objects.get()) == ADDRESS
    counter = ImportCandidate.objects.get().counter
    send(article(1), ADDRESS)
    assert ImportCandidate.objects.get().counter == counter


def test_address_that_comes_too_late_is_told(send: Callable[..., str], curator: Viewer) -> None:
    send(article(1))
    candidate = ImportCandidate.objects.get()
    applying.apply_one(curator, candidate, counter=1)
    assert "The address that you gave is not used" in send(article(1), ADDRESS)
    Article.objects.update(canonical_url=ADDRESS)
    assert "address" not in send(article(1), ADDRESS)


def test_address_given_with_bytes_of_another_import_is_decided_as_they_are_read(
    curator: Viewer,
) -> None:
    read(curator, article(1), article(2))
    candidate = only(read(curator, article(1), address=ADDRESS))
    assert url_of(candidate) == ADDRESS
    assert candidate.decisions == {"facts": {"url": ADDRESS}}


def test_address_with_known_bytes_of_several_texts_is_that_of_none(curator: Viewer) -> None:
    dump = f"{article(1)}\n\f\n{article(2)}"
    read(curator, dump, article(3))
    batch = read(curator, dump, address=ADDRESS)
    assert [url_of(row) for row in ImportCandidate.objects.filter(batch=batch)] == [None, None]


def undone_update(viewer: Viewer) -> Article:
    """Return an article whose changed text was added and taken back again."""
    known = import_source(SYSTEM, SourceBytes("0.txt", article(1).encode()))[0].article
    batch = read(viewer, changed(article(1)))
    applying.apply_one(viewer, only(batch), counter=1)
    undo_batch(viewer, batch)
    return known


def text_of(known: Article) -> str:
    known.refresh_from_db()
    assert known.current_version
    return known.current_version.text


def test_undone_update_that_comes_again_can_be_added_again(curator: Viewer) -> None:
    known = undone_update(curator)
    # In an import of its own: another file came with it.
    batch = read(curator, changed(article(1)), article(2))
    candidate = ImportCandidate.objects.get(batch=batch, source__name="0.txt")
    assert (candidate.state, candidate.updates, candidate.article) == ("pending", known, None)
    done = applying.apply_one(curator, candidate, counter=candidate.counter)
    assert done.state == "applied"
    assert "altogether" in text_of(known)
    # Now it is there, and is told to be.
    again = read(curator, changed(article(1)), article(3))
    assert ImportCandidate.objects.get(batch=again, source__name="0.txt").state == "duplicate"


def test_undone_update_comes_again_by_the_command(curator: Viewer) -> None:
    known = undone_update(curator)
    source = SourceBytes("again.txt", changed(article(1)).encode())
    (outcome,) = import_source(SYSTEM, source)
    assert (outcome.article, outcome.is_update) == (known, True)
    assert "altogether" in text_of(known)
    count = known.versions.count()
    import_source(SYSTEM, source)
    assert known.versions.count() == count


def test_former_text_that_was_edited_is_there_already(curator: Viewer) -> None:
    import_source(SYSTEM, SourceBytes("0.txt", article(1).encode()))
    batch = read(curator, changed(article(1)))
    applying.apply_one(curator, only(batch), counter=1)
    assert only(read(curator, f"{article(1)} ")).state == "duplicate"
