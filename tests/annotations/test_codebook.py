"""The claims with their definitions beside an article."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Claim
from annotations.queries.codebook import codebook_beside
from corpus.access import viewer_of
from corpus.models import Article
from tests.factories import make_article, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


def tagged(alice: User, article: Article, *claims: str) -> None:
    for claim in claims:
        make_highlight(alice, article, claim=claim)


def names(viewer: User, article: Article, words: str = "") -> tuple[list[str], list[str]]:
    found = codebook_beside(viewer_of(viewer), article, words)
    others = [f"{'- ' * entry.depth}{entry.claim.name}" for entry in found.others]
    return [entry.claim.name for entry in found.here], others


@pytest.fixture
def article(alice: User) -> Article:
    """An article with two claims of a codebook that has more."""
    made = make_article()
    tagged(alice, made, "seldom", "often", "often")
    tagged(alice, make_article(), "bridges", "arches", "keystones", "zebras")
    for narrower, broader in (("arches", "bridges"), ("keystones", "arches"), ("zebras", "often")):
        claim = Claim.objects.get(name=narrower)
        claim.broader = Claim.objects.get(name=broader)
        claim.save()
    return made


def test_claims_of_the_article_come_first_and_the_others_stand_in_their_tree(
    alice: User, article: Article
) -> None:
    here, others = names(alice, article)
    assert here == ["often", "seldom"]
    own = [name for name in others if "noise" not in name.casefold()]
    assert own == ["bridges", "- arches", "- - keystones", "zebras"]


def test_words_find_a_claim_by_its_name_alias_or_statement(alice: User, article: Article) -> None:
    arches = Claim.objects.get(name="arches")
    arches.aliases.create(name="vaults", folded="vaults")
    arches.statement = "Stone holds by its own weight."
    arches.save()
    for words in ("ARCH", "vault", "own weight"):
        assert names(alice, article, words) == ([], ["arches"])
    assert names(alice, article, "oft") == (["often"], [])


def test_who_does_not_see_a_passage_learns_neither_of_its_claim_nor_of_its_count(
    alice: User, dave: User, article: Article
) -> None:
    make_highlight(alice, article, claim="secret", audience="private")
    make_highlight(alice, article, claim="seldom", audience="private")
    found = codebook_beside(viewer_of(dave), article)
    assert "secret" not in {entry.claim.name for entry in (*found.here, *found.others)}
    assert {entry.claim.name: entry.count for entry in found.here} == {"often": 2, "seldom": 1}


def test_the_page_shows_what_a_claim_means_and_costs_as_much_for_more_claims(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    often = Claim.objects.get(name="often")
    often.definition, often.examples = "More than once.", "Every day.\n\nEach year."
    often.save()
    client, address = client_of(alice), f"{article.get_absolute_url()}codebook/"
    with CaptureQueriesContext(connection) as few:
        page = client.get(address).content.decode()
    for words in ("More than once.", "<li>Every day.</li><li>Each year.</li>", "2<span"):
        assert words in page
    tagged(alice, article, *(f"claim {number}" for number in range(12)))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_a_codebook_longer_than_the_list_says_so(
    alice: User, article: Article, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.queries.codebook.MOST_CLAIMS", 2)
    page = client_of(alice).get(f"{article.get_absolute_url()}codebook/").content.decode()
    assert page.count('class="code"') == 4
    assert "type a word to find the others" in page
