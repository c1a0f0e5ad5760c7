"""Who listens still, and by which name: read at once for all who do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone

from annotations.queries.readers import profile_of
from corpus.access import role_of
from corpus.models import Membership
from corpus.permissions import Viewer


@dataclass(frozen=True)
class Account:
    """An account in use: with the rights it has now, and its password as stored."""

    viewer: Viewer
    password: str


@dataclass(frozen=True)
class Reader:
    """A reader as others see them."""

    id: int
    name: str
    initials: str
    slot: int


def accounts_in_use(user_ids: Collection[int]) -> dict[int, Account]:
    """Return those of the accounts that are not deactivated, by key; two queries."""
    users = get_user_model().objects.filter(pk__in=user_ids, is_active=True)
    found = list(users.only("pk", "is_staff", "is_superuser", "password"))
    groups: dict[int, set[UUID]] = {}
    rows = Membership.objects.filter(user_id__in=user_ids, group__deleted_at=None)
    for user_id, group_id in rows.values_list("user_id", "group_id"):
        groups.setdefault(user_id, set()).add(group_id)
    return {
        user.pk: Account(
            Viewer(
                user_id=user.pk,
                role=role_of(user),
                group_ids=frozenset(groups.get(user.pk, ())),
            ),
            user.password,
        )
        for user in found
    }


def sessions_in_use(keys: Collection[str]) -> set[str]:
    """Return those of the session keys that nobody signed out of; one query."""
    live = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return set(live.values_list("session_key", flat=True))


def readers_named(user_ids: Collection[int]) -> Mapping[int, Reader]:
    """Return the readers by the key of their account; one query.

    Who has written nothing yet may have no profile, and goes without a name.
    """
    users = User.objects.filter(pk__in=user_ids).select_related("profile")
    named = users.only("username", "first_name", "last_name", "profile")
    return {user.pk: _reader(user) for user in named}


def _reader(user: User) -> Reader:
    profile = profile_of(user)
    return Reader(user.pk, profile.display_name, profile.initials, profile.person_slot)
