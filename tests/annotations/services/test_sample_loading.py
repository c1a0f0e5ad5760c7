"""Loading the starter annotations where something is in the way."""

import pytest
from django.contrib.auth.models import User

from annotations.queries.samples import sample_annotations, sample_claims, sample_links
from annotations.services import samples
from corpus.errors import Invalid
from tests.factories import make_article, make_highlight
from tests.samples import import_seeds

pytestmark = pytest.mark.usefixtures("noise")


def test_loading_leaves_a_claim_that_a_person_made_as_it_is(alice: User) -> None:
    own = make_highlight(alice, make_article(), claim="Deselection THREAT").claims.get()
    import_seeds()
    samples.load()
    own.refresh_from_db()
    assert (own.definition, own.is_sample) == ("", False)
    assert own.occurrences.count() > 1


def test_loading_without_the_articles_leaves_all_out() -> None:
    report = samples.load()
    assert (report.added, len(report.left_out)) == (0, 1)
    assert not sample_claims().exists()


def test_what_stands_on_a_missing_article_is_left_out_and_named() -> None:
    import_seeds("003_*.txt")
    report = samples.load()
    assert report.added == sample_annotations().count() > 10
    assert len(report.left_out) > 100
    assert not sample_links().exists()


def test_account_of_a_person_is_never_taken_for_a_sample() -> None:
    import_seeds()
    User.objects.create_user("sample-amara", password="correct horse")
    with pytest.raises(Invalid, match="sample-amara"):
        samples.load()
    assert not sample_annotations().exists()
