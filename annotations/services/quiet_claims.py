"""Claims that were made where few see them, once others use the same words for one.

Words are one claim, whoever uses them. Who cannot know that others used them before makes it, as
far as they and everybody else can tell: by their spelling, and without what was written about it.
"""

from django.contrib.auth.models import User

from annotations.access import visible_claims
from annotations.models import Claim
from annotations.models.naming import clean_label, folded_label
from annotations.services.claim_guards import is_made_for_few
from corpus.access import viewer_of
from corpus.models import Event
from corpus.services.events import record

_WRITTEN = ("statement", "definition", "examples")


def is_news_to(actor_id: int, claim: Claim) -> bool:
    """Say whether `claim` was made for few, and the account `actor_id` is none of them."""
    if claim.created_by_id == actor_id or claim.status != Claim.Status.PROPOSED:
        return False
    if not is_made_for_few(claim):
        return False
    actor = viewer_of(User.objects.get(pk=actor_id))
    return not visible_claims(actor).filter(pk=claim.pk).exists()


def take_over(claim: Claim, label: str) -> None:
    """Let `claim` be as if it was made by the name `label` now; a part of a larger write.

    What its maker wrote about it is kept in its history, for them alone. The caller has the
    claim locked, and leaves the Event of its making.
    """
    typed = clean_label(label)
    if folded_label(typed) == claim.folded:
        claim.name = typed
    before = {name: getattr(claim, name) for name in _WRITTEN if getattr(claim, name)}
    for name in before:
        setattr(claim, name, "")
    claim.counter += 1
    claim.save()
    if before:
        record(
            claim.created_by_id,
            "claim.kept_back",
            claim,
            audience=Event.Audience.PRIVATE,
            before=before,
            after=dict.fromkeys(before, ""),
        )
