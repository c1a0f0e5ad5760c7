"""Undoing imports: what becomes of articles, what somebody built on, and adding all again."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from corpus.access import viewer_of, visible_articles
from corpus.errors import Invalid, NotAllowed
from corpus.models import Article, ImportBatch, ImportCandidate, Job
from corpus.permissions import Viewer
from corpus.services import applying, articles, reviewing, undoing
from corpus.services.articles import edit_metadata
from corpus.services.metadata import Metadata
from corpus.services.undoing import Undone, undo_batch
from corpus.services.work import Progress, Stopped
from tests.corpus.review.test_applying import (
    applied,
    apply_all,
    import_at_once,
    only,
    read,
    stored,
    text_of,
)
from tests.corpus.review.texts import article, changed
from tests.factories import make_highlight
from tests.work import run_jobs

pytestmark = pytest.mark.django_db


def test_an_import_nobody_built_on_waits_again_and_comes_back_the_same(curator: Viewer) -> None:
    batch, known = applied(curator, article(1))
    assert undo_batch(curator, batch) == Undone(withdrawn=1)
    known.refresh_from_db()
    assert known.is_hidden
    batch.refresh_from_db()
    assert batch.undone_at is not None
    candidate = only(batch)
    assert candidate.state == "pending"
    assert undo_batch(curator, batch) == Undone()
    candidate = reviewing.set_fact(curator, candidate, "title", "Again", counter=candidate.counter)
    assert stored(applying.apply_one(curator, candidate, counter=candidate.counter)) == known
    known.refresh_from_db()
    assert (known.is_hidden, known.title, known.versions.count()) == (False, "Again", 1)
    batch.refresh_from_db()
    assert batch.undone_at is None


def test_what_was_taken_out_comes_back_by_the_command_too(curator: Viewer) -> None:
    batch, known = applied(curator, article(1))
    undo_batch(curator, batch)
    assert import_at_once(article(1)) == known
    known.refresh_from_db()
    assert not known.is_hidden
    assert not known.is_withdrawn
    assert Article.objects.count() == 1


def test_what_was_taken_out_comes_back_with_the_text_that_was_decided(curator: Viewer) -> None:
    batch, known = applied(curator, article(1))
    undo_batch(curator, batch)
    candidate = only(batch)
    start = candidate.proposal["blocks"][0]["start"] + article(1).index("The ")
    candidate = reviewing.decide(
        curator, candidate, f"block:{start}", "boilerplate", counter=candidate.counter
    )
    assert stored(applying.apply_one(curator, candidate, counter=candidate.counter)) == known
    assert text_of(known) == candidate.proposal["text"]
    assert not Article.objects.get(pk=known.pk).is_hidden


def test_a_corrected_text_shows_what_was_taken_out(curator: Viewer) -> None:
    named = "URL: https://news.example/2017/x\n\n"
    batch, known = applied(curator, named + article(1))
    undo_batch(curator, batch)
    corrected = read(curator, named + article(2))
    assert only(corrected).updates == known
    later = applying.apply_one(curator, only(corrected), counter=1)
    assert stored(later) == known
    assert text_of(known) == later.proposal["text"]
    assert (known.is_hidden, known.is_withdrawn) == (False, False)
    assert undo_batch(curator, corrected) == Undone(withdrawn=1)
    assert applying.apply_one(curator, later, counter=only(corrected).counter).article == known
    assert text_of(known) == later.proposal["text"]
    assert (known.is_hidden, known.is_withdrawn) == (False, False)


def test_a_corrected_text_by_the_command_shows_what_was_taken_out(curator: Viewer) -> None:
    named = "URL: https://news.example/2017/x\n\n"
    batch, known = applied(curator, named + article(1))
    undo_batch(curator, batch)
    assert import_at_once(named + article(2)) == known
    known.refresh_from_db()
    assert (known.is_hidden, known.is_withdrawn, known.versions.count()) == (False, False, 2)


def test_a_new_text_of_what_a_curator_hid_stays_hidden_and_that_is_said(curator: Viewer) -> None:
    known = import_at_once(article(1))
    articles.hide(curator, known)
    result = apply_all(curator, read(curator, changed(article(1))))
    assert applying.outcome(result) == (
        "1 article was added. 1 stays hidden until a curator shows it."
    )
    known.refresh_from_db()
    assert known.is_hidden
    assert known.versions.count() == 2


def test_what_a_curator_showed_again_is_withdrawn_no_more(curator: Viewer) -> None:
    batch, known = applied(curator, article(1))
    undo_batch(curator, batch)
    articles.restore(curator, known)
    known.refresh_from_db()
    assert (known.is_hidden, known.is_withdrawn) == (False, False)
    edit_metadata(curator, known, Metadata(title="Set by hand"), counter=known.counter)
    assert import_at_once(article(1)) == known
    known.refresh_from_db()
    assert (known.title, known.title_basis) == ("Set by hand", "curated")
    assert only(batch).state == "pending"


def test_what_comes_back_keeps_what_curators_set(curator: Viewer) -> None:
    batch, known = applied(curator, article(1))
    edit_metadata(curator, known, Metadata(title="Set by hand"), counter=known.counter)
    undo_batch(curator, batch)
    assert import_at_once(article(1)) == known
    known.refresh_from_db()
    assert (known.title, known.title_basis) == ("Set by hand", "curated")


def test_what_somebody_annotated_is_hidden_and_keeps_everything(
    curator: Viewer, alice: User
) -> None:
    batch, known = applied(curator, article(1))
    mark = make_highlight(alice, known, "at last")
    assert undo_batch(curator, batch) == Undone(hidden=1)
    assert not visible_articles(viewer_of(alice)).exists()
    mark.refresh_from_db()
    assert mark.deleted_at is None
    assert only(batch).state == "applied"


def test_an_undone_update_gives_the_old_text_back(curator: Viewer) -> None:
    known = import_at_once(article(1))
    old = text_of(known)
    batch = read(curator, changed(article(1)))
    applying.apply_one(curator, only(batch), counter=1)
    assert text_of(known) != old
    assert undo_batch(curator, batch) == Undone(taken_back=1)
    assert text_of(known) == old
    assert only(batch).state == "pending"


def test_an_undone_update_can_be_added_again_and_undone_again(curator: Viewer) -> None:
    known = import_at_once(article(1))
    old = text_of(known)
    batch = read(curator, changed(article(1)))
    new = only(batch).proposal["text"]
    for number in (2, 4):
        candidate = only(batch)
        kept = applying.apply_one(curator, candidate, counter=candidate.counter)
        assert (kept.state, kept.article) == ("applied", known)
        assert text_of(known) == new
        assert known.current_version is not None
        assert known.current_version.number == number
        assert undo_batch(curator, batch) == Undone(taken_back=1)
        assert text_of(known) == old


def test_an_update_whose_text_the_article_got_meanwhile_adds_nothing(curator: Viewer) -> None:
    known = import_at_once(article(1))
    batch = read(curator, changed(article(1)))
    import_at_once(changed(article(1)))
    kept = applying.apply_one(curator, only(batch), counter=1)
    assert (kept.state, kept.article) == ("duplicate", known)
    assert known.versions.count() == 2


def test_an_import_that_is_being_added_is_undone_when_that_is_done(curator: Viewer) -> None:
    batch = read(curator, article(1), article(2))
    first, second = ImportCandidate.objects.filter(batch=batch).order_by("source__name")
    applying.apply_one(curator, first, counter=1)
    applying.apply_later(curator, batch, {second.id: second.counter})
    with pytest.raises(Invalid, match="being added just now"):
        undo_batch(curator, batch)
    run_jobs()
    assert undo_batch(curator, batch) == Undone(withdrawn=2)


def test_an_update_that_was_edited_since_stays(curator: Viewer) -> None:
    import_at_once(article(1))
    batch = read(curator, changed(article(1)))
    applying.apply_one(curator, only(batch), counter=1)
    import_at_once(changed(article(1), "and more"))
    assert undo_batch(curator, batch) == Undone(kept=1)


def test_an_import_by_the_command_can_be_undone(curator: Viewer, alice: User) -> None:
    import_at_once(article(1))
    batch = ImportBatch.objects.get()
    with pytest.raises(NotAllowed):
        undo_batch(viewer_of(alice), batch)
    assert undo_batch(curator, batch) == Undone(withdrawn=1)


def test_a_large_import_is_undone_in_the_background_and_goes_on_where_it_was_stopped(
    curator: Viewer, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "UNDONE_AT_ONCE", 2)
    batch = read(curator, *(article(seed) for seed in range(1, 6)))
    for candidate in ImportCandidate.objects.filter(batch=batch):
        applying.apply_one(curator, candidate, counter=1)
    browser.post(reverse("batch_undo", args=[batch.pk]))
    browser.post(reverse("batch_undo", args=[batch.pk]))
    job = Job.objects.get(kind="import.undo")
    assert Article.objects.filter(is_hidden=False).count() == 5
    page = browser.get(reverse("import_batch", args=[batch.pk])).content.decode()
    assert 'class="job-progress"' in page

    with pytest.raises(Stopped):
        undoing.undo_in_background(job, _StoppedAtOnce(job))
    assert Article.objects.filter(is_hidden=False).count() == 3
    assert ImportBatch.objects.get().undone_at is None

    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.told) == ("done", "3 articles are out of the library.")
    assert not Article.objects.filter(is_hidden=False).exists()
    assert ImportBatch.objects.get().undone_at is not None
    assert undo_batch(curator, batch) == Undone()


class _StoppedAtOnce(Progress):
    def of(self, total: int) -> None:
        """Note nothing: nobody holds the job."""

    def step(self, n: int = 1, told: str = "") -> None:
        raise Stopped
