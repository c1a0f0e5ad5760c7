"""What happened, as the asker may see it now: the Events behind activity and feeds.

An Event tells that something was done; what was done is read from its subject as it stands.
So an Event shows only while the viewer may see its subject, and nothing shows that was
written while few could see it. The write that let others see a thing is their news of it.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.access import visible_annotations, visible_claims, visible_links
from annotations.models import Annotation, Audience, Claim, ClaimOccurrence, Link, Mention
from corpus.access import article_ids_in, visible_articles, visible_collections
from corpus.models import Article, Collection, Event, Group
from corpus.permissions import Viewer

Kind = Literal["", "marks", "replies", "claims", "links", "threads", "articles", "members"]
Whose = Literal["all", "mine", "mentions", "groups"]

_EDITED = ("annotation.edited", "annotation.sent_again")
_TAGGED = "annotation.tagged"
_RESOLVED = "annotation.resolved"
_JOINED = "member.joined"
_OF_ARTICLES = ("article.imported", "article.filled", "article.changed")
_OF_COLLECTIONS = ("collection.created",)
# Nobody is named for what curators did to the corpus.
UNNAMED = (*_OF_ARTICLES, *_OF_COLLECTIONS)

VERBS: Mapping[Kind, tuple[str, ...]] = {
    "marks": ("annotation.created", *_EDITED),
    "replies": ("annotation.replied",),
    "claims": (_TAGGED, "claim.created", "claim.edited", "claim.merged"),
    "links": ("link.created", "link.edited"),
    "threads": (_RESOLVED,),
    "articles": UNNAMED,
    "members": (_JOINED,),
}
ALL_VERBS = tuple(verb for verbs in VERBS.values() for verb in verbs)
_OF_ANNOTATION, _OF_LINK, _OF_CLAIM, _OF_COLLECTION = (
    model._meta.label_lower for model in (Annotation, Link, Claim, Collection)
)
_JUDGED = (Claim.Status.REVIEWED.value, Claim.Status.CANONICAL.value)
_SHARED = (Audience.GROUPS.value, Audience.PUBLIC.value)


@dataclass(frozen=True)
class Scope:
    """Which of what happened is asked for; what is None, "" or "all" narrows nothing.

    `person_ids` are accounts: what they did under their names. `group` is for its members alone.
    """

    whose: Whose = "all"
    kind: Kind = ""
    group: Group | None = None
    claim: Claim | None = None
    article: Article | None = None
    collection: Collection | None = None
    person_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Place:
    """Where a page of Events ends: no two have both of these alike.

    It holds no number of the Event, which would tell how much happened unseen.
    """

    at: datetime
    subject_id: UUID


def visible_events(viewer: Viewer, scope: Scope | None = None) -> QuerySet[Event]:
    """Return the Events of `scope` whose subject `viewer` may see now, the latest first.

    Joins of a group of the viewer are among them, also of those who left since: whoever shows
    them leaves those out.
    """
    asked = scope or Scope()
    verbs = VERBS[asked.kind] if asked.kind else ALL_VERBS
    seen = _marks_q(viewer) | _links_q(viewer) | _claims_q(viewer) | _corpus_q(viewer)
    events = Event.objects.filter(_within_q(viewer, asked), seen, verb__in=verbs)
    return events.order_by("-at", "-subject_id")


def behind(place: Place) -> Q:
    """Return the condition of standing behind `place` in the order of `visible_events`."""
    earlier = Q(at__lt=place.at) | Q(subject_id__lt=place.subject_id)
    return Q(at__lte=place.at) & earlier


def _told_q(viewer: Viewer) -> Q:
    """Return the condition of being told of by more than its doer, or of being the doer."""
    return ~Q(audience=Event.Audience.PRIVATE) | Q(actor_id=viewer.user_id or 0)


def _shared_now_q(viewer: Viewer) -> Q:
    """Return the condition of an edit by which what was for its writer alone was shared."""
    by_others = ~Q(actor_id=viewer.user_id or 0)
    return by_others & Q(before__audience=Audience.PRIVATE.value, after__audience__in=_SHARED)


def _marks_q(viewer: Viewer) -> Q:
    subject = visible_annotations(viewer).filter(pk=OuterRef("subject_id"))
    is_tagged = ClaimOccurrence.objects.filter(content_object=OuterRef("subject_id"))
    told = _told_q(viewer)
    made = Q(verb__in=("annotation.created", "annotation.replied")) & told
    tagged = Q(verb=_TAGGED) & told & Q(Exists(is_tagged))
    shared = Q(verb__in=_EDITED) & _shared_now_q(viewer)
    settled = Q(verb=_RESOLVED) & told & Q(Exists(subject.filter(resolved_at__isnull=False)))
    return (made | tagged | shared) & Q(Exists(subject)) | settled


def _links_q(viewer: Viewer) -> Q:
    subject = visible_links(viewer).filter(pk=OuterRef("subject_id"))
    made = Q(verb="link.created") & _told_q(viewer)
    return (made | Q(verb="link.edited") & _shared_now_q(viewer)) & Q(Exists(subject))


def _claims_q(viewer: Viewer) -> Q:
    told = Q(audience=Event.Audience.PUBLIC) | Q(actor_id=viewer.user_id or 0)
    if viewer.is_staff:
        told |= Q(audience=Event.Audience.STAFF)
    subject = visible_claims(viewer).filter(pk=OuterRef("subject_id"))
    changed = Q(after__has_key="name") | Q(after__status__in=_JUDGED)
    made = Q(verb="claim.created") | Q(verb="claim.edited") & changed
    kept = visible_claims(viewer).filter(merged=OuterRef("subject_id"))
    merged = Q(verb="claim.merged") & Q(Exists(kept))
    return told & (made & Q(Exists(subject)) | merged)


def _corpus_q(viewer: Viewer) -> Q:
    article = visible_articles(viewer).filter(pk=OuterRef("article_id"))
    collection = visible_collections(viewer).filter(pk=OuterRef("subject_id"))
    return (
        Q(verb__in=_OF_ARTICLES) & Q(Exists(article))
        | Q(verb__in=_OF_COLLECTIONS) & Q(Exists(collection))
        | Q(verb=_JOINED, subject_id__in=viewer.group_ids)
    )


def _within_q(viewer: Viewer, scope: Scope) -> Q:
    within = Q()
    if scope.whose == "mine":
        within &= _by_q({viewer.user_id or 0})
    if scope.whose == "mentions":
        within &= _naming_q(viewer.user_id or 0)
    if scope.whose == "groups":
        within &= _for_groups_q(viewer.group_ids)
    if scope.group is not None:
        within &= _for_groups_q(viewer.group_ids & {scope.group.pk})
    if scope.claim is not None:
        within &= _about_claim_q(scope.claim)
    if scope.article is not None:
        within &= _in_article_q(scope.article)
    if scope.collection is not None:
        articles = article_ids_in(scope.collection)
        itself = Q(subject_type=_OF_COLLECTION, subject_id=scope.collection.pk)
        within &= itself | Q(article_id__in=articles)
    if scope.person_ids:
        within &= _by_q(scope.person_ids) & ~Q(verb__in=UNNAMED)
    return within


def doer_of(verb: str, actor_id: int | None, member_id: int | None) -> int | None:
    """Return whose doing an Event is: who is let into a group joins it."""
    return member_id if verb == _JOINED else actor_id


def _by_q(user_ids: Set[int]) -> Q:
    by_others = Q(verb=_JOINED, after__member__in=list(user_ids))
    return Q(actor_id__in=user_ids) & ~Q(verb=_JOINED) | by_others


def _naming_q(user_id: int) -> Q:
    """Return the condition of being the writing of words that name the account."""
    naming = Mention.objects.filter(reader_id=user_id).order_by().values("annotation_id")
    written = (*VERBS["marks"], *VERBS["replies"])
    return Q(verb__in=written, subject_type=_OF_ANNOTATION, subject_id__in=naming)


def _for_groups_q(group_ids: frozenset[UUID]) -> Q:
    theirs = {"audience": Audience.GROUPS, "groups__in": group_ids}
    marks = Annotation.objects.filter(**theirs).order_by().values("id")
    links = Link.objects.filter(**theirs).order_by().values("id")
    collections = Collection.objects.filter(group_id__in=group_ids).order_by().values("id")
    return (
        Q(subject_type=_OF_ANNOTATION, subject_id__in=marks)
        | Q(subject_type=_OF_LINK, subject_id__in=links)
        | Q(subject_type=_OF_COLLECTION, subject_id__in=collections)
        | Q(verb=_JOINED, subject_id__in=group_ids)
    )


def _about_claim_q(claim: Claim) -> Q:
    tagged = ClaimOccurrence.objects.filter(tag=claim).order_by().values("content_object_id")
    replies = Annotation.objects.filter(parent_id__in=tagged).order_by().values("id")
    claims = Claim.objects.filter(Q(pk=claim.pk) | Q(merged_into=claim)).order_by().values("id")
    return (
        Q(subject_type=_OF_ANNOTATION, subject_id__in=tagged)
        | Q(subject_type=_OF_ANNOTATION, subject_id__in=replies)
        | Q(subject_type=_OF_CLAIM, subject_id__in=claims)
    )


def _in_article_q(article: Article) -> Q:
    arriving = Link.objects.filter(to_article=article).order_by().values("id")
    return Q(article_id=article.pk) | Q(subject_type=_OF_LINK, subject_id__in=arriving)
