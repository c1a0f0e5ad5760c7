"""A reader changes which words their highlight marks, and takes that back."""

import pytest
from django.contrib.auth.models import User

from annotations.anchoring import MAX_QUOTE, Passage
from annotations.errors import NotFound, TextChanged
from annotations.models import Annotation
from annotations.services.rewording import can_be_undone, change_words, undo_change
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, SignInNeeded, Stale
from corpus.models import Article, Event
from corpus.permissions import Viewer
from tests.annotations.services.editing import asked_for, rewrite
from tests.factories import (
    TEXT,
    make_article,
    make_highlight,
    make_link,
    make_note,
    make_reply,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def mark(alice: User, article: Article) -> Annotation:
    return make_highlight(alice, article, "their bedside", note="Why?", claim="fear")


def put(user: User, mark: Annotation, words: str, **seen: int) -> Annotation:
    passage, asked = asked_for(mark, words)
    return change_words(viewer_of(user), mark, passage, **asked | seen)


def test_all_that_hangs_on_a_highlight_stays_with_it(
    alice: User, bob: User, article: Article, mark: Annotation
) -> None:
    make_reply(bob, mark)
    make_link(bob, mark, make_article())

    stored = put(alice, mark, "pray by their bedside that nobody deselects them")

    stored.refresh_from_db()
    assert stored.exact == "pray by their bedside that nobody deselects them"
    assert article.current_version is not None
    assert article.current_version.text[stored.start : stored.end] == stored.exact
    assert (stored.prefix[-9:], stored.suffix[:2]) == ("Some MPs ", ". ")
    assert (stored.number, stored.note, stored.counter) == (mark.number, "Why?", 2)
    assert [claim.name for claim in stored.claims.all()] == ["fear"]
    assert (stored.replies.count(), stored.links_from.count()) == (1, 1)


def test_it_may_reach_over_blocks(alice: User, mark: Annotation) -> None:
    words = "them. Others have left already.\n\nThe leader said"
    assert put(alice, mark, words).exact == words


def test_the_event_tells_where_it_stood_and_stands(alice: User, mark: Annotation) -> None:
    put(alice, mark, "bedside")
    event = Event.objects.get(verb="annotation.words_changed")
    assert (event.actor, event.subject_id, event.audience) == (alice, mark.pk, "public")
    assert (event.before["exact"], event.after["exact"]) == ("their bedside", "bedside")
    assert event.before["start"] < event.after["start"]


def test_words_are_snapped_and_trimmed_as_those_of_a_new_highlight(
    alice: User, article: Article
) -> None:
    text = "She wrote cafe\u0301 menus for a 👨‍👩‍👧 family"
    article = make_article(text)
    mark = make_highlight(alice, article, "menus")
    inside = text.index("\u200d") + 2
    cut = Passage(9, inside, text[9:inside])
    stored = change_words(viewer_of(alice), mark, cut, version=1, counter=1)
    assert stored.exact == "cafe\u0301 menus for a 👨‍👩‍👧"


def test_the_same_words_again_change_nothing(alice: User, mark: Annotation) -> None:
    assert put(alice, mark, "their bedside").counter == 1
    assert not Event.objects.filter(verb="annotation.words_changed").exists()


def test_the_same_change_sent_twice_is_stored_once(alice: User, mark: Annotation) -> None:
    first = put(alice, mark, "bedside", counter=1)
    again = put(alice, mark, "bedside", counter=1)
    assert (again.exact, again.counter) == (first.exact, 2)
    assert Event.objects.filter(verb="annotation.words_changed").count() == 1


def test_only_its_author_may(alice: User, bob: User, carol: User, mark: Annotation) -> None:
    for other in (bob, carol):
        with pytest.raises(NotAllowed):
            put(other, mark, "bedside")
    with pytest.raises(SignInNeeded):
        change_words(Viewer(), mark, Passage(0, 3, "The"), version=1, counter=1)
    Annotation.objects.filter(pk=mark.pk).update(audience="private")
    with pytest.raises(NotFound):
        put(carol, mark, "bedside")


def test_a_stale_change_is_refused_with_the_words_of_now(alice: User, mark: Annotation) -> None:
    put(alice, mark, "bedside")
    with pytest.raises(Stale) as refused:
        put(alice, mark, "nobody", counter=1)
    assert refused.value.current == {"exact": "bedside", "counter": 2}


def test_what_marks_no_words_of_this_text_cannot_change_them(
    alice: User, carol: User, article: Article, mark: Annotation
) -> None:
    note = make_note(alice, article)
    with pytest.raises(Invalid):
        put(alice, note, "bedside")
    rewrite(carol, article, "All of it is new.")
    mark.refresh_from_db()
    with pytest.raises(Invalid):
        put(alice, mark, "new")


def test_words_that_are_not_there_are_refused(
    alice: User, carol: User, article: Article, mark: Annotation
) -> None:
    viewer = viewer_of(alice)
    with pytest.raises(Invalid):
        change_words(viewer, mark, Passage(3, 4, " "), version=1, counter=1)
    too_long = Passage(0, MAX_QUOTE + 1, "x" * (MAX_QUOTE + 1))
    with pytest.raises(Invalid):
        change_words(viewer, mark, too_long, version=1, counter=1)
    rewrite(carol, article, "Before.", TEXT[1])
    mark.refresh_from_db()
    with pytest.raises(TextChanged):
        change_words(viewer, mark, Passage(4, 8, "mood"), version=1, counter=mark.counter)


def test_words_that_an_edit_changed_are_its_own_once_they_are_chosen(
    alice: User, carol: User, article: Article
) -> None:
    mark = make_highlight(alice, article, "pray by their bedside that nobody")
    rewrite(carol, article, TEXT[0], TEXT[1].replace("by their", "at their"), TEXT[2])
    mark.refresh_from_db()
    assert mark.anchor_state == "changed"
    stored = put(alice, mark, mark.exact)
    assert (stored.exact, stored.anchor_state) == (mark.exact, "exact")


def test_it_can_be_undone_once(alice: User, mark: Annotation) -> None:
    put(alice, mark, "nobody deselects them")
    assert can_be_undone(Annotation.objects.get(pk=mark.pk))
    undone = undo_change(viewer_of(alice), mark)
    undone.refresh_from_db()
    names = ("version_id", "start", "end", "exact", "prefix", "suffix", "anchor_state")
    assert [getattr(undone, name) for name in names] == [getattr(mark, name) for name in names]
    assert undone.counter == 3
    assert undo_change(viewer_of(alice), mark).counter == 3
    assert Event.objects.filter(verb="annotation.words_change_undone").count() == 1
    assert not can_be_undone(undone)


def test_it_is_not_undone_once_the_text_is_another(
    alice: User, carol: User, article: Article, mark: Annotation
) -> None:
    put(alice, mark, "nobody")
    rewrite(carol, article, "Before.", *TEXT)
    with pytest.raises(Invalid):
        undo_change(viewer_of(alice), mark)
    mark.refresh_from_db()
    assert mark.exact == "nobody"
