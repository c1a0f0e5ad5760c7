"""Speakers who are merged at the moment in which others name them."""

from contextlib import suppress

import pytest
from django.contrib.auth.models import User

from annotations.models import Claim, ClaimOccurrence
from annotations.services import annotations, merging, moving, occurrences
from annotations.services.making import Draft
from annotations.services.occurrences import Said, Tagging
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Agent
from corpus.services import agent_merging, agents
from tests.annotations.services.threads import WRITERS, at_once
from tests.factories import make_article, make_highlight, make_tag, passage_of

pytestmark = pytest.mark.django_db(transaction=True)


def two_agents() -> tuple[Agent, Agent]:
    gone, kept = (agents.named(None, name) for name in ("A. Coffey", "Ann Coffey"))
    return gone, kept


def test_every_passage_tagged_while_its_speaker_is_merged_names_who_remains(
    alice: User, carol: User
) -> None:
    gone, kept = two_agents()
    marks = [make_highlight(alice, make_article()) for _number in range(WRITERS)]

    def write(number: int) -> None:
        if number == 0:
            agent_merging.merge(viewer_of(carol), gone, into=kept)
        else:
            make_tag(alice, marks[number], "threat", speaker="A. Coffey", voice="quoted")

    at_once(write)

    rows = ClaimOccurrence.objects.all()
    assert rows.count() == WRITERS - 1
    assert {row.speaker for row in rows.select_related("speaker")} == {kept}


def test_speakers_of_one_highlight_named_in_any_order_wait_for_a_merge_in_one(
    alice: User, carol: User
) -> None:
    gone, kept = two_agents()
    articles = [make_article() for _number in range(WRITERS)]

    def write(number: int) -> None:
        if number == 0:
            agent_merging.merge(viewer_of(carol), gone, into=kept)
            return
        names = ("A. Coffey", "Ann Coffey") if number % 2 else ("Ann Coffey", "A. Coffey")
        tags = [Tagging(f"claim {place}", speaker=name) for place, name in enumerate(names)]
        passage = passage_of(articles[number], "pray by their bedside")
        draft = Draft(passage=passage, version=1, tags=tuple(tags))
        annotations.create(viewer_of(alice), articles[number], draft)

    at_once(write)

    rows = ClaimOccurrence.objects.all()
    assert rows.count() == 2 * (WRITERS - 1)
    assert {row.speaker for row in rows.select_related("speaker")} == {kept}


def test_a_tag_said_anew_or_brought_back_during_the_merge_names_who_remains(
    alice: User, carol: User
) -> None:
    gone, kept = two_agents()
    marks = [make_highlight(alice, make_article()) for _number in range(WRITERS)]
    tags = [make_tag(alice, mark, "threat", speaker="A. Coffey") for mark in marks]
    for mark, tag in zip(marks[1::2], tags[1::2], strict=True):
        occurrences.untag(viewer_of(alice), mark, tag.tag)

    def write(number: int) -> None:
        viewer = viewer_of(alice)
        if number == 0:
            agent_merging.merge(viewer_of(carol), gone, into=kept)
        elif number % 2:
            occurrences.restore(viewer, marks[number], tags[number].tag)
        else:
            said = Said(stance="disputes", speaker="A. Coffey")
            counter = type(marks[number]).objects.get(pk=marks[number].pk).counter
            occurrences.edit(viewer, tags[number], said, counter=counter)

    at_once(write)

    rows = ClaimOccurrence.objects.all()
    assert rows.count() == WRITERS
    assert {row.speaker for row in rows.select_related("speaker")} == {kept}


def test_passages_moved_to_a_claim_and_to_a_speaker_at_once_wait_for_each_other(
    alice: User, carol: User
) -> None:
    curator, (gone, kept) = viewer_of(carol), two_agents()
    for _number in range(5 * WRITERS):
        make_tag(alice, make_highlight(alice, make_article()), "first", speaker="A. Coffey")
    first = ClaimOccurrence.objects.all()[0].tag
    make_highlight(alice, make_article(), claim="second")
    second = Claim.objects.get(name="second")
    keys = list(first.occurrences.order_by("-pk").values_list("pk", flat=True)[: 3 * WRITERS])

    def write(number: int) -> None:
        if number == 0:
            agent_merging.merge(curator, gone, into=kept)
        elif number == 1:
            merging.merge(curator, first, into=second)
        elif number == 2:
            # Either of them may come first; who comes after finds them under the other claim.
            with suppress(Invalid):
                moving.move(curator, first, keys, "third")

    at_once(write)

    said = ClaimOccurrence.objects.exclude(speaker=None).select_related("speaker", "tag")
    assert said.count() == 5 * WRITERS
    assert {row.speaker for row in said} == {kept}
    assert {row.tag.name for row in said} <= {"second", "third"}


def test_who_was_merged_between_look_up_and_lock_is_who_they_became(
    alice: User, carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, kept = two_agents()
    agent_merging.merge(viewer_of(carol), gone, into=kept)
    monkeypatch.setattr(agents, "named", lambda *_given, **_more: gone)
    mark = make_highlight(alice, make_article())
    assert make_tag(alice, mark, "threat", speaker="A. Coffey").speaker == kept


def test_a_speaker_who_is_merged_on_and_on_is_refused_with_a_sentence(
    alice: User, carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, kept = two_agents()
    agent_merging.merge(viewer_of(carol), gone, into=kept)
    for name in ("named", "find"):
        monkeypatch.setattr(agents, name, lambda *_given, **_more: gone)
    mark = make_highlight(alice, make_article())
    with pytest.raises(Invalid) as refusal:
        make_tag(alice, mark, "threat", speaker="A. Coffey")
    assert refusal.value.message.endswith("Save again.")
    assert not mark.occurrences.exists()
