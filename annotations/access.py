"""What a viewer sees of what readers added: the queryset form of `annotations.permissions`."""

from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from annotations.errors import NotFound
from annotations.models import Annotation, Audience, Claim, ClaimOccurrence, Link, Moderation
from annotations.permissions import PERMISSIONS, Rights, can_read
from annotations.queries.quiet_names import agent_once_at, may_know_address
from annotations.queries.quiet_words import with_words_for
from corpus.access import known_q, readable_q, visible_stubs
from corpus.errors import NotAllowed
from corpus.models import Agent, Article, Authorship
from corpus.permissions import Viewer, can_read_article

Contributed = TypeVar("Contributed", Annotation, Link)


def visible_annotations(viewer: Viewer) -> QuerySet[Annotation]:
    """Return the annotations that `viewer` sees: highlights, notes and replies.

    A reply stays when the annotation that it answers was deleted.
    """
    return Annotation.objects.filter(
        _seen_q(viewer), _thread_known_q(viewer), readable_q(viewer, "article__")
    )


def in_threads(viewer: Viewer) -> QuerySet[Annotation]:
    """Return what stands beside the articles for `viewer`: the visible and the tombstones.

    A tombstone is a deleted annotation with a reply that `viewer` sees. Its place is shown
    for the sake of the reply; its words and claims are not.
    """
    stands = Q(deleted_at__isnull=True) | Q(Exists(_seen_replies(viewer)))
    known = _known_q(viewer) & _thread_known_q(viewer)
    return Annotation.objects.filter(known, stands, readable_q(viewer, "article__"))


def kept_annotations(viewer: Viewer) -> QuerySet[Annotation]:
    """Return the annotations that `viewer` sees or, being deleted, may bring back."""
    readable = _thread_known_q(viewer) & readable_q(viewer, "article__")
    return Annotation.objects.filter(_seen_q(viewer) | _restorable_q(viewer), readable)


def visible_occurrences(viewer: Viewer) -> QuerySet[ClaimOccurrence]:
    """Return the tagged claims on highlights that `viewer` sees."""
    return ClaimOccurrence.objects.filter(
        _seen_q(viewer, "content_object__"), readable_q(viewer, "content_object__article__")
    )


def recodable_occurrences(viewer: Viewer) -> QuerySet[ClaimOccurrence]:
    """Return the tagged claims that `viewer` may put under another claim."""
    seen = visible_occurrences(viewer)
    return seen if viewer.is_staff else seen.filter(content_object__creator_id=viewer.user_id)


def visible_links(viewer: Viewer) -> QuerySet[Link]:
    """Return the links that `viewer` sees, both of whose ends they may read.

    When somebody else deleted the highlight at an end, the link to its words stays.
    """
    return Link.objects.filter(_seen_q(viewer, of=Link), _ends_q(viewer))


def kept_links(viewer: Viewer) -> QuerySet[Link]:
    """Return the links that `viewer` sees or, being deleted, may bring back."""
    seen = _seen_q(viewer, of=Link) | _restorable_q(viewer)
    return Link.objects.filter(seen, _ends_q(viewer))


def visible_claims(viewer: Viewer) -> QuerySet[Claim]:
    """Return the claims whose name `viewer` may know, merged ones left out.

    A proposed claim shows once it is tagged on a highlight that the viewer sees; to curators
    also before, unless it is quiet.
    """
    claims = Claim.objects.filter(merged_into__isnull=True)
    tagged = visible_occurrences(viewer).filter(tag=OuterRef("pk"))
    known = ~Q(status=Claim.Status.PROPOSED) | Q(Exists(tagged))
    if viewer.user_id is not None:
        known |= Q(created_by_id=viewer.user_id)
    if viewer.is_staff:
        known |= Q(is_quiet=False)
    return claims.filter(known)


def claim_by_former_slug(viewer: Viewer, slug: str) -> Claim | None:
    """Return the visible claim that had the address `slug`, renamed or merged since, or None."""
    found = visible_claims(viewer).filter(id__in=claims_once_at(slug)).first()
    seen = visible_occurrences(viewer)
    return found if found and may_know_address(viewer, seen, slug) else None


def claim_at(viewer: Viewer, slug: str) -> Claim | None:
    """Return the claim that is or was at `slug` if `viewer` may know it, or None."""
    if not slug:
        return None
    now: Claim | None = visible_claims(viewer).filter(slug=slug).first()
    found = now or claim_by_former_slug(viewer, slug)
    return with_words_for(viewer, visible_occurrences(viewer), [found])[0] if found else None


def claim_or_404(viewer: Viewer, slug: str) -> Claim:
    """Return the claim at `slug`, or the one that had this address; raises Http404 for none."""
    return _found(claim_at(viewer, slug))


def visible_agents(viewer: Viewer) -> QuerySet[Agent]:
    """Return the agents that `viewer` may know: who wrote or says something that they see.

    Curators know the others too, unless they are quiet.
    """
    said = visible_occurrences(viewer).filter(speaker=OuterRef("pk"))
    wrote = Authorship.objects.filter(readable_q(viewer, "article__"), agent=OuterRef("pk"))
    known = Q(Exists(said)) | Q(Exists(wrote))
    if viewer.is_staff:
        known |= Q(is_quiet=False)
    return Agent.objects.filter(known)


def agent_or_404(viewer: Viewer, slug: str) -> Agent:
    """Return the agent who has, or before a merge had, the address `slug`; else Http404."""
    seen = visible_agents(viewer)
    now = seen.filter(slug=slug).first()
    once = None if now else agent_once_at(viewer, visible_occurrences(viewer), slug)
    return _found(now or (once and seen.filter(pk=once.pk).first()))


def annotation_or_404(viewer: Viewer, annotation_id: UUID) -> Annotation:
    """Return the annotation that `viewer` sees; raises Http404 for absent and forbidden."""
    return _found(_whole(visible_annotations(viewer)).filter(id=annotation_id).first())


def kept_annotation_or_404(viewer: Viewer, annotation_id: UUID) -> Annotation:
    """Return the annotation that `viewer` sees or may bring back; raises Http404 else."""
    return _found(_whole(kept_annotations(viewer)).filter(id=annotation_id).first())


def annotation_for(viewer: Viewer, annotation_id: UUID, action: str) -> Annotation:
    """Return the annotation that `viewer` may do `action`, a key of PERMISSIONS, to.

    Raises Http404 when they do not see it, NotAllowed when they see it and may not.
    """
    return permitted(viewer, annotation_or_404(viewer, annotation_id), action)


def link_for(viewer: Viewer, link_id: UUID, action: str) -> Link:
    """Return the link that `viewer` may do `action` to; raises as `annotation_for` does."""
    return permitted(viewer, link_or_404(viewer, link_id), action)


def link_or_404(viewer: Viewer, link_id: UUID) -> Link:
    """Return the link that `viewer` sees; raises Http404 for absent and forbidden."""
    return _found(_whole(visible_links(viewer)).filter(id=link_id).first())


def kept_link_or_404(viewer: Viewer, link_id: UUID) -> Link:
    """Return the link that `viewer` sees or may bring back; raises Http404 else."""
    return _found(_whole(kept_links(viewer)).filter(id=link_id).first())


def occurrence_or_404(annotation: Annotation, claim_slug: str) -> ClaimOccurrence:
    """Return the claim that is or was at `claim_slug` as tagged on `annotation`.

    Raises Http404 when it is not.
    """
    tagged = annotation.occurrences.select_related("tag", "speaker")
    now = tagged.filter(tag__slug=claim_slug).first()
    return _found(now or tagged.filter(tag__in=claims_once_at(claim_slug)).first())


def claims_once_at(slug: str) -> QuerySet[Claim, UUID]:
    """Return the keys of the claims that stand for the one that is or was at `slug`."""
    once = Claim.objects.filter(Q(former_slugs__slug=slug) | Q(slug=slug))
    return once.values_list(Coalesce("merged_into_id", "id"), flat=True)


def rights_of(viewer: Viewer, thing: Annotation | Link) -> Rights:
    """Return what the predicates need to know of `thing`, for `viewer`."""
    return Rights(
        creator_id=thing.creator_id,
        audience=thing.audience,
        group_ids=_group_ids(thing),
        moderation=thing.moderation,
        is_deleted=thing.deleted_at is not None,
        is_article_readable=all(is_readable(viewer, article) for article in thing.articles),
        is_parent_readable=_is_ground_known(viewer, thing),
    )


def permitted(viewer: Viewer, thing: Contributed, action: str) -> Contributed:
    """Return `thing`, which `viewer` may do `action`, a key of PERMISSIONS, to.

    Raises NotAllowed when they see it and may not, NotFound when they do not see it.
    """
    rights = rights_of(viewer, thing)
    if PERMISSIONS[action](viewer, rights):
        return thing
    raise NotAllowed if can_read(viewer, rights) else NotFound


def is_readable(viewer: Viewer, article: Article) -> bool:
    """Say whether `viewer` may read `article` or, where it is only linked to, know of it."""
    groups: frozenset[UUID] = frozenset()
    if article.access == Article.Access.GROUPS:
        groups = frozenset(article.groups.values_list("id", flat=True))
    if not article.is_stub:
        return can_read_article(viewer, article, groups)
    return visible_stubs(viewer).filter(pk=article.pk).exists()


def _known_q(viewer: Viewer, prefix: str = "", of: type[Annotation | Link] = Annotation) -> Q:
    """Return the condition of what `viewer` sees or would see if it were not deleted."""
    own = Q(pk__in=[])
    if viewer.user_id is not None:
        own = Q(**{f"{prefix}creator_id": viewer.user_id})
    shown = Q(**{f"{prefix}audience": Audience.PUBLIC})
    if viewer.group_ids:
        of_groups = of.objects.filter(groups__in=viewer.group_ids).values("id")
        shown |= Q(**{f"{prefix}audience": Audience.GROUPS, f"{prefix}id__in": of_groups})
    if not viewer.is_staff:
        shown &= Q(**{f"{prefix}moderation": Moderation.APPROVED})
    return own | shown


def _seen_q(viewer: Viewer, prefix: str = "", of: type[Annotation | Link] = Annotation) -> Q:
    return Q(**{f"{prefix}deleted_at__isnull": True}) & _known_q(viewer, prefix, of)


def _seen_replies(viewer: Viewer) -> QuerySet[Annotation]:
    return visible_annotations(viewer).filter(parent=OuterRef("pk"))


def _thread_known_q(viewer: Viewer) -> Q:
    return Q(parent__isnull=True) | _known_q(viewer, "parent__")


def _restorable_q(viewer: Viewer) -> Q:
    if viewer.user_id is None:
        return Q(pk__in=[])
    may = Q(creator_id=viewer.user_id)
    if viewer.is_staff:
        may |= Q(audience=Audience.PUBLIC)
    return Q(deleted_at__isnull=False) & may


def _ends_q(viewer: Viewer) -> Q:
    both = known_q(viewer, "from_article__") & known_q(viewer, "to_article__")
    for end in ("from_annotation", "to_annotation"):
        kept = Q(**{f"{end}__deleted_at__isnull": True}) | ~Q(creator=F(f"{end}__creator"))
        both &= Q(**{f"{end}__isnull": True}) | (_known_q(viewer, f"{end}__") & kept)
    return both


def _whole(things: QuerySet[Contributed]) -> QuerySet[Contributed]:
    return things.select_related(*things.model.STANDS_ON, "creator__profile")


_Found = TypeVar("_Found", Agent, Annotation, Claim, ClaimOccurrence, Link)


def _found(thing: _Found | None) -> _Found:
    if thing is None:
        raise Http404
    return thing


def _group_ids(thing: Annotation | Link) -> frozenset[UUID]:
    if thing.audience != Audience.GROUPS:
        return frozenset()
    return frozenset(thing.groups.values_list("id", flat=True))


def _is_ground_known(viewer: Viewer, thing: Annotation | Link) -> bool:
    if isinstance(thing, Link):
        return all(_is_end_known(viewer, thing, end) for end in thing.ends)
    return thing.parent is None or _is_known(viewer, thing.parent)


def _is_known(viewer: Viewer, annotation: Annotation) -> bool:
    return can_read(viewer, replace(rights_of(viewer, annotation), is_deleted=False))


def _is_end_known(viewer: Viewer, link: Link, end: Annotation | None) -> bool:
    if end is None:
        return True
    is_kept = end.deleted_at is None or end.creator_id != link.creator_id
    return is_kept and _is_known(viewer, end)
