"""What waits in the inbox and was done by hand meanwhile: it need not be proposed."""

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from annotations.access import visible_links, visible_occurrences
from annotations.models import Claim, ClaimOccurrence, Link, Suggestion
from corpus.models import Agent
from corpus.permissions import Viewer

_Kind = Suggestion.Kind


def not_done_by_hand(viewer: Viewer, rows: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Return `rows` without what readers did by hand, as far as `viewer` sees what they did.

    A passage is left out once the claim, or one narrower, is tagged where it stands; two
    articles once they are linked; two claims or agents once one of them was merged.
    """
    tagged = Q(Exists(_tags_there(viewer)), kind=_Kind.CLAIM_PASSAGE)
    linked = Q(Exists(_links_between(viewer)), kind=_Kind.RELATED_ARTICLE)
    return (
        rows.alias(
            passage_start=Cast(KT("reason__there__start"), IntegerField()),
            passage_end=Cast(KT("reason__there__end"), IntegerField()),
        )
        .exclude(tagged)
        .exclude(linked)
        .exclude(_one_is_gone())
    )


def _tags_there(viewer: Viewer) -> QuerySet[ClaimOccurrence]:
    claim = Q(tag=OuterRef("subject_id")) | Q(tag__broader=OuterRef("subject_id"))
    mark = "content_object__"
    return visible_occurrences(viewer).filter(
        claim,
        **{
            f"{mark}article": OuterRef("object_id"),
            f"{mark}version": F(f"{mark}article__current_version"),
            f"{mark}start__lt": OuterRef("passage_end"),
            f"{mark}end__gt": OuterRef("passage_start"),
        },
    )


def _links_between(viewer: Viewer) -> QuerySet[Link]:
    there = Q(from_article=OuterRef("subject_id"), to_article=OuterRef("object_id"))
    back = Q(from_article=OuterRef("object_id"), to_article=OuterRef("subject_id"))
    return visible_links(viewer).filter(there | back)


def _one_is_gone() -> Q:
    gone = Claim.objects.filter(merged_into__isnull=False).order_by().values("pk")
    merged = Q(subject_id__in=gone) | Q(object_id__in=gone)
    stand = Agent.objects.order_by().values("pk")
    absent = ~Q(subject_id__in=stand) | ~Q(object_id__in=stand)
    return Q(merged, kind=_Kind.DUPLICATE_CLAIM) | Q(absent, kind=_Kind.AGENT_ALIAS)
