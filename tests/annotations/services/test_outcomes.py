"""What became of a prediction, with the passage that shows it."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim
from annotations.services import claims
from annotations.services.claims import ClaimChanges
from annotations.services.outcomes import record_outcome
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.models import Event
from tests.factories import make_article, make_highlight

pytestmark = pytest.mark.usefixtures("noise")


@pytest.fixture
def claim(alice: User) -> Claim:
    """Return a claim that is tagged once."""
    return make_highlight(alice, make_article(), claim="they will lose").occurrences.get().tag


def test_a_curator_records_it_by_the_address_of_a_passage(
    alice: User, carol: User, claim: Claim, client_of: Callable[[User | None], Client]
) -> None:
    proof = make_highlight(alice, make_article(slug="later"), "members decide")
    sent = {"outcome": "borne_out", "counter": claim.counter}
    address = f"{claim.get_absolute_url()}outcome/"
    for wrong in ("somewhere", "/articles/later/#h999", "/annotations/" + "-" * 36 + "/"):
        answer = client_of(carol).post(address, sent | {"evidence": wrong})
        assert "There is no highlight at this address." in answer.content.decode()
    right = f"http://testserver/articles/later/?by=alice#h{proof.number}"
    answer = client_of(carol).post(address, sent | {"evidence": right})
    assert answer.status_code == 303
    claim.refresh_from_db()
    assert (claim.outcome, claim.evidence) == ("borne_out", proof)
    told = Event.objects.get(verb="claim.edited", subject_id=claim.pk)
    assert told.after == {"outcome": "borne_out", "evidence": str(proof.pk)}
    assert "“members decide”" in client_of(None).get(claim.get_absolute_url()).content.decode()


def test_a_passage_of_the_claim_or_a_paragraph_shows_it_as_well(
    carol: User, claim: Claim, client_of: Callable[[User | None], Client]
) -> None:
    client, address = client_of(carol), f"{claim.get_absolute_url()}outcome/"
    mark = claim.occurrences.get().content_object
    assert f'<option value="{mark.pk}">' in client.get(address).content.decode()
    sent = {"outcome": "borne_out", "counter": claim.counter, "passage": str(mark.pk)}
    assert client.post(address, sent).status_code == 303
    claim.refresh_from_db()
    assert claim.evidence == mark
    assert f'<option value="{mark.pk}" selected>' in client.get(address).content.decode()

    later = make_article("One paragraph.", "They lost.", slug="later")
    for number, status in (("9", 422), ("2", 303), ("2", 303)):
        sent = {"outcome": "borne_out", "evidence": f"/articles/later/#p{number}"}
        answer = client.post(address, sent | {"counter": claim.counter})
        assert answer.status_code == status
        claim.refresh_from_db()
    assert claim.evidence is not None
    assert (claim.evidence.exact, claim.evidence.article) == ("They lost.", later)
    assert later.annotations.count() == 1

    shown = re.search(r'name="evidence" value="([^"]+)"', client.get(address).content.decode())
    assert shown is not None
    sent = {"outcome": "borne_out", "passage": str(mark.pk), "evidence": shown[1]}
    assert client.post(address, sent | {"counter": claim.counter}).status_code == 303
    claim.refresh_from_db()
    assert claim.evidence == mark


def test_what_cannot_show_an_outcome_is_refused(alice: User, carol: User, claim: Claim) -> None:
    public = make_highlight(alice, make_article())
    private = make_highlight(carol, make_article(), audience="private")
    hidden = make_highlight(carol, make_article(is_hidden=True))
    of_group = make_highlight(carol, make_article(access="groups"))
    curator = viewer_of(carol)
    few = [("borne_out", mark) for mark in (private, hidden, of_group)]
    for outcome, evidence in (("open", public), ("", public), *few, ("x", None)):
        with pytest.raises(Invalid):
            record_outcome(curator, claim, outcome, evidence, counter=claim.counter)
    with pytest.raises(NotAllowed):
        record_outcome(viewer_of(alice), claim, "borne_out", public, counter=claim.counter)
    record_outcome(curator, claim, "borne_out", public, counter=claim.counter)
    with pytest.raises(Stale):
        record_outcome(curator, claim, "open", None, counter=claim.counter)


def test_what_is_open_again_has_no_passage_that_shows_it(
    alice: User, carol: User, claim: Claim
) -> None:
    proof, curator = make_highlight(alice, make_article()), viewer_of(carol)
    shown = record_outcome(curator, claim, "borne_out", proof, counter=claim.counter)
    again = claims.edit(curator, shown, ClaimChanges(outcome="open"), counter=shown.counter)
    assert (again.outcome, again.evidence) == ("open", None)
    told = Event.objects.filter(subject_id=claim.pk).latest("pk")
    assert told.before == {"outcome": "borne_out", "evidence": str(proof.pk)}


def test_an_address_that_the_article_had_before_leads_to_its_passages(
    alice: User, carol: User, claim: Claim, client_of: Callable[[User | None], Client]
) -> None:
    article = make_article("One paragraph.", "They lost.", slug="after")
    article.former_slugs.create(slug="before")
    proof = make_highlight(alice, article, "One paragraph")
    address = f"{claim.get_absolute_url()}outcome/"
    for end, exact in ((f"h{proof.number}", "One paragraph"), ("p2", "They lost.")):
        claim.refresh_from_db()
        sent = {"outcome": "borne_out", "counter": claim.counter}
        sent["evidence"] = f"/articles/before/#{end}"
        assert client_of(carol).post(address, sent).status_code == 303
        claim.refresh_from_db()
        assert claim.evidence is not None
        assert claim.evidence.exact == exact


def test_what_was_offered_can_be_chosen_also_when_others_came_before_it(
    alice: User,
    carol: User,
    claim: Claim,
    client_of: Callable[[User | None], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark = claim.occurrences.get().content_object
    address, client = f"{claim.get_absolute_url()}outcome/", client_of(carol)
    assert str(mark.pk) in client.get(address).content.decode()
    make_highlight(alice, make_article(), claim="they will lose")
    monkeypatch.setattr("annotations.queries.addressed._MOST_OFFERED", 1)
    assert str(mark.pk) not in client.get(address).content.decode()
    sent = {"outcome": "borne_out", "counter": claim.counter}
    assert client.post(address, sent | {"passage": "nonsense"}).status_code == 422
    assert client.post(address, sent | {"passage": str(mark.pk)}).status_code == 303
    claim.refresh_from_db()
    assert claim.evidence == mark
