"""The history of a claim in words, and which of its steps can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from annotations.access import visible_claims
from annotations.models import Claim
from annotations.permissions import can_curate_claims
from annotations.queries.claim_events import claim_event_or_none, claim_events, claim_ids
from annotations.queries.claim_words import Change, changes, sentence
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.queries.sealing import seal, unseal

EDITED = "claim.edited"
# What tells words that are shown no more.
KEPT_BACK = ("claim.kept_back", "claim.absorbed")
MERGED, MERGE_UNDONE = "claim.merged", "claim.merge_undone"
MOVES, MOVE_UNDONE = ("claim.split", "claim.passages_moved"), "claim.move_undone"
# What curators took away from a claim, and what tells that they brought it back.
REMOVALS = {
    "claim.unrelated": "claim.relation_restored",
    "claim.alias_removed": "claim.alias_restored",
}
# A claim that is taken from below a broader one is edited.
_UNDONE_BY = {
    MERGED: MERGE_UNDONE,
    EDITED: "claim.place_restored",
    **dict.fromkeys(MOVES, MOVE_UNDONE),
    **REMOVALS,
}

# As many steps are read at once; what was undone among older ones shows there.
MOST = 500


@dataclass(frozen=True)
class Step:
    """What was done to a claim, when and by whom; `who` is "" where nobody did it.

    `can_undo` says whether the reader may take it back and nobody did yet, by the sealed `key`.
    """

    key: str
    at: datetime
    who: str
    sentence: str
    changes: list[Change]
    can_undo: bool
    is_undone: bool
    is_edit: bool


def claim_history(viewer: Viewer, claim: Claim) -> list[Step]:
    """Return the steps of `claim` that `viewer` may know of, newest first, at most MOST."""
    events = list(claim_events(viewer, claim)[:MOST])
    taken_back = {event.after.get("of") for event in events if event.verb in _UNDONE_BY.values()}
    names = _names(viewer, {key for event in events for key in claim_ids(event)})
    steps = [_step(viewer, event, names, taken_back) for event in events]
    # An edit of which nothing may be told is none for this reader.
    return [step for step in steps if step.changes or not step.is_edit]


def step_just_done(viewer: Viewer, claim: Claim, key: str) -> Step | None:
    """Return the step on or towards `claim` with this key, if it can be taken back, else None."""
    number = unseal(key)
    steps = claim_history(viewer, claim) if number else ()
    return next((step for step in steps if unseal(step.key) == number and step.can_undo), None)


def undoable_event(viewer: Viewer, key: str) -> Event | None:
    """Return the Event of a merge, a move or a removal that `viewer` may take back, or None."""
    number = unseal(key)
    event = claim_event_or_none(viewer, int(number)) if number else None
    return event if event is not None and _may_undo(viewer, event) else None


def claim_left_by(viewer: Viewer, event: Event) -> Claim | None:
    """Return the claim that the split `event` made, if it is there and `viewer` may know it."""
    if event.verb != "claim.split":
        return None
    found: Claim | None = visible_claims(viewer).filter(pk=event.after["to"]).first()
    return found


def _step(
    viewer: Viewer, event: Event, names: Mapping[UUID, str], taken_back: set[int | None]
) -> Step:
    is_undone = event.pk in taken_back
    return Step(
        key=seal(str(event.pk)),
        at=event.at,
        who=event.actor.profile.display_name if event.actor else "",
        sentence=sentence(event, names),
        changes=changes(event, names) if event.verb in {EDITED, *KEPT_BACK} else [],
        can_undo=not is_undone and _may_undo(viewer, event),
        is_undone=is_undone,
        is_edit=event.verb == EDITED,
    )


def _may_undo(viewer: Viewer, event: Event) -> bool:
    if event.verb == MERGED or event.verb in REMOVALS or _is_unplacing(event):
        return can_curate_claims(viewer)
    is_own = viewer.user_id is not None and event.actor_id == viewer.user_id
    return event.verb in MOVES and (is_own or can_curate_claims(viewer))


def _is_unplacing(event: Event) -> bool:
    """Say whether all that the Event tells of is that a claim stands below no other any more."""
    if event.verb != EDITED or event.before.keys() != {"broader"}:
        return False
    return event.before["broader"] is not None and event.after["broader"] is None


def _names(viewer: Viewer, keys: set[UUID]) -> dict[UUID, str]:
    """Return what those of the claims are called that `viewer` may know, merged ones too."""
    known = visible_claims(viewer).order_by().values("pk")
    found = Claim.objects.filter(Q(pk__in=known) | Q(merged_into__in=known), pk__in=keys)
    return {claim.pk: claim.label for claim in found}
