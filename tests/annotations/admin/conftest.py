"""Who is signed in to the admin, and an article with guesses."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Article
from corpus.services.indexing import index_article
from tests.factories import make_article


@pytest.fixture
def curator(carol: User, client: Client) -> Client:
    client.force_login(carol)
    return client


@pytest.fixture
def administrator(ada: User, client: Client) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def article() -> Article:
    made = make_article(title="Guessed title", title_basis="derived", language_basis="inferred")
    assert made.current_version is not None
    index_article(made.current_version)
    return made
