"""Recording what became of a prediction."""

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Annotation, Audience, Claim
from annotations.queries.addressed import Paragraph
from annotations.queries.known_claims import is_open
from annotations.services import annotations
from annotations.services.claim_guards import audience_of, curator_id, standing
from annotations.services.guards import check_counter, checked_choice
from annotations.services.making import Draft
from corpus.errors import Invalid
from corpus.permissions import Viewer
from corpus.services.events import record


def record_outcome(
    viewer: Viewer,
    claim: Claim,
    outcome: str,
    evidence: Annotation | Paragraph | None,
    *,
    counter: int,
) -> Claim:
    """Store what became of `claim` and the passage that shows it; return the claim as stored.

    A paragraph is highlighted for everybody, unless the viewer did so before.
    The passage is one that everyone sees, and one that says what became of it needs an
    outcome. Raises NotAllowed, Stale and Invalid, also for a claim that was merged.
    """
    with transaction.atomic():
        actor = curator_id(viewer)
        stored = standing(claim)
        checked_choice(outcome, Claim.Outcome.values, "outcome")
        check_counter(stored.counter, counter, {"outcome": stored.outcome})
        if isinstance(evidence, Paragraph):
            evidence = _highlighted(viewer, evidence)
        _check_evidence(outcome, evidence)
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


def _highlighted(viewer: Viewer, paragraph: Paragraph) -> Annotation:
    """Return the viewer's own highlight of just this paragraph, made when there is none."""
    passage = paragraph.passage
    mine = Annotation.objects.filter(
        creator_id=viewer.user_id,
        deleted_at__isnull=True,
        audience=Audience.PUBLIC,
        article=paragraph.article,
        version_id=paragraph.article.current_version_id,
        start=passage.start,
        end=passage.end,
    )
    draft = Draft(passage=passage, version=paragraph.version, audience=Audience.PUBLIC)
    return mine.first() or annotations.create(viewer, paragraph.article, draft)


def _check_evidence(outcome: str, evidence: Annotation | None) -> None:
    if evidence is None:
        return
    if outcome in ("", Claim.Outcome.OPEN):
        sentence = _("Say whether it was borne out, or leave the passage out.")
        raise Invalid(sentence, outcome=sentence)
    if not is_open(evidence):
        sentence = _("Choose a passage that everyone can see.")
        raise Invalid(sentence, evidence=sentence)


def _as_told(claim: Claim) -> dict[str, str]:
    return {
        "outcome": claim.outcome,
        "evidence": str(claim.evidence_id) if claim.evidence_id else "",
    }
