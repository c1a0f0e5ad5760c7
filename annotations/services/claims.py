"""Naming and describing claims."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, fields
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from annotations.access import visible_occurrences
from annotations.consistency import NARROWER, Said
from annotations.models import Audience, Claim
from annotations.models.naming import clean_label, folded_label
from annotations.permissions import can_curate_claims, can_describe_claim
from annotations.queries.quiet_words import WRITTEN, with_words_for
from annotations.services.claim_guards import audience_of, lock_all, refuse_clash, standing
from annotations.services.guards import check_counter, checked_choice, clean_note, writer_id
from annotations.services.quiet_claims import (
    address_for,
    is_for_few,
    keep_back_from,
    known_to_account,
    open_up,
    take_in,
)
from annotations.services.renaming import rename
from corpus.errors import Invalid, NotAllowed
from corpus.permissions import Viewer
from corpus.services.events import record
from corpus.services.exclusive import one_writer_of

MAX_STATEMENT = 1_000
MAX_DEFINITION = 5_000
LIMITS = {"statement": MAX_STATEMENT, "definition": MAX_DEFINITION, "examples": MAX_DEFINITION}


@dataclass(frozen=True)
class ClaimChanges:
    """New values of a claim; None leaves the value as it is, "" takes the broader claim away."""

    name: str | None = None
    statement: str | None = None
    definition: str | None = None
    examples: str | None = None
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


def find(label: str, *, by: int | None = None) -> Claim | None:
    """Return the claim with this name or alias, merges followed, or None.

    Of those that few know it is one that the account `by` does.
    """
    return Claim.objects.find(label, None if by is None else known_to_account(by))


def hold(labels: Iterable[str], *, by: int) -> None:
    """Keep those of the claims with these labels that there are from being merged away.

    That is until the transaction ends; who needs several asks for all of them first. `by` is
    the account that does.
    """
    known = (find(label, by=by) for label in labels)
    keys = [claim.pk for claim in known if claim is not None]
    rows = Claim.objects.select_for_update(no_key=True).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk"))


def named(
    actor_id: int, label: str, *, audience: str = Audience.PUBLIC, is_sample: bool = False
) -> Claim:
    """Return the claim with this label as a part of a larger write, made when it is new.

    `audience` is who may know of the making; it is the actor's own where they know of none.
    Raises Invalid as `get_or_create` does.
    """
    made_by = {
        "created_by_id": actor_id,
        "is_sample": is_sample,
        "slug": address_for(label, audience),
        "is_quiet": is_for_few(audience),
    }
    one_writer_of(folded_label(label))
    try:
        claim, is_new = Claim.objects.find_or_make(label, known_to_account(actor_id), **made_by)
    except ValidationError as error:
        sentence = str(error.message)
        raise Invalid(sentence, claim=sentence) from error
    if is_new:
        take_in(claim)
        record(actor_id, "claim.created", claim, audience=audience, after={"name": claim.name})
    return claim if is_for_few(audience) else open_up(claim)


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


def _edit(viewer: Viewer, claim: Claim, changes: ClaimChanges, counter: int) -> Claim:
    actor = writer_id(viewer)
    if changes.broader:
        lock_all()
    stored = standing(claim)
    given = _checked(changes.given(), stored)
    if not _is_allowed(viewer, stored, given):
        raise NotAllowed
    [seen] = with_words_for(viewer, visible_occurrences(viewer), [copy(stored)])
    check_counter(stored.counter, counter, _state(seen))
    before = {name: getattr(seen, name) for name in given if getattr(seen, name) != given[name]}
    if not before:
        return stored
    if before.keys() & set(WRITTEN):
        keep_back_from(viewer, stored)
    if "name" in before:
        rename(stored, given["name"])
    for name in before.keys() - {"name"}:
        setattr(stored, name, given[name])
    stored.counter += 1
    stored.save()
    if stored.status != Claim.Status.PROPOSED:
        stored = open_up(stored)
    take_in(stored)
    record(
        actor,
        "claim.edited",
        stored,
        audience=audience_of(stored),
        before={name: _as_json(value) for name, value in before.items()},
        after={name: _as_json(given[name]) for name in before},
    )
    return stored


def _checked(given: dict[str, Any], claim: Claim) -> dict[str, Any]:
    """Return the values as they are stored; raises Invalid for those that cannot be."""
    if "name" in given:
        try:
            given["name"] = clean_label(given["name"])
        except ValidationError as error:
            sentence = str(error.message)
            raise Invalid(sentence, name=sentence) from error
    for field, limit in LIMITS.items():
        if field in given:
            given[field] = clean_note(given[field], limit=limit).strip()
    if "status" in given:
        checked_choice(given["status"], Claim.Status.values, "status")
    if "outcome" in given:
        given |= _checked_outcome(given["outcome"], claim)
    if "slot" in given and given["slot"] not in range(1, 9):
        raise Invalid(_("Choose a colour from 1 to 8."), slot=_("Choose a colour from 1 to 8."))
    if given.get("broader") == "":
        given["broader"] = None
    elif "broader" in given:
        refuse_clash(Said(claim.pk, NARROWER, given["broader"].pk), "broader")
    return given


def _checked_outcome(outcome: str, claim: Claim) -> dict[str, Any]:
    """Return the outcome, and no evidence any more where nothing came of it yet."""
    checked_choice(outcome, Claim.Outcome.values, "outcome")
    is_lost = outcome in {"", Claim.Outcome.OPEN} and claim.evidence_id is not None
    return {"outcome": outcome} | ({"evidence": None} if is_lost else {})


def _is_allowed(viewer: Viewer, claim: Claim, given: dict[str, Any]) -> bool:
    if can_curate_claims(viewer):
        return True
    return can_describe_claim(viewer, claim) and given.keys() <= LIMITS.keys()


def _state(claim: Claim) -> dict[str, object]:
    names = ("name", *LIMITS, "status", "outcome")
    return {name: getattr(claim, name) for name in names}


def _as_json(value: Any) -> Any:
    return str(value.pk) if isinstance(value, Model) else value
