"""The starter annotations once they are loaded."""

from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from annotations.models import Annotation, Claim, ClaimOccurrence, Link
from annotations.queries.samples import (
    sample_accounts,
    sample_annotations,
    sample_claims,
    sample_links,
)
from annotations.services import samples
from annotations.starter.w3c import STARTER_FILE, Starter, read_starter
from corpus.models import Event

pytestmark = pytest.mark.usefixtures("starter_site", "noise")


@pytest.fixture(scope="module")
def starter() -> Starter:
    return read_starter(STARTER_FILE.read_text(encoding="utf-8"))


def _rows() -> Counter[str]:
    models = (Annotation, Claim, ClaimOccurrence, Link, Event, User)
    return Counter({model.__name__: model.objects.count() for model in models})


def test_everything_in_the_file_is_loaded(starter: Starter) -> None:
    assert sample_annotations().count() == len(starter.annotations)
    assert sample_links().count() == len(starter.links)
    assert sample_claims().count() == len(starter.claims)
    tags = ClaimOccurrence.objects.filter(content_object__is_sample=True)
    assert tags.count() == sum(len(one.tags) for one in starter.annotations)


def test_highlights_are_stored_as_the_file_has_them(starter: Starter) -> None:
    for one in starter.annotations:
        stored = Annotation.objects.select_related("version", "creator").get(pk=one.id)
        assert stored.creator.username == one.reader
        assert stored.note == one.note
        assert stored.parent_id == one.parent
        if one.quote is None:
            assert stored.start is None
            continue
        assert stored.version is not None
        assert stored.version.text[stored.start : stored.end] == one.quote.exact
        tags = stored.occurrences.select_related("tag", "speaker")
        assert [
            (tag.tag.name, tag.stance, tag.voice, tag.mode, tag.speaker.name if tag.speaker else "")
            for tag in tags
        ] == [(tag.claim, tag.stance, tag.voice, tag.mode, tag.speaker) for tag in one.tags]


def test_claims_carry_their_definition_and_the_broader_claim(starter: Starter) -> None:
    for row in starter.claims:
        claim = Claim.objects.select_related("broader").get(name=row.label)
        assert (claim.statement, claim.definition) == (row.statement, row.definition)
        assert (claim.broader.name if claim.broader else None) == row.broader


def test_every_sample_left_an_event_by_its_reader() -> None:
    for annotation in sample_annotations():
        event = Event.objects.get(subject_id=annotation.pk)
        assert event.actor_id == annotation.creator_id


def test_loading_twice_adds_nothing(starter: Starter) -> None:
    before = _rows()
    report = samples.load()
    assert (report.added, report.restored, report.left_out) == (0, 0, [])
    assert report.present == len(starter.annotations) + len(starter.links)
    assert _rows() == before


def test_sample_readers_cannot_sign_in() -> None:
    accounts = sample_accounts()
    assert accounts.count() == 3
    for account in accounts:
        assert not account.has_usable_password()
        assert not account.is_active
        assert account.email == ""
        assert authenticate(username=account.username, password="") is None
        assert account.profile.display_name.startswith("Sample reader ")
