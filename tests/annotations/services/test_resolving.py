"""A thread is put away as settled, all of it kept, and taken up again."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from annotations.access import rights_of
from annotations.errors import NotFound
from annotations.models import Annotation
from annotations.permissions import can_resolve
from annotations.services.deletion import delete
from annotations.services.resolving import reopen, resolve
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, SignInNeeded, Stale
from corpus.models import Event, Group
from corpus.permissions import Viewer
from tests.factories import make_article, make_highlight, make_note, make_reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

Write = Callable[..., Annotation]


@pytest.fixture
def mark(alice: User) -> Annotation:
    return make_highlight(alice, make_article(), note="Is this so?")


def _events(mark: Annotation) -> list[tuple[str, str, dict[str, object]]]:
    events = Event.objects.filter(subject_id=mark.pk, verb__contains=".re").order_by("id")
    return [
        (event.verb, event.actor.username if event.actor else "", event.after) for event in events
    ]


def test_its_creator_resolves_a_thread_and_all_of_it_stays(bob: User, mark: Annotation) -> None:
    make_reply(bob, mark, "It is.")

    stored = resolve(viewer_of(mark.creator), mark, counter=mark.counter)

    stored.refresh_from_db()
    assert (stored.resolved_by, stored.counter) == (mark.creator, mark.counter + 1)
    assert stored.resolved_at is not None
    assert (stored.note, stored.replies.get().note) == ("Is this so?", "It is.")
    assert _events(mark) == [("annotation.resolved", "alice", {"resolved": True})]


def test_a_curator_reopens_what_its_creator_resolved(carol: User, mark: Annotation) -> None:
    resolve(viewer_of(mark.creator), mark)

    stored = reopen(viewer_of(carol), mark)

    stored.refresh_from_db()
    assert (stored.resolved_at, stored.resolved_by) == (None, None)
    assert _events(mark)[-1] == ("annotation.reopened", "carol", {"resolved": False})


@pytest.mark.parametrize(("write", "verb"), [(resolve, "resolved"), (reopen, "reopened")])
def test_doing_it_twice_changes_and_tells_nothing_more(
    mark: Annotation, write: Write, verb: str
) -> None:
    viewer = viewer_of(mark.creator)
    resolve(viewer, mark)
    first = write(viewer, mark)

    again = write(viewer, mark, counter=1)

    assert (again.counter, again.resolved_at) == (first.counter, first.resolved_at)
    assert [event[0] for event in _events(mark)].count(f"annotation.{verb}") == 1


def test_a_note_on_the_whole_article_is_resolved_too(alice: User) -> None:
    note = make_note(alice, make_article())
    assert resolve(viewer_of(alice), note).resolved_at is not None


@pytest.mark.parametrize("write", [resolve, reopen])
def test_a_reply_is_refused(bob: User, carol: User, mark: Annotation, write: Write) -> None:
    answer = make_reply(bob, mark)
    for user in (bob, carol):
        with pytest.raises(Invalid):
            write(viewer_of(user), answer)


@pytest.mark.parametrize("write", [resolve, reopen])
def test_who_saw_another_state_is_told_what_is_stored(mark: Annotation, write: Write) -> None:
    viewer = viewer_of(mark.creator)
    stored = resolve(viewer, mark) if write is reopen else mark

    with pytest.raises(Stale) as caught:
        write(viewer, mark, counter=stored.counter + 7)

    assert caught.value.current["counter"] == stored.counter
    assert caught.value.current["resolved"] == (write is reopen)


@pytest.mark.parametrize("write", [resolve, reopen])
def test_others_may_not_and_who_may_not_see_it_learns_nothing(
    dave: User, carol: User, mark: Annotation, write: Write
) -> None:
    private = make_highlight(mark.creator, mark.article, "dark", audience="private")
    with pytest.raises(NotAllowed):
        write(viewer_of(dave), mark)
    with pytest.raises(SignInNeeded):
        write(Viewer(), mark)
    for user in (dave, carol):
        with pytest.raises(NotFound):
            write(viewer_of(user), private)
    delete(viewer_of(mark.creator), mark)
    with pytest.raises(NotFound):
        write(viewer_of(mark.creator), mark)


@pytest.mark.parametrize("audience", ["private", "groups", "public"])
def test_the_right_is_its_creators_and_of_curators_who_see_it(
    alice: User, bob: User, carol: User, dave: User, group: Group, audience: str
) -> None:
    mark = make_highlight(alice, make_article(), audience="private")
    mark.audience = audience
    mark.save()
    mark.groups.set([group])

    able = {
        user.username
        for user in (alice, bob, carol, dave)
        if can_resolve(viewer_of(user), rights_of(viewer_of(user), mark))
    }

    assert able == ({"alice", "carol"} if audience == "public" else {"alice"})


def test_the_database_refuses_half_a_resolving_and_a_resolved_reply(
    bob: User, mark: Annotation
) -> None:
    resolve(viewer_of(mark.creator), mark)
    answer = make_reply(bob, mark)
    rows = Annotation.objects.filter(pk__in=[mark.pk, answer.pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=mark.pk).update(resolved_at=None)
    mark.refresh_from_db()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=answer.pk).update(resolved_at=mark.resolved_at)
