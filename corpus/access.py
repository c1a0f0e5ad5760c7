"""What a viewer may read: the queryset form of `corpus.permissions`."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from corpus.models import (
    Article,
    ArticleSlug,
    ArticleVersion,
    Collection,
    CollectionItem,
    Group,
    Membership,
    NearPair,
    OutboundLink,
)
from corpus.permissions import Role, Viewer

_NUMBER_DIGITS = 9
# Articles that are the same as one another are followed so far.
_MOST_STEPS = 10


def viewer_of(user: AbstractBaseUser | AnonymousUser | None) -> Viewer:
    """Return the viewer that `user` is; one query for the groups of an account."""
    if user is None or not user.is_authenticated:
        return Viewer(reads_public=settings.READING == "public")
    return in_groups(Viewer(user_id=user.pk, role=role_of(user)))


def in_groups(viewer: Viewer) -> Viewer:
    """Return `viewer` with the groups that their account is in now; one query."""
    if viewer.user_id is None:
        return viewer
    found = Membership.objects.filter(user_id=viewer.user_id)
    rows = list(found.values_list("group_id", "role", "group__deleted_at"))
    there = [(pk, role) for pk, role, deleted_at in rows if deleted_at is None]
    return replace(
        viewer,
        group_ids=frozenset(pk for pk, _ in there),
        tended_ids=frozenset(pk for pk, role in there if role != Membership.Role.MEMBER),
        owned_ids=frozenset(pk for pk, role, _ in rows if role == Membership.Role.OWNER),
    )


def visible_articles(viewer: Viewer) -> QuerySet[Article]:
    """Return the articles that `viewer` may read, stubs not counted."""
    return Article.objects.filter(readable_q(viewer), is_stub=False)


def readable_among(viewer: Viewer, article_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of the articles, by key, that `viewer` may read; one query."""
    found = visible_articles(viewer).filter(id__in=list(article_ids))
    return frozenset(found.values_list("id", flat=True))


def readable_q(viewer: Viewer, prefix: str = "") -> Q:
    """Return the condition that `viewer` may read the article at the relation `prefix`.

    `prefix` is a lookup path with its two underscores ("article__"), or "".
    """
    if viewer.is_staff:
        return Q()
    return _access_q(viewer, prefix) & Q(**{f"{prefix}is_hidden": False})


def known_articles(viewer: Viewer) -> QuerySet[Article]:
    """Return the articles that `viewer` may read or, only linked to so far, know of."""
    return Article.objects.filter(known_q(viewer))


def visible_stubs(viewer: Viewer) -> QuerySet[Article]:
    """Return the articles, only linked to so far, that `viewer` may know of."""
    return Article.objects.filter(known_q(viewer), is_stub=True)


def known_q(viewer: Viewer, prefix: str = "") -> Q:
    """Return the condition that `viewer` may read the article at `prefix` or know of the stub.

    Of stubs one knows that a text one may read cites, now or in a version before.
    """
    readable = readable_q(viewer, prefix)
    if viewer.is_staff:
        return readable
    citing = OutboundLink.objects.filter(
        readable_q(viewer, "version__article__"), resolves_to=OuterRef(f"{prefix}pk")
    )
    return readable & (Q(**{f"{prefix}is_stub": False}) | Q(Exists(citing)))


def article_or_404(viewer: Viewer, slug: str) -> Article:
    """Return the readable article at `slug`; raises Http404 for absent and forbidden alike."""
    found = visible_articles(viewer).select_related("current_version", "outlet")
    article = found.filter(slug=slug).first()
    if article is None:
        raise Http404
    return article


def stub_at(viewer: Viewer, slug: str) -> Article | None:
    """Return the stub at `slug` that `viewer` may know of, or None."""
    return visible_stubs(viewer).filter(slug=slug).first()


def known_at(viewer: Viewer, slug: str) -> Article | None:
    """Return the article at `slug` that `viewer` may read or, a stub, know of; None else."""
    return known_articles(viewer).filter(slug=slug).first() if slug else None


def known_or_404(viewer: Viewer, slug: str) -> Article:
    """Return the article at `slug` that `viewer` may read or, a stub, know of; else Http404."""
    return stub_at(viewer, slug) or article_or_404(viewer, slug)


def moved_article(viewer: Viewer, slug: str) -> Article | None:
    """Return the article, known to the viewer, that had the address `slug` before, or None."""
    former = ArticleSlug.objects.filter(known_q(viewer, "article__"), slug=slug)
    found = former.select_related("article").first()
    return found.article if found else None


def same_article(viewer: Viewer, slug: str) -> Article | None:
    """Return the readable article that the one at `slug` was said to be the same as, or None.

    Only what that verdict took out of sight leads on, and only for who could read it before:
    for others it is as if there was nothing at `slug`.
    """
    said = _leads_on(viewer)
    at_slug = Q(second__slug=slug) | Q(second__former_slugs__slug=slug)
    pair = said.filter(at_slug).first()
    # The older one of a pair may in turn be the newer one of another.
    for _step in range(_MOST_STEPS):
        if pair is None:
            return None
        found = visible_articles(viewer).filter(pk=pair.first_id).first()
        if found is not None:
            return found
        pair = said.filter(second=pair.first_id).first()
    return None


def current_version(article: Article) -> ArticleVersion:
    """Return the version that is read now; raises Http404 when nothing was imported yet."""
    if article.current_version is None:
        raise Http404
    return article.current_version


def version_or_404(article: Article, number: str) -> ArticleVersion:
    """Return the version with this number, the current one for ""; raises Http404 else."""
    if not number:
        return current_version(article)
    is_number = number.isascii() and number.isdigit() and len(number) <= _NUMBER_DIGITS
    found = article.versions.filter(number=int(number)).first() if is_number else None
    if found is None:
        raise Http404
    return found


def visible_collections(viewer: Viewer) -> QuerySet[Collection]:
    """Return the collections that `viewer` sees."""
    return _collections_for(viewer).filter(deleted_at__isnull=True)


def kept_collections(viewer: Viewer) -> QuerySet[Collection]:
    """Return the collections that `viewer` sees or, being taken away, may bring back."""
    if viewer.is_staff:
        return _collections_for(viewer)
    standing = Q(deleted_at__isnull=True) | Q(group_id__in=viewer.tended_ids)
    return _collections_for(viewer).filter(standing)


def collection_at(viewer: Viewer, slug: str) -> Collection | None:
    """Return the collection at `slug` that `viewer` sees, or None; one query unless it is ""."""
    return visible_collections(viewer).filter(slug=slug).first() if slug else None


def collection_or_404(viewer: Viewer, slug: str) -> Collection:
    """Return the collection at `slug`; raises Http404 for absent and forbidden alike."""
    return _collection_found(visible_collections(viewer), slug)


def kept_collection_or_404(viewer: Viewer, slug: str) -> Collection:
    """Return the collection at `slug`, which may be taken away; raises Http404 else."""
    return _collection_found(kept_collections(viewer), slug)


def article_ids_in(collection: Collection) -> QuerySet[CollectionItem, UUID]:
    """Return the keys of the articles in `collection`, readable or not, to look among."""
    items = CollectionItem.objects.filter(collection=collection)
    return items.order_by().values_list("article_id", flat=True)


def visible_groups(viewer: Viewer) -> QuerySet[Group]:
    """Return the groups that `viewer` knows of."""
    return Group.objects.filter(_group_known_q(viewer), deleted_at__isnull=True)


def kept_groups(viewer: Viewer) -> QuerySet[Group]:
    """Return the groups that `viewer` knows of or, being deleted, may bring back."""
    gone = Q(deleted_at__isnull=False)
    if viewer.role != "administrator":
        gone &= Q(pk__in=viewer.owned_ids)
    return Group.objects.filter((_group_known_q(viewer) & Q(deleted_at__isnull=True)) | gone)


def group_or_404(viewer: Viewer, slug: str) -> Group:
    """Return the group at `slug`; raises Http404 for absent and forbidden alike."""
    return _group_found(visible_groups(viewer), slug)


def kept_group_or_404(viewer: Viewer, slug: str) -> Group:
    """Return the group at `slug`, which may be deleted; raises Http404 else."""
    return _group_found(kept_groups(viewer), slug)


def _leads_on(viewer: Viewer) -> QuerySet[NearPair]:
    """Return the pairs whose newer article the viewer could read, had its verdict not hidden it."""
    return NearPair.objects.filter(
        _access_q(viewer, "second__"),
        verdict=NearPair.Verdict.SAME,
        did_hide=True,
        second__is_hidden=True,
    )


def _access_q(viewer: Viewer, prefix: str) -> Q:
    """Return the condition that the access of the article at `prefix` lets `viewer` in.

    Whether it is hidden is not looked at.
    """
    if viewer.is_staff:
        return Q()
    access = Q(pk__in=[])
    if viewer.reads_public:
        access |= Q(**{f"{prefix}access": Article.Access.PUBLIC})
    if viewer.is_signed_in:
        access |= Q(**{f"{prefix}access": Article.Access.MEMBERS})
    if viewer.group_ids:
        of_groups = _article_ids_of_groups(viewer.group_ids)
        access |= Q(**{f"{prefix}access": Article.Access.GROUPS, f"{prefix}id__in": of_groups})
    return access


def _collections_for(viewer: Viewer) -> QuerySet[Collection]:
    if viewer.is_staff:
        return Collection.objects.all()
    seen = Q(group_id__in=viewer.group_ids)
    if viewer.reads_public:
        seen |= Q(group_id__isnull=True)
    return Collection.objects.filter(seen)


def _collection_found(collections: QuerySet[Collection], slug: str) -> Collection:
    found = collections.select_related("group").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _group_known_q(viewer: Viewer) -> Q:
    if viewer.is_staff:
        return Q()
    known = Q(pk__in=viewer.group_ids)
    return known | ~Q(kind=Group.Kind.CLOSED) if viewer.is_signed_in else known


def _group_found(groups: QuerySet[Group], slug: str) -> Group:
    found = groups.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def role_of(user: AbstractBaseUser) -> Role:
    """Return the role that the account `user` has on the site."""
    if getattr(user, "is_superuser", False):
        return "administrator"
    return "curator" if getattr(user, "is_staff", False) else "reader"


def _article_ids_of_groups(group_ids: frozenset[UUID]) -> QuerySet[Article, UUID]:
    return Article.objects.filter(groups__in=group_ids).values_list("id", flat=True)
