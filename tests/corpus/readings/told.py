"""What tests of reading do and look at."""

from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.models import Article
from corpus.services.reading import Noted, note


def read(user: User, article: Article, seen: str, place: int | None = None) -> None:
    """Note, as the page does, which blocks `user` saw and where they are."""
    note(viewer_of(user), article, Noted(1, place, seen))


def page_of(client: Client, address: str, status: int = 200) -> str:
    """Return the page at `address` in one line."""
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())
