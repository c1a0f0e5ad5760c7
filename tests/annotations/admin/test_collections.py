"""Collections in the admin: written by the services, with one Event for each write."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from corpus.models import Collection, Event, Group
from tests.annotations.admin.forms import act, change
from tests.factories import make_article, make_collection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def collection() -> Collection:
    """Return a collection of two articles."""
    return make_collection(make_article(title="Second"), make_article(title="First"))


def test_curator_changes_the_words(
    curator: Client, carol: User, group: Group, collection: Collection
) -> None:
    before = Event.objects.count()
    assert change(curator, collection, title="Renamed", group=str(group.pk)).status_code == 302
    collection.refresh_from_db()
    assert (collection.title, collection.group, collection.slug) == ("Renamed", group, "to-read")
    (event,) = Event.objects.order_by("id")[before:]
    assert (event.verb, event.actor) == ("collection.edited", carol)


def test_stale_page_is_refused_with_what_is_stored(curator: Client, collection: Collection) -> None:
    change(curator, collection, title="Stored meanwhile")
    answer = change(curator, collection, title="Too late", seen_counter=1)
    assert answer.status_code == 200
    assert "Stored now: Title: Stored meanwhile" in answer.content.decode()


def test_what_was_taken_away_is_found_and_comes_back(
    curator: Client, collection: Collection
) -> None:
    act(curator, "corpus_collection", "take_away", collection)
    collection.refresh_from_db()
    assert collection.deleted_at is not None
    address = reverse("admin:corpus_collection_changelist")
    assert "To read" in curator.get(f"{address}?state=gone").content.decode()
    assert "To read" not in curator.get(f"{address}?state=there").content.decode()
    act(curator, "corpus_collection", "bring_back", collection)
    collection.refresh_from_db()
    assert collection.deleted_at is None


def test_its_page_names_the_articles_in_their_order(
    curator: Client, collection: Collection
) -> None:
    opened = reverse("admin:corpus_collection_change", args=[collection.pk])
    page = curator.get(opened).content.decode()
    assert page.index(">Second</a>") < page.index(">First</a>")
    assert 'href="/collections/to-read/"' in page


def test_a_deleted_group_is_offered_only_to_what_is_for_it(
    curator: Client, group: Group, collection: Collection
) -> None:
    kept = make_collection(title="Kept", group_id=group.pk)
    Group.objects.filter(pk=group.pk).update(deleted_at=timezone.now())
    opened = {
        one: curator.get(reverse("admin:corpus_collection_change", args=[one.pk])).content.decode()
        for one in (collection, kept)
    }
    assert f'<option value="{group.pk}"' not in opened[collection]
    assert f'<option value="{group.pk}" selected' in opened[kept]
    assert change(curator, kept, title="Renamed").status_code == 302
    kept.refresh_from_db()
    assert (kept.title, kept.group) == ("Renamed", group)
