"""What readers do while the background compares texts: on a real database file or server."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connections

from annotations.models import Annotation
from annotations.queries import comparisons
from annotations.reanchoring import Reanchoring
from annotations.services import carrying, reattaching
from corpus.access import viewer_of
from corpus.models import Article, Job
from tests.annotations.services.editing import rewrite
from tests.factories import TEXT, make_article, make_highlight, passage_of
from tests.work import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

Meanwhile = Callable[[Callable[[], object]], None]

WORDS = ("The mood", "the party", "Others have left", "members decide")


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Return a function that lets something be written when the next texts are compared.

    It is written over another connection, as by another reader, and has to be done before
    the comparison goes on.
    """
    waiting: list[Callable[[], object]] = []

    def compared(old: str, new: str) -> Reanchoring:
        if waiting:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(_apart, waiting.pop()).result(timeout=30)
        return Reanchoring(old, new)

    monkeypatch.setattr(comparisons, "Reanchoring", compared)
    return waiting.append


def _apart(write: Callable[[], object]) -> None:
    try:
        write()
    finally:
        connections.close_all()


@pytest.fixture
def article(alice: User, carol: User, monkeypatch: pytest.MonkeyPatch) -> Article:
    """Return an article whose highlights wait for the background after an edit, one an orphan."""
    made = make_article()
    make_highlight(alice, made, "dark")
    rewrite(carol, made, TEXT[0].replace("dark", "bright"), *TEXT[1:])
    for words in WORDS:
        make_highlight(alice, made, words)
    monkeypatch.setattr(carrying, "MOST_AT_ONCE", 2)
    rewrite(carol, made, "Something before.", TEXT[0].replace("dark", "bright"), *TEXT[1:])
    return made


def _states(article: Article) -> dict[str, str]:
    """Return by its words the state of each highlight, which stands on them."""
    marks = Annotation.objects.filter(article=article).select_related("version")
    for mark in marks:
        assert mark.version is not None
        assert mark.version.text[mark.start : mark.end] == mark.exact
        is_present = mark.version_id == article.current_version_id
        assert is_present or mark.anchor_state == Annotation.AnchorState.ORPHAN
    return {mark.exact: mark.anchor_state for mark in marks}


def test_a_reader_marks_while_texts_are_compared(
    alice: User, article: Article, meanwhile: Meanwhile
) -> None:
    meanwhile(lambda: make_highlight(alice, article, "Something before"))
    run_jobs()
    assert Job.objects.get(kind=carrying.KIND).state == "done"
    exact = dict.fromkeys((*WORDS, "Something before"), "exact")
    assert _states(article) == {"dark": "orphan", **exact}


def test_an_edit_that_lands_while_texts_are_compared_has_the_highlights(
    carol: User, article: Article, meanwhile: Meanwhile
) -> None:
    meanwhile(lambda: rewrite(carol, article, "Anew.", *TEXT))
    run_jobs()
    assert set(Job.objects.filter(kind=carrying.KIND).values_list("state", flat=True)) == {"done"}
    article.refresh_from_db()
    assert _states(article) == dict.fromkeys(("dark", *WORDS), "exact")


def test_an_orphan_that_is_reattached_while_texts_are_compared_stays_there(
    alice: User, article: Article, meanwhile: Meanwhile
) -> None:
    orphan = Annotation.objects.get(article=article, exact="dark")

    def reattach() -> None:
        passage = passage_of(article, "bright")
        viewer = viewer_of(alice)
        reattaching.reattach(viewer, orphan, passage, version=3, counter=orphan.counter)

    meanwhile(reattach)
    run_jobs()
    assert _states(article) == dict.fromkeys((*WORDS, "bright"), "exact")
