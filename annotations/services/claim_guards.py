"""What every write on claims needs: them locked as they are now, and who may hear of it."""

from uuid import UUID

from django.utils.translation import gettext as _

from annotations.consistency import NARROWER, Said, clash
from annotations.errors import NotFound
from annotations.models import Claim, ClaimRelation
from annotations.permissions import can_curate_claims
from annotations.queries.claim_relations import said_of_claims
from annotations.queries.known_claims import is_known_to_all, shared_among
from annotations.queries.quiet_claims import known_to
from annotations.services.guards import writer_id
from corpus.errors import Invalid, NotAllowed
from corpus.models import Event
from corpus.permissions import Viewer


def curator_id(viewer: Viewer) -> int:
    """Return the account that looks after claims; raises SignInNeeded, NotAllowed."""
    actor = writer_id(viewer)
    if not can_curate_claims(viewer):
        raise NotAllowed
    return actor


def lock_all() -> None:
    """Let nobody else change what claims are to each other until the transaction ends.

    A circle is made by two writers who each change one claim that the other only looks at.
    """
    list(Claim.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def locked_claim(claim: Claim) -> Claim:
    """Return `claim` as it is stored, locked; raises NotFound when it is no more."""
    found: Claim | None = Claim.objects.select_for_update().filter(pk=claim.pk).first()
    if found is None:
        raise NotFound
    return found


def standing(claim: Claim) -> Claim:
    """Return `claim` as `locked_claim` does; raises Invalid when it was merged."""
    stored = locked_claim(claim)
    if stored.merged_into is not None:
        raise merged_already(stored)
    return stored


def present(claim_id: UUID) -> Claim:
    """Return the claim with this key, or the one that it was merged into, locked.

    Raises NotFound when it is no more.
    """
    stored = locked_claim(Claim(pk=claim_id))
    return stored if stored.merged_into is None else locked_claim(stored.merged_into)


def merged_already(claim: Claim) -> Invalid:
    """Return the refusal to write on `claim`, which was merged."""
    names = {"name": claim.label, "into": claim.merged_into.label if claim.merged_into else ""}
    return Invalid(_("“%(name)s” was merged into “%(into)s”. Use that one instead.") % names)


def found(viewer: Viewer, label: str, field: str) -> Claim:
    """Return the claim with this name or alias, merges followed; raises Invalid for none."""
    claim = Claim.objects.find(label, known_to(viewer))
    if claim is None:
        sentence = _("No claim is called “%(name)s”.") % {"name": label.strip()[:80]}
        raise Invalid(sentence, **{field: sentence})
    return claim


def refuse_clash(new: Said, field: str) -> None:
    """Raise Invalid, naming `field`, when the claims whose keys are in `new` cannot be that."""
    against = clash(new, said_of_claims())
    if against is None:
        return
    if against == new:
        sentence = _("A claim cannot be said to do this to itself. Choose another claim.")
    else:
        labels = Claim.objects.in_bulk([against.first, against.second])
        first, second = labels[against.first].label, labels[against.second].label
        kind = (
            ClaimRelation.Kind(against.kind).label
            if against.kind != NARROWER
            else _("is narrower than")
        )
        sentence = _(
            "This cannot hold beside what is said already: “%(first)s” %(kind)s “%(second)s”. "
            "Take that away first."
        ) % {"first": first, "kind": kind, "second": second}
    raise Invalid(sentence, **{field: sentence})


def is_possible(new: Said, *, without: ClaimRelation | None = None) -> bool:
    """Say whether `new` can be said beside all that is said, but for the row `without`."""
    known = said_of_claims()
    if without is not None:
        known.remove(Said(without.from_claim_id, without.kind, without.to_claim_id))
    return new not in known and clash(new, known) is None


def chain_above(claim: Claim) -> list[UUID]:
    """Return the ids of `claim` and of those that are broader, nearest first."""
    chain = [claim.pk]
    rows = Claim.objects.values_list("broader_id", flat=True)
    while (wider := rows.get(pk=chain[-1])) is not None and wider not in chain:
        chain.append(wider)
    return chain


def audience_of(claim: Claim) -> str:
    """Return who may hear of it, where they see the claim: everyone but for what few marked.

    Of one that is quiet it is who does it alone.
    """
    is_known = (
        claim.status != Claim.Status.PROPOSED or shared_among(claim.occurrences.all()).exists()
    )
    if is_known:
        return Event.Audience.PUBLIC
    return Event.Audience.PRIVATE if claim.is_quiet else Event.Audience.STAFF


def audience_of_all(*claims: Claim) -> str:
    """Return who may hear of `claims` together: everyone when everyone may know each of them."""
    are_known = all(is_known_to_all(claim) for claim in claims)
    return Event.Audience.PUBLIC if are_known else Event.Audience.STAFF
