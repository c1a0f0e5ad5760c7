"""Recording what became of a prediction."""

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Annotation, Audience, Claim
from annotations.services.claim_guards import audience_of, curator_id, standing
from annotations.services.guards import check_counter, checked_choice
from corpus.errors import Invalid
from corpus.permissions import Viewer
from corpus.services.events import record


def record_outcome(
    viewer: Viewer, claim: Claim, outcome: str, evidence: Annotation | None, *, counter: int
) -> Claim:
    """Store what became of `claim` and the passage that shows it; return the claim as stored.

    The passage is one that everyone sees, and one that says what became of it needs an
    outcome. Raises NotAllowed, Stale and Invalid, also for a claim that was merged.
    """
    with transaction.atomic():
        actor = curator_id(viewer)
        stored = standing(claim)
        checked_choice(outcome, Claim.Outcome.values, "outcome")
        _check_evidence(outcome, evidence)
        check_counter(stored.counter, counter, {"outcome": stored.outcome})
        before = _as_told(stored)
        stored.outcome, stored.evidence = outcome, evidence
        after = _as_told(stored)
        if before == after:
            return stored
        stored.counter += 1
        stored.save()
        record(
            actor,
            "claim.edited",
            stored,
            audience=audience_of(stored),
            before=before,
            after=after,
        )
        return stored


def _check_evidence(outcome: str, evidence: Annotation | None) -> None:
    if evidence is None:
        return
    if outcome in ("", Claim.Outcome.OPEN):
        sentence = _("Say whether it was borne out, or leave the passage out.")
        raise Invalid(sentence, outcome=sentence)
    if evidence.audience != Audience.PUBLIC:
        sentence = _("Choose a passage that everyone can see.")
        raise Invalid(sentence, evidence=sentence)


def _as_told(claim: Claim) -> dict[str, str]:
    return {
        "outcome": claim.outcome,
        "evidence": str(claim.evidence_id) if claim.evidence_id else "",
    }
