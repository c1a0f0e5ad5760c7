"""Giving a claim further names by hand, and taking those away."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import Claim, ClaimAlias
from annotations.models.naming import clean_label, folded_label
from annotations.queries.claim_events import is_undone
from annotations.services.claim_guards import audience_of, curator_id, present, standing
from annotations.services.quiet_claims import take_in
from corpus.errors import Invalid
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.services.events import record

REMOVED = "claim.alias_removed"
RESTORED = "claim.alias_restored"


def add(viewer: Viewer, claim: Claim, name: str) -> ClaimAlias:
    """Let `claim` be called `name` as well; the same once more changes nothing.

    Raises Invalid when that cannot be a name and when another claim has it; NotAllowed.
    """
    try:
        with transaction.atomic():
            return _add(viewer, claim, name)
    except IntegrityError as error:
        raise _taken() from error


def remove(viewer: Viewer, claim: Claim, alias: ClaimAlias) -> None:
    """Let `claim` be called so no more; `add` brings it back. Raises NotFound, NotAllowed."""
    with transaction.atomic():
        actor = curator_id(viewer)
        stored = standing(claim)
        known = stored.aliases.filter(pk=alias.pk).first()
        if known is None:
            raise NotFound
        name = known.name
        known.delete()
        _save(stored)
        told = {"alias": name}
        record(actor, REMOVED, stored, audience=audience_of(stored), before=told)


def undo(viewer: Viewer, told: Event) -> Claim:
    """Give the name back that `remove`, of which `told` tells, took away; return the claim.

    Raises Invalid when it was taken back or given again already, and when another claim has
    the name by now; NotAllowed.
    """
    try:
        with transaction.atomic():
            curator_id(viewer)
            stored = present(told.subject_id)
            name = told.before["alias"]
            is_there = stored.aliases.filter(folded=folded_label(name)).exists()
            if is_undone(told, RESTORED) or is_there:
                raise Invalid(_("This was taken back already."))
            _add(viewer, stored, name, of=told.pk)
            return stored
    except IntegrityError as error:
        raise _taken() from error


def _add(viewer: Viewer, claim: Claim, name: str, *, of: int | None = None) -> ClaimAlias:
    actor = curator_id(viewer)
    stored = standing(claim)
    if stored.is_quiet:
        sentence = _("Few know this claim. It gets further names once everybody may know it.")
        raise Invalid(sentence, alias=sentence)
    try:
        name = clean_label(name)
    except ValidationError as error:
        raise Invalid(str(error.message), alias=str(error.message)) from error
    folded = folded_label(name)
    known = stored.aliases.filter(folded=folded).first()
    if known is not None:
        return known
    if folded == stored.folded:
        sentence = _("This is its name already.")
        raise Invalid(sentence, alias=sentence)
    holder = Claim.objects.find(name)
    if holder is not None and holder != stored:
        raise _taken(holder)
    alias: ClaimAlias = stored.aliases.create(name=name)
    _save(stored)
    take_in(stored)
    told = {"alias": name} | ({"of": of} if of else {})
    verb = RESTORED if of else "claim.alias_added"
    record(actor, verb, stored, audience=audience_of(stored), after=told)
    return alias


def _save(claim: Claim) -> None:
    claim.counter += 1
    claim.save()


def _taken(holder: Claim | None = None) -> Invalid:
    sentence = _("Another claim is called so. Merge the two instead.")
    if holder is not None:
        named = _("The claim “%(name)s” is called so. Merge the two instead.")
        sentence = named % {"name": holder.label}
    return Invalid(sentence, alias=sentence)
