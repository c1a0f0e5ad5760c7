"""Rebuilding the index: asked for by curators, in steps that keep everything findable."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.models import Article, Event, Job, SearchEntry, Signature, SignatureTerm, Term
from corpus.permissions import SYSTEM
from corpus.search.answering import ARTICLES
from corpus.search.find import count
from corpus.services import rebuilding
from corpus.services.indexing import index_article
from tests.factories import make_article, make_highlight
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

# The table of which a write on a text locks a row before all others.
COMMON_LOCK = 'FROM "django_content_type"'


@pytest.fixture
def indexed(alice: User) -> list[Article]:
    """Return three articles in the index, one of them with a note."""
    articles = [make_article(f"The {word} stands in this text.") for word in ("owl", "elk", "emu")]
    for article in articles:
        assert article.current_version is not None
        index_article(article.current_version)
    make_highlight(alice, articles[0], "owl stands", note="What a bird.")
    return articles


def test_curator_asks_once_and_the_work_is_done(carol: User, indexed: list[Article]) -> None:
    job = rebuilding.ask_rebuild(viewer_of(carol))
    assert rebuilding.ask_rebuild(viewer_of(carol)) == job
    assert Event.objects.filter(verb="job.started", actor=carol).count() == 2

    assert run_jobs() == 1

    job.refresh_from_db()
    assert (job.state, job.told) == (Job.State.DONE, "7 things indexed.")


def test_reader_may_not_ask(alice: User) -> None:
    with pytest.raises(NotAllowed):
        rebuilding.ask_rebuild(viewer_of(alice))
    assert not Job.objects.exists()


@pytest.mark.usefixtures("indexed")
def test_everything_is_found_at_every_moment_of_it() -> None:
    for _step in rebuilding.rebuild():
        for word in ("owl", "elk", "emu"):
            assert count(SYSTEM, ARTICLES, word) == 1


def test_rebuilding_twice_stores_what_was_there(indexed: list[Article]) -> None:
    before = _state()
    for _ in range(2):
        for _step in rebuilding.rebuild():
            pass
    assert _state() == before


def test_rebuilding_that_broke_off_is_made_good_by_the_next(indexed: list[Article]) -> None:
    before = _state()
    for number in range(1, 7):
        steps: Iterator[str] = rebuilding.rebuild()
        for _ in range(number):
            next(steps)
        steps.close()  # type: ignore[attr-defined]
    list(rebuilding.rebuild())

    assert _state() == before


@pytest.mark.usefixtures("indexed")
def test_each_step_that_counts_words_waits_for_new_texts_first() -> None:
    with CaptureQueriesContext(connection) as asked:
        list(rebuilding.rebuild())
    steps = [step for step in _transactions(asked) if any("corpus_term" in sql for sql in step)]
    assert len(steps) == 7
    assert all(COMMON_LOCK in step[0] for step in steps)


def test_what_is_in_the_index_by_mistake_goes(indexed: list[Article]) -> None:
    SearchEntry.objects.create(kind="articles", subject_id=indexed[0].pk, article=indexed[0])
    list(rebuilding.rebuild())

    assert SearchEntry.objects.filter(kind="articles", article=indexed[0]).count() == 1


def test_small_corpus_is_weighed_again_in_the_background(indexed: list[Article]) -> None:
    before = _weights()
    SignatureTerm.objects.update(weight=0)
    job = rebuilding.ask_settling(SYSTEM)
    run_jobs()

    job.refresh_from_db()
    assert (job.state, job.told) == (Job.State.DONE, "Related articles are up to date.")
    assert _weights().keys() == before.keys()
    assert all(_weights().values())


def _transactions(asked: CaptureQueriesContext) -> list[list[str]]:
    """Return the statements of each transaction, those of its savepoints among them."""
    steps: list[list[str]] = []
    depth = 0
    for query in asked:
        sql = query["sql"]
        if sql.startswith("SAVEPOINT"):
            depth += 1
            if depth == 1:
                steps.append([])
        elif sql.startswith("RELEASE"):
            depth -= 1
        elif depth:
            steps[-1].append(sql)
    return steps


def _state() -> tuple[object, ...]:
    fields = ("kind", "subject_id", "block", "start", "end")
    return (
        sorted(SearchEntry.objects.values_list(*fields), key=str),
        sorted(Term.objects.filter(articles__gt=0).values_list("word", "articles")),
        sorted(Signature.objects.values_list("article", "version"), key=str),
    )


def _weights() -> dict[tuple[object, str], float]:
    rows = SignatureTerm.objects.values_list("article", "term__word", "weight")
    return {(article, word): weight for article, word, weight in rows}
