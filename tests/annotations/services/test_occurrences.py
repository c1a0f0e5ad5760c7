"""Tagging claims on highlights, by the services and by taggit's own calls."""

import pytest
from django.contrib.auth.models import User

from annotations.errors import NotFound
from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.services import claims, occurrences
from annotations.services.claims import ClaimChanges
from annotations.services.occurrences import Said, Tagging
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.models import Agent, AgentAlias, Event
from tests.factories import make_article, make_highlight, make_note, make_reply, make_tag

pytestmark = pytest.mark.usefixtures("noise")


def test_a_second_claim_stands_after_the_first(alice: User) -> None:
    made = make_highlight(alice, make_article(), claim="first")

    make_tag(alice, made, "second", stance="context")

    assert list(made.claims.names()) == ["first", "second"]
    made.refresh_from_db()
    assert made.counter == 2
    event = Event.objects.get(verb="annotation.tagged", subject_id=made.pk)
    assert event.after["claim"] == "second"


def test_the_same_claim_again_changes_its_stance_or_nothing(alice: User) -> None:
    made = make_highlight(alice, make_article(), claim="first")

    make_tag(alice, made, "FIRST")
    make_tag(alice, made, "first", stance="disputes")

    assert made.occurrences.get().stance == "disputes"
    verbs = Event.objects.filter(subject_id=made.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["annotation.created", "annotation.retagged"]


def test_another_stance_leaves_who_says_it_and_how(alice: User) -> None:
    made = make_highlight(alice, make_article())
    make_tag(alice, made, "first", voice="quoted", mode="pledge", speaker="Ann Coffey")

    again = make_tag(alice, made, "first", stance="disputes")
    assert (again.stance, again.voice, again.mode) == ("disputes", "quoted", "pledge")
    assert str(again.speaker) == "Ann Coffey"

    again = make_tag(alice, made, "first", voice="reported")
    assert (again.stance, again.voice, str(again.speaker)) == ("disputes", "reported", "Ann Coffey")


def test_an_edit_needs_the_counter_that_is_stored(alice: User) -> None:
    occurrence = make_tag(alice, make_highlight(alice, make_article()), "first")
    said = Said("disputes", "quoted", "pledge", "Ann Coffey")

    saved = occurrences.edit(viewer_of(alice), occurrence, said, counter=2)
    with pytest.raises(Stale) as refusal:
        occurrences.edit(viewer_of(alice), occurrence, Said("context"), counter=2)

    assert (saved.stance, saved.voice, saved.mode) == ("disputes", "quoted", "pledge")
    assert refusal.value.current["stance"] == "disputes"
    assert refusal.value.current["speaker"] == "Ann Coffey"


def test_an_edit_of_a_claim_taken_away_meanwhile_is_not_found(alice: User) -> None:
    occurrence = make_tag(alice, make_highlight(alice, make_article()), "first")
    occurrences.untag(viewer_of(alice), occurrence.content_object, occurrence.tag)

    with pytest.raises(NotFound):
        occurrences.edit(viewer_of(alice), occurrence, Said(), counter=2)


def test_nobody_tags_what_another_marked(alice: User, bob: User, ada: User) -> None:
    made = make_highlight(alice, make_article())

    for user in (bob, ada):
        with pytest.raises(NotAllowed):
            make_tag(user, made, "mine")
    assert not Claim.objects.filter(name="mine").exists()


def test_only_a_highlight_carries_claims(alice: User) -> None:
    highlight = make_highlight(alice, make_article())

    for thing in (make_note(alice, make_article()), make_reply(alice, highlight)):
        with pytest.raises(Invalid):
            make_tag(alice, thing, "first")


@pytest.mark.parametrize("wrong", [{"stance": "shouts"}, {"voice": "sung"}, {"mode": "wish"}])
def test_values_outside_the_lists_are_refused(alice: User, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refusal:
        make_tag(alice, make_highlight(alice, make_article()), "first", **wrong)

    assert set(refusal.value.fields) == set(wrong)


def test_a_speaker_is_one_agent_however_the_name_is_written(alice: User) -> None:
    made = make_highlight(alice, make_article())
    known = Agent.objects.create(name="Jess Phillips", slug="jess-phillips")
    AgentAlias.objects.create(agent=known, name="Ms Phillips")

    for name in ("Jess Phillips", "  jess  PHILLIPS ", "ms phillips"):
        assert make_tag(alice, made, "first", speaker=name).speaker == known
    make_tag(alice, made, "first", speaker="Jess Philips")

    assert Agent.objects.filter(name__startswith="Jess").count() == 2
    assert Event.objects.filter(verb="agent.created").count() == 1


def test_speakers_of_the_same_letters_get_addresses_of_their_own(alice: User) -> None:
    made = make_highlight(alice, make_article())

    slugs = [make_tag(alice, made, "first", speaker=name) for name in ("Ann Lee", "Ann-Lee")]

    assert [row.speaker.slug for row in slugs if row.speaker] == ["ann-lee", "ann-lee-2"]


def test_taggit_add_makes_one_claim_with_slot_and_slug_and_leaves_an_event(alice: User) -> None:
    made = make_highlight(alice, make_article(), claim="first")

    made.claims.add("deselection threat", "Deselection  Threat")

    occurrence = ClaimOccurrence.objects.get(content_object=made, position=1)
    assert (occurrence.tag.slug, occurrence.stance) == ("deselection-threat", "supports")
    assert 1 <= occurrence.tag.slot <= 8
    assert occurrence.tag.created_by == alice
    event = Event.objects.get(verb="annotation.tagged", subject_id=made.pk)
    assert [row["claim"] for row in event.after["claims"]] == ["deselection threat"]
    assert (event.actor, event.audience) == (alice, "public")
    created = Event.objects.get(verb="claim.created", subject_id=occurrence.tag.pk)
    assert (created.actor, created.audience) == (alice, "public")


def test_taggit_add_of_what_is_there_leaves_no_event(alice: User) -> None:
    made = make_highlight(alice, make_article(), claim="first")

    made.claims.add("FIRST")

    assert not Event.objects.filter(verb="annotation.tagged", subject_id=made.pk).exists()


def test_taggit_finds_a_claim_by_its_alias(alice: User, carol: User) -> None:
    made = make_highlight(alice, make_article(), claim="first")
    claim = Claim.objects.get(name="first")
    claims.edit(viewer_of(carol), claim, ClaimChanges(name="renamed"), counter=1)

    made.claims.add("First")
    made.claims.remove("first")

    assert not made.claims.exists()
    assert Claim.objects.filter(name="first").count() == 0


def test_taggit_set_and_clear_tell_what_went(alice: User) -> None:
    made = make_highlight(alice, make_article(), claim="first")

    made.claims.set(["second", "third"])
    made.claims.clear()

    events = Event.objects.filter(subject_id=made.pk).exclude(verb="annotation.created")
    told = [
        (event.verb, [row["claim"] for row in (event.before or event.after)["claims"]])
        for event in events.order_by("id")
    ]
    assert told == [
        ("annotation.untagged", ["first"]),
        ("annotation.tagged", ["second", "third"]),
        ("annotation.untagged", ["second", "third"]),
    ]


def test_taggit_takes_nothing_away_without_telling_what_was_said(alice: User) -> None:
    made = make_highlight(alice, make_article())
    make_tag(alice, made, "first", stance="disputes", speaker="Ann Coffey")

    made.claims.remove("first")

    event = Event.objects.get(verb="annotation.untagged", subject_id=made.pk)
    said = event.before["claims"][0]
    assert (said["stance"], said["speaker"]) == ("disputes", "Ann Coffey")


def test_taggit_tags_nothing_but_highlights(alice: User) -> None:
    note = make_note(alice, make_article())
    reply = make_reply(alice, make_highlight(alice, make_article()))

    for thing in (note, reply):
        with pytest.raises(Invalid):
            thing.claims.add("mine")
    assert not Claim.objects.filter(name="mine").exists()


def test_taggit_counts_what_is_stored_not_what_was_read(alice: User) -> None:
    read = make_highlight(alice, make_article(), audience="private")
    make_tag(alice, read, "first")

    read.claims.add("second")

    stored = Annotation.objects.get(pk=read.pk)
    assert stored.counter == read.counter == 3
    claim = Claim.objects.get(name="second")
    assert Event.objects.get(verb="claim.created", subject_id=claim.pk).audience == "private"


def test_tagging_with_a_stale_counter_is_refused(alice: User) -> None:
    made = make_highlight(alice, make_article())
    make_tag(alice, made, "first")

    with pytest.raises(Stale):
        occurrences.tag(viewer_of(alice), made, Tagging("second"), counter=1)
