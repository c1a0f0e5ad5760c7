"""Merging one claim into another, and taking that back."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.consistency import Said
from annotations.errors import NotFound
from annotations.models import Claim, ClaimOccurrence, ClaimRelation, Follow
from annotations.queries.claim_events import last_event, told_by_press
from annotations.queries.known_claims import is_name_private
from annotations.services.claim_guards import (
    audience_of_all,
    chain_above,
    curator_id,
    is_possible,
    lock_all,
    locked_claim,
    merged_already,
)
from annotations.services.joining import join
from annotations.services.quiet_claims import open_up, take_in
from annotations.services.tag_ends import locked_keys
from annotations.services.tag_moves import put_back
from corpus.errors import Invalid
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.services.events import record

MERGED = "claim.merged"
UNDONE = "claim.merge_undone"


def merge(viewer: Viewer, claim: Claim, *, into: Claim, is_open_about_name: bool = False) -> Claim:
    """Put `claim` into another: its passages move, its names become aliases; return the other.

    Names that only others know who tagged them in private become none, unless the curator
    asks for it by `is_open_about_name`: an alias shows to everybody. Who types one still
    finds the other claim.

    A highlight that carries both keeps the other's stance, and an Event of its own keeps
    the one that goes. The merged row stays, so that its address redirects, and `undo` brings
    it back. Raises Invalid when the two are one, and when one of them was merged already.
    """
    with transaction.atomic():
        actor = curator_id(viewer)
        lock_all()
        kept, gone = _locked_pair(into, claim)
        known_before = audience_of_all(gone)
        if not gone.is_quiet:
            kept = open_up(kept)
        is_secret = kept.is_quiet or (is_name_private(viewer, gone) and not is_open_about_name)
        before, after = join(gone, kept, is_secret=is_secret)
        audience = _narrower(known_before, audience_of_all(kept))
        record(actor, MERGED, gone, audience=audience, before=before, after=after)
        take_in(kept)
        return kept


def undo(viewer: Viewer, merge: Event) -> Claim:
    """Take the Event's merge back; return the claim that stands again.

    What was moved by it and has not been moved on since goes back, also what ended. Raises
    Invalid when the claim stands already, when the other was merged on, and when another
    claim has its name by now.
    """
    with transaction.atomic():
        actor = curator_id(viewer)
        lock_all()
        gone = locked_claim(Claim(pk=merge.subject_id))
        kept = _still_merged(gone, merge)
        gone.merged_into = None
        _take_names_back(gone, kept, merge)
        _hang_back(gone, kept, merge)
        _move_back(gone, kept, merge)
        _drop_followers(gone, kept)
        for row in (gone, kept):
            row.counter += 1
            row.save()
        told = {"name": gone.name, "of": merge.pk, "from": str(kept.pk), "from_name": kept.name}
        record(actor, UNDONE, gone, audience=merge.audience, after=told)
        return gone


def _locked_pair(into: Claim, claim: Claim) -> tuple[Claim, Claim]:
    """Return the claim that stays and the one that goes, both locked in one order."""
    rows = Claim.objects.select_for_update().order_by("pk").filter(pk__in=[into.pk, claim.pk])
    found = {row.pk: row for row in rows}
    if claim.pk == into.pk:
        raise Invalid(_("A claim cannot be merged into itself. Choose another one."))
    if len(found) < 2:  # noqa: PLR2004 - the two claims
        raise NotFound
    kept, gone = found[into.pk], found[claim.pk]
    for row in (gone, kept):
        if row.merged_into_id is not None:
            raise merged_already(row)
    return kept, gone


def _hang_back(gone: Claim, kept: Claim, merge: Event) -> None:
    before, after = merge.before, merge.after
    if _key(kept.broader_id) != before.get("other_broader"):
        _hang(kept, before.get("other_broader"))
    _hang(gone, before.get("broader"))
    gone.save()
    kept.save()
    below = Claim.objects.filter(pk__in=after.get("below", []), broader=kept)
    freed = Claim.objects.filter(pk__in=after.get("freed", []), broader=None)
    for claim in [*below, *freed]:
        if claim.merged_into_id is None and claim.pk not in chain_above(gone):
            Claim.objects.filter(pk=claim.pk).update(broader=gone)
    for told in before.get("relations", []):
        _relate_again(told, was_carried=told["id"] in after.get("carried", []))


def _hang(claim: Claim, broader: str | None) -> None:
    """Put `claim` below the one with the key `broader`, unless that is gone or makes a circle."""
    above = Claim.objects.filter(pk=broader, merged_into=None).first() if broader else None
    fits = above is None or claim.pk not in chain_above(above)
    claim.broader = above if fits else None


def _relate_again(told: dict[str, Any], *, was_carried: bool) -> None:
    """Store a relation as it was; one that was carried over and taken away since stays away."""
    row = ClaimRelation.objects.filter(pk=told["id"]).first()
    ends = [UUID(told["from"]), UUID(told["to"])]
    stand = Claim.objects.filter(pk__in=ends, merged_into=None).count()
    if (was_carried and row is None) or stand < len(ends):
        return
    if is_possible(Said(ends[0], told["kind"], ends[1]), without=row):
        values = {"from_claim_id": ends[0], "to_claim_id": ends[1], "kind": told["kind"]}
        values["created_by_id"] = told["by"]
        ClaimRelation.objects.update_or_create(pk=told["id"], defaults=values)


def _move_back(gone: Claim, kept: Claim, merge: Event) -> None:
    """Give `gone` what moved and carries `kept` still, and what ended."""
    rows = ClaimOccurrence.objects.filter(pk__in=merge.after.get("moved", []), tag=kept)
    rows.filter(pk__in=locked_keys(rows)).update(tag=gone)
    for told in told_by_press(merge):
        put_back(None, gone, told)


def _take_names_back(gone: Claim, kept: Claim, merge: Event) -> None:
    after = merge.after
    if after.get("alias"):
        kept.aliases.filter(pk=after["alias"]).delete()
    kept.aliases.filter(pk__in=after.get("aliases", [])).update(claim=gone)
    kept.merged.filter(pk__in=after.get("merged", [])).update(merged_into=gone)


def _drop_followers(gone: Claim, kept: Claim) -> None:
    """Let who followed `kept` by the merge alone, which one moment tells, follow it no more."""
    since = dict(Follow.objects.filter(claim=gone).values_list("reader_id", "created_at"))
    rows = Follow.objects.filter(claim=kept, reader__in=since)
    by_merge = [row.pk for row in rows if row.created_at == since[row.reader_id]]
    Follow.objects.filter(pk__in=by_merge).delete()


def _still_merged(gone: Claim, merge: Event) -> Claim:
    """Return the claim that `merge` put `gone` into; raises Invalid when it cannot be undone."""
    if gone.merged_into is None:
        raise Invalid(_("“%(name)s” stands by itself again already.") % {"name": gone.label})
    if last_event(gone, MERGED) != merge or str(gone.merged_into_id) != merge.after["into"]:
        sentence = _("It was merged on into “%(name)s” since. Undo that merge first.")
        raise Invalid(sentence % {"name": gone.merged_into.label})
    holder = Claim.objects.find(gone.name)
    if gone.name != merge.before["name"] or holder not in {None, gone.merged_into}:
        sentence = _("Another claim has taken the name “%(name)s” since. Rename that one first.")
        raise Invalid(sentence % {"name": merge.before["name"]})
    return locked_claim(gone.merged_into)


def _narrower(*audiences: str) -> str:
    """Return who may hear of both claims: the merge names the one that goes."""
    staff, everyone = Event.Audience.STAFF, Event.Audience.PUBLIC
    return staff if staff in audiences else everyone


def _key(pk: UUID | None) -> str | None:
    return str(pk) if pk else None
