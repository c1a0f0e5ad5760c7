"""Which claims have a number key, and that the rail shows it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.queries.limits import Filters
from annotations.queries.numbered import NumberedClaim, numbered_claims
from annotations.queries.reader import reader_context
from corpus.access import viewer_of
from corpus.models import Article
from tests.factories import make_article, make_highlight

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def read(alice: User, bob: User) -> Article:
    """Return an article with two claims; alice tags one of them, and another one elsewhere."""
    article, other = make_article(slug="read"), make_article(slug="other")
    make_highlight(bob, article, claim="here")
    make_highlight(bob, article, claim="here")
    make_highlight(alice, article, claim="both")
    for _ in range(2):
        make_highlight(alice, other, claim="elsewhere")
    make_highlight(bob, other, claim="of others")
    return article


def _numbered(user: User | None, article: Article) -> list[NumberedClaim]:
    found: list[NumberedClaim] = reader_context(viewer_of(user), article, Filters())["numbered"]
    return found


def test_own_claims_come_first_by_use_then_those_of_the_article(alice: User, read: Article) -> None:
    assert [(claim.number, claim.slug, claim.is_here) for claim in _numbered(alice, read)] == [
        (1, "elsewhere", False),
        (2, "both", True),
        (3, "here", True),
    ]


def test_nobody_has_those_of_the_article(read: Article) -> None:
    assert [claim.slug for claim in _numbered(None, read)] == ["here", "both"]


def test_claims_that_others_keep_to_themselves_have_no_number(
    alice: User, bob: User, read: Article
) -> None:
    make_highlight(bob, read, claim="secret", audience="private")
    assert "secret" not in [claim.slug for claim in _numbered(alice, read)]


def test_there_are_eight_at_most(alice: User) -> None:
    article = make_article()
    for number in range(9):
        make_highlight(alice, article, claim=f"claim number {number}")
    assert [claim.number for claim in _numbered(alice, article)] == list(range(1, 9))


def test_own_claims_take_one_query_and_nobody_none(
    alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = viewer_of(alice)
    with django_assert_num_queries(1):
        numbered_claims(viewer, [])
    with django_assert_num_queries(0):
        numbered_claims(viewer_of(None), [])


def test_rail_shows_the_number_key_as_the_reader_has_it(
    alice: User, read: Article, client_of: ClientOf
) -> None:
    client = client_of(alice)
    rail = client.get(read.get_absolute_url()).content.decode()
    assert 'href="?claim=both" data-number="2" aria-keyshortcuts="2"' in rail
    assert 'href="/claims/elsewhere/" data-number="1" aria-keyshortcuts="1"' in rail
    client.post("/account/keys/", {"switch": "off"})
    rail = client.get(read.get_absolute_url()).content.decode()
    assert 'data-number="2"' in rail
    assert "aria-keyshortcuts" not in rail
