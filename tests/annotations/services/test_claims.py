"""Naming, describing and merging claims."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.access import claim_by_former_slug
from annotations.models import Claim
from annotations.models.claim import least_used_slot
from annotations.models.naming import RESERVED_SLUGS, folded_label
from annotations.services import claims, merging
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, SignInNeeded, Stale
from corpus.models import Event, Group
from corpus.permissions import Viewer
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")


def _claim(user: User, label: str) -> Claim:
    return claims.get_or_create(viewer_of(user), label)


def test_a_label_is_one_claim_however_it_is_written(alice: User, bob: User) -> None:
    first = _claim(alice, "MPs’ loyalty – a test")

    for label in ("mps' loyalty - A TEST", "  MPs’  loyalty — a test ", "ＭＰs' loyalty - a test"):
        assert _claim(bob, label) == first

    assert first.name == "MPs’ loyalty – a test"
    assert first.created_by == alice
    assert Event.objects.filter(verb="claim.created", subject_id=first.pk).count() == 1


@pytest.mark.parametrize("label", ["pra\u200byer", "\u202eprayer", "pra\u200dyer", "Prayer\u2069"])
def test_marks_that_nobody_sees_make_no_second_claim(alice: User, label: str) -> None:
    first = _claim(alice, "prayer")

    assert _claim(alice, label) == first


def test_a_name_cannot_be_turned_round(alice: User) -> None:
    assert _claim(alice, "\u202eloyalty\u202c of MPs").name == "loyalty of MPs"


def test_a_name_is_kept_as_written_and_shown_with_its_first_letter_raised(alice: User) -> None:
    assert _claim(alice, "éire first").label == "Éire first"
    assert _claim(alice, "iPhone tax").name == "iPhone tax"


@pytest.mark.parametrize("label", ["", "   ", "?!", "—", "\u200b", "a\0b", "a\x07b", "x" * 101])
def test_a_label_that_names_nothing_is_refused_with_a_sentence(alice: User, label: str) -> None:
    with pytest.raises(Invalid) as refusal:
        _claim(alice, label)

    assert refusal.value.fields["claim"].endswith(".")


def test_a_label_that_unfolds_too_far_is_refused_on_both_databases(alice: User) -> None:
    with pytest.raises(Invalid):
        _claim(alice, "ﷺ" * 100)


@pytest.mark.parametrize("label", ["2017", "🌹", "x" * 100, "منع", '"><script>alert(1)</script>'])
def test_labels_of_letters_numbers_and_pictographs_are_taken(alice: User, label: str) -> None:
    assert _claim(alice, label).name == label


def test_slugs_are_never_empty_never_reserved_and_never_twice(alice: User) -> None:
    labels = ["new", "complete", "matrix", "claim", "منع", "🌹", "a b", "a-b", "A. B."]

    slugs = [_claim(alice, label).slug for label in labels]

    assert len(set(slugs)) == len(slugs)
    assert all(slugs)
    assert not RESERVED_SLUGS & set(slugs)


def test_colours_are_given_in_turn(db: None, alice: User) -> None:
    slots = [_claim(alice, f"claim {number}").slot for number in range(8)]

    assert len(set(slots)) >= 6  # two colours went to the noise


def test_no_colour_tells_of_claims_that_others_made_for_few(
    alice: User, bob: User, group: Group
) -> None:
    article = make_article()
    expected = least_used_slot(bob.pk)
    for number, audience in enumerate(("private", "private", "groups")):
        keys = frozenset({group.pk} if audience == "groups" else ())
        claim = f"kept {number}"
        make_highlight(alice, article, claim=claim, audience=audience, group_ids=keys)
    kept = Claim.objects.filter(name__startswith="kept")
    assert len({one.slot for one in kept}) == 3
    assert least_used_slot(bob.pk) == expected != least_used_slot(alice.pk)


def test_nobody_makes_no_claim(db: None) -> None:
    with pytest.raises(SignInNeeded):
        claims.get_or_create(Viewer(), "a claim")


def test_who_proposed_it_mends_its_words_until_it_is_reviewed(
    alice: User, bob: User, carol: User
) -> None:
    claim = _claim(alice, "a claim")
    words = ClaimChanges(statement="All of it.", definition="Use it for all.")

    saved = claims.edit(viewer_of(alice), claim, words, counter=1)
    assert (saved.statement, saved.counter) == ("All of it.", 2)
    for user, changes in ((bob, words), (alice, ClaimChanges(name="another"))):
        with pytest.raises(NotAllowed):
            claims.edit(viewer_of(user), claim, changes, counter=2)
    claims.edit(viewer_of(carol), claim, ClaimChanges(status="reviewed"), counter=2)
    with pytest.raises(NotAllowed):
        claims.edit(viewer_of(alice), claim, ClaimChanges(statement="No."), counter=3)


def test_a_stale_edit_is_refused_with_what_is_stored(carol: User) -> None:
    claim = _claim(carol, "a claim")
    claims.edit(viewer_of(carol), claim, ClaimChanges(statement="First."), counter=1)

    with pytest.raises(Stale) as refusal:
        claims.edit(viewer_of(carol), claim, ClaimChanges(statement="Second."), counter=1)

    assert refusal.value.current["statement"] == "First."


def test_a_rename_keeps_the_old_name_and_the_old_address(alice: User, carol: User) -> None:
    claim = _claim(alice, "old name")

    saved = claims.edit(viewer_of(carol), claim, ClaimChanges(name="New name"), counter=1)

    assert (saved.name, saved.slug) == ("New name", "new-name")
    assert _claim(alice, "OLD NAME") == claim
    assert claim_by_former_slug(viewer_of(carol), "old-name") == claim
    event = Event.objects.get(verb="claim.edited")
    assert (event.before, event.after) == ({"name": "old name"}, {"name": "New name"})


def test_a_rename_back_takes_name_and_address_back(alice: User, carol: User) -> None:
    claim = _claim(alice, "old name")
    claims.edit(viewer_of(carol), claim, ClaimChanges(name="new name"), counter=1)

    saved = claims.edit(viewer_of(carol), claim, ClaimChanges(name="old name"), counter=2)

    assert (saved.name, saved.slug) == ("old name", "old-name")
    assert list(saved.aliases.values_list("name", flat=True)) == ["new name"]
    assert claim_by_former_slug(viewer_of(carol), "new-name") == claim


def test_a_name_in_other_letters_is_the_same_name(alice: User, carol: User) -> None:
    claim = _claim(alice, "momentum")

    saved = claims.edit(viewer_of(carol), claim, ClaimChanges(name="Momentum"), counter=1)

    assert (saved.name, saved.slug) == ("Momentum", "momentum")
    assert not saved.aliases.exists()


def test_a_former_address_is_never_given_to_another_claim(alice: User, carol: User) -> None:
    claim = _claim(alice, "old name")
    claims.edit(viewer_of(carol), claim, ClaimChanges(name="new name"), counter=1)
    claim.aliases.all().delete()

    assert _claim(alice, "old name").slug == "old-name-2"


def test_a_name_that_another_claim_has_is_refused(alice: User, carol: User) -> None:
    claim, _other = _claim(alice, "one"), _claim(alice, "two")

    with pytest.raises(Invalid) as refusal:
        claims.edit(viewer_of(carol), claim, ClaimChanges(name="TWO"), counter=1)

    assert "Merge" in refusal.value.message


@pytest.mark.parametrize(
    "changes",
    [
        ClaimChanges(name="?"),
        ClaimChanges(statement="x" * 1_001),
        ClaimChanges(definition="\0"),
        ClaimChanges(status="great"),
        ClaimChanges(outcome="maybe"),
        ClaimChanges(slot=9),
    ],
)
def test_values_that_cannot_be_are_refused(carol: User, changes: ClaimChanges) -> None:
    with pytest.raises(Invalid):
        claims.edit(viewer_of(carol), _claim(carol, "a claim"), changes, counter=1)


def test_a_claim_is_not_broader_than_itself_round_any_corner(carol: User) -> None:
    first, second = _claim(carol, "first"), _claim(carol, "second")
    claims.edit(viewer_of(carol), first, ClaimChanges(broader=second), counter=1)

    with pytest.raises(Invalid):
        claims.edit(viewer_of(carol), second, ClaimChanges(broader=first), counter=1)


def test_a_merge_moves_passages_keeps_names_and_redirects(
    alice: User, bob: User, carol: User
) -> None:
    both = make_highlight(alice, make_article(), claim="kept", stance="supports")
    make_tag(alice, both, "gone", stance="disputes")
    only = make_highlight(bob, make_article(), claim="gone", stance="context")
    kept, gone = Claim.objects.get(name="kept"), Claim.objects.get(name="gone")

    assert merging.merge(viewer_of(carol), gone, into=kept) == kept

    assert list(only.occurrences.values_list("tag", "stance")) == [(kept.pk, "context")]
    assert list(both.occurrences.values_list("tag", "stance")) == [(kept.pk, "supports")]
    assert _claim(bob, "Gone") == kept
    assert claim_by_former_slug(viewer_of(carol), "gone") == kept
    event = Event.objects.get(verb="claim.merged")
    assert event.after["doubled"] == 1
    assert len(event.after["moved"]) == 1


def test_a_merge_into_itself_or_of_what_was_merged_is_refused(carol: User) -> None:
    first, second, third = (_claim(carol, label) for label in ("first", "second", "third"))
    viewer = viewer_of(carol)
    merging.merge(viewer, first, into=second)

    for claim, into in ((third, third), (first, third), (second, first), (first, second)):
        with pytest.raises(Invalid):
            merging.merge(viewer, claim, into=into)


def test_a_chain_of_merges_leads_to_its_end(carol: User) -> None:
    first, second, third = (_claim(carol, label) for label in ("first", "second", "third"))
    viewer = viewer_of(carol)
    merging.merge(viewer, first, into=second)
    merging.merge(viewer, second, into=third)

    assert claims.find("FIRST") == claims.find("second") == third
    assert claim_by_former_slug(viewer, "first") == third
    assert set(third.aliases.values_list("name", flat=True)) == {"first", "second"}


def test_the_claim_that_stays_can_take_the_name_of_the_one_that_went(carol: User) -> None:
    first, second = _claim(carol, "first"), _claim(carol, "second")
    viewer = viewer_of(carol)
    merging.merge(viewer, first, into=second)

    saved = claims.edit(viewer, second, ClaimChanges(name="first"), counter=2)

    assert saved.name == "first"
    assert claims.find("second") == claims.find("first") == second


def test_readers_do_not_merge(alice: User) -> None:
    with pytest.raises(NotAllowed):
        merging.merge(viewer_of(alice), _claim(alice, "first"), into=_claim(alice, "second"))


def test_the_database_itself_refuses_two_claims_of_one_label(alice: User) -> None:
    _claim(alice, "one label")

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(name="One  Label")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(label=st.text(max_size=110))
def test_any_label_is_one_claim_found_again_or_refused(alice: User, label: str) -> None:
    try:
        claim = _claim(alice, label)
    except Invalid:
        return
    assert claims.find(label) == claim
    assert claims.find(claim.name.upper()) in (claim, None)
    assert claim.folded == folded_label(label)
    assert claim.slug
