"""What a viewer sees of what readers added: the queryset form of `annotations.permissions`."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from annotations.models import Annotation, Audience, Claim, ClaimOccurrence, Link, Moderation
from annotations.permissions import Rights, can_read
from corpus.access import readable_q
from corpus.models import Article
from corpus.permissions import Viewer, can_read_article


def visible_annotations(viewer: Viewer) -> QuerySet[Annotation]:
    """Return the annotations that `viewer` sees: highlights, notes and replies."""
    parent_seen = Q(parent__isnull=True) | _seen_q(viewer, "parent__")
    return Annotation.objects.filter(_seen_q(viewer), parent_seen, readable_q(viewer, "article__"))


def visible_occurrences(viewer: Viewer) -> QuerySet[ClaimOccurrence]:
    """Return the tagged claims on highlights that `viewer` sees."""
    return ClaimOccurrence.objects.filter(
        _seen_q(viewer, "content_object__"), readable_q(viewer, "content_object__article__")
    )


def visible_links(viewer: Viewer) -> QuerySet[Link]:
    """Return the links that `viewer` sees, both of whose ends they may read."""
    from_seen = Q(from_annotation__isnull=True) | _seen_q(viewer, "from_annotation__")
    to_seen = Q(to_annotation__isnull=True) | _seen_q(viewer, "to_annotation__")
    return Link.objects.filter(
        _seen_q(viewer, of=Link),
        from_seen,
        to_seen,
        readable_q(viewer, "from_article__"),
        readable_q(viewer, "to_article__"),
    )


def visible_claims(viewer: Viewer) -> QuerySet[Claim]:
    """Return the claims whose name `viewer` may know, merged ones left out.

    A proposed claim shows once it is tagged on a highlight that the viewer sees.
    """
    claims = Claim.objects.filter(merged_into__isnull=True)
    if viewer.is_staff:
        return claims
    tagged = visible_occurrences(viewer).order_by().values("tag_id")
    known = ~Q(status=Claim.Status.PROPOSED) | Q(id__in=tagged)
    if viewer.user_id is not None:
        known |= Q(created_by_id=viewer.user_id)
    return claims.filter(known)


def annotation_or_404(viewer: Viewer, annotation_id: UUID) -> Annotation:
    """Return the annotation that `viewer` sees; raises Http404 for absent and forbidden."""
    seen = visible_annotations(viewer).select_related("article", "version", "creator__profile")
    found = seen.filter(id=annotation_id).first()
    if found is None:
        raise Http404
    return found


def link_or_404(viewer: Viewer, link_id: UUID) -> Link:
    """Return the link that `viewer` sees; raises Http404 for absent and forbidden."""
    seen = visible_links(viewer).select_related(
        "from_article", "to_article", "from_annotation", "to_annotation", "creator__profile"
    )
    found = seen.filter(id=link_id).first()
    if found is None:
        raise Http404
    return found


def rights_of(viewer: Viewer, annotation: Annotation) -> Rights:
    """Return what the predicates need to know of `annotation`, for `viewer`."""
    parent = annotation.parent
    return Rights(
        creator_id=annotation.creator_id,
        audience=annotation.audience,
        group_ids=_group_ids(annotation),
        moderation=annotation.moderation,
        is_deleted=annotation.deleted_at is not None,
        is_article_readable=_is_readable(viewer, annotation.article),
        is_parent_readable=parent is None or _is_seen(viewer, parent),
    )


def rights_of_link(viewer: Viewer, link: Link) -> Rights:
    """Return what the predicates need to know of `link`, for `viewer`."""
    ends = [end for end in (link.from_annotation, link.to_annotation) if end is not None]
    return Rights(
        creator_id=link.creator_id,
        audience=link.audience,
        group_ids=_group_ids(link),
        moderation=link.moderation,
        is_deleted=link.deleted_at is not None,
        is_article_readable=_is_readable(viewer, link.from_article)
        and _is_readable(viewer, link.to_article),
        is_parent_readable=all(_is_seen(viewer, end) for end in ends),
    )


def _seen_q(viewer: Viewer, prefix: str = "", of: type[Annotation | Link] = Annotation) -> Q:
    own = Q(pk__in=[])
    if viewer.user_id is not None:
        own = Q(**{f"{prefix}creator_id": viewer.user_id})
    shown = Q(**{f"{prefix}audience": Audience.PUBLIC})
    if viewer.group_ids:
        of_groups = of.objects.filter(groups__in=viewer.group_ids).values("id")
        shown |= Q(**{f"{prefix}audience": Audience.GROUPS, f"{prefix}id__in": of_groups})
    if not viewer.is_staff:
        shown &= Q(**{f"{prefix}moderation": Moderation.APPROVED})
    return Q(**{f"{prefix}deleted_at__isnull": True}) & (own | shown)


def _group_ids(thing: Annotation | Link) -> frozenset[UUID]:
    if thing.audience != Audience.GROUPS:
        return frozenset()
    return frozenset(thing.groups.values_list("id", flat=True))


def _is_readable(viewer: Viewer, article: Article) -> bool:
    groups: frozenset[UUID] = frozenset()
    if article.access == Article.Access.GROUPS:
        groups = frozenset(article.groups.values_list("id", flat=True))
    return can_read_article(viewer, article, groups)


def _is_seen(viewer: Viewer, annotation: Annotation) -> bool:
    return can_read(viewer, rights_of(viewer, annotation))
