"""Speakers who are merged at the moment in which others name them."""

import pytest
from django.contrib.auth.models import User

from annotations.models import ClaimOccurrence
from annotations.services import annotations, occurrences
from annotations.services.making import Draft
from annotations.services.occurrences import Said, Tagging
from corpus.access import viewer_of
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
