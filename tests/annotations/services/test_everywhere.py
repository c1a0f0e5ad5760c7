"""All places with the same words are marked by one press, and taken back by another."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User

from annotations.errors import NotFound, TextChanged
from annotations.models import Annotation
from annotations.queries.everywhere import places_with
from annotations.services.annotations import Draft, restore
from annotations.services.everywhere import MOST_PLACES, mark_everywhere, take_back
from annotations.services.occurrences import Tagging
from corpus.access import viewer_of
from corpus.errors import Invalid, SignInNeeded
from corpus.models import Article, Event
from corpus.permissions import Viewer
from corpus.text.recurrences import Alike
from corpus.text.spans import Span
from tests.annotations.services.editing import rewrite
from tests.factories import make_article, make_highlight, make_link, make_reply, make_tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

TEXT = ("The party decides. The party is split.", "No party, no vote, no Party.")
DRAFT = Draft(version=1, note="Again.", audience="private", tags=(Tagging("unity", "disputes"),))


@pytest.fixture
def article() -> Article:
    return make_article(*TEXT)


def spans_of(user: User, article: Article, words: str = "party") -> list[Span]:
    assert article.current_version is not None
    places = places_with(viewer_of(user), article, article.current_version, words, Alike(), most=9)
    return [place.span for place in places.shown]


def mark(user: User, article: Article, together: UUID | None = None) -> list[Annotation]:
    spans = spans_of(user, article)
    return mark_everywhere(viewer_of(user), article, spans, DRAFT, together=together or uuid4())


def test_each_place_gets_a_highlight_that_says_the_same(alice: User, article: Article) -> None:
    made = mark(alice, article)
    assert [item.exact for item in made] == ["party", "party", "party", "Party"]
    assert len({item.number for item in made}) == 4
    assert {(item.note, item.audience) for item in made} == {("Again.", "private")}
    said = [(item.tag.name, item.stance) for one in made for item in one.occurrences.all()]
    assert said == [("unity", "disputes")] * 4
    events = Event.objects.filter(verb="annotation.created", article=article)
    assert {event.subject_id for event in events} == {item.pk for item in made}
    assert {event.audience for event in events} == {"private"}


def test_places_that_the_reader_marked_are_told_and_left_out(
    alice: User, bob: User, article: Article
) -> None:
    make_highlight(alice, article, "party")
    make_highlight(bob, article, "Party")
    gone = make_highlight(alice, article, "Party")
    make_highlight(alice, article, "The party is split")
    Annotation.objects.filter(pk=gone.pk).update(deleted_at="2026-01-01T00:00Z")
    assert article.current_version is not None
    viewer = viewer_of(alice)
    places = places_with(viewer, article, article.current_version, "party", Alike(), most=9)
    assert (len(places.shown), places.marked) == (3, 1)
    every = [Span(4, 9), *(place.span for place in places.shown)]
    made = mark_everywhere(viewer, article, every, DRAFT, together=uuid4())
    assert [item.start for item in made] == [place.span.start for place in places.shown]
    with pytest.raises(Invalid):
        mark_everywhere(viewer, article, every, DRAFT, together=uuid4())


def test_a_place_is_shown_with_its_sentence(alice: User, article: Article) -> None:
    assert article.current_version is not None
    places = places_with(
        viewer_of(alice), article, article.current_version, "party", Alike(), most=9
    )
    shown = places.shown[1].excerpt
    assert [(piece.text, piece.is_marked) for piece in shown.paragraphs[0]] == [
        ("The ", False),
        ("party", True),
        (" is split.", False),
    ]
    assert [place.excerpt.number for place in places.shown] == [1, 1, 2, 2]


def test_sent_twice_it_is_stored_once(alice: User, article: Article) -> None:
    together, spans = uuid4(), spans_of(alice, article)
    viewer = viewer_of(alice)
    first = mark_everywhere(viewer, article, spans, DRAFT, together=together)
    again = mark_everywhere(viewer, article, spans, DRAFT, together=together)
    assert [item.pk for item in again] == [item.pk for item in first]
    assert article.annotations.count() == 4


def test_what_was_taken_back_is_not_told_to_be_marked(alice: User, article: Article) -> None:
    together, spans, viewer = uuid4(), spans_of(alice, article), viewer_of(alice)
    mark_everywhere(viewer, article, spans, DRAFT, together=together)
    take_back(viewer, article, together)
    with pytest.raises(Invalid, match="taken back"):
        mark_everywhere(viewer, article, spans, DRAFT, together=together)
    assert len(mark_everywhere(viewer, article, spans, DRAFT, together=uuid4())) == len(spans)


def test_other_words_sent_for_the_same_press_are_not_told_to_be_stored(
    alice: User, article: Article
) -> None:
    together, spans, viewer = uuid4(), spans_of(alice, article), viewer_of(alice)
    mark_everywhere(viewer, article, spans, DRAFT, together=together)
    with pytest.raises(Invalid, match="with other words"):
        mark_everywhere(viewer, article, spans, replace(DRAFT, note="More."), together=together)


def test_a_text_that_changed_is_not_marked_unseen(
    alice: User, carol: User, article: Article
) -> None:
    spans = spans_of(alice, article)
    rewrite(carol, article, "Before.", *TEXT)
    with pytest.raises(TextChanged):
        mark_everywhere(viewer_of(alice), article, spans, DRAFT, together=uuid4())
    assert not article.annotations.exists()


def test_none_and_too_many_are_refused_and_strangers_too(alice: User, article: Article) -> None:
    viewer = viewer_of(alice)
    for spans in ([], [Span(0, 3)] * (MOST_PLACES + 1)):
        with pytest.raises(Invalid):
            mark_everywhere(viewer, article, spans, DRAFT, together=uuid4())
    with pytest.raises(SignInNeeded):
        mark_everywhere(Viewer(), article, [Span(0, 3)], DRAFT, together=uuid4())
    hidden = make_article(*TEXT, access=Article.Access.GROUPS)
    with pytest.raises(NotFound):
        mark_everywhere(viewer, hidden, [Span(0, 3)], DRAFT, together=uuid4())


def test_one_wrong_place_leaves_nothing_behind(alice: User, article: Article) -> None:
    with pytest.raises(Invalid):
        mark_everywhere(
            viewer_of(alice), article, [Span(4, 9), Span(3, 4)], DRAFT, together=uuid4()
        )
    assert not article.annotations.exists()


def test_all_are_taken_back_at_once_but_those_that_were_written_on(
    alice: User, bob: User, article: Article
) -> None:
    together = uuid4()
    made = mark_everywhere(
        viewer_of(alice), article, spans_of(alice, article), Draft(version=1), together=together
    )
    other = make_highlight(alice, article, "The party decides.")
    make_reply(bob, made[0])
    make_tag(alice, made[1], "a claim")
    gone, kept = take_back(viewer_of(alice), article, together)
    assert [item.pk for item in gone] == [made[2].pk, made[3].pk]
    assert [item.pk for item in kept] == [made[0].pk, made[1].pk]
    left = article.annotations.filter(deleted_at__isnull=True, parent__isnull=True)
    assert {item.pk for item in left} == {made[0].pk, made[1].pk, other.pk}
    assert Event.objects.filter(verb="annotation.deleted", article=article).count() == 2


def test_taking_back_twice_is_harmless_and_nobody_else_can(
    alice: User, bob: User, article: Article
) -> None:
    together = uuid4()
    made = mark(alice, article, together)
    with pytest.raises(NotFound):
        take_back(viewer_of(bob), article, together)
    for _again in range(2):
        gone, kept = take_back(viewer_of(alice), article, together)
        assert ([item.pk for item in gone], kept) == ([item.pk for item in made], [])
    assert Event.objects.filter(verb="annotation.deleted", article=article).count() == 4
    restore(viewer_of(alice), made[0])
    gone, kept = take_back(viewer_of(alice), article, together)
    assert ([item.pk for item in gone], [item.pk for item in kept]) == (
        [item.pk for item in made[1:]],
        [made[0].pk],
    )


def test_what_was_linked_since_stays(alice: User, article: Article) -> None:
    together = uuid4()
    made = mark(alice, article, together)
    make_link(alice, made[3], make_article(), audience="private")
    gone, kept = take_back(viewer_of(alice), article, together)
    assert (len(gone), len(kept)) == (3, 1)
