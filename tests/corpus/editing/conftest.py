"""An article to edit, and the browser of the curator who does."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Article
from tests.factories import make_article


@pytest.fixture
def article() -> Article:
    """Return an article of three paragraphs, those of TEXT."""
    return make_article(title="The exodus")


@pytest.fixture
def client(carol: User, client_of: Callable[[User | None], Client]) -> Client:
    """Return the browser of carol, who looks after the corpus."""
    return client_of(carol)
