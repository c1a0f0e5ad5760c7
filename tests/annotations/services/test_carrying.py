"""A new version of an article takes its highlights along, and loses none of them."""

from collections.abc import Callable
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.access import visible_annotations
from annotations.models import Annotation, FormerTarget
from annotations.services import annotations
from corpus.access import viewer_of
from corpus.models import ArticleVersion, Event
from corpus.services.versions import take_back
from tests.annotations.services.editing import rewrite
from tests.factories import (
    TEXT,
    make_article,
    make_highlight,
    make_link,
    make_note,
    make_reply,
    make_tag,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

Edit = Callable[..., ArticleVersion]


@pytest.fixture
def edit(carol: User) -> Edit:
    """Return a function by which carol gives an article a new text of some paragraphs."""
    return partial(rewrite, carol)


def stored(mark: Annotation) -> Annotation:
    return Annotation.objects.select_related("version").get(pk=mark.pk)


def stands(mark: Annotation) -> tuple[str, str]:
    """Return the state of `mark` and its words, which stand in the text at its offsets."""
    found = stored(mark)
    assert found.version is not None
    assert found.version.text[found.start : found.end] == found.exact
    return found.anchor_state, found.exact


def test_each_highlight_is_exact_moved_changed_or_an_orphan(alice: User, edit: Edit) -> None:
    article = make_article(*TEXT, "A whole paragraph of its own, to be moved to another place.")
    marks = [
        make_highlight(alice, article, words)
        for words in (
            "The mood in the party",
            "of its own, to be moved",
            "pray by their bedside that nobody",
            "The leader said that members decide",
        )
    ]
    after = edit(
        article,
        "A whole paragraph of its own, to be moved to another place.",
        TEXT[0],
        TEXT[1].replace("by their bedside", "at their bedside"),
    )
    assert [stands(mark) for mark in marks] == [
        ("exact", "The mood in the party"),
        ("moved", "of its own, to be moved"),
        ("changed", "pray at their bedside that nobody"),
        ("orphan", "The leader said that members decide"),
    ]
    assert [stored(mark).version == after for mark in marks] == [True, True, True, False]


def test_the_places_in_the_old_version_are_kept(alice: User, edit: Edit) -> None:
    article = make_article()
    before = article.current_version
    mark = make_highlight(alice, article, "pray by their bedside")
    edit(article, TEXT[0], TEXT[1].replace("by their", "at their"), TEXT[2])
    former = FormerTarget.objects.get(annotation=mark)
    assert (former.version, former.exact) == (before, "pray by their bedside")
    assert (former.start, former.end) == (mark.start, mark.end)
    assert former.anchor_state == "exact"


def test_all_that_hangs_on_a_highlight_stays(alice: User, carol: User, edit: Edit) -> None:
    article, other = make_article(), make_article()
    mark = make_highlight(alice, article, "pray by their bedside", note="Well.")
    make_tag(alice, mark, "fear", stance="disputes")
    reply, link = make_reply(carol, mark), make_link(alice, mark, other)
    whole = make_note(alice, article)
    mark.refresh_from_db()
    edit(article, "Something before.", *TEXT)
    found = stored(mark)
    assert (found.number, found.note, found.counter) == (mark.number, "Well.", mark.counter)
    assert found.created_at == mark.created_at
    assert [str(claim) for claim in found.claims.all()] == ["fear"]
    assert list(found.replies.all()) == [reply]
    assert list(visible_annotations(viewer_of(alice)).filter(pk=whole.pk)) == [whole]
    link.refresh_from_db()
    assert link.from_annotation == found


def test_deleted_and_private_highlights_go_along(alice: User, edit: Edit) -> None:
    article = make_article()
    private = make_highlight(alice, article, "The leader said", audience="private")
    deleted = make_highlight(alice, article, "Others have left")
    annotations.delete(viewer_of(alice), deleted)
    after = edit(article, "Something before.", *TEXT)
    assert stored(private).version == stored(deleted).version == after
    restored = annotations.restore(viewer_of(alice), deleted)
    assert stands(restored) == ("exact", "Others have left")


def test_an_orphan_has_its_best_guess_and_is_exact_when_its_words_come_back(
    alice: User, carol: User, edit: Edit
) -> None:
    article = make_article()
    first = article.current_version
    assert first is not None
    mark = make_highlight(alice, article, "dark")
    edit(article, TEXT[0].replace("dark", "bright"), *TEXT[1:])
    orphan = stored(mark)
    assert (orphan.anchor_state, orphan.version) == ("orphan", first)
    assert article.current_version is not None
    guess = slice(orphan.guess_start, orphan.guess_end)
    assert article.current_version.text[guess] == "bright"

    edit(article, "Something before.", TEXT[0].replace("dark", "grey"), *TEXT[1:])
    guess = slice(stored(mark).guess_start, stored(mark).guess_end)
    assert article.current_version.text[guess] == "grey"

    after = take_back(viewer_of(carol), article, first, seen=3)
    assert stands(mark) == ("exact", "dark")
    assert stored(mark).version == after
    assert (stored(mark).guess_start, stored(mark).guess_end) == (None, None)


def test_changed_words_that_come_back_are_exact_again(alice: User, carol: User, edit: Edit) -> None:
    article = make_article()
    first = article.current_version
    assert first is not None
    mark = make_highlight(alice, article, "pray by their bedside that nobody")
    edit(article, TEXT[0], TEXT[1].replace("by their", "at their own"), TEXT[2])
    assert stands(mark) == ("changed", "pray at their own bedside that nobody")
    edit(article, TEXT[0], TEXT[2])
    assert stored(mark).anchor_state == "orphan"
    take_back(viewer_of(carol), article, first, seen=3)
    assert stands(mark) == ("exact", "pray by their bedside that nobody")


def test_one_event_tells_how_many_are_in_which_state(alice: User, carol: User, edit: Edit) -> None:
    article = make_article()
    make_highlight(alice, article, "The mood in the party")
    make_highlight(alice, article, "The leader said")
    edit(article, *TEXT[:2])
    event = Event.objects.get(verb="annotations.carried", article=article)
    assert event.actor == carol
    assert event.audience == Event.Audience.STAFF
    assert event.after == {"version": 2, "exact": 1, "orphan": 1}


def test_an_article_without_highlights_leaves_no_event(alice: User, edit: Edit) -> None:
    article = make_article()
    make_note(alice, article)
    edit(article, *TEXT[:2])
    assert not Event.objects.filter(verb="annotations.carried", article=article).exists()


def test_the_number_of_queries_does_not_grow_with_the_highlights(alice: User, edit: Edit) -> None:
    def queries(count: int) -> int:
        article = make_article()
        for _number in range(count):
            make_highlight(alice, article, "pray by their bedside")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            edit(article, "Something before.", *TEXT)
        # What the corpus asks grows with the articles that have the same words.
        return sum('"annotations_' in query["sql"] for query in captured)

    queries(1)
    assert queries(3) == queries(12)
