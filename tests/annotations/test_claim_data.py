"""Claims as linked data."""

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim
from annotations.services import relating
from corpus.access import viewer_of
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ADDRESS = "/claims/deselection-threat/"


@pytest.fixture
def claim(alice: User) -> Claim:
    """Return a claim that is tagged once, in the words of somebody."""
    marked = make_highlight(alice, make_article(title="</script><b>", slug="hostile"))
    said = {"speaker": "Jess Phillips", "voice": "quoted", "mode": "prediction"}
    said["confidence"] = "likely"
    tag = make_tag(alice, marked, "deselection threat", stance="disputes", **said)
    make_highlight(alice, marked.article, "members decide", claim="x", audience="private")
    return tag.tag


def test_a_claim_appears_in_its_articles(claim: Claim, client: Client) -> None:
    (described,) = json.loads(client.get(f"{ADDRESS}claim.jsonld").content)
    assert (described["@type"], described["name"]) == ("Claim", "Deselection threat")
    (article,) = described["appearance"]
    assert article["headline"] == "</script><b>"
    assert article["url"].endswith("/articles/hostile/")
    page = client.get(ADDRESS).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block is not None
    assert json.loads(block[1]) == [described]
    assert "</script><b>" not in page


def test_a_review_comes_only_with_a_recorded_outcome(claim: Claim, client: Client) -> None:
    for outcome, rating in (("open", None), ("borne_out", 5), ("not_borne_out", 1)):
        Claim.objects.filter(pk=claim.pk).update(outcome=outcome)
        described = json.loads(client.get(f"{ADDRESS}claim.jsonld").content)
        reviews = [thing for thing in described if thing["@type"] == "ClaimReview"]
        ratings = [review["reviewRating"]["ratingValue"] for review in reviews]
        assert ratings == ([rating] if rating else [])


def test_passages_are_annotations_whose_terms_are_explained(claim: Claim, client: Client) -> None:
    answer = client.get(f"{ADDRESS}passages.jsonld")
    assert answer["Content-Type"].startswith("application/ld+json")
    document = answer.json()
    context, ours = document["@context"]
    assert context == "http://www.w3.org/ns/anno.jsonld"
    (item,) = document["items"]
    quote, position = item["target"]["selector"]
    assert quote["exact"] == "pray by their bedside"
    assert position["end"] - position["start"] == len(quote["exact"])
    assert item["postil:stance"] == {"id": "postil:disputes"}
    assert item["postil:speaker"] == "Jess Phillips"
    assert ours["postil"].endswith("/vocabulary/#")
    explained = client.get("/vocabulary/").content.decode()
    used = re.findall(r'"postil:([a-z-]+)"', json.dumps(item))
    assert len(used) == 9
    assert all(f'id="{term}"' in explained for term in used)


def test_a_guessed_voice_is_not_told_as_known(alice: User, client: Client) -> None:
    quoted = make_article("He wrote: “Members decide whom they want.” That was all.")
    make_highlight(alice, quoted, "Members decide", claim="deselection threat")
    (item,) = client.get(f"{ADDRESS}passages.jsonld").json()["items"]
    assert Claim.objects.get(name="deselection threat").occurrences.get().voice == "quoted"
    assert "postil:voice" not in item


def test_what_claims_do_to_each_other_is_told_from_both_ends(
    claim: Claim, carol: User, client: Client
) -> None:
    viewer = viewer_of(carol)
    for kind, name in (
        ("supports", "a reason"),
        ("contradicts", "its contrary"),
        ("equivalent", "its like"),
        ("narrower", "the wider one"),
    ):
        make_highlight(carol, make_article(), claim=name)
        relating.relate(viewer, claim, kind, name)

    (here,) = client.get(f"{ADDRESS}claim.jsonld").json()
    (there,) = client.get("/claims/a-reason/claim.jsonld").json()

    told = {term: [other["name"] for other in here[term]] for term in here if ":" in term}
    assert told == {
        "postil:supportsClaim": ["A reason"],
        "postil:contradictsClaim": ["Its contrary"],
        "skos:exactMatch": ["Its like"],
        "skos:broader": ["The wider one"],
    }
    (back,) = there["@reverse"]["postil:supportsClaim"]
    assert back["@id"] == here["@id"]
    explained = client.get("/vocabulary/").content.decode()
    for term in (*told, "postil:undercutsClaim", "postil:next"):
        assert term in explained


def test_further_articles_are_told_behind_a_link(
    claim: Claim, alice: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        article = make_article(title=f"More {number}", slug=f"more-{number}")
        make_highlight(alice, article, claim="deselection threat")
    monkeypatch.setattr("annotations.queries.claim_data.ARTICLES_A_PAGE", 2)
    monkeypatch.setattr("annotations.queries.claim_data.MOST_ON_PAGE", 1)

    (first,) = client.get(f"{ADDRESS}claim.jsonld").json()
    (rest,) = client.get(first["postil:next"]["@id"]).json()

    slugs = [row["url"].split("/")[-2] for row in (*first["appearance"], *rest["appearance"])]
    assert slugs == ["hostile", "more-0", "more-1"]
    assert "postil:next" not in rest
    page = client.get(ADDRESS).content.decode()
    assert (
        '"postil:next": {"@id": "http://testserver/claims/deselection-threat/claim.jsonld"' in page
    )
