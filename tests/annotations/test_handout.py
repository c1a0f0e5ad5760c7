"""A claim narrowed, in lanes and as a hand-out."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim
from annotations.queries.claim_page import claim_page, claims_sharing_passages
from annotations.queries.handout import handout
from annotations.queries.passage_filters import EVERYTHING
from corpus.access import viewer_of
from corpus.models import Agent
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ADDRESS = "/claims/deselection-threat/"


@pytest.fixture
def claim(alice: User, bob: User) -> Claim:
    """Return a claim that alice marked twice in one article, and bob against it in another."""
    first = make_article(title="First article", slug="first-article")
    second = make_article(title="Second article", slug="second-article")
    said = {"speaker": "Jess Phillips", "voice": "quoted"}
    marked = make_highlight(alice, first)
    make_tag(alice, marked, "deselection threat", **said)
    make_tag(alice, marked, "prayer")
    make_highlight(alice, first, "members decide", claim="deselection threat")
    make_highlight(bob, second, claim="deselection threat", stance="disputes")
    found: Claim = Claim.objects.get(slug="deselection-threat")
    return found


def test_the_page_is_narrowed_by_its_address(claim: Claim, client: Client) -> None:
    slug = Agent.objects.get(name="Jess Phillips").slug
    for query, passages in (
        ("", 3),
        ("?reader=alice", 2),
        (f"?speaker={slug}", 1),
        ("?article=second-article", 1),
        ("?since=2030-01-01", 0),
        ("?speaker=nobody&filters=open", 0),
    ):
        page = client.get(ADDRESS + query).content.decode()
        assert page.count('class="passage"') == passages
    narrowed = client.get(f"{ADDRESS}?speaker={slug}&filters=open").content.decode()
    assert "Speaker: Jess Phillips" in narrowed
    assert f"passages.csv?speaker={slug}" in narrowed
    csv = client.get(f"{ADDRESS}passages.csv?speaker={slug}").getvalue().decode()
    assert "First article" in csv
    assert "Second article" not in csv


def test_speakers_have_lanes_on_one_axis(claim: Claim, client: Client) -> None:
    page = claim_page(viewer_of(None), claim, in_lanes=True)
    assert [(lane.name, lane.count) for lane in page.lanes] == [
        ("Jess Phillips", 1),
        ("No speaker named", 2),
    ]
    assert "Jess Phillips" in client.get(f"{ADDRESS}?lanes=speakers").content.decode()


def test_related_claims_share_passages(claim: Claim) -> None:
    (other,) = claims_sharing_passages(viewer_of(None), claim)
    assert (other.claim.name, other.shared) == ("prayer", 1)


def test_passages_of_one_article_have_one_numbered_source(claim: Claim, client: Client) -> None:
    found = handout(viewer_of(None), claim, EVERYTHING)
    numbers = [[said.source for said in side.said] for side in found.sides]
    assert numbers == [[1, 1], [2], []]
    assert [article.title for article in found.sources] == ["First article", "Second article"]
    page = client.get(f"{ADDRESS}hand-out/").content.decode()
    assert re.findall(r"\[(\d)\]</a>", page) == ["1", "1", "2"]
    alone = client.get(f"{ADDRESS}hand-out/?reader=bob").content.decode()
    assert re.findall(r"\[(\d)\]</a>", alone) == ["1"]
    assert "No passage is for it yet." in alone


def test_a_cursor_that_was_untagged_since_goes_on_behind_its_place(
    claim: Claim, alice: User
) -> None:
    viewer = viewer_of(None)
    whole = claim_page(viewer, claim, stance="supports").columns[0].passages
    marked = claim.occurrences.get(id=whole[0].id)
    marked.stance = "context"
    marked.save()
    (rest,) = claim_page(viewer, claim, stance="supports", after=marked.id).columns
    assert [passage.id for passage in rest.passages] == [whole[1].id]
