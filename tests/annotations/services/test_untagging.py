"""Taking claims away from highlights, and bringing them back."""

import pytest
from django.contrib.auth.models import User

from annotations.errors import NotFound
from annotations.models import Claim, ClaimOccurrence
from annotations.services import merging, occurrences
from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.models import Event
from corpus.services import agent_merging, agents
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")


def test_a_claim_is_taken_away_once_and_again_without_harm(alice: User) -> None:
    made = make_highlight(alice, make_article(), claim="first")
    claim = Claim.objects.get(name="first")

    occurrences.untag(viewer_of(alice), made, claim)
    occurrences.untag(viewer_of(alice), made, claim)

    assert not made.occurrences.exists()
    event = Event.objects.get(verb="annotation.untagged")
    assert event.before["claim"] == "first"


def test_a_claim_comes_back_exactly_as_it_was_with_an_event(alice: User) -> None:
    made = make_highlight(alice, make_article(), claim="before")
    said = {"voice": "quoted", "mode": "pledge", "speaker": "Ann Coffey"}
    tagged = make_tag(alice, made, "first", stance="disputes", **said)
    before = _row(tagged)
    make_tag(alice, made, "after")
    occurrences.untag(viewer_of(alice), made, tagged.tag)
    make_tag(alice, made, "later")

    for _time in range(2):
        back = occurrences.restore(viewer_of(alice), made, tagged.tag)

    assert _row(made.occurrences.get(tag=tagged.tag)) == before
    assert list(made.claims.names()) == ["before", "first", "after", "later"]
    event = Event.objects.filter(verb="annotation.tagged").latest("id")
    assert (event.subject_id, event.actor, event.audience) == (made.pk, alice, "public")
    assert (event.after["claim"], event.after["speaker"]) == ("first", "Ann Coffey")
    assert back.counter == 6


def test_the_last_taking_away_counts(alice: User) -> None:
    made = make_highlight(alice, make_article())
    viewer = viewer_of(alice)
    for stance in ("disputes", "context"):
        tagged = make_tag(alice, made, "first", stance=stance)
        occurrences.untag(viewer, made, tagged.tag)

    occurrences.restore(viewer, made, tagged.tag)

    assert made.occurrences.get().stance == "context"


def test_what_was_said_anew_since_stays(alice: User) -> None:
    made = make_highlight(alice, make_article())
    tagged = make_tag(alice, made, "first", stance="disputes")
    occurrences.untag(viewer_of(alice), made, tagged.tag)
    make_tag(alice, made, "first", stance="context")

    occurrences.restore(viewer_of(alice), made, tagged.tag)

    assert made.occurrences.get().stance == "context"


def test_a_claim_merged_since_comes_back_as_what_it_was_merged_into(
    alice: User, carol: User
) -> None:
    made = make_highlight(alice, make_article())
    gone = make_tag(alice, made, "gone", stance="disputes").tag
    kept = make_tag(alice, make_highlight(alice, make_article()), "kept").tag
    occurrences.untag(viewer_of(alice), made, gone)
    merging.merge(viewer_of(carol), gone, into=kept)

    occurrences.restore(viewer_of(alice), made, kept)

    assert (made.occurrences.get().tag, made.occurrences.get().stance) == (kept, "disputes")


def test_nobody_else_brings_a_claim_back_and_nobody_what_never_was_there(
    alice: User, bob: User, ada: User
) -> None:
    made = make_highlight(alice, make_article(), claim="first")
    claim = Claim.objects.get(name="first")
    other = make_highlight(alice, make_article())
    occurrences.untag(viewer_of(alice), made, claim)

    for user in (bob, ada):
        with pytest.raises(NotAllowed):
            occurrences.restore(viewer_of(user), made, claim)
    with pytest.raises(NotFound):
        occurrences.restore(viewer_of(alice), other, claim)
    assert not ClaimOccurrence.objects.filter(tag=claim).exists()


def _row(occurrence: ClaimOccurrence) -> dict[str, object]:
    names = [field.attname for field in ClaimOccurrence._meta.concrete_fields]
    return {name: getattr(occurrence, name) for name in names}


def test_a_claim_comes_back_though_its_speaker_was_merged_into_another(
    alice: User, carol: User
) -> None:
    made = make_highlight(alice, make_article())
    tagged = make_tag(alice, made, "first", speaker="A. Coffey")
    kept = agents.named(carol.pk, "Ann Coffey")
    gone = agents.named(carol.pk, "A. Coffey")
    occurrences.untag(viewer_of(alice), made, tagged.tag)
    agent_merging.merge(viewer_of(carol), gone, into=kept)

    occurrences.restore(viewer_of(alice), made, tagged.tag)

    assert made.occurrences.get().speaker == kept
