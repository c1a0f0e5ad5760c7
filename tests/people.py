"""The people in the tests.

alice writes, bob is in her group, carol curates, dave is a stranger, ada administers; and
there is somebody who is not signed in. The noise belongs to nina and noel.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Group, Membership
from tests.factories import make_noise

WALKERS = ("anonymous", "dave", "alice", "carol", "ada")
"""Who walks every address: nobody, a stranger, the author, a curator, an administrator."""


@pytest.fixture
def alice(db: None) -> User:
    """Return the reader who writes."""
    return User.objects.create_user("alice", password="correct horse", first_name="Alice")


@pytest.fixture
def bob(db: None) -> User:
    """Return the reader who may share a group with alice."""
    return User.objects.create_user("bob", password="correct horse", first_name="Bob")


@pytest.fixture
def carol(db: None) -> User:
    """Return the curator."""
    return User.objects.create_user("carol", password="correct horse", is_staff=True)


@pytest.fixture
def dave(db: None) -> User:
    """Return the reader who has nothing to do with the others."""
    return User.objects.create_user("dave", password="correct horse")


@pytest.fixture
def ada(db: None) -> User:
    """Return the administrator."""
    return User.objects.create_superuser("ada", password="correct horse")


@pytest.fixture
def group(alice: User, bob: User) -> Group:
    """Return the group of alice and bob."""
    made = Group.objects.create(name="Tuesday readers", slug="tuesday")
    for user in (alice, bob):
        Membership.objects.create(group=made, user=user)
    return made


def among(name: str, *users: User) -> dict[str, Any]:
    """Return what makes a highlight one for a new group of `users`."""
    made = Group.objects.create(name=name, slug=name)
    for user in users:
        Membership.objects.create(group=made, user=user)
    return {"audience": "groups", "group_ids": frozenset({made.pk})}


@pytest.fixture
def noise(db: None) -> None:
    """Fill the tables with rows that the test is not about."""
    make_noise(User.objects.create_user("nina"), User.objects.create_user("noel"))


@pytest.fixture
def client_of(db: None) -> Callable[[User | None], Client]:
    """Return a function that gives a browser in which `user`, or nobody, is signed in."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def walkers(
    alice: User,
    carol: User,
    dave: User,
    ada: User,
    client_of: Callable[[User | None], Client],
) -> dict[str, Client]:
    """Return a browser for each of WALKERS."""
    users = {"anonymous": None, "dave": dave, "alice": alice, "carol": carol, "ada": ada}
    return {name: client_of(users[name]) for name in WALKERS}
