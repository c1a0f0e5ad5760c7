"""An import of a file that holds many sources: each is a file of the import by itself."""

import json

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.importing.containers import members_of
from corpus.models import ImportCandidate, ImportFile, SourceFile
from corpus.permissions import Viewer
from corpus.services import opening
from corpus.services.batches import create_batch
from corpus.services.sources import SourceBytes
from tests.corpus.review.texts import article
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

State = ImportFile.State


def pile(*numbers: int) -> SourceBytes:
    """Return a data set of these articles."""
    rows = [json.dumps({"title": f"Title {n}", "text": article(n)}) for n in numbers]
    return SourceBytes("pile.jsonl", "\n".join(rows).encode())


@pytest.fixture
def viewer() -> Viewer:
    """Return a curator."""
    return viewer_of(User.objects.create_user("cura", is_staff=True))


def test_each_source_is_a_file_of_the_import_and_proposes_an_article(viewer: Viewer) -> None:
    batch = create_batch(viewer, [pile(1, 2, 3)]).batch
    run_jobs()
    whole = batch.files.get(within=None)
    assert whole.state == State.OPENED
    assert list(whole.members.values_list("name", "state")) == [
        ("pile.jsonl, 1", State.READ),
        ("pile.jsonl, 2", State.READ),
        ("pile.jsonl, 3", State.READ),
    ]
    titles = [row.proposal["facts"]["title"]["value"] for row in batch.candidates.all()]
    assert sorted(titles) == ["Title 1", "Title 2", "Title 3"]


def test_a_source_that_comes_twice_is_read_once(viewer: Viewer) -> None:
    batch = create_batch(viewer, [pile(1, 1)]).batch
    run_jobs()
    refused = batch.files.get(state=State.REFUSED)
    assert refused.problem_in_words == (
        "pile.jsonl, 2 is the same as pile.jsonl, 1, which is read once."
    )
    assert batch.candidates.count() == 1


def test_the_same_pile_again_is_the_same_import(viewer: Viewer) -> None:
    first = create_batch(viewer, [pile(1, 2)])
    run_jobs()
    again = create_batch(viewer, [pile(1, 2)])
    assert (again.batch, again.is_new) == (first.batch, False)


def test_interrupted_it_goes_on_behind_what_is_there(
    viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = create_batch(viewer, [pile(1, 2, 3)]).batch
    whole = batch.files.get()
    monkeypatch.setattr(opening, "_AT_ONCE", 1)
    (first,) = list(members_of(bytes(whole.source.content), whole.name) or ())[:1]
    opening._keep(whole, [first])
    run_jobs()
    assert list(whole.members.values_list("name", flat=True)) == [
        "pile.jsonl, 1",
        "pile.jsonl, 2",
        "pile.jsonl, 3",
    ]
    assert batch.candidates.count() == 3


def test_a_broken_archive_is_refused_with_its_reason(viewer: Viewer) -> None:
    batch = create_batch(viewer, [SourceBytes("a.zip", b"PK\x03\x04 and nothing more")]).batch
    run_jobs()
    assert "damaged" in batch.files.get().problem_in_words
    assert not ImportCandidate.objects.exists()


def test_the_bytes_of_a_source_are_kept_exactly(viewer: Viewer) -> None:
    create_batch(viewer, [pile(1)])
    run_jobs()
    source = SourceFile.objects.filter(arrivals__within__isnull=False).first()
    # One line alone is no pile: it is a source itself.
    assert source is None
    create_batch(viewer, [pile(1, 2)])
    run_jobs()
    lines = pile(1, 2).content.split(b"\n")
    kept = SourceFile.objects.filter(arrivals__within__isnull=False)
    assert {bytes(row.content) for row in kept} == set(lines)
    assert {row.media_type for row in kept} == {"application/json"}
