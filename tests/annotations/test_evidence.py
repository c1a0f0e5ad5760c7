"""The evidence chain of a claim."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, Claim
from annotations.queries.evidence import Step, evidence_of
from corpus.access import viewer_of
from tests.factories import make_article, make_highlight, make_link

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


def passage(user: User, **draft: str) -> Annotation:
    return make_highlight(user, make_article(), **draft)


def threat() -> Claim:
    found = Claim.objects.find("threat")
    assert found is not None
    return found


def shape(steps: "list[Step] | tuple[Step, ...]") -> list[tuple[str, str | None, bool]]:
    return [(step.words, step.effect, step.is_again) for step in steps]


def test_support_and_dispute_are_followed_two_steps_with_what_they_do_to_the_claim(
    alice: User,
) -> None:
    root = passage(alice, claim="threat")
    denial, backing, third = (passage(alice) for _number in range(3))
    make_link(alice, denial, root, relation="contradicts")
    make_link(alice, backing, denial, relation="supports")
    make_link(alice, third, backing, relation="supports")
    make_link(alice, root, make_article(), relation="supports")
    make_link(alice, root, make_article(), relation="background")
    (found,) = evidence_of(viewer_of(alice), threat()).roots
    assert shape(list(found.steps)) == [
        ("is contradicted by", "disputes", False),
        ("supports", None, False),
    ]
    assert shape(list(found.steps[0].steps)) == [("is supported by", "disputes", False)]
    assert list(found.steps[0].steps[0].steps) == []


def test_a_circle_ends_where_it_closes(alice: User, client: Client) -> None:
    root = passage(alice, claim="threat")
    one, other = passage(alice), passage(alice)
    make_link(alice, one, root, relation="supports")
    make_link(alice, other, one, relation="supports")
    make_link(alice, root, other, relation="supports")
    (found,) = evidence_of(viewer_of(alice), threat()).roots
    assert sum(step.is_again for step in found.steps[0].steps) + sum(
        step.is_again for step in found.steps
    )
    html = client.get("/claims/threat/evidence/").content.decode()
    anchors = html.count(f'id="e-{other.pk}"'), html.count(f'id="e-{one.pk}"')
    assert anchors == (1, 1)
    assert "What follows from it is shown elsewhere" in html


def test_two_passages_of_the_claim_point_to_each_other(alice: User) -> None:
    one, other = passage(alice, claim="threat"), passage(alice, claim="threat", stance="disputes")
    make_link(alice, one, other, relation="contradicts")
    chains = evidence_of(viewer_of(alice), threat()).roots
    assert [shape(list(chain.steps)) for chain in chains] == [
        [("contradicts", None, True)],
        [("is contradicted by", "supports", True)],
    ]


def test_private_links_and_passages_are_in_no_chain_but_their_makers(
    alice: User, dave: User, client_of: ClientOf
) -> None:
    root = passage(alice, claim="threat")
    hidden = make_highlight(alice, make_article(title="Kept back"), audience="private")
    make_link(alice, hidden, root, relation="supports")
    make_link(alice, make_article(title="Also kept"), root, relation="supports", audience="private")
    own = client_of(alice).get("/claims/threat/evidence/").content.decode()
    assert "Kept back" in own
    assert "Also kept" in own
    html = client_of(dave).get("/claims/threat/evidence/").content.decode()
    assert "Kept back" not in html
    assert "Also kept" not in html


def test_needs_no_more_queries_for_twice_the_links(alice: User, client: Client) -> None:
    counts = []
    for _round in range(2):
        for _number in range(3):
            near = passage(alice)
            make_link(alice, near, passage(alice, claim="threat"), relation="supports")
            make_link(alice, passage(alice), near, relation="contradicts")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/claims/threat/evidence/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
