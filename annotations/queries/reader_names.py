"""The readers whom a note may name, as they are offered while it is written."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from corpus.permissions import Viewer

MOST_OFFERED = 8


def complete_readers(viewer: Viewer, hearers: QuerySet[User], typed: str) -> Sequence[User]:
    """Return those of `hearers`, but the viewer, whose name begins or has a word like `typed`.

    Sample readers, who never sign in, are left out.
    """
    begins = Q(username__istartswith=typed) | Q(profile__display_name__istartswith=typed)
    holds = begins | Q(profile__display_name__icontains=f" {typed}")
    nearness = Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField())
    named = hearers.filter(holds) if typed else hearers
    known = named.filter(profile__isnull=False, profile__is_sample=False)
    others = known if viewer.user_id is None else known.exclude(pk=viewer.user_id)
    ranked = others.order_by(nearness, "profile__display_name", "pk").select_related("profile")
    return list(ranked[:MOST_OFFERED])
