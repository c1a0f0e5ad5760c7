"""What the database itself refuses, whoever writes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from annotations.models import Annotation, Claim, ClaimOccurrence, Link, Profile
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
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)
