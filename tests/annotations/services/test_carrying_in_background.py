"""Highlights that the background carries over to a new version of their article."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User

from annotations.models import Annotation, FormerTarget
from annotations.queries import comparisons
from annotations.reanchoring import Reanchoring
from annotations.services import carrying
from corpus.models import ArticleVersion, Event, Job
from tests.annotations.services.editing import rewrite
from tests.annotations.services.test_carrying import stands, stored
from tests.factories import TEXT, make_article, make_highlight
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

Edit = Callable[..., ArticleVersion]


@pytest.fixture
def edit(carol: User) -> Edit:
    """Return a function by which carol gives an article a new text of some paragraphs."""
    return partial(rewrite, carol)


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave more than two highlights to the background, two in a transaction."""
    monkeypatch.setattr(carrying, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(carrying, "_BATCH", 2)


WORDS = ("The mood", "the party", "Others have left", "The leader", "members decide")


@pytest.mark.usefixtures("few_at_once")
def test_many_highlights_wait_for_the_background_where_they_stood(alice: User, edit: Edit) -> None:
    article = make_article()
    before = article.current_version
    marks = [make_highlight(alice, article, words) for words in WORDS]
    after = edit(article, "Something before.", *TEXT)
    assert {stored(mark).version for mark in marks} == {before}
    assert Job.objects.get(kind=carrying.KIND).subject == article.pk
    run_jobs()
    job = Job.objects.get(kind=carrying.KIND)
    assert (job.state, job.done, job.total) == ("done", 5, 5)
    assert job.told == "5 highlights were looked for in the new version."
    assert [stands(mark) for mark in marks] == [("exact", words) for words in WORDS]
    assert {stored(mark).version for mark in marks} == {after}
    event = Event.objects.get(verb="annotations.carried", article=article)
    assert event.after == {"version": 2, "exact": 5}


@pytest.mark.usefixtures("few_at_once")
def test_carrying_that_was_broken_off_goes_on_with_what_is_left(
    alice: User, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()
    marks = [make_highlight(alice, article, words) for words in WORDS]
    gone = make_highlight(alice, article, "He said it twice")
    edit(article, "Something before.", *TEXT[:2], TEXT[2].replace(" He said it twice:", " So"))
    calls = Counter[str]()
    whole = carrying._store

    def breaks(*given: Any) -> None:
        calls["batch"] += 1
        if calls["batch"] == 2:
            raise MemoryError
        whole(*given)

    monkeypatch.setattr(carrying, "_store", breaks)
    run_jobs()
    job = Job.objects.get(kind=carrying.KIND)
    assert job.state == "waiting"
    states = Counter(stored(mark).version == article.current_version for mark in marks)
    assert states == {True: 2, False: 3}
    Job.objects.update(run_after=None)
    run_jobs()
    assert {stands(mark)[0] for mark in marks} == {"exact"}
    assert stands(gone)[0] == "orphan"
    assert FormerTarget.objects.filter(annotation__article=article).count() == 6
    assert Event.objects.filter(verb="annotations.carried", article=article).count() == 1


@pytest.mark.usefixtures("few_at_once")
def test_a_further_version_before_the_background_came_takes_all_along(
    alice: User, edit: Edit
) -> None:
    article = make_article()
    marks = [make_highlight(alice, article, words) for words in WORDS]
    edit(article, "Something before.", *TEXT)
    last = edit(article, "Something before.", "And more.", *TEXT)
    assert Job.objects.filter(kind=carrying.KIND).count() == 1
    run_jobs()
    assert {stored(mark).version for mark in marks} == {last}
    assert {stands(mark)[0] for mark in marks} == {"exact"}


@pytest.mark.usefixtures("few_at_once")
def test_a_guess_for_the_version_before_is_forgotten_while_the_background_works(
    alice: User, edit: Edit
) -> None:
    article = make_article()
    mark = make_highlight(alice, article, "dark")
    edit(article, TEXT[0].replace("dark", "bright"), *TEXT[1:])
    assert stored(mark).guess_start is not None
    for words in WORDS:
        make_highlight(alice, article, words)
    edit(article, "Something before.", TEXT[0].replace("dark", "bright"), *TEXT[1:])
    assert stored(mark).guess_start is None
    run_jobs()
    assert stored(mark).guess_start is not None


def test_highlights_in_many_versions_of_a_long_text_wait_for_the_background(
    alice: User, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()
    lost = make_highlight(alice, article, "dark")
    bright = (TEXT[0].replace("dark", "bright"), *TEXT[1:])
    second = edit(article, *bright)
    make_highlight(alice, article, "bright")
    monkeypatch.setattr(carrying, "MOST_CHARACTERS_AT_ONCE", 2 * len(second.text))
    edit(article, *bright[:2], TEXT[2].replace("twice", "once"))
    assert not Job.objects.filter(kind=carrying.KIND).exists()
    edit(article, *bright[:2], f"{TEXT[2]} And so it went on.")
    assert Job.objects.filter(kind=carrying.KIND).exists()
    run_jobs()
    assert stands(lost) == ("orphan", "dark")


@pytest.mark.usefixtures("few_at_once")
def test_the_background_compares_each_former_version_once(
    alice: User, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()
    marks = [make_highlight(alice, article, words) for words in WORDS]
    edit(article, "Something before.", *TEXT)
    compared: list[str] = []

    def counted(old: str, new: str) -> Reanchoring:
        compared.append(old)
        return Reanchoring(old, new)

    monkeypatch.setattr(comparisons, "Reanchoring", counted)
    run_jobs()
    assert {stands(mark)[0] for mark in marks} == {"exact"}
    assert len(compared) == 1


def test_versions_from_which_lost_words_are_looked_for_count_as_compared(
    alice: User, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()
    for words in ("pray by their bedside", "The leader said that members"):
        make_highlight(alice, article, words)
    changed = [
        text.replace("by their", "at their").replace("that members", "how members") for text in TEXT
    ]
    edit(article, *changed)
    states = Annotation.objects.filter(article=article).values_list("anchor_state", flat=True)
    assert list(states) == ["changed", "changed"]
    # All of them stand in the second version; their first words are in the first one.
    last = [*changed, "And more."]
    length = len("\n\n".join(last))
    monkeypatch.setattr(carrying, "MOST_CHARACTERS_AT_ONCE", 2 * length - 1)
    edit(article, *last)
    assert Job.objects.filter(kind=carrying.KIND).exists()
