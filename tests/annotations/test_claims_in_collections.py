"""Claims, and what is said of them, limited to the articles of a collection."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.queries.claim_page import claim_page
from annotations.queries.claims import claim_rows
from annotations.queries.passage_filters import within
from annotations.services import claims
from corpus.access import article_ids_in
from corpus.models import Article, Collection
from corpus.permissions import Viewer
from corpus.search import count
from tests.factories import make_article, make_collection, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ANYONE = Viewer()


@pytest.fixture
def inside(alice: User) -> Article:
    """Return an article with a claim that is tagged elsewhere too."""
    article = make_article(slug="inside")
    make_highlight(alice, article, claim="prayer", note="Kneeling, in here.")
    return article


@pytest.fixture
def outside(alice: User, bob: User) -> Article:
    """Return another article with the same claim, and one of its own."""
    article = make_article(slug="outside")
    make_highlight(alice, article, claim="prayer", stance="disputes", note="Kneeling, out there.")
    make_highlight(bob, article, "members decide", claim="democracy")
    return article


@pytest.fixture
def collection(inside: Article, outside: Article) -> Collection:
    """Return a collection of the first article alone."""
    return make_collection(inside, title="Inside")


def test_claims_are_those_tagged_in_it(collection: Collection) -> None:
    rows = claim_rows(ANYONE, within=collection)
    assert [(row.claim.label, row.counts.passages) for row in rows] == [("Prayer", 1)]
    everywhere = {row.claim.label: row.counts.passages for row in claim_rows(ANYONE)}
    assert everywhere["Prayer"] == 2
    assert "Democracy" in everywhere


def test_the_page_of_a_claim_shows_what_is_said_in_it(collection: Collection) -> None:
    claim = claims.find("prayer")
    assert claim is not None
    page = claim_page(ANYONE, claim, filters=within(collection))
    assert page.counts.passages == 1
    assert page.first is not None
    assert [len(column.passages) for column in page.columns] == [1, 0, 0]
    (disputed,) = claim_page(ANYONE, claim, stance="disputes", filters=within(collection)).columns
    assert (disputed.count, disputed.passages) == (0, [])
    whole = claim_page(ANYONE, claim)
    assert [len(column.passages) for column in whole.columns] == [1, 1, 0]
    assert page.line is not None
    assert whole.line is not None
    assert (len(page.line.undated), len(whole.line.undated)) == (1, 2)


def test_pages_keep_and_leave_the_collection(client: Client, collection: Collection) -> None:
    page = client.get("/claims/?in=inside&sort=marked").content.decode()
    assert "Collection: Inside" in page
    assert 'href="?sort=marked"' in page
    assert 'href="/claims/prayer/?in=inside"' in page
    assert "Democracy" not in page
    claim = client.get("/claims/prayer/?in=inside").content.decode()
    assert "Collection: Inside" in claim
    assert "/articles/inside/?in=inside#h1" in claim
    assert "/articles/outside/" not in claim
    unknown = client.get("/claims/?in=nowhere").content.decode()
    assert "Democracy" in unknown
    assert "Collection:" not in unknown


def test_notes_and_claims_are_found_in_it(collection: Collection) -> None:
    within = article_ids_in(collection)
    assert count(ANYONE, "notes", "kneeling") == 2
    assert count(ANYONE, "notes", "kneeling", within=within) == 1
    assert count(ANYONE, "claims", "prayer", within=within) == 1
    assert count(ANYONE, "claims", "democracy", within=within) == 0
    assert count(ANYONE, "claims", "democracy") == 1


def test_its_page_leads_to_the_claims_in_it(client: Client, collection: Collection) -> None:
    page = client.get("/collections/inside/").content.decode()
    assert 'href="/claims/?in=inside"' in page
    assert 'href="/search/?in=inside"' in page
    empty = make_collection(title="Nothing")
    assert "/claims/?in=" not in client.get(f"/collections/{empty.slug}/").content.decode()
