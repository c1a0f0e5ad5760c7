"""Writers at the same moment, in real threads on a real database file or server."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User

from annotations.models import Annotation, Claim, Link
from annotations.services import annotations, claims
from annotations.services.annotations import Changes
from annotations.services.rewording import change_words
from corpus.access import viewer_of
from corpus.errors import Invalid, Refused, Stale
from corpus.models import Agent, Event, Group
from tests.annotations.services.threads import WRITERS, at_once
from tests.factories import (
    make_article,
    make_highlight,
    make_link,
    make_reply,
    make_tag,
    passage_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_claim_made_at_once_is_one_and_nobody_fails(alice: User, bob: User) -> None:
    viewers = [viewer_of(alice), viewer_of(bob)]
    labels = ["deselection threat", "Deselection Threat"]

    made = at_once(lambda number: claims.get_or_create(viewers[number % 2], labels[number % 2]))

    assert len({claim.pk for claim in made}) == 1
    assert Claim.objects.count() == 1
    assert Event.objects.filter(verb="claim.created").count() == 1


def test_the_same_claim_made_at_once_where_few_see_it_is_one(
    alice: User, bob: User, group: Group
) -> None:
    article, viewers = make_article(), [alice, bob]
    reach: dict[str, Any] = {"audience": "groups", "group_ids": frozenset({group.pk})}
    labels = ["deselection threat", "Deselection Threat"]

    made = at_once(
        lambda number: make_highlight(
            viewers[number % 2], article, claim=labels[number % 2], **reach
        )
    )

    assert len({mark.occurrences.get().tag_id for mark in made}) == 1
    assert Claim.objects.count() == 1


def test_claims_of_few_opened_to_all_at_once_are_one(alice: User, bob: User) -> None:
    own = [
        make_highlight(reader, make_article(), claim="deselection threat", audience="private")
        for reader in (alice, bob)
    ]
    viewers = [viewer_of(alice), viewer_of(bob)]
    assert Claim.objects.count() == 2

    at_once(
        lambda number: (
            annotations.edit(
                viewers[number % 2], own[number % 2], Changes(audience="public"), counter=1
            )
            if number < 2
            else make_highlight(alice, make_article(), claim="Deselection threat")
        )
    )

    claim = Claim.objects.get(merged_into__isnull=True)
    assert not claim.is_quiet
    assert claim.occurrences.count() == WRITERS


def test_labels_of_one_slug_made_at_once_are_all_made(alice: User) -> None:
    labels = ["a b", "a-b", "a. b", "a, b", "a: b", "a; b", "(a b)", "a b!"]
    viewer = viewer_of(alice)

    made = at_once(lambda number: claims.get_or_create(viewer, labels[number]))

    assert len({claim.slug for claim in made}) == WRITERS


def test_highlights_made_at_once_have_numbers_without_gap_or_repeat(alice: User) -> None:
    article = make_article()

    made = at_once(lambda number: make_highlight(alice, article, claim=f"claim {number % 3}"))

    assert sorted(item.number for item in made) == list(range(1, WRITERS + 1))
    assert Claim.objects.count() == 3


def test_the_same_create_sent_at_once_is_stored_once_and_answered_alike(alice: User) -> None:
    article, client_id = make_article(), uuid4()

    made = at_once(lambda _number: make_highlight(alice, article, client_id=client_id))

    assert {(item.pk, item.number) for item in made} == {(client_id, 1)}
    assert Annotation.objects.count() == 1
    assert Event.objects.filter(verb="annotation.created").count() == 1


def test_the_same_link_sent_at_once_is_stored_once(alice: User) -> None:
    near, far, client_id = make_highlight(alice, make_article()), make_article(), uuid4()

    made = at_once(lambda _number: make_link(alice, near, far, client_id=client_id))

    assert {link.pk for link in made} == {client_id}
    assert Link.objects.count() == 1
    assert Event.objects.filter(verb="link.created").count() == 1


def test_of_edits_made_at_once_one_is_stored_and_the_others_hear_of_it(alice: User) -> None:
    made = make_highlight(alice, make_article(), note="First.")
    viewer = viewer_of(alice)

    def edit(number: int) -> str | None:
        try:
            return annotations.edit(viewer, made, Changes(note=f"Words {number}."), counter=1).note
        except Stale:
            return None

    stored = [note for note in at_once(edit) if note is not None]

    made.refresh_from_db()
    assert stored == [made.note]
    assert made.counter == 2


def test_of_words_changed_at_once_one_choice_is_stored_and_the_others_hear_of_it(
    alice: User,
) -> None:
    article = make_article()
    made = make_highlight(alice, article, "nobody")
    viewer, choices = viewer_of(alice), ["MPs", "pray", "bedside", "members decide"]

    def change(number: int) -> str | None:
        passage = passage_of(article, choices[number % len(choices)])
        try:
            return change_words(viewer, made, passage, version=1, counter=1).exact
        except Stale:
            return None

    stored = {words for words in at_once(change) if words is not None}

    made.refresh_from_db()
    assert stored == {made.exact}  # also told to who chose just the same
    assert made.counter == 2
    assert Event.objects.filter(verb="annotation.words_changed").count() == 1


def test_one_claim_tagged_at_once_stands_once_and_one_speaker_is_one_agent(alice: User) -> None:
    made = make_highlight(alice, make_article())

    tagged: list[UUID] = at_once(
        lambda _number: make_tag(alice, made, "a claim", speaker="Ann Coffey").pk
    )

    assert len(set(tagged)) == 1
    assert Agent.objects.count() == 1


def test_an_answer_never_outlives_the_sight_of_the_thread_that_it_is_in(
    alice: User, bob: User
) -> None:
    article = make_article()
    first = make_highlight(alice, article)
    answer = make_reply(alice, first)

    def write(number: int) -> bool:
        try:
            if number % 2:
                make_reply(bob, answer)
            else:
                changes = annotations.Changes(audience="private")
                annotations.edit(viewer_of(alice), first, changes, counter=1)
        except Refused:
            return False
        return True

    assert any(at_once(write))

    first.refresh_from_db()
    by_bob = first.replies.filter(creator=bob)
    assert {reply.audience for reply in first.replies.all()} == {first.audience}
    assert by_bob.exists() == (first.audience == "public")


def test_claims_made_broader_than_each_other_at_once_make_no_circle(carol: User) -> None:
    viewer = viewer_of(carol)
    made = [claims.get_or_create(viewer, f"claim {number}") for number in range(WRITERS)]

    def widen(number: int) -> bool:
        changes = claims.ClaimChanges(broader=made[(number + 1) % WRITERS])
        try:
            claims.edit(viewer, made[number], changes, counter=1)
        except Invalid:
            return False
        return True

    assert sorted(at_once(widen)) == [False] + [True] * (WRITERS - 1)


def test_claims_renamed_to_one_name_at_once_end_with_one_of_that_name(carol: User) -> None:
    viewer = viewer_of(carol)
    made = [claims.get_or_create(viewer, f"claim {number}") for number in range(WRITERS)]

    def rename(number: int) -> bool:
        try:
            claims.edit(viewer, made[number], claims.ClaimChanges(name="one name"), counter=1)
        except Invalid:
            return False
        return True

    assert sorted(at_once(rename)) == [False] * (WRITERS - 1) + [True]
