"""Naming, describing and merging claims."""

from dataclasses import dataclass, fields
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import Audience, Claim, ClaimAlias, ClaimOccurrence, Moderation
from annotations.models.naming import clean_label
from annotations.permissions import can_curate_claims, can_describe_claim
from annotations.services.guards import check_counter, checked_choice, clean_note, writer_id
from annotations.services.renaming import rename
from annotations.services.telling import describe, tell
from corpus.errors import Invalid, NotAllowed
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.services.events import record

MAX_STATEMENT = 1_000
MAX_DEFINITION = 5_000


@dataclass(frozen=True)
class ClaimChanges:
    """New values of a claim; None leaves the value as it is, "" takes the broader claim away."""

    name: str | None = None
    statement: str | None = None
    definition: str | None = None
    status: str | None = None
    outcome: str | None = None
    slot: int | None = None
    broader: Claim | Literal[""] | None = None

    def given(self) -> dict[str, Any]:
        """Return the values that are to be changed, by their field's name."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def get_or_create(viewer: Viewer, label: str, *, is_sample: bool = False) -> Claim:
    """Return the claim with this label, in any case or by an alias, made when it is new.

    Raises Invalid when the label cannot be one; it is a short text with a letter or number.
    """
    with transaction.atomic():
        return named(writer_id(viewer), label, is_sample=is_sample)


def find(label: str) -> Claim | None:
    """Return the claim with this name or alias, merges followed, or None."""
    return Claim.objects.find(label)


def named(
    actor_id: int, label: str, *, audience: str = Audience.PUBLIC, is_sample: bool = False
) -> Claim:
    """Return the claim with this label as a part of a larger write, made when it is new.

    `audience` is who may know of the making. Raises Invalid as `get_or_create` does.
    """
    made_by = {"created_by_id": actor_id, "is_sample": is_sample}
    try:
        claim, is_new = Claim.objects.find_or_make(label, **made_by)
    except ValidationError as error:
        sentence = str(error.message)
        raise Invalid(sentence, claim=sentence) from error
    if is_new:
        record(actor_id, "claim.created", claim, audience=audience, after={"name": claim.name})
    return claim


def edit(viewer: Viewer, claim: Claim, changes: ClaimChanges, *, counter: int) -> Claim:
    """Change what a claim is called and says; return it as stored.

    A new name keeps the old one as an alias and the old address as a redirect. Curators
    change all; who proposed a claim may mend its statement and definition until it is
    reviewed. Raises NotAllowed, Stale, and Invalid, also for a claim that was merged.
    """
    try:
        with transaction.atomic():
            return _edit(viewer, claim, changes, counter)
    except IntegrityError as error:
        if changes.name is None:
            raise
        sentence = _("Another claim took this name or its address just now. Save again.")
        raise Invalid(sentence, name=sentence) from error


def merge(viewer: Viewer, claim: Claim, *, into: Claim) -> Claim:
    """Put `claim` into another: its passages move, its names become aliases; return the other.

    A highlight that carries both keeps the other's stance, and an Event of its own keeps
    the one that goes. The merged row stays, so that its address redirects. Raises Invalid
    when the two are one.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        if not can_curate_claims(viewer):
            raise NotAllowed
        _lock_all()
        kept, gone = _locked_pair(into, claim)
        _take_out(gone, kept)
        told = _move_occurrences(gone, kept)
        gone.aliases.update(claim=kept)
        ClaimAlias.objects.get_or_create(
            folded=gone.folded, defaults={"claim": kept, "name": gone.name}
        )
        gone.merged.update(merged_into=kept)
        before = {"name": gone.name, "slug": gone.slug, "broader": _as_json(gone.broader)}
        gone.merged_into = kept
        gone.broader = None
        for row in (kept, gone):
            row.counter += 1
            row.save()
        record(
            actor,
            "claim.merged",
            gone,
            audience=_audience(kept),
            before=before,
            after={"into": str(kept.pk), "into_name": kept.name, **told},
        )
        return kept


def _edit(viewer: Viewer, claim: Claim, changes: ClaimChanges, counter: int) -> Claim:
    actor = writer_id(viewer)
    if changes.broader:
        _lock_all()
    stored = _locked(claim)
    if stored.merged_into is not None:
        raise Invalid(
            _("This claim was merged into “%(name)s”. Change that one instead.")
            % {"name": stored.merged_into.label}
        )
    given = _checked(changes.given(), stored)
    if not _is_allowed(viewer, stored, given):
        raise NotAllowed
    check_counter(stored.counter, counter, _state(stored))
    before = {name: getattr(stored, name) for name in given if getattr(stored, name) != given[name]}
    if not before:
        return stored
    if "name" in before:
        rename(stored, given["name"])
    for name in before.keys() - {"name"}:
        setattr(stored, name, given[name])
    stored.counter += 1
    stored.save()
    record(
        actor,
        "claim.edited",
        stored,
        audience=_audience(stored),
        before={name: _as_json(value) for name, value in before.items()},
        after={name: _as_json(given[name]) for name in before},
    )
    return stored


def _lock_all() -> None:
    """Let nobody else change which claim is broader until the transaction ends.

    A circle is made by two writers who each change one claim that the other only looks at.
    """
    list(Claim.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _locked(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update()
    found: Claim | None = rows.filter(pk=claim.pk).first()
    if found is None:
        raise NotFound
    return found


def _locked_pair(into: Claim, claim: Claim) -> tuple[Claim, Claim]:
    """Return the claim that stays and the one that goes, both locked in one order."""
    rows = Claim.objects.select_for_update().order_by("pk").filter(pk__in=[into.pk, claim.pk])
    found = {row.pk: row for row in rows}
    if claim.pk == into.pk:
        raise Invalid(_("A claim cannot be merged into itself. Choose another one."))
    if len(found) < 2:  # noqa: PLR2004 - the two claims
        raise NotFound
    kept, gone = found[into.pk], found[claim.pk]
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise Invalid(_("One of the two was merged already. Reload to see into which claim."))
    return kept, gone


def _take_out(gone: Claim, kept: Claim) -> None:
    """Hang what is narrower than `gone` below `kept`, without a circle."""
    if gone.pk in _with_broader(kept):
        kept.broader = gone.broader
    gone.narrower.exclude(pk=kept.pk).update(broader=kept)


def _move_occurrences(gone: Claim, kept: Claim) -> dict[str, Any]:
    """Move the passages; return the ids of those that moved, and how many highlights had both.

    More would tell everyone of highlights that are private: what goes there is told apart,
    to those who see the highlight.
    """
    both = gone.occurrences.filter(content_object__in=kept.occurrences.values("content_object"))
    doubled = list(both.select_related("tag", "speaker", "content_object__article"))
    for row in doubled:
        # In nobody's name: a curator must not get to read private ones by merging.
        tell(None, "annotation.untagged", row.content_object, before=describe(row))
    ClaimOccurrence.objects.filter(pk__in=[row.pk for row in doubled]).delete()
    moved = [str(pk) for pk in gone.occurrences.values_list("pk", flat=True)]
    gone.occurrences.update(tag=kept)
    return {"moved": moved, "doubled": len(doubled)}


def _checked(given: dict[str, Any], claim: Claim) -> dict[str, Any]:
    """Return the values as they are stored; raises Invalid for those that cannot be."""
    if "name" in given:
        try:
            given["name"] = clean_label(given["name"])
        except ValidationError as error:
            sentence = str(error.message)
            raise Invalid(sentence, name=sentence) from error
    for field, limit in (("statement", MAX_STATEMENT), ("definition", MAX_DEFINITION)):
        if field in given:
            given[field] = clean_note(given[field], limit=limit).strip()
    if "status" in given:
        checked_choice(given["status"], Claim.Status.values, "status")
    if "outcome" in given:
        checked_choice(given["outcome"], Claim.Outcome.values, "outcome")
    if "slot" in given and given["slot"] not in range(1, 9):
        raise Invalid(_("Choose a colour from 1 to 8."), slot=_("Choose a colour from 1 to 8."))
    if given.get("broader") == "":
        given["broader"] = None
    elif "broader" in given and claim.pk in _with_broader(given["broader"]):
        raise Invalid(
            _("A claim cannot be broader than itself."), broader=_("Choose another claim.")
        )
    return given


def _with_broader(claim: Claim) -> list[UUID]:
    """Return the ids of `claim` and of those that are broader, nearest first."""
    chain = [claim.pk]
    rows = Claim.objects.values_list("broader_id", flat=True)
    while (wider := rows.get(pk=chain[-1])) is not None and wider not in chain:
        chain.append(wider)
    return chain


def _is_allowed(viewer: Viewer, claim: Claim, given: dict[str, Any]) -> bool:
    if can_curate_claims(viewer):
        return True
    return can_describe_claim(viewer, claim) and given.keys() <= {"statement", "definition"}


def _state(claim: Claim) -> dict[str, object]:
    names = ("name", "statement", "definition", "status", "outcome")
    return {name: getattr(claim, name) for name in names}


def _as_json(value: Any) -> Any:
    return str(value.pk) if isinstance(value, Claim) else value


def _audience(claim: Claim) -> str:
    """Return who may hear of it: everyone as soon as everyone may know the claim."""
    shown = claim.occurrences.filter(
        content_object__audience=Audience.PUBLIC,
        content_object__moderation=Moderation.APPROVED,
        content_object__deleted_at__isnull=True,
    )
    is_known = claim.status != Claim.Status.PROPOSED or shown.exists()
    return Event.Audience.PUBLIC if is_known else Event.Audience.STAFF
