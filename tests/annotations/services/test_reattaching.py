"""What an edit displaced is put on the right words by hand, and the hand can be taken back."""

import pytest
from django.contrib.auth.models import User

from annotations.access import visible_annotations
from annotations.anchoring import Passage
from annotations.errors import NotFound, TextChanged
from annotations.models import Annotation, FormerTarget
from annotations.services.reattaching import reattach, undo_reattach
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, SignInNeeded, Stale
from corpus.models import Article, Event
from corpus.permissions import Viewer
from tests.annotations.services.editing import asked_for, rewrite
from tests.factories import TEXT, make_article, make_highlight, make_note, passage_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

NEW = (TEXT[0].replace("dark", "bright"), *TEXT[1:])


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def orphan(alice: User, carol: User, article: Article) -> Annotation:
    """Return alice's highlight of “dark”, which became “bright”."""
    mark = make_highlight(alice, article, "dark", note="Very.")
    rewrite(carol, article, *NEW)
    mark.refresh_from_db()
    assert mark.anchor_state == "orphan"
    return mark


def put(user: User, mark: Annotation, words: str, **seen: int) -> Annotation:
    passage, asked = asked_for(mark, words)
    return reattach(viewer_of(user), mark, passage, **asked | seen)


def test_its_creator_puts_an_orphan_on_the_right_words(
    alice: User, article: Article, orphan: Annotation
) -> None:
    stored = put(alice, orphan, "bright")
    stored.refresh_from_db()
    article.refresh_from_db()
    assert (stored.exact, stored.version) == ("bright", article.current_version)
    assert (stored.anchor_state, stored.guess_start) == ("exact", None)
    assert (stored.note, stored.counter) == ("Very.", orphan.counter + 1)
    former = FormerTarget.objects.get(annotation=stored)
    assert (former.version.number, former.exact) == (1, "dark")


def test_a_curator_may_do_it_and_the_event_names_them(carol: User, orphan: Annotation) -> None:
    put(carol, orphan, "The mood")
    event = Event.objects.get(verb="annotation.reattached")
    assert (event.actor, event.subject_id) == (carol, orphan.pk)
    assert (event.before["exact"], event.after["exact"]) == ("dark", "The mood")


def test_others_may_not(dave: User, orphan: Annotation) -> None:
    with pytest.raises(NotAllowed):
        put(dave, orphan, "bright")
    with pytest.raises(SignInNeeded):
        reattach(Viewer(), orphan, Passage(0, 1, "T"), version=2, counter=orphan.counter)


def test_nobody_else_touches_what_is_private(alice: User, carol: User, orphan: Annotation) -> None:
    Annotation.objects.filter(pk=orphan.pk).update(audience="private")
    with pytest.raises(NotFound):
        put(carol, orphan, "bright")
    put(alice, orphan, "bright")


def test_changed_words_are_corrected_within_the_version(
    alice: User, carol: User, article: Article
) -> None:
    mark = make_highlight(alice, article, "pray by their bedside that nobody")
    rewrite(carol, article, TEXT[0], TEXT[1].replace("by their", "at their"), TEXT[2])
    mark.refresh_from_db()
    assert mark.anchor_state == "changed"
    stored = put(alice, mark, "pray at their bedside")
    assert (stored.exact, stored.anchor_state) == ("pray at their bedside", "exact")
    assert FormerTarget.objects.get(annotation=mark).exact == "pray by their bedside that nobody"


def test_what_stands_on_its_words_stays_there(alice: User, carol: User, article: Article) -> None:
    mark, note = make_highlight(alice, article, "dark"), make_note(alice, article)
    rewrite(carol, article, "Before.", *TEXT)
    for thing in (mark, note):
        with pytest.raises(Invalid):
            put(alice, thing, "The mood")
    mark.refresh_from_db()
    assert mark.exact == "dark"


def test_of_two_who_do_it_at_once_the_second_hears_of_it(
    alice: User, carol: User, orphan: Annotation
) -> None:
    put(alice, orphan, "bright")
    with pytest.raises(Stale) as refused:
        put(carol, orphan, "The mood")
    assert refused.value.current == {"exact": "bright", "counter": orphan.counter + 1}


def test_words_that_went_meanwhile_are_refused(
    alice: User, carol: User, article: Article, orphan: Annotation
) -> None:
    passage = passage_of(Article.objects.get(pk=article.pk), "bright")
    rewrite(carol, article, "All of it is new.")
    with pytest.raises(TextChanged):
        reattach(viewer_of(alice), orphan, passage, version=2, counter=orphan.counter)
    with pytest.raises(Invalid):
        reattach(viewer_of(alice), orphan, Passage(0, 1, " "), version=3, counter=orphan.counter)


def test_it_can_be_undone_once(alice: User, orphan: Annotation) -> None:
    put(alice, orphan, "bright")
    undone = undo_reattach(viewer_of(alice), orphan)
    undone.refresh_from_db()
    names = ("version_id", "start", "end", "exact", "anchor_state", "guess_start", "guess_end")
    assert [getattr(undone, name) for name in names] == [getattr(orphan, name) for name in names]
    assert undone.counter == orphan.counter + 2
    assert undo_reattach(viewer_of(alice), orphan).counter == undone.counter
    assert Event.objects.filter(verb="annotation.reattach_undone").count() == 1


def test_it_is_not_undone_after_another_edit(
    alice: User, carol: User, article: Article, orphan: Annotation
) -> None:
    put(alice, orphan, "bright")
    rewrite(carol, article, "Before.", *NEW)
    with pytest.raises(Invalid):
        undo_reattach(viewer_of(alice), orphan)
    orphan.refresh_from_db()
    assert (orphan.exact, orphan.anchor_state) == ("bright", "exact")


def test_a_reattached_highlight_goes_along_with_its_new_words(
    alice: User, carol: User, article: Article, orphan: Annotation
) -> None:
    put(alice, orphan, "bright")
    rewrite(carol, article, "Before.", *NEW)
    seen = visible_annotations(viewer_of(alice)).get(pk=orphan.pk)
    article.refresh_from_db()
    assert (seen.exact, seen.version) == ("bright", article.current_version)
