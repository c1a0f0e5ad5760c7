"""What was agreed to is stored once, whoever agrees; an import can be undone."""

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of, visible_articles
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.models import Article, Event, ImportBatch, ImportCandidate, NearPair
from corpus.permissions import SYSTEM, Viewer
from corpus.services import applying, articles, reviewing
from corpus.services.articles import edit_metadata
from corpus.services.batches import create_batch
from corpus.services.imports import import_source
from corpus.services.metadata import Metadata
from corpus.services.sources import SourceBytes
from corpus.services.undoing import Undone, undo_batch
from tests.corpus.review.texts import article, changed
from tests.factories import make_highlight
from tests.work import run_jobs

pytestmark = pytest.mark.django_db


def read(viewer: Viewer, *texts: str) -> ImportBatch:
    sources = [SourceBytes(f"{n}.txt", text.encode()) for n, text in enumerate(texts, start=1)]
    batch = create_batch(viewer, sources).batch
    run_jobs()
    return batch


def only(batch: ImportBatch) -> ImportCandidate:
    return ImportCandidate.objects.get(batch=batch)


def apply_all(viewer: Viewer, batch: ImportBatch) -> applying.Applied:
    rows = ImportCandidate.objects.filter(batch=batch)
    return applying.apply_some(viewer, batch, {row.id: row.counter for row in rows})


def stored(candidate: ImportCandidate) -> Article:
    assert candidate.article is not None
    return Article.objects.get(pk=candidate.article.pk)


def applied(viewer: Viewer, text: str) -> tuple[ImportBatch, Article]:
    batch = read(viewer, text)
    return batch, stored(applying.apply_one(viewer, only(batch), counter=1))


def text_of(known: Article) -> str:
    known.refresh_from_db()
    assert known.current_version is not None
    return known.current_version.text


def import_at_once(text: str, name: str = "1.txt") -> Article:
    return import_source(SYSTEM, SourceBytes(name, text.encode()))[0].article


def test_what_is_applied_is_an_article_with_its_source(curator: Viewer) -> None:
    batch, known = applied(curator, article(1))
    version = known.current_version
    assert version is not None
    assert version.source == only(batch).source
    assert known.title == "Headline number 1"
    assert Event.objects.filter(verb="article.imported", subject_id=known.id).count() == 1


def test_facts_that_a_curator_set_are_the_articles(curator: Viewer) -> None:
    candidate = only(read(curator, article(1)))
    candidate = reviewing.set_facts(
        curator,
        candidate,
        {
            "title": "A better title",
            "authors": ["Jane Smith"],
            "published": {"date": "2019-05", "precision": "month"},
        },
        counter=1,
    )
    known = stored(applying.apply_one(curator, candidate, counter=2))
    assert (known.title, known.title_basis) == ("A better title", "curated")
    assert (known.published(), known.published_basis) == ("2019-05", "curated")
    assert known.authorships.get().basis == "curated"


def test_a_version_keeps_that_it_was_imported_and_not_from_which_file(curator: Viewer) -> None:
    known = import_at_once(article(1))
    applying.apply_one(curator, only(read(curator, changed(article(1)))), counter=1)
    reasons = known.versions.order_by("number").values_list("reason", flat=True)
    assert list(reasons) == ["imported", "imported_anew"]


def test_two_curators_get_the_same_article(curator: Viewer, ada: User) -> None:
    candidate = only(read(curator, article(1)))
    first = applying.apply_one(curator, candidate, counter=1)
    second = applying.apply_one(viewer_of(ada), candidate, counter=1)
    assert first.article == second.article
    assert Event.objects.filter(verb="import.applied").count() == 1


def test_a_state_that_was_not_seen_is_not_applied(curator: Viewer, alice: User) -> None:
    candidate = only(read(curator, article(1)))
    reviewing.set_fact(curator, candidate, "title", "Other", counter=1)
    with pytest.raises(Stale):
        applying.apply_one(curator, candidate, counter=1)
    with pytest.raises(NotAllowed):
        applying.apply_one(viewer_of(alice), candidate, counter=2)
    reviewing.reject(curator, candidate, counter=2)
    with pytest.raises(Invalid, match="put aside"):
        applying.apply_one(curator, candidate, counter=3)
    assert not Article.objects.exists()


def test_a_text_that_came_in_meanwhile_adds_nothing(curator: Viewer) -> None:
    candidate = only(read(curator, article(1)))
    known = import_at_once(article(1), "other.txt")
    kept = applying.apply_one(curator, candidate, counter=1)
    assert (kept.state, kept.article) == ("duplicate", known)


def test_the_same_article_twice_in_an_import_is_one(curator: Viewer) -> None:
    batch = read(curator, article(1), article(1) + "\n\n")
    done = apply_all(curator, batch).done
    assert [row.state for row in done] == ["applied", "duplicate"]
    assert done[0].article == done[1].article


def test_a_near_copy_waits_for_a_verdict(curator: Viewer) -> None:
    known = import_at_once(article(1), "other.txt")
    candidate = only(read(curator, changed(article(1))))
    with pytest.raises(Invalid, match="nearly the same as “Headline number 1”"):
        applying.apply_one(curator, candidate, counter=1)
    candidate = reviewing.judge(curator, candidate, known, "different", counter=1)
    other = stored(applying.apply_one(curator, candidate, counter=2))
    assert other != known
    pair = NearPair.objects.get(first=known, second=other)
    assert pair.verdict == "different"


def test_two_texts_of_one_address_in_an_import_are_one_article(curator: Viewer) -> None:
    named = "URL: https://news.example/2017/x\n\n"
    batch = read(curator, named + article(1), named + article(2))
    result = apply_all(curator, batch)
    ((later, sentence),) = result.refused
    known = Article.objects.get()
    assert sentence == f"“{known.title}” is the same article and came in meanwhile. Look again."
    later.refresh_from_db()
    assert (later.updates, later.updates_reason) == (known, "url")
    applying.apply_one(curator, later, counter=later.counter)
    assert Article.objects.get().versions.count() == 2


def test_of_two_near_copies_in_an_import_the_second_waits_for_a_verdict(curator: Viewer) -> None:
    batch = read(curator, article(1), changed(article(1)))
    result = apply_all(curator, batch)
    ((later, sentence),) = result.refused
    assert sentence.startswith("This is nearly the same as “Headline number 1”.")
    later.refresh_from_db()
    assert [row["article"] for row in later.near] == [str(Article.objects.get().pk)]
    assert later.counter == 2


def test_an_update_is_a_new_version_and_keeps_what_curators_set(curator: Viewer) -> None:
    known = import_at_once(article(1))
    edit_metadata(curator, known, Metadata(title="Set by hand"), counter=1)
    text = "By Jane Smith\n\n" + changed(article(1)).replace("Headline number", "A new headline,")
    kept = applying.apply_one(curator, only(read(curator, text)), counter=1)
    assert kept.article == known
    known.refresh_from_db()
    assert known.current_version is not None
    assert known.current_version.number == 2
    assert known.current_version.source == kept.source
    assert (known.title, known.authors.get().name) == ("Set by hand", "Jane Smith")


def test_applying_some_tells_what_became_of_each(curator: Viewer) -> None:
    import_at_once(article(1), "other.txt")
    batch = read(curator, changed(article(1)), article(2), article(3))
    result = apply_all(curator, batch)
    assert (len(result.done), len(result.refused)) == (2, 1)
    assert applying.outcome(result).startswith("2 articles were added. 1 was not added: This is")


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
