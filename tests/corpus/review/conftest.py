"""What tests of imports have in common."""

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.permissions import Viewer


@pytest.fixture
def curator(carol: User) -> Viewer:
    """Return the one who imports."""
    return viewer_of(carol)
