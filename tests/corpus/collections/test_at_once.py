"""Curators at the same moment, in real threads on a real database file or server."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from corpus.errors import Stale
from corpus.models import Collection, Event
from corpus.permissions import SYSTEM
from corpus.services import collection_making, collections
from corpus.services.collection_details import CollectionDetails
from tests.factories import make_article, make_collection

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 5


def _at_once(write: Callable[[int], str]) -> list[str]:
    start = Barrier(WRITERS, timeout=60)

    def run(number: int) -> str:
        start.wait(timeout=30)
        try:
            return write(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_articles_added_at_once_are_all_there_on_a_place_each() -> None:
    articles = [make_article() for _ in range(WRITERS)]
    made = make_collection(make_article())

    _at_once(lambda number: str(collections.add(SYSTEM, made, [articles[number]])))

    places = made.items.order_by("position").values_list("position", flat=True)
    assert list(places) == list(range(1, WRITERS + 2))


def test_of_moves_made_at_once_on_one_state_one_is_made() -> None:
    articles = [make_article() for _ in range(WRITERS + 1)]
    made = make_collection(*articles)

    def move(number: int) -> str:
        try:
            collections.move(SYSTEM, made, articles[number], to=WRITERS + 1, counter=1)
        except Stale:
            return "stale"
        return "moved"

    assert sorted(_at_once(move)) == ["moved"] + ["stale"] * (WRITERS - 1)
    assert Event.objects.filter(verb="collection.moved").count() == 1


def test_collections_of_one_title_made_at_once_have_an_address_each() -> None:
    details = CollectionDetails("The same title")

    slugs = _at_once(lambda _: collection_making.create(SYSTEM, details).slug)

    assert len(set(slugs)) == WRITERS
    assert Collection.objects.count() == WRITERS
