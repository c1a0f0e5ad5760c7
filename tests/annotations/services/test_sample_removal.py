"""Removing the starter annotations, and what stays because people built on them."""

from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from annotations.models import Annotation, Claim, ClaimOccurrence, Link, Profile
from annotations.queries.samples import (
    sample_annotations,
    sample_claims,
    sample_links,
    sample_listing,
)
from annotations.services import samples
from annotations.services.annotations import delete
from annotations.services.claims import ClaimChanges, edit, get_or_create
from annotations.services.merging import merge
from annotations.services.moderation import hide
from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.models import Article, Event
from corpus.permissions import SYSTEM, Role, Viewer
from tests.factories import make_article, make_highlight, make_link, make_reply
from tests.samples import sample

pytestmark = pytest.mark.usefixtures("small_starter_site", "noise")


def _rows() -> Counter[str]:
    models = (Annotation, Claim, ClaimOccurrence, Link, Event, User)
    return Counter({model.__name__: model.objects.count() for model in models})


def _samples() -> dict[str, set[object]]:
    tags = ClaimOccurrence.objects.filter(content_object__is_sample=True)
    return {
        "annotations": set(sample_annotations().values_list("pk", flat=True)),
        "links": set(sample_links().values_list("pk", flat=True)),
        "tags": set(tags.values_list("content_object", "tag__name", "stance", "speaker__name")),
    }


def test_removal_takes_all_samples_and_nothing_else(carol: User, alice: User) -> None:
    own = make_highlight(alice, make_article(), claim="my own claim")
    real = Annotation.objects.filter(is_sample=False, deleted_at__isnull=True).count()
    removed = samples.remove(viewer_of(carol))
    assert removed.kept_annotations == removed.kept_claims == 0
    assert sample_listing().is_empty
    assert Annotation.objects.filter(is_sample=False, deleted_at__isnull=True).count() == real
    assert own.claims.get().name == "my own claim"


def test_removal_tells_who_took_the_claims_away(carol: User) -> None:
    claim = Claim.objects.get(name="deselection threat")
    samples.remove(viewer_of(carol))
    event = Event.objects.get(subject_id=claim.pk, verb="claim.removed")
    assert event.actor == carol
    assert event.before["name"] == "deselection threat"


def test_removing_twice_is_harmless(carol: User) -> None:
    samples.remove(viewer_of(carol))
    before = _rows()
    assert samples.remove(viewer_of(carol)) == samples.Removed(0, 0, 0, 0, 0)
    assert _rows() == before


@pytest.mark.parametrize("role", ["anonymous", "reader"])
def test_only_curators_remove(role: Role) -> None:
    before = sample_annotations().count()
    with pytest.raises(NotAllowed):
        samples.remove(Viewer(user_id=1, role=role))
    assert sample_annotations().count() == before


def test_removal_reaches_hidden_articles_and_hidden_samples(carol: User) -> None:
    hide(viewer_of(carol), sample("Labour MPs also have to work out"))
    Article.objects.update(is_hidden=True)
    samples.remove(viewer_of(carol))
    assert sample_listing().is_empty


def test_loading_after_a_removal_brings_all_back() -> None:
    before = _samples()
    samples.remove(SYSTEM)
    report = samples.load()
    assert report.added == 0
    assert report.restored == len(before["annotations"]) + len(before["links"])
    assert _samples() == before


def test_removal_keeps_the_thread_that_a_person_replied_to(alice: User) -> None:
    answered = sample("if you love them")
    thread = set(answered.replies.values_list("pk", flat=True))
    make_reply(alice, answered.replies.get())
    removed = samples.remove(SYSTEM)
    assert removed.kept_annotations == 2
    assert set(sample_annotations().values_list("pk", flat=True)) == {answered.pk} | thread
    assert list(sample_claims().values_list("name", flat=True)) == ["deselection threat"]


def test_removal_keeps_what_a_person_linked(alice: User) -> None:
    far = sample("they seem like two very normal")
    link = make_link(alice, make_highlight(alice, make_article()), far)
    samples.remove(SYSTEM)
    assert list(sample_annotations()) == [far]
    assert Link.objects.get(pk=link.pk).deleted_at is None


def test_removal_keeps_a_claim_that_a_person_tagged(alice: User) -> None:
    own = make_highlight(alice, make_article(), claim="floating voters")
    delete(viewer_of(alice), own)
    samples.remove(SYSTEM)
    kept = sample_claims().get()
    assert (kept.name, kept.is_sample) == ("floating voters", True)
    assert own.claims.get() == kept


def test_removal_keeps_a_claim_that_a_curator_changed(carol: User) -> None:
    claim = Claim.objects.get(name="Iraq war")
    edit(viewer_of(carol), claim, ClaimChanges(statement="It did."), counter=claim.counter)
    samples.remove(viewer_of(carol))
    assert list(sample_claims()) == [claim]


def test_removal_keeps_a_claim_that_another_was_merged_into(carol: User) -> None:
    kept = Claim.objects.get(name="Iraq war")
    merge(viewer_of(carol), Claim.objects.get(name="trust in markets"), into=kept)
    samples.remove(viewer_of(carol))
    assert set(sample_claims().values_list("name", flat=True)) == {"Iraq war", "trust in markets"}


def test_deleted_reply_of_a_person_keeps_nothing(alice: User) -> None:
    reply = make_reply(alice, sample("if you love them"))
    delete(viewer_of(alice), reply)
    assert samples.remove(SYSTEM).kept_annotations == 0


def test_listing_counts_and_names_what_would_stay(alice: User) -> None:
    answered = sample("Labour MPs also have to work out")
    make_reply(alice, answered)
    listing = sample_listing()
    assert [reader.username for reader in listing.readers] == [
        "sample-amara",
        "sample-bilal",
        "sample-cleo",
    ]
    assert listing.highlights + listing.notes + listing.replies == sample_annotations().count()
    assert listing.links == sample_links().count()
    assert listing.kept_annotations == (answered,)
    assert [claim.name for claim in listing.kept_claims] == ["deselection threat"]
    assert not listing.is_all_kept
    samples.remove(SYSTEM)
    assert sample_listing().is_all_kept


def test_command_loads_lists_and_removes(capsys: pytest.CaptureFixture[str], alice: User) -> None:
    make_reply(alice, sample("Labour MPs also have to work out"))
    call_command("samples", "load", verbosity=0)
    for action in ("load", "list", "remove"):
        call_command("samples", action)
    loaded, first_reader, *_rest, removed = capsys.readouterr().out.splitlines()
    assert loaded.startswith("0 added, 0 brought back, ")
    assert first_reader.startswith("Sample reader Amara (sample-amara): ")
    assert removed.endswith("; left because people built on them: annotations 1, claims 1")
    assert sample_annotations().count() == 1


def test_command_that_was_refused_says_why(alice: User) -> None:
    Profile.objects.filter(is_sample=True).update(is_sample=False)
    with pytest.raises(CommandError, match="belongs to a person"):
        call_command("samples", "load")


def test_removal_keeps_a_claim_that_is_broader_than_a_person_s(carol: User) -> None:
    viewer, broader = viewer_of(carol), Claim.objects.get(name="floating voters")
    own = get_or_create(viewer, "voters in Barking")
    edit(viewer, own, ClaimChanges(broader=broader), counter=1)
    samples.remove(SYSTEM)
    own.refresh_from_db()
    assert own.broader == broader
    assert list(sample_claims()) == [broader]
