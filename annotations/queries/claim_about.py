"""What stands about a claim beside its passages: what it is to others, and what one may do."""

from dataclasses import dataclass

from annotations.access import recodable_occurrences, visible_claims
from annotations.models import Claim, Follow
from annotations.permissions import can_curate_claims
from annotations.queries.claim_history import Step, step_just_done
from annotations.queries.claim_relations import Related, related_claims
from corpus.permissions import Viewer

# So many names are offered while one types; the rest are found by typing them out.
MOST_NAMES = 300


@dataclass(frozen=True)
class ClaimAbout:
    """What `viewer` may know of a claim and do with it; `done` is what they did just now."""

    related: list[Related]
    examples: list[str]
    is_followed: bool
    can_follow: bool
    can_curate: bool
    can_move: bool
    done: Step | None


def claim_about(viewer: Viewer, claim: Claim, *, did: str = "") -> ClaimAbout:
    """Return what stands about `claim`; `did` is the id of an Event that can be taken back."""
    return ClaimAbout(
        related=related_claims(viewer, claim),
        examples=claim.examples.splitlines(),
        is_followed=is_followed(viewer, claim),
        can_follow=viewer.is_signed_in,
        can_curate=can_curate_claims(viewer),
        can_move=can_move(viewer, claim),
        done=step_just_done(viewer, claim, did) if did else None,
    )


def is_followed(viewer: Viewer, claim: Claim) -> bool:
    """Say whether `viewer` follows `claim`."""
    return Follow.objects.filter(reader=viewer.user_id, claim=claim).exists()


def is_of_few(claim: Claim) -> bool:
    """Say whether only some readers may know of `claim`: it is tagged for few alone."""
    return not visible_claims(Viewer()).filter(pk=claim.pk).exists()


def can_move(viewer: Viewer, claim: Claim) -> bool:
    """Say whether there is a passage of `claim` that `viewer` may put under another."""
    if not viewer.is_signed_in:
        return False
    return recodable_occurrences(viewer).filter(tag=claim).exists()


def claim_names(viewer: Viewer, without: Claim) -> list[str]:
    """Return the names of the claims that `viewer` may know but for one, at most MOST_NAMES."""
    claims = visible_claims(viewer).exclude(pk=without.pk).order_by("folded")
    return [claim.label for claim in claims[:MOST_NAMES]]
