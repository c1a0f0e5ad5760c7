"""Saying what claims do to each other, and taking that back."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.consistency import NARROWER, Said
from annotations.errors import NotFound
from annotations.models import Claim, ClaimRelation
from annotations.queries.claim_events import is_undone
from annotations.queries.merging import said_in_order
from annotations.services import claims
from annotations.services.claim_guards import (
    audience_of_all,
    curator_id,
    found,
    lock_all,
    present,
    refuse_clash,
    standing,
)
from annotations.services.claims import ClaimChanges
from annotations.services.guards import checked_choice
from corpus.errors import Invalid
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.services.events import record

BROADER = "broader"
REMOVED = "claim.unrelated"
RESTORED = "claim.relation_restored"
PLACE_RESTORED = "claim.place_restored"
KINDS = [*ClaimRelation.Kind.values, NARROWER, BROADER]


def relate(viewer: Viewer, claim: Claim, kind: str, label: str) -> Claim:
    """Say that `claim` does `kind`, one of KINDS, to the claim called `label`; return that one.

    The same once more changes nothing. Raises Invalid when there is no such claim, and when
    it cannot hold beside what is said already; NotAllowed.
    """
    with transaction.atomic():
        actor = curator_id(viewer)
        checked_choice(kind, KINDS, "kind")
        lock_all()
        here, other = standing(claim), standing(found(viewer, label, "other"))
        if kind in {NARROWER, BROADER}:
            below, above = (here, other) if kind == NARROWER else (other, here)
            _place(viewer, below, above)
            return other
        said = said_in_order(here.pk, kind, other.pk)
        ends = {"from_claim_id": said.first, "to_claim_id": said.second}
        if ClaimRelation.objects.filter(kind=kind, **ends).exists():
            return other
        refuse_clash(said, "other")
        row = ClaimRelation.objects.create(kind=kind, created_by_id=actor, **ends)
        record(
            actor,
            "claim.related",
            here,
            audience=audience_of_all(here, other),
            after={"relation": str(row.pk), "kind": kind, **_named(here, other)},
        )
        return other


def unrelate(viewer: Viewer, claim: Claim, relation: ClaimRelation) -> None:
    """Take away what `claim` is said to do to another, or the other to it.

    Raises NotFound when that is taken away already; NotAllowed.
    """
    with transaction.atomic():
        actor = curator_id(viewer)
        lock_all()
        rows = ClaimRelation.objects.select_related("from_claim", "to_claim")
        stored = rows.filter(pk=relation.pk).first()
        if stored is None:
            raise NotFound
        here = stored.to_claim if stored.to_claim_id == claim.pk else stored.from_claim
        other = stored.from_claim if here == stored.to_claim else stored.to_claim
        told = {"kind": stored.kind, "is_from_here": here == stored.from_claim}
        stored.delete()
        record(
            actor,
            REMOVED,
            here,
            audience=audience_of_all(here, other),
            before=told | _named(here, other),
            after={"other": str(other.pk)},
        )


def undo(viewer: Viewer, told: Event) -> Claim:
    """Say again what `unrelate`, of which `told` tells, took away; return the claim it was on.

    Claims that were merged since count as those they went into. Raises Invalid when it was
    taken back or said again already, and when it cannot hold any more; NotAllowed.
    """
    with transaction.atomic():
        actor = curator_id(viewer)
        lock_all()
        here, other = present(told.subject_id), present(UUID(told.after["other"]))
        kind, is_from_here = told.before["kind"], told.before["is_from_here"]
        first, second = (here, other) if is_from_here else (other, here)
        said = said_in_order(first.pk, kind, second.pk)
        ends = {"from_claim_id": said.first, "to_claim_id": said.second}
        rows = ClaimRelation.objects.filter(kind=kind, **ends)
        if is_undone(told, RESTORED) or rows.exists():
            raise Invalid(_("This was taken back already."))
        refuse_clash(said, "other")
        row = ClaimRelation.objects.create(kind=kind, created_by_id=actor, **ends)
        after = {"of": told.pk, "relation": str(row.pk), "kind": kind, "is_from_here": is_from_here}
        audience = audience_of_all(here, other)
        record(actor, RESTORED, here, audience=audience, after=after | _named(here, other))
        return here


def undo_unplacing(viewer: Viewer, told: Event) -> Claim:
    """Put a claim below the one that `told`, an edit, took it away from; return it.

    Claims that were merged since count as those they went into. Raises Invalid when it stands
    there again or below another one, and when that cannot hold any more; NotAllowed.
    """
    with transaction.atomic():
        actor = curator_id(viewer)
        lock_all()
        below, above = present(told.subject_id), present(UUID(told.before["broader"]))
        if is_undone(told, PLACE_RESTORED) or below.broader_id == above.pk:
            raise Invalid(_("This was taken back already."))
        _check_place(below, above)
        below.broader = above
        below.counter += 1
        below.save()
        after = {"of": told.pk, "broader": str(above.pk)}
        audience = audience_of_all(below, above)
        record(actor, PLACE_RESTORED, below, audience=audience, after=after)
        return below


def _place(viewer: Viewer, below: Claim, above: Claim) -> None:
    """Give `below` its place in the codebook; raises Invalid when it has another one."""
    if below.broader_id == above.pk:
        return
    _check_place(below, above)
    claims.edit(viewer, below, ClaimChanges(broader=above), counter=below.counter)


def _check_place(below: Claim, above: Claim) -> None:
    if below.broader is not None:
        sentence = _("“%(name)s” stands below “%(above)s” already. Take that away first.")
        sentence %= {"name": below.label, "above": below.broader.label}
        raise Invalid(sentence, other=sentence)
    refuse_clash(Said(below.pk, NARROWER, above.pk), "other")


def _named(here: Claim, other: Claim) -> dict[str, str]:
    return {"other": str(other.pk), "other_name": other.name, "name": here.name}
