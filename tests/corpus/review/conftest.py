"""What tests of imports have in common."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.permissions import Viewer


@pytest.fixture
def curator(carol: User) -> Viewer:
    """Return the one who imports."""
    return viewer_of(carol)


@pytest.fixture
def browser(carol: User, client_of: Callable[[User | None], Client]) -> Client:
    """Return the curator's browser."""
    return client_of(carol)
