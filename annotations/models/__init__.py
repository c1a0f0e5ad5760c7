"""The tables of what readers add."""

from annotations.models.annotation import Annotation, AnnotationTally
from annotations.models.claim import Claim, ClaimAlias, ClaimSlug
from annotations.models.claim_relation import ClaimRelation
from annotations.models.contribution import Audience, Contribution, Moderation
from annotations.models.feed_key import FeedKey
from annotations.models.follow import Follow
from annotations.models.link import Link
from annotations.models.looked_through import LookedThrough
from annotations.models.mention import Mention
from annotations.models.notification import (
    Bookmark,
    DigestZone,
    Mail,
    Notification,
    NotificationChoice,
    Rhythm,
)
from annotations.models.occurrence import ClaimOccurrence
from annotations.models.profile import Profile
from annotations.models.reaction import Reaction
from annotations.models.suggestion import Suggestion
from annotations.models.target import FormerTarget

__all__ = [
    "Annotation",
    "AnnotationTally",
    "Audience",
    "Bookmark",
    "Claim",
    "ClaimAlias",
    "ClaimOccurrence",
    "ClaimRelation",
    "ClaimSlug",
    "Contribution",
    "DigestZone",
    "FeedKey",
    "Follow",
    "FormerTarget",
    "Link",
    "LookedThrough",
    "Mail",
    "Mention",
    "Moderation",
    "Notification",
    "NotificationChoice",
    "Profile",
    "Reaction",
    "Rhythm",
    "Suggestion",
]
