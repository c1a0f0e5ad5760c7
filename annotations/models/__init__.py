"""The tables of what readers add."""

from annotations.models.annotation import Annotation, AnnotationTally
from annotations.models.claim import Claim, ClaimAlias, ClaimOccurrence, ClaimSlug
from annotations.models.contribution import Audience, Contribution, Moderation
from annotations.models.link import Link
from annotations.models.profile import Profile
from annotations.models.target import FormerTarget

__all__ = [
    "Annotation",
    "AnnotationTally",
    "Audience",
    "Claim",
    "ClaimAlias",
    "ClaimOccurrence",
    "ClaimSlug",
    "Contribution",
    "FormerTarget",
    "Link",
    "Moderation",
    "Profile",
]
