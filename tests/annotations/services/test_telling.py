"""Who may know of an Event, and what it keeps."""

from uuid import UUID

import pytest
from django.contrib.auth.models import User

from annotations.queries import curation
from annotations.services import annotations, links, moderation
from annotations.services.annotations import Changes
from annotations.services.links import LinkChanges
from corpus.access import viewer_of
from corpus.errors import Refused
from corpus.models import Event, Group, Membership
from corpus.queries.curation import recent_events
from tests.factories import make_article, make_highlight, make_link, make_note, make_tag

pytestmark = pytest.mark.usefixtures("noise")


def _last(verb: str, subject_id: UUID) -> Event:
    return Event.objects.filter(verb=verb, subject_id=subject_id).order_by("-id")[0]


@pytest.mark.parametrize(("first", "then"), [("private", "public"), ("public", "private")])
def test_a_change_of_audience_is_told_to_the_fewer(
    alice: User, carol: User, first: str, then: str
) -> None:
    made = make_note(alice, make_article(), "Not for all.", audience=first)

    annotations.edit(viewer_of(alice), made, Changes(note="For all.", audience=then), counter=1)

    event = _last("annotation.edited", made.pk)
    assert event.audience == "private"
    assert event not in recent_events(viewer_of(carol))
    assert event in recent_events(viewer_of(alice))


def test_publishing_a_link_does_not_tell_what_it_said_before(alice: User) -> None:
    made = make_link(alice, make_article(), make_article(), note="Mine.", audience="private")

    links.edit(viewer_of(alice), made, LinkChanges(note="Ours.", audience="public"), counter=1)

    assert _last("link.edited", made.pk).audience == "private"


def test_a_change_of_groups_is_told_with_the_groups(alice: User, group: Group) -> None:
    second = Group.objects.create(name="Second", slug="second")
    Membership.objects.create(group=second, user=alice)
    viewer, ids = viewer_of(alice), {"group_ids": frozenset({group.pk})}
    made = make_note(alice, make_article(), "Ours.", audience="groups", **ids)

    changes = Changes(audience="groups", group_ids=frozenset({second.pk}))
    annotations.edit(viewer, made, changes, counter=1)

    created, edited = _last("annotation.created", made.pk), _last("annotation.edited", made.pk)
    assert created.after["groups"] == edited.before["groups"] == [str(group.pk)]
    assert edited.after["groups"] == [str(second.pk)]
    assert edited.audience == "groups"


def test_curators_outside_a_group_do_not_read_what_is_written_for_it(
    alice: User, bob: User, carol: User, group: Group
) -> None:
    ids = frozenset({group.pk})
    made = make_highlight(alice, make_article(), note="Ours.", audience="groups", group_ids=ids)
    link = make_link(alice, made, make_article())
    carol_sees, bob_sees = viewer_of(carol), viewer_of(bob)

    for subject in (made, link):
        assert not recent_events(carol_sees).filter(subject_id=subject.pk).exists()
        assert recent_events(viewer_of(alice)).filter(subject_id=subject.pk).exists()
    assert made not in curation.annotations(carol_sees)
    assert link not in curation.links(carol_sees)
    assert made in curation.annotations(bob_sees)
    assert link in curation.links(bob_sees)


def test_words_made_private_leave_the_lists_of_curators_with_their_links(
    alice: User, carol: User
) -> None:
    made = make_highlight(alice, make_article())
    link = make_link(alice, made, make_article())
    assert link in curation.links(viewer_of(carol))

    annotations.edit(viewer_of(alice), made, Changes(audience="private"), counter=1)

    assert link not in curation.links(viewer_of(carol))


def test_curators_moderate_where_they_see_it(alice: User, carol: User, group: Group) -> None:
    ids = frozenset({group.pk})
    made = make_note(alice, make_article(), "Ours.", audience="groups", group_ids=ids)

    with pytest.raises(Refused):
        moderation.hide(viewer_of(carol), made)
    Membership.objects.create(group=group, user=carol)
    assert moderation.hide(viewer_of(carol), made).moderation == "denied"


def test_curators_hide_what_its_reader_deleted(alice: User, bob: User, carol: User) -> None:
    made = make_note(alice, make_article())
    annotations.delete(viewer_of(alice), made)

    assert moderation.hide(viewer_of(carol), made).moderation == "denied"
    with pytest.raises(Refused):
        moderation.hide(viewer_of(bob), made)


def test_naming_a_speaker_in_a_private_highlight_is_told_to_nobody(
    alice: User, carol: User
) -> None:
    made = make_highlight(alice, make_article(), audience="private")

    speaker = make_tag(alice, made, "a claim", speaker="Ann Coffey").speaker

    assert speaker is not None
    event = _last("agent.created", speaker.pk)
    assert event.audience == "private"
    assert event not in recent_events(viewer_of(carol))
