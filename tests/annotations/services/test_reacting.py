"""Reactions: whose they are, who sees them, and that they come and go with what they are on."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.errors import NotFound
from annotations.models import Annotation, Reaction
from annotations.queries.talk import reactions_to, talk_in
from annotations.services import annotations, reacting
from annotations.services.annotations import Changes
from corpus.access import viewer_of
from corpus.errors import Invalid, SignInNeeded
from corpus.models import Event, Group
from tests.factories import make_article, make_highlight, make_note, make_reply

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


def _verbs(annotation: Annotation) -> list[tuple[str, str]]:
    events = Event.objects.filter(subject_id=annotation.pk, verb__startswith="reaction.")
    return [(one.verb, (one.after or one.before)["kind"]) for one in events.order_by("pk")]


def _seen(user: User | None, annotation: Annotation) -> list[tuple[str, tuple[str, ...], bool]]:
    return [
        (one.kind, one.readers, one.is_own) for one in reactions_to(viewer_of(user), annotation)
    ]


def test_a_reaction_is_given_once_and_taken_back_once(alice: User, bob: User) -> None:
    note = make_note(alice, make_article())

    for _twice in range(2):
        reacting.react(viewer_of(bob), note, "thanks")
    assert _seen(alice, note) == [("thanks", ("Bob",), False)]
    assert _seen(bob, note) == [("thanks", ("Bob",), True)]
    for _twice in range(2):
        reacting.take_back(viewer_of(bob), note, "thanks")

    assert _seen(bob, note) == []
    assert _verbs(note) == [("reaction.added", "thanks"), ("reaction.removed", "thanks")]
    assert Annotation.objects.get(pk=note.pk).counter == note.counter


def test_reactions_stand_in_the_order_of_their_kinds(alice: User, bob: User, dave: User) -> None:
    answer = make_reply(bob, make_highlight(alice, make_article()))
    for user, kind in ((dave, "check"), (alice, "agree"), (dave, "agree")):
        reacting.react(viewer_of(user), answer, kind)

    told = talk_in(viewer_of(None), answer.article)[answer.number].reactions

    assert [(one.kind, one.names) for one in told] == [("agree", "Alice, dave"), ("check", "dave")]


def test_a_kind_that_is_none_is_refused(alice: User, bob: User) -> None:
    with pytest.raises(Invalid):
        reacting.react(viewer_of(bob), make_note(alice, make_article()), "hated")


def test_who_does_not_see_it_cannot_react(alice: User, bob: User) -> None:
    private = make_note(alice, make_article(), audience="private")

    with pytest.raises(NotFound):
        reacting.react(viewer_of(bob), private, "agree")
    with pytest.raises(SignInNeeded):
        reacting.react(viewer_of(None), make_note(alice, make_article()), "agree")
    assert not Reaction.objects.filter(annotation=private).exists()


def test_reactions_of_those_who_see_it_no_more_are_not_shown(
    alice: User, bob: User, dave: User, group: Group
) -> None:
    note = make_note(alice, make_article())
    for user in (alice, bob, dave):
        reacting.react(viewer_of(user), note, "agree")

    for_group = Changes(audience="groups", group_ids=frozenset({group.pk}))
    stored = annotations.edit(viewer_of(alice), note, for_group, counter=note.counter)
    assert _seen(bob, stored) == [("agree", ("Alice", "Bob"), True)]
    stored = annotations.edit(
        viewer_of(alice), stored, Changes(audience="private"), counter=stored.counter
    )

    assert _seen(alice, stored) == [("agree", ("Alice",), True)]


def test_a_press_gives_a_reaction_and_another_takes_it_back(
    alice: User, bob: User, client_of: ClientOf
) -> None:
    note = make_highlight(alice, make_article(), note="So it is.")
    reader = client_of(bob)
    address = f"{note.get_absolute_url()}reactions/"

    answer = reader.post(f"{address}agree/")
    page = reader.get(note.article.get_absolute_url()).content.decode()

    assert (answer.status_code, answer["Location"]) == (
        303,
        f"{note.article.get_absolute_url()}#h{note.number}",
    )
    assert f'formaction="{address}agree/remove/"' in page
    assert 'aria-label="I agree: Bob"' in page
    assert (
        'aria-pressed="true" title="Bob">I agree</button>' in reader.get(address).content.decode()
    )
    reader.post(f"{address}agree/remove/", headers={"accept": "application/json"})
    assert "I agree" not in reader.get(note.article.get_absolute_url()).content.decode()


def test_who_is_signed_out_sees_reactions_as_words(
    alice: User, bob: User, client_of: ClientOf
) -> None:
    note = make_highlight(alice, make_article(), note="So it is.")
    reacting.react(viewer_of(bob), note, "question")

    page = client_of(None).get(note.article.get_absolute_url()).content.decode()

    assert '<span class="badge" title="Bob">I wonder 1<span class="visually-hidden">: Bob' in page
    assert "reactions/" not in page
