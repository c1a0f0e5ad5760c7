"""Taking an accepted passage of a claim back, when the claim was merged meanwhile."""

import pytest
from django.contrib.auth.models import User

from annotations.models import Annotation, Claim, Suggestion
from annotations.queries.suggestions import Asked, inbox
from annotations.services import claims, deciding, merging, suggesting
from corpus.access import viewer_of
from corpus.models import Article
from corpus.services.indexing import index_article
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.django_db

QUAY = "The mooring fees emptied the quay."
DEARER = "Nobody warned the skippers that mooring fees would be dearer."


def _indexed(words: str) -> Article:
    article = make_article(words)
    assert article.current_version is not None
    index_article(article.current_version)
    return article


@pytest.fixture
def own(alice: User) -> Annotation:
    """Return a highlight whose words say what a claim with two other passages does."""
    for words in ("Mooring fees doubled overnight in the harbour.", QUAY):
        make_highlight(alice, _indexed(words), words, claim="mooring fees drive boats away")
    article = _indexed(DEARER)
    mark = make_highlight(alice, article, DEARER)
    suggesting.look_through(article)
    return mark


def _accepted_then_merged(alice: User, carol: User) -> Suggestion:
    found = Suggestion.objects.get(kind=Suggestion.Kind.CLAIM_PASSAGE)
    accepted = deciding.accept(viewer_of(alice), found)
    gone = Claim.objects.get(name="mooring fees drive boats away")
    merging.merge(
        viewer_of(carol), gone, into=claims.get_or_create(viewer_of(carol), "dear moorings")
    )
    return accepted


def test_the_tag_is_taken_from_the_claim_that_remains(
    alice: User, carol: User, own: Annotation
) -> None:
    accepted = _accepted_then_merged(alice, carol)
    assert list(own.claims.names()) == ["dear moorings"]
    shown = inbox(viewer_of(alice), Asked(is_decided=True)).rows
    assert [row.suggestion for row in shown] == [accepted]

    undone = deciding.undo(viewer_of(alice), accepted)

    assert undone.state == Suggestion.State.PENDING
    assert not own.occurrences.exists()
    assert Claim.objects.get(name="dear moorings").occurrences.count() == 2


def test_what_the_highlight_said_of_the_other_claim_before_stays(
    alice: User, carol: User, own: Annotation
) -> None:
    by_hand = make_tag(alice, own, "dear moorings", stance="disputes")
    accepted = _accepted_then_merged(alice, carol)
    assert list(own.occurrences.all()) == [by_hand]

    deciding.undo(viewer_of(alice), accepted)

    assert list(own.occurrences.all()) == [by_hand]


def test_what_others_accepted_of_a_claim_that_was_merged_is_not_shown(
    alice: User, bob: User, carol: User, own: Annotation
) -> None:
    _accepted_then_merged(alice, carol)
    assert inbox(viewer_of(bob), Asked(is_decided=True)).decided == 0
