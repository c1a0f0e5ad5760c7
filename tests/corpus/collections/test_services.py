"""Making collections, putting articles into them and in order, taking them away."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User

from corpus.access import article_ids_in, viewer_of
from corpus.errors import Invalid, NotAllowed, NotFound, Refused, Stale
from corpus.models import (
    Article,
    Collection,
    Event,
    Group,
    ImportBatch,
    ImportCandidate,
    ImportFile,
    SourceFile,
)
from corpus.permissions import Viewer
from corpus.queries.chosen import MOST_ARTICLES
from corpus.services import collection_making, collections
from corpus.services.collection_details import CollectionDetails
from corpus.services.rebuilding import rebuild
from tests.factories import make_article, make_collection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

DETAILS = CollectionDetails("To read")


@pytest.fixture
def curator(carol: User) -> Viewer:
    """Return carol, who looks after the corpus."""
    return viewer_of(carol)


@pytest.fixture
def five() -> list[Article]:
    """Return five articles, named by letters."""
    return [make_article(title=letter, slug=letter) for letter in "abcde"]


def order(collection: Collection) -> str:
    """Return the slugs in their order, after a look that the places have no gaps."""
    items = list(collection.items.select_related("article").order_by("position"))
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    return "".join(item.article.slug for item in items)


def test_a_collection_is_made_with_its_articles_in_order(
    curator: Viewer, five: list[Article], group: Group
) -> None:
    details = CollectionDetails("  Deselection,\n told ", "Read in this order.\r\n", group.pk)
    made = collection_making.create(curator, details, [five[2], five[0], five[2]])
    assert made.title == "Deselection, told"
    assert (made.description, made.group, made.counter) == ("Read in this order.", group, 1)
    assert order(made) == "ca"
    event = Event.objects.latest("id")
    assert (event.verb, event.actor_id, event.subject_id) == (
        "collection.created",
        curator.user_id,
        made.pk,
    )
    assert event.after["articles"] == [str(five[2].pk), str(five[0].pk)]


def test_the_same_collection_sent_twice_is_made_once(curator: Viewer, ada: User) -> None:
    key = uuid4()
    first = collection_making.create(curator, DETAILS, client_id=key)
    assert collection_making.create(curator, DETAILS, client_id=key) == first
    assert Collection.objects.count() == 1
    with pytest.raises(Invalid):
        collection_making.create(viewer_of(ada), DETAILS, client_id=key)


def test_addresses_are_never_taken_twice_nor_those_of_pages(curator: Viewer) -> None:
    titles = ["New", "new", "Add", "世界", "世界"]
    slugs = [collection_making.create(curator, CollectionDetails(title)).slug for title in titles]
    assert slugs == ["new-2", "new-3", "add-2", "collection", "collection-2"]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (CollectionDetails("  "), "title"),
        (CollectionDetails("x" * 201), "title"),
        (CollectionDetails("a\0b"), "title"),
        (CollectionDetails("x", "y" * 5001), "description"),
        (CollectionDetails("x", "y\ud800"), "description"),
        (CollectionDetails("x", group_id=UUID(int=1)), "group"),
    ],
)
def test_what_cannot_be_stored_is_named(
    curator: Viewer, details: CollectionDetails, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        collection_making.create(curator, details)
    assert list(refused.value.fields) == [field]
    assert not Collection.objects.exists()


def test_editing_keeps_the_address(curator: Viewer) -> None:
    made = make_collection(title="First title")
    edited = collections.edit(curator, made, CollectionDetails("Second title"), counter=1)
    assert (edited.title, edited.slug, edited.counter) == ("Second title", "first-title", 2)
    same = collections.edit(curator, made, CollectionDetails("Second title"), counter=2)
    assert same.counter == 2
    assert Event.objects.filter(verb="collection.edited").count() == 1


def test_adding_goes_to_the_end_and_leaves_out_what_is_there(
    curator: Viewer, five: list[Article]
) -> None:
    made = make_collection(*five[:2])
    assert collections.add(curator, made, [five[1], five[3], five[2]]) == 2
    assert order(made) == "abdc"
    assert collections.add(curator, made, five[:4]) == 0
    assert Event.objects.filter(verb="collection.added").count() == 1


def test_what_was_taken_out_can_be_put_back_where_it_was(
    curator: Viewer, five: list[Article]
) -> None:
    made = make_collection(*five)
    place = collections.remove(curator, made, five[1], counter=1)
    assert (place, order(made)) == (2, "acde")
    collections.add(curator, made, [five[1]], at=place)
    assert order(made) == "abcde"
    with pytest.raises(NotFound):
        collections.remove(curator, made, make_article(), counter=3)


@pytest.mark.parametrize(
    ("letter", "to", "expected"),
    [
        ("a", 3, "bcade"),
        ("e", 1, "eabcd"),
        ("c", 3, "abcde"),
        ("b", 99, "acdeb"),
        ("d", -4, "dabce"),
    ],
)
def test_an_article_moves_to_a_place(
    curator: Viewer, five: list[Article], letter: str, to: int, expected: str
) -> None:
    made = make_collection(*five)
    moved = collections.move(curator, made, five["abcde".index(letter)], to=to, counter=1)
    assert order(made) == expected
    assert moved.counter == (1 if expected == "abcde" else 2)


def test_a_stale_page_is_told_the_present_order(curator: Viewer, five: list[Article]) -> None:
    made = make_collection(*five[:3])
    collections.move(curator, made, five[2], to=1, counter=1)
    with pytest.raises(Stale) as refused:
        collections.move(curator, made, five[0], to=3, counter=1)
    assert refused.value.current["order"] == ["c", "a", "b"]
    assert refused.value.current["counter"] == 2
    for change in (
        lambda: collections.remove(curator, made, five[0], counter=1),
        lambda: collections.edit(curator, made, CollectionDetails("Mine"), counter=1),
        lambda: collections.delete(curator, made, counter=1),
    ):
        with pytest.raises(Stale):
            change()
    assert order(made) == "cab"


def test_a_collection_taken_away_comes_back_as_it_was(curator: Viewer, five: list[Article]) -> None:
    made = make_collection(*five)
    gone = collections.delete(curator, made, counter=1)
    assert gone.deleted_at is not None
    assert collections.delete(curator, made, counter=1).counter == 2
    with pytest.raises(NotFound):
        collections.add(curator, made, [make_article()])
    back = collections.restore(curator, made)
    assert back.deleted_at is None
    assert order(back) == "abcde"
    assert collections.restore(curator, made).counter == 3
    verbs = Event.objects.filter(subject_id=made.pk).values_list("verb", flat=True)
    assert list(verbs) == ["collection.restored", "collection.deleted", "collection.created"]


def test_a_collection_has_its_limit(curator: Viewer) -> None:
    articles = Article.objects.bulk_create(
        Article(slug=f"many-{number}", title="Many") for number in range(MOST_ARTICLES)
    )
    made = make_collection(*articles)
    with pytest.raises(Invalid, match="at most 500 articles, and this one would have 501"):
        collections.add(curator, made, [make_article()])
    assert made.items.count() == MOST_ARTICLES


def test_an_import_becomes_a_collection_in_the_order_of_its_files(curator: Viewer) -> None:
    batch = ImportBatch.objects.create()
    first, second, third = (make_article(title=title, slug=title) for title in "xyz")
    sources = [
        SourceFile.objects.create(sha256=name, name=name, content=b"-", size=1) for name in "ba"
    ]
    for place, source in enumerate(sources):
        ImportFile.objects.create(batch=batch, source=source, name=source.name, position=place)
    rows: list[tuple[int, int, Article | None]] = [
        (1, 0, first),
        (0, 1, second),
        (0, 0, third),
        (1, 1, None),
        (1, 2, third),
    ]
    for source_number, place, article in rows:
        ImportCandidate.objects.create(
            batch=batch,
            source=sources[source_number],
            position=place,
            proposal={},
            digest="",
            article=article,
        )
    made = collection_making.from_batch(curator, batch, DETAILS)
    assert order(made) == "zyx"


def test_a_search_becomes_a_collection_in_the_order_found(curator: Viewer) -> None:
    make_article("Once about herring.", title="Little", slug="l")
    make_article("Herring, herring and herring.", title="Herring", slug="h")
    hidden = make_article("Herring out of sight.", slug="s", is_hidden=True)
    list(rebuild())
    made = collection_making.from_search(curator, "herring", DETAILS)
    assert order(made)[:1] == "h"
    assert sorted(order(made)) == ["h", "l", "s"]
    narrower = collection_making.from_search(
        curator,
        "herring",
        DETAILS,
        within=article_ids_in(make_collection(hidden, title="Other")),
    )
    assert order(narrower) == "s"


def test_readers_change_nothing(alice: User, five: list[Article]) -> None:
    made, viewer = make_collection(*five), viewer_of(alice)
    before = Event.objects.count()
    writes: list[Callable[[], Any]] = [
        lambda: collection_making.create(viewer, DETAILS),
        lambda: collections.edit(viewer, made, DETAILS, counter=1),
        lambda: collections.add(viewer, made, [make_article()]),
        lambda: collections.remove(viewer, made, five[0], counter=1),
        lambda: collections.move(viewer, made, five[0], to=2, counter=1),
        lambda: collections.delete(viewer, made, counter=1),
        lambda: collections.restore(viewer, made),
    ]
    for write in writes:
        with pytest.raises(Refused) as refused:
            write()
        assert isinstance(refused.value, NotAllowed)
    assert Event.objects.count() == before
    assert order(made) == "abcde"
