"""What the database itself refuses, whoever writes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F

from annotations.models import (
    Annotation,
    Claim,
    ClaimOccurrence,
    ClaimRelation,
    Follow,
    Link,
    Profile,
    Suggestion,
)
from corpus.models import Article
from tests.factories import make_article, make_highlight, make_link

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Annotation, {"audience": "friends"}),
        (Annotation, {"moderation": "lost"}),
        (Annotation, {"start": 9, "end": 9}),
        (Annotation, {"exact": ""}),
        (Claim, {"slot": 9}),
        (ClaimOccurrence, {"stance": "likes"}),
        (ClaimOccurrence, {"voice": "sung"}),
        (ClaimOccurrence, {"mode": "rumour"}),
        (ClaimOccurrence, {"confidence": "hopeful"}),
        (ClaimOccurrence, {"voice": "quoted"}),
        (ClaimOccurrence, {"voice_basis": "guessed"}),
        (ClaimRelation, {"kind": "near"}),
        (ClaimRelation, {"from_claim": F("to_claim")}),
        (ClaimRelation, {"kind": "contradicts"}),
        (Follow, {"article": None}),
        (Suggestion, {"state": "accepted"}),
        (Suggestion, {"kind": "horoscope"}),
        (Link, {"relation": "near"}),
        (Link, {"audience": "friends"}),
        (Profile, {"person_slot": 0}),
        (Article, {"access": "nobody"}),
        (Article, {"published_precision": "day"}),
    ],
)
def test_no_row_holds_what_nothing_means(model: Any, values: dict[str, Any], alice: User) -> None:
    marked = make_highlight(alice, make_article(), claim="a claim")
    make_link(alice, marked, make_article())
    _make_the_rest(alice, marked)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)


def test_evidence_is_that_of_an_outcome(alice: User) -> None:
    marked = make_highlight(alice, make_article(), claim="a claim")

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.update(evidence=marked)


def test_a_reader_follows_a_thing_once_and_one_thing_at_a_time(alice: User) -> None:
    marked = make_highlight(alice, make_article(), claim="a claim")
    claim = Claim.objects.get()
    Follow.objects.create(reader=alice, claim=claim)

    for again in ({"claim": claim}, {}, {"claim": claim, "article": marked.article}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(reader=alice, **again)


def _make_the_rest(reader: User, marked: Annotation) -> None:
    make_highlight(reader, marked.article, "Others have left", claim="another claim")
    low, high = Claim.objects.order_by("id")
    ClaimRelation.objects.create(from_claim=high, to_claim=low, kind="supports")
    Follow.objects.create(reader=reader, article=marked.article)
    Suggestion.objects.create(
        kind="duplicate_claim", subject_id=low.pk, object_id=high.pk, fingerprint="a"
    )
