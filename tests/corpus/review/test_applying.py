"""What was agreed to is stored once, whoever agrees; an import can be undone."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.models import Article, Event, ImportBatch, ImportCandidate, NearPair
from corpus.permissions import SYSTEM, Viewer
from corpus.services import applying, reviewing
from corpus.services.articles import edit_metadata
from corpus.services.batches import create_batch
from corpus.services.imports import import_source
from corpus.services.metadata import Metadata
from corpus.services.sources import SourceBytes
from tests.corpus.review.giving import choose
from tests.corpus.review.texts import article, changed
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
    ((later, sentence),) = result.undecided
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
    assert (len(result.done), len(result.undecided)) == (2, 1)
    assert applying.outcome(result).startswith("2 articles were added. 1 is left for you to ")


def test_near_copies_are_left_for_a_decision_and_counted(browser: Client, curator: Viewer) -> None:
    import_at_once(article(1), "other.txt")
    import_at_once(article(2), "another.txt")
    batch = read(curator, changed(article(1)), article(3), changed(article(2)))
    answer = choose(browser, "candidates_apply", batch)
    shown = answer.content.decode()
    assert "1 article was added. 2 are left for you to decide" in shown
    states = sorted(ImportCandidate.objects.filter(batch=batch).values_list("state", flat=True))
    assert states == ["applied", "pending", "pending"]
