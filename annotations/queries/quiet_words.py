"""What was written about claims that were made where few see them, and who may read it."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.models import Claim, ClaimOccurrence
from annotations.queries.quiet_names import made_for_few
from corpus.models import Event
from corpus.permissions import Viewer

WRITTEN = ("statement", "definition", "examples")
"""The fields of a claim that say what it means."""


def worded_for_few(viewer: Viewer, seen: QuerySet[ClaimOccurrence]) -> Q:
    """Return the condition of a claim whose words are not for `viewer`, who sees the tags `seen`.

    What is written about a claim that was made for few is for who sees a passage that its
    maker tagged with it, until it is written where all may know the claim, or kept back.
    """
    told = Event.objects.filter(subject_id=OuterRef("pk"))
    written = Q()
    for name in WRITTEN:
        written |= Q(after__has_key=name)
    openly = Q(verb="claim.edited", audience=Event.Audience.PUBLIC) & written
    by_maker = seen.filter(tag=OuterRef("pk"), content_object__creator=OuterRef("created_by"))
    kept = Q(Exists(made_for_few(Claim, "claim.created")))
    kept &= ~Q(Exists(told.filter(openly | Q(verb="claim.kept_back"))))
    kept &= ~Q(Exists(by_maker))
    return kept & ~Q(created_by_id=viewer.user_id) if viewer.is_signed_in else kept


def with_words_for(
    viewer: Viewer, seen: QuerySet[ClaimOccurrence], claims: Iterable[Claim]
) -> list[Claim]:
    """Return `claims` without the words that are not for `viewer`; to be shown, never to be saved.

    One query where any of them has words, none else.
    """
    listed = list(claims)
    worded = [one.pk for one in listed if any(getattr(one, name) for name in WRITTEN)]
    if worded:
        kept = Claim.objects.filter(worded_for_few(viewer, seen), pk__in=worded).order_by()
        hidden = set(kept.values_list("pk", flat=True))
        for one in listed:
            if one.pk in hidden:
                _empty(one)
    return listed


def _empty(claim: Claim) -> None:
    for name in WRITTEN:
        setattr(claim, name, "")
