"""The pages for work on claims: what is sent badly is refused with a sentence, nothing is lost."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim, Follow
from annotations.services import claims, merging
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.models import Event
from corpus.queries.sealing import seal
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

Clients = Callable[[User | None], Client]


@pytest.fixture
def claim(alice: User) -> Claim:
    """Return a claim that two passages by alice carry."""
    for _number in range(2):
        make_highlight(alice, make_article(), claim="prayer")
    made: Claim = Claim.objects.get(name="prayer")
    return made


@pytest.mark.parametrize("label", ["x" * 10_000, "?!", "—", "", "prayer", "PRAYER"])
def test_no_page_takes_a_name_that_cannot_be(
    carol: User, client_of: Clients, claim: Claim, label: str
) -> None:
    client, key = client_of(carol), claim.occurrences.first()
    assert key is not None
    sent = {
        "edit": {"name": label, "status": "proposed", "counter": 1, "statement": "x" * 1_001},
        "merge": {"into": label},
        "move": {"claim": label, "passages": [str(key.pk)]},
        "relations": {"kind": "supports", "other": label},
        "names": {"alias": label},
    }
    before = Event.objects.count()

    for page, fields in sent.items():
        answer = client.post(f"/claims/prayer/{page}/", fields)
        assert (page, answer.status_code) == (page, 422)
        assert 'class="errorlist' in answer.content.decode()
    assert Event.objects.count() == before


def test_an_emoji_and_names_that_slug_alike_each_have_an_address(
    alice: User, carol: User, client_of: Clients, claim: Claim
) -> None:
    client = client_of(carol)
    for label in ("🌹", "🌻"):
        make_highlight(alice, make_article(), claim="prayer")
        key = claim.occurrences.latest("created_at").pk
        answer = client.post("/claims/prayer/move/", {"claim": label, "passages": [str(key)]})
        assert client.get(answer["Location"]).status_code == 200

    assert len({found.slug for found in Claim.objects.filter(name__in="🌹🌻")}) == 2


def test_what_is_no_passage_counts_as_not_chosen(
    carol: User, client_of: Clients, claim: Claim
) -> None:
    sent = {"claim": "other", "passages": ["nonsense", str(uuid4())]}

    answer = client_of(carol).post("/claims/prayer/move/", sent)

    assert answer.status_code == 422
    assert "was moved or taken away meanwhile" in answer.content.decode()


def test_a_merge_of_what_was_merged_meanwhile_says_into_what(
    alice: User, carol: User, client_of: Clients, claim: Claim
) -> None:
    for label in ("kept", "third"):
        make_highlight(alice, make_article(), claim=label)
    kept = Claim.objects.get(name="kept")
    merging.merge(viewer_of(carol), claim, into=kept)

    answer = client_of(carol).post("/claims/prayer/merge/", {"into": "third"})

    assert answer.status_code == 422
    assert "“Prayer” was merged into “Kept”." in answer.content.decode()
    assert kept.occurrences.count() == 3


def test_a_stance_for_a_claim_merged_meanwhile_is_that_of_the_one_it_went_into(
    alice: User, carol: User, client_of: Clients, claim: Claim
) -> None:
    marked = claim.occurrences.latest("created_at").content_object
    make_highlight(alice, make_article(), claim="kept")
    kept = Claim.objects.get(name="kept")
    merging.merge(viewer_of(carol), claim, into=kept)

    client = client_of(alice)
    sent = {"stance": "disputes", "counter": marked.counter}
    assert client.post(f"/annotations/{marked.pk}/claims/prayer/", sent).status_code == 303
    make_tag(alice, marked, "prayer", stance="context")

    assert [(row.tag, row.stance) for row in marked.occurrences.all()] == [(kept, "context")]


def test_who_may_not_takes_nothing_back(
    alice: User, bob: User, carol: User, client_of: Clients, claim: Claim
) -> None:
    make_highlight(bob, make_article(), claim="kept")
    merging.merge(viewer_of(carol), claim, into=Claim.objects.get(name="kept"))
    told = str(Event.objects.get(verb="claim.merged").pk)
    undo = f"/claims/kept/history/{seal(told)}/undo/"
    assert client_of(carol).post(f"/claims/kept/history/{told}/undo/").status_code == 404

    assert client_of(alice).post(undo).status_code == 404
    assert client_of(carol).post(undo).status_code == 303
    again = client_of(carol).post(undo, follow=True)
    assert "stands by itself again already" in again.content.decode()


def test_following_is_one_press_and_so_is_ceasing_to(
    bob: User, client_of: Clients, claim: Claim
) -> None:
    client = client_of(bob)
    client.post("/claims/prayer/follow/")
    assert Follow.objects.get().claim == claim
    assert "Unfollow" in client.get("/claims/prayer/").content.decode()
    followed = client.get("/claims/?followed=1").content.decode()
    assert "1 claim" in followed
    assert 'href="/claims/prayer/"' in followed
    others = client.get("/claims/?followed=1&q=nothing").content.decode()
    assert 'name="followed" value="1"' in others
    assert "You follow no such claim" in others

    client.post("/claims/prayer/unfollow/")

    assert not Follow.objects.exists()
    assert "You follow no claim yet" in client.get("/claims/?followed=1").content.decode()


def test_a_history_costs_as_many_queries_for_many_steps_as_for_few(
    carol: User,
    client_of: Clients,
    claim: Claim,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    client = client_of(carol)
    for number in range(12):
        client.post("/claims/prayer/names/", {"alias": f"name {number}"})

    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        page = client.get("/claims/prayer/history/").content.decode()

    assert page.count("Gave it the further name") == 12


def test_a_history_tells_nothing_that_few_may_know(
    alice: User, bob: User, carol: User, client_of: Clients, claim: Claim
) -> None:
    curator = viewer_of(carol)
    hidden = make_highlight(alice, make_article(), claim="secret", audience="private")
    of_group = make_highlight(alice, make_article(), claim="of a group").article
    type(of_group).objects.filter(pk=of_group.pk).update(access="groups")
    make_highlight(alice, hidden.article, claim="plain")
    make_highlight(alice, hidden.article, claim="plain", audience="private")
    make_highlight(alice, hidden.article, "is dark", claim="hush", audience="private")
    make_highlight(carol, hidden.article, "is dark", claim="hush", audience="private")
    above = Claim.objects.get(name="hush", created_by=carol)
    claims.edit(curator, claim, ClaimChanges(broader=above), counter=claim.counter)
    for name in ("plain", "of a group", "secret"):
        merging.merge(curator, Claim.objects.get(name=name), into=claim)

    history = "/claims/prayer/history/"
    seen = [client_of(user).get(history).content.decode() for user in (bob, carol)]
    assert ["1 passage moved" in page for page in seen] == [True, True]
    for words in ("Merged “Secret”", "Merged “Of a group”", "Hush"):
        assert [words in page for page in seen] == [False, True]


def test_every_page_on_claims_shows_where_it_belongs(
    carol: User, client_of: Clients, claim: Claim
) -> None:
    works = ("edit", "hand-out", "history", "merge", "move", "names", "outcome", "relations")
    for address in (*(f"/claims/prayer/{work}/" for work in works), "/suggestions/"):
        html = client_of(carol).get(address).content.decode()
        assert (address, 'href="/claims/" aria-current="true"' in html) == (address, True)


def test_who_describes_a_claim_of_few_is_told_who_will_see_it(
    alice: User, bob: User, client_of: Clients
) -> None:
    article = make_article()
    make_highlight(alice, article, claim="quiet one", audience="private")
    make_highlight(bob, article, "members decide", claim="loud one")
    address = {claim.name: f"{claim.get_absolute_url()}edit/" for claim in Claim.objects.all()}
    quiet = client_of(alice).get(address["quiet one"]).content.decode()
    loud = client_of(bob).get(address["loud one"]).content.decode()
    assert "So far only few see this claim." in quiet
    assert "So far only few see this claim." not in loud
