"""What a viewer sees of one reader."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import Http404

from annotations.access import visible_annotations, visible_occurrences
from annotations.models import Profile
from annotations.models.naming import shown_label
from annotations.queries.happened import Scope, doer_of, visible_events
from annotations.queries.readers import profile_of
from corpus.extensions import Choice
from corpus.permissions import Viewer

_MOST_CLAIMS = 24


@dataclass(frozen=True)
class Person:
    """A reader with how much the viewer sees of them; `claims` are those they tagged most."""

    profile: Profile
    username: str
    highlights: int
    notes: int
    articles: int
    claims: Sequence[Choice]


def user_or_404(viewer: Viewer, username: str) -> User:
    """Return the account of which `viewer` sees something, or their own; raises Http404 else.

    An account that only does what others cannot see looks like none.
    """
    found = User.objects.filter(username=username).select_related("profile").first()
    if found is None:
        raise Http404
    if not people_seen(viewer, {found.pk}):
        raise Http404
    return found


def people_seen(viewer: Viewer, user_ids: Set[int]) -> set[int]:
    """Return those of the accounts of which `viewer` sees something, and their own.

    Of who has no name yet that others see, nothing is seen. Three queries at most, also for many.
    """
    seen = {viewer.user_id or 0} & user_ids
    writers = visible_annotations(viewer).order_by().filter(creator_id__in=user_ids - seen)
    seen |= set(writers.values_list("creator_id", flat=True).distinct())
    if seen == user_ids:
        return seen
    unseen = Profile.objects.filter(user_id__in=user_ids - seen)
    named = frozenset(unseen.values_list("user_id", flat=True))
    if not named:
        return seen
    done = visible_events(viewer, Scope(person_ids=named)).order_by()
    told = done.values_list("verb", "actor_id", "after__member").distinct()
    return seen | {doer_of(verb, actor, member) or 0 for verb, actor, member in told}


def person_page(viewer: Viewer, user: User) -> Person:
    """Return what `viewer` sees of the account: counts, and its claims; a fixed few queries."""
    made = visible_annotations(viewer).filter(creator=user).order_by()
    counts = made.aggregate(
        highlights=Count("pk", filter=Q(start__isnull=False)),
        notes=Count("pk", filter=Q(start__isnull=True)),
        articles=Count("article", distinct=True),
    )
    tagged = visible_occurrences(viewer).filter(content_object__creator=user).order_by()
    rows = tagged.values_list("tag__slug", "tag__name", "tag__slot").annotate(n=Count("pk"))
    claims = [
        Choice(slug, shown_label(name), n, slot)
        for slug, name, slot, n in rows.order_by("-n", "tag__folded")[:_MOST_CLAIMS]
    ]
    profile = profile_of(user, is_own=user.pk == viewer.user_id)
    return Person(profile, user.get_username(), claims=claims, **counts)
