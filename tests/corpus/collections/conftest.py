"""A curator's browser, and articles to collect."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Article
from tests.factories import make_article


@pytest.fixture
def three() -> list[Article]:
    """Return three articles, named by letters."""
    return [make_article(title=f"Title {letter}", slug=letter) for letter in "abc"]


@pytest.fixture
def curator(carol: User, client_of: Callable[[User | None], Client]) -> Client:
    """Return a browser of carol, who looks after the corpus."""
    return client_of(carol)
