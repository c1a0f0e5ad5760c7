"""Which accounts see what is written, so that they can be named in it and told of it."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.models import Annotation, Audience, Moderation
from corpus.models import Article, Membership

_STAFF = Q(is_staff=True) | Q(is_superuser=True)


def hearers_of(annotation: Annotation) -> QuerySet[User]:
    """Return the accounts that see `annotation` or would if it were not deleted.

    It is the same as `annotations.access.visible_annotations`, asked the other way round.
    """
    found = _readers_of(annotation.article).filter(_sees_q(annotation))
    return found if annotation.parent is None else found.filter(_sees_q(annotation.parent))


def hearers_among(article: Article, audience: str, group_ids: Collection[UUID]) -> QuerySet[User]:
    """Return the accounts that would see what is written on `article` for this audience."""
    return _readers_of(article).filter(_audience_q(audience, group_ids))


def nobody() -> QuerySet[User]:
    """Return no account at all."""
    return get_user_model().objects.none()


def _readers_of(article: Article) -> QuerySet[User]:
    accounts = get_user_model().objects.filter(is_active=True)
    if article.is_hidden:
        return accounts.filter(_STAFF)
    if article.access == Article.Access.GROUPS:
        keys = article.groups.values_list("pk", flat=True)
        return accounts.filter(_STAFF | _in_groups(list(keys)))
    return accounts


def _sees_q(annotation: Annotation) -> Q:
    group_ids: list[UUID] = []
    if annotation.audience == Audience.GROUPS:
        group_ids = list(annotation.groups.values_list("pk", flat=True))
    heard = _audience_q(annotation.audience, group_ids)
    if annotation.moderation != Moderation.APPROVED:
        heard &= _STAFF
    return heard | Q(pk=annotation.creator_id)


def _audience_q(audience: str, group_ids: Collection[UUID]) -> Q:
    if audience == Audience.PUBLIC:
        return ~Q(pk__in=[])
    return _in_groups(group_ids) if audience == Audience.GROUPS else Q(pk__in=[])


def _in_groups(keys: Collection[UUID]) -> Q:
    there = Membership.objects.filter(
        user=OuterRef("pk"), group__in=keys, group__deleted_at__isnull=True
    )
    return Q(Exists(there))
