"""Naming readers in notes: who is meant, who counts as told, and what is kept of it."""

from collections.abc import Iterable

import pytest
from django.contrib.auth.models import User

from annotations.access import rights_of
from annotations.models import Annotation, Mention
from annotations.permissions import can_read
from annotations.queries.hearers import hearers_of
from annotations.queries.mentions import untold_names
from annotations.services import annotations, moderation
from annotations.services.annotations import Changes
from annotations.services.mentioning import MAX_MENTIONS
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Event, Group
from tests.factories import make_article, make_highlight, make_note, make_reply

pytestmark = pytest.mark.usefixtures("noise")


def _named(annotation: Annotation) -> list[str]:
    rows = Mention.objects.filter(annotation=annotation).order_by("pk")
    return [f"{one.name}={one.reader.username}" for one in rows]


def _told(annotation: Annotation) -> tuple[list[int], list[int]]:
    event = Event.objects.filter(subject_id=annotation.pk).latest("pk")
    return event.before.get("mentions", []), event.after.get("mentions", [])


def _edit(annotation: Annotation, **changes: object) -> Annotation:
    fresh = Annotation.objects.get(pk=annotation.pk)
    viewer = viewer_of(fresh.creator)
    return annotations.edit(viewer, fresh, Changes(**changes), counter=fresh.counter)  # type: ignore[arg-type]


def test_who_is_named_and_sees_it_is_kept_and_told_of(alice: User, bob: User, dave: User) -> None:
    note = make_note(alice, make_article(), "Ask @bob, (@Dave) or @bob. Not a@bob or @nobody!")

    assert _named(note) == ["bob=bob", "Dave=dave"]
    assert _told(note) == ([], sorted([bob.pk, dave.pk]))
    assert untold_names(note) == ["nobody"]


@pytest.mark.parametrize(
    "words", ["`@bob`", "[@bob](https://a.example)", "    @bob", "bob@bob", "a.b/@bob", "@ bob"]
)
def test_code_links_and_addresses_name_nobody(alice: User, bob: User, words: str) -> None:
    note = make_note(alice, make_article(), words)

    assert _named(note) == []
    assert untold_names(note) == []


def test_a_name_that_is_an_address_of_mail_is_meant_whole(alice: User) -> None:
    User.objects.create_user("tom@a.example")

    note = make_note(alice, make_article(), "So says @tom@a.example.")

    assert _named(note) == ["tom@a.example=tom@a.example"]


def test_in_a_private_note_nobody_else_is_told(alice: User, bob: User) -> None:
    note = make_note(alice, make_article(), "@bob and I, @alice", audience="private")

    assert _named(note) == ["alice=alice"]
    assert _told(note) == ([], [])
    assert untold_names(note) == ["bob"]


def test_in_a_group_its_members_are_told(alice: User, bob: User, dave: User, group: Group) -> None:
    keys = frozenset({group.pk})
    note = make_note(alice, make_article(), "@bob @dave", audience="groups", group_ids=keys)

    assert _told(note) == ([], [bob.pk])
    assert untold_names(note) == ["dave"]


def test_those_who_see_it_once_its_audience_is_wider_count_then(
    alice: User, bob: User, dave: User, group: Group
) -> None:
    note = make_note(alice, make_article(), "@dave", audience="private")
    answer = make_reply(alice, note, "And @bob, @dave!")

    _edit(note, audience="groups", group_ids=frozenset({group.pk}))
    assert _told(note) == ([], [bob.pk])
    _edit(note, audience="public")

    assert _told(note) == ([bob.pk], sorted([bob.pk, dave.pk]))
    assert _named(answer) == ["bob=bob", "dave=dave"]


def test_a_name_means_the_same_account_under_another_name(alice: User, bob: User) -> None:
    note = make_note(alice, make_article(), "@bob?")
    bob.username = "robert"
    bob.save()
    User.objects.create_user("bob")

    _edit(note, note="@bob, once more?")

    assert _named(note) == ["bob=robert"]


def test_a_name_taken_out_is_not_kept(alice: User, bob: User, dave: User) -> None:
    note = make_note(alice, make_article(), "@bob")

    _edit(note, note="@dave")

    assert _named(note) == ["dave=dave"]
    assert _told(note) == ([bob.pk], [dave.pk])


def test_too_many_names_are_refused_with_a_sentence(alice: User) -> None:
    many = [f"reader{number}" for number in range(MAX_MENTIONS + 1)]
    User.objects.bulk_create(User(username=name) for name in many)
    article = make_article()

    with pytest.raises(Invalid) as refused:
        make_note(alice, article, " ".join(f"@{name}" for name in many))

    assert refused.value.fields["note"].startswith("This names 51 readers; at most 50")
    make_note(alice, article, " ".join(f"@{name}" for name in many[:-1]))
    make_note(alice, article, " ".join(f"@unknown{number}" for number in range(900)))


def test_hearers_are_those_whom_the_rights_let_read(
    alice: User, bob: User, carol: User, dave: User, ada: User, group: Group
) -> None:
    keys = frozenset({group.pk})
    for_group = make_article(access="groups")
    for_group.groups.add(group)
    public, hidden = make_article(), make_highlight(bob, make_article())
    moderation.hide(viewer_of(carol), hidden)
    things = [
        make_note(alice, public),
        make_note(alice, public, audience="private"),
        make_note(alice, public, audience="groups", group_ids=keys),
        make_note(alice, make_article(access="members")),
        make_note(alice, for_group),
        make_reply(alice, make_note(bob, public, audience="groups", group_ids=keys)),
        make_reply(carol, hidden),
        hidden,
    ]
    people = [alice, bob, carol, dave, ada]

    for thing in things:
        fresh = Annotation.objects.get(pk=thing.pk)
        assert _names(hearers_of(fresh), people) == _names(
            (
                user
                for user in people
                if can_read(viewer_of(user), rights_of(viewer_of(user), fresh))
            ),
            people,
        )


def _names(users: Iterable[User], among: list[User]) -> set[str]:
    return {user.username for user in users if user in among}
