"""Groups of each kind, and people with their roles in them."""

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.models import Group, Membership
from corpus.services import groups
from corpus.services.group_details import GroupDetails


@pytest.fixture
def seminar(alice: User, bob: User) -> Group:
    """Return the closed group, at /groups/seminar-a/, that alice owns and bob is in."""
    made = groups.create(viewer_of(alice), GroupDetails("Seminar A", "We read on Tuesdays."))
    made.slug = "seminar-a"
    made.save(update_fields=["slug"])
    Membership.objects.create(group=made, user=bob)
    return made


def made_by(user: User, kind: str, name: str = "") -> Group:
    """Return a new group of `kind` that `user` owns."""
    return groups.create(viewer_of(user), GroupDetails(name or f"The {kind} one", kind=kind))


def role_of(group: Group, user: User) -> str:
    """Return the role of `user` in `group`, "" outside."""
    return group.memberships.filter(user=user).values_list("role", flat=True).first() or ""


def of(group: Group, user: User) -> Membership:
    """Return the membership of `user` in `group`."""
    return Membership.objects.get(group=group, user=user)
