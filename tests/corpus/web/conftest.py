"""A web site on this machine, which the site under test may ask, and its curator."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.permissions import Viewer
from tests.corpus.web.serving import Site, served


@pytest.fixture
def curator(carol: User) -> Viewer:
    """Return the curator as services know her."""
    return viewer_of(carol)


@pytest.fixture
def browser(carol: User, client: Client) -> Client:
    """Return the curator's browser."""
    client.force_login(carol)
    return client


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    """Return a web site that may be asked."""
    with served() as found:
        settings.FETCH_HOSTS = found.hosts.listed
        yield found
