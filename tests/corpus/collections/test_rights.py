"""Who sees a collection: the predicates and the querysets say the same, row by row."""

from dataclasses import replace
from itertools import product

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from corpus.access import kept_collections, viewer_of, visible_collections
from corpus.models import Collection, Group
from corpus.permissions import (
    SYSTEM,
    Viewer,
    allowed,
    can_edit_collection,
    can_keep_collection,
    can_see_collection,
)

pytestmark = pytest.mark.django_db

NOBODY = Viewer()
NOBODY_OUTSIDE = Viewer(reads_public=False)


@pytest.fixture
def everyone(
    group: Group, alice: User, bob: User, carol: User, dave: User, ada: User
) -> dict[str, Viewer]:
    """Return the cast as viewers, by name; alice and bob are in the group."""
    cast = {user.username: viewer_of(user) for user in (alice, bob, carol, dave, ada)}
    return {"nobody": NOBODY, "outside": NOBODY_OUTSIDE, "system": SYSTEM, **cast}


@pytest.fixture
def collections(group: Group) -> dict[str, Collection]:
    """Return a collection for everybody and one for the group, each there and taken away."""
    made = {}
    for owner, is_gone in product((None, group), (False, True)):
        name = f"{'gone ' if is_gone else ''}{'group' if owner else 'all'}"
        made[name] = Collection.objects.create(
            title=name,
            slug=name.replace(" ", "-"),
            group=owner,
            deleted_at=timezone.now() if is_gone else None,
        )
    return made


def test_predicates_and_querysets_agree(
    collections: dict[str, Collection], everyone: dict[str, Viewer]
) -> None:
    for viewer in everyone.values():
        seen, kept = set(visible_collections(viewer)), set(kept_collections(viewer))
        for collection in collections.values():
            assert (collection in seen) == can_see_collection(viewer, collection)
            assert (collection in kept) == can_keep_collection(viewer, collection)


def test_a_collection_of_a_group_is_for_its_members(
    collections: dict[str, Collection], everyone: dict[str, Viewer]
) -> None:
    seen = {
        name: {collection.title for collection in visible_collections(viewer)}
        for name, viewer in everyone.items()
    }
    assert seen["alice"] == seen["bob"] == seen["carol"] == seen["ada"] == {"all", "group"}
    assert seen["dave"] == seen["nobody"] == {"all"}
    assert seen["outside"] == set()


def test_curators_and_who_looks_after_a_group_make_and_change_them(
    collections: dict[str, Collection], everyone: dict[str, Viewer], group: Group
) -> None:
    may = {name for name, viewer in everyone.items() if allowed(viewer, "collection.edit")}
    assert may == {"carol", "ada", "system"}
    tends = replace(everyone["alice"], tended_ids=frozenset({group.pk}))
    assert allowed(tends, "collection.edit")
    of_group, of_all = collections["group"], collections["all"]
    assert [can_edit_collection(tends, one) for one in (of_group, of_all)] == [True, False]
    assert collections["gone group"] in kept_collections(tends)
    assert can_keep_collection(tends, collections["gone group"])
    assert collections["gone all"] not in kept_collections(tends)
