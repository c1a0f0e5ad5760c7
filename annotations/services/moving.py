"""Moving passages from one claim to another, which splits a claim, and taking that back."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.access import recodable_occurrences, visible_occurrences
from annotations.models import Audience, Claim, ClaimOccurrence, Moderation
from annotations.queries.claim_events import is_undone, told_by_press
from annotations.queries.known_claims import open_among
from annotations.queries.merging import doubled_in
from annotations.services import claims
from annotations.services.claim_guards import audience_of_all, lock_all, present
from annotations.services.emptied import remove_if_unused
from annotations.services.guards import writer_id
from annotations.services.tag_ends import end_tag, locked_keys
from annotations.services.tag_moves import put_back
from corpus.errors import Invalid, NotAllowed
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.services.events import record

SPLIT = "claim.split"
MOVED = "claim.passages_moved"
UNDONE = "claim.move_undone"

# As many are locked and asked for at once.
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Move:
    """What came of moving passages: to which claim, how many, and what told of it.

    `doubled` highlights carried the other claim already and keep what they say of that.
    """

    to: Claim
    moved: int
    doubled: int
    told: Event


def move(viewer: Viewer, claim: Claim, keys: Collection[UUID], label: str) -> Move:
    """Put the tags with these keys from `claim` under the one called `label`, made when new.

    Tags that left the claim meanwhile, or that the viewer may not recode, stay as they are.
    A claim that was merged meanwhile counts as the one it went into. Raises Invalid for no
    passage, too many, all that the viewer sees, or the same claim; NotAllowed, SignInNeeded.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        lock_all()
        source = present(claim.pk)
        rows = _chosen(viewer, source, keys)
        is_shared = all(_is_shared(row) for row in rows)
        is_open = _are_open(rows)
        is_new = claims.find(label, by=actor) is None
        to = claims.named(actor, label, audience=_told_to(is_shared=is_shared))
        if to == source:
            sentence = _("These passages carry this claim already. Name another one.")
            raise Invalid(sentence, claim=sentence)
        _check_some_stay(viewer, source, rows)
        press = str(uuid4())
        moved, doubled = _move(actor, rows, to, press)
        told = record(
            actor,
            SPLIT if is_new else MOVED,
            source,
            audience=_audience(source, to, is_shared=is_shared, is_open=is_open),
            before={"name": source.name},
            after={
                "to": str(to.pk),
                "to_name": to.name,
                "moved": moved,
                "doubled": doubled,
                "press": press,
            },
        )
        return Move(to, len(moved), doubled, told)


def undo(viewer: Viewer, told: Event) -> Claim:
    """Take back the move that `told` tells of; return the claim that the passages are under again.

    What has been moved on or taken away since stays. A claim that a split made goes again,
    unless it was used since. Raises Invalid when it was taken back
    already, NotAllowed for who neither did it nor looks after claims.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        if told.actor_id != actor and not viewer.is_staff:
            raise NotAllowed
        lock_all()
        if is_undone(told, UNDONE):
            raise Invalid(_("This was taken back already."))
        source = present(told.subject_id)
        to = present(UUID(told.after["to"]))
        rows = recodable_occurrences(viewer).filter(pk__in=told.after["moved"], tag=to)
        back = locked_keys(rows.exclude(content_object__in=_carrying(source)))
        ClaimOccurrence.objects.filter(pk__in=back).update(tag=source)
        for ended in told_by_press(told):
            put_back(actor, source, ended)
        after = {"of": told.pk, "from": str(to.pk), "from_name": to.name, "moved": len(back)}
        after["is_removed"] = told.verb == SPLIT and remove_if_unused(actor, to, told)
        record(actor, UNDONE, source, audience=told.audience, after=after)
        return source


def _chosen(viewer: Viewer, source: Claim, keys: Collection[UUID]) -> list[ClaimOccurrence]:
    if len(keys) > MOST_AT_ONCE:
        sentence = _("Choose at most %(most)d passages at once.") % {"most": MOST_AT_ONCE}
        raise Invalid(sentence, passages=sentence)
    rows = recodable_occurrences(viewer).filter(pk__in=keys, tag=source)
    found = list(rows.select_related("tag", "speaker", "content_object__article"))
    if not found:
        sentence = _("Choose at least one passage.")
        if keys:
            sentence = _("What you chose was moved or taken away meanwhile. Choose again.")
        raise Invalid(sentence, passages=sentence)
    return found


def _check_some_stay(viewer: Viewer, source: Claim, rows: list[ClaimOccurrence]) -> None:
    """Raise Invalid unless the viewer sees a passage that stays; more would tell of others'."""
    staying = visible_occurrences(viewer).filter(tag=source)
    if not staying.exclude(pk__in=[row.pk for row in rows]).exists():
        sentence = _(
            "That would leave no passage here. Leave one, or rename this claim or merge it "
            "into the other."
        )
        raise Invalid(sentence, passages=sentence)


def _move(actor: int, rows: list[ClaimOccurrence], to: Claim, press: str) -> tuple[list[str], int]:
    """Put `rows` under `to`; return the keys of those that moved and how many had it already."""
    keys = [row.pk for row in rows]
    doubled = set(
        doubled_in(ClaimOccurrence.objects.filter(pk__in=keys), to).values_list("pk", flat=True)
    )
    for row in rows:
        if row.pk in doubled:
            end_tag(actor, row, press=press)
    moved = locked_keys(ClaimOccurrence.objects.filter(pk__in=set(keys) - doubled))
    ClaimOccurrence.objects.filter(pk__in=moved).update(tag=to)
    return [str(pk) for pk in moved], len(doubled)


def _carrying(claim: Claim) -> Any:
    return claim.occurrences.values("content_object")


def _are_open(rows: list[ClaimOccurrence]) -> bool:
    """Say whether everybody sees all of `rows`."""
    among = ClaimOccurrence.objects.filter(pk__in=[row.pk for row in rows])
    return open_among(among).count() == len(rows)


def _is_shared(row: ClaimOccurrence) -> bool:
    marked = row.content_object
    return marked.audience == Audience.PUBLIC and marked.moderation == Moderation.APPROVED


def _told_to(*, is_shared: bool) -> str:
    return (Audience.PUBLIC if is_shared else Audience.PRIVATE).value


def _audience(source: Claim, to: Claim, *, is_shared: bool, is_open: bool) -> str:
    """Return who may hear of the move: curators alone of what stands in a group's articles."""
    if not is_shared:
        return Event.Audience.PRIVATE
    return audience_of_all(source, to) if is_open else Event.Audience.STAFF
