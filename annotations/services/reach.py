"""Who else's words hang on an annotation, and whether they would still see them."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.models import Annotation, Audience, Link
from corpus.errors import Invalid
from corpus.models import Membership


def check_reach(annotation: Annotation, audience: str, group_ids: frozenset[UUID]) -> None:
    """Raise Invalid when the new audience would hide other readers' words from themselves.

    Those are replies in its thread and links at its passage, deleted ones too, for they
    may be brought back. Links that its creator cannot see do not count: to refuse would tell of
    them. They are kept, and are back for those who made them once they see the passage again.
    """
    if audience == Audience.PUBLIC:
        return
    others = _others(annotation)
    if audience == Audience.GROUPS:
        members = Membership.objects.filter(group_id__in=group_ids, user_id__in=others)
        others -= set(members.values_list("user_id", flat=True))
    if others:
        sentence = _(
            "Other readers have answered or linked this and would lose sight of what they "
            "wrote. It stays as it is; you can delete it, then their replies stay."
        )
        raise Invalid(sentence, audience=sentence)


def _others(annotation: Annotation) -> set[int]:
    """Return the accounts, not its creator's, that answered or linked `annotation`."""
    ends = Q(from_annotation=annotation) | Q(to_annotation=annotation)
    own_groups = Membership.objects.filter(user=annotation.creator_id).values("group")
    seen = Q(audience=Audience.PUBLIC) | Q(audience=Audience.GROUPS, groups__in=own_groups)
    found = set(annotation.replies.values_list("creator_id", flat=True))
    found |= set(Link.objects.filter(ends, seen).values_list("creator_id", flat=True))
    return found - {annotation.creator_id}
