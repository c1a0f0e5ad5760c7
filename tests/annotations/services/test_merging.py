"""What a merge leaves: no circle, nothing overwritten, nothing told to strangers."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim
from annotations.models.claim import ClaimManager
from annotations.services import claims, merging
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.models import Event
from corpus.queries.curation import recent_events
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")


def _claim(user: User, label: str, *, broader: Claim | None = None) -> Claim:
    claim = claims.get_or_create(viewer_of(user), label)
    if broader is not None:
        changes = ClaimChanges(broader=broader)
        claim = claims.edit(viewer_of(user), claim, changes, counter=claim.counter)
    return claim


def _chain(claim: Claim) -> list[str]:
    names: list[str] = []
    wider: Claim | None = Claim.objects.get(pk=claim.pk)
    while wider is not None and wider.name not in names:
        names.append(wider.name)
        wider = wider.broader
    assert wider is None, "the claims stand in a circle"
    return names


def test_merging_into_a_claim_far_below_makes_no_circle(carol: User) -> None:
    top = _claim(carol, "top")
    gone = _claim(carol, "gone", broader=top)
    middle = _claim(carol, "middle", broader=gone)
    kept = _claim(carol, "kept", broader=middle)

    merging.merge(viewer_of(carol), gone, into=kept)

    assert _chain(middle) == ["middle", "kept", "top"]


def test_merging_a_claim_into_the_one_below_it_keeps_what_is_above(carol: User) -> None:
    top = _claim(carol, "top")
    gone = _claim(carol, "gone", broader=top)
    kept = _claim(carol, "kept", broader=gone)

    merging.merge(viewer_of(carol), gone, into=kept)

    assert _chain(kept) == ["kept", "top"]
    assert Event.objects.get(verb="claim.merged").before["broader"] == str(top.pk)


def test_who_saw_the_claim_before_a_merge_into_it_hears_of_it(carol: User) -> None:
    kept = _claim(carol, "kept")
    merging.merge(viewer_of(carol), _claim(carol, "gone"), into=kept)

    with pytest.raises(Stale):
        claims.edit(viewer_of(carol), kept, ClaimChanges(statement="Old."), counter=1)


def test_a_merged_claim_changes_no_more(alice: User, carol: User) -> None:
    gone = _claim(alice, "gone")
    merging.merge(viewer_of(carol), gone, into=_claim(carol, "kept"))
    gone.refresh_from_db()

    with pytest.raises(Invalid) as refusal:
        claims.edit(viewer_of(carol), gone, ClaimChanges(statement="No."), counter=gone.counter)

    assert "Kept" in refusal.value.message


def test_a_form_on_a_merged_claim_does_not_overwrite_the_other(
    carol: User, client_of: Callable[[User | None], Client]
) -> None:
    kept, gone = _claim(carol, "kept"), _claim(carol, "gone")
    merging.merge(viewer_of(carol), gone, into=kept)
    kept.refresh_from_db()
    client, sent = client_of(carol), {"name": "renamed", "status": "proposed"}

    page = client.post("/claims/gone/edit/", sent | {"counter": kept.counter})

    assert page.status_code == 422
    assert "was merged into “Kept”" in page.content.decode()
    kept.refresh_from_db()
    assert kept.name == "kept"


def test_the_form_of_a_merged_or_renamed_claim_is_that_of_the_present_one(
    carol: User, client_of: Callable[[User | None], Client]
) -> None:
    kept = _claim(carol, "kept")
    merging.merge(viewer_of(carol), _claim(carol, "gone"), into=kept)
    claims.edit(viewer_of(carol), kept, ClaimChanges(name="new"), counter=2)

    for slug in ("gone", "kept"):
        answer = client_of(carol).get(f"/claims/{slug}/edit/")
        assert (answer.status_code, answer["Location"]) == (302, "/claims/new-2/edit/")


def test_a_form_on_a_claim_renamed_meanwhile_can_be_saved_again(
    carol: User, client_of: Callable[[User | None], Client]
) -> None:
    claim = _claim(carol, "old")
    claims.edit(viewer_of(carol), claim, ClaimChanges(name="young"), counter=1)
    client, sent = client_of(carol), {"name": "younger", "status": "proposed"}

    assert client.post("/claims/old/edit/", sent | {"counter": 1}).status_code == 412
    assert client.post("/claims/old/edit/", sent | {"counter": 2}).status_code == 303
    claim.refresh_from_db()
    assert claim.name == "younger"


def test_a_merge_tells_nobody_of_private_highlights(alice: User, carol: User) -> None:
    public = make_highlight(alice, make_article(), claim="kept")
    private = make_highlight(
        alice, make_article(), claim="kept", stance="disputes", audience="private"
    )
    for highlight in (public, private):
        make_tag(alice, highlight, "gone", stance="context", speaker="Ann Coffey")
    before = Event.objects.order_by("-id").values_list("id", flat=True)[0]
    kept, gone = Claim.objects.get(name="kept"), Claim.objects.get(name="gone")

    merging.merge(viewer_of(carol), gone, into=kept)

    told = Event.objects.filter(id__gt=before)
    merged = told.get(verb="claim.merged")
    assert str(private.pk) not in str(merged.after)
    assert (merged.after["doubled"], merged.after["moved"]) == (1, [])
    seen = recent_events(viewer_of(carol)).filter(id__gt=before)
    assert {event.subject_id for event in seen} == {gone.pk, public.pk}
    lost = told.get(subject_id=private.pk)
    assert (lost.audience, lost.actor) == ("private", None)
    assert (lost.before["claim"], lost.before["speaker"]) == ("gone", "Ann Coffey")


def test_only_who_may_changes_a_claim(alice: User, bob: User, carol: User) -> None:
    claim = _claim(alice, "a claim")

    with pytest.raises(NotAllowed):
        claims.edit(viewer_of(bob), claim, ClaimChanges(statement="Mine."), counter=1)


def test_a_name_taken_at_the_same_moment_is_refused_with_a_sentence(
    carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second = _claim(carol, "first"), _claim(carol, "second")
    # Whoever commits in between was not there when the name was looked for.
    monkeypatch.setattr(ClaimManager, "find", lambda _manager, _label: None)

    with pytest.raises(Invalid) as refusal:
        claims.edit(viewer_of(carol), first, ClaimChanges(name="Second"), counter=1)

    assert set(refusal.value.fields) == {"name"}
    first.refresh_from_db()
    assert first.name == "first"
