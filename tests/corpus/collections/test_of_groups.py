"""Collections of a group are made and changed by who looks after it, and by nobody else in it."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.models import Collection, Group, Membership
from corpus.services import collection_making, collections
from corpus.services.collection_details import CollectionDetails
from tests.factories import make_article, make_collection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def moderator(alice: User, group: Group) -> User:
    """Return alice, who looks after the group."""
    Membership.objects.filter(group=group, user=alice).update(role=Membership.Role.MODERATOR)
    return alice


def test_a_collection_is_made_from_the_page_of_the_group_and_its_members_alone_see_it(
    moderator: User, bob: User, dave: User, group: Group, client_of: ClientOf
) -> None:
    article = make_article(slug="read", title="Harbours")
    client = client_of(moderator)
    assert "/collections/new/?group=tuesday" in client.get("/groups/tuesday/").text
    form = client.get("/collections/new/?group=tuesday").text
    assert f'<option value="{group.pk}" selected>' in form
    assert "Everybody who may read here" not in form
    sent = {"title": "For Tuesday", "group": str(group.pk), "article": "read"}
    made = client.post("/collections/new/", sent)["Location"]
    assert made == Collection.objects.get().get_absolute_url()
    assert "Harbours" in client_of(bob).get(made).text
    assert "Edit" not in client_of(bob).get(made).text.split("collection-ways")[1][:400]
    assert client_of(bob).get("/collections/new/").status_code == 403
    assert client_of(bob).get(f"{made}edit/").status_code == 403
    assert client_of(dave).get(made).status_code == 404
    assert "New collection" not in client_of(bob).get("/groups/tuesday/").text

    gone = client.post(f"{made}delete/", {"counter": Collection.objects.get().counter})
    assert client_of(bob).get(made).status_code == 404
    client.post(gone["Location"])
    assert client_of(bob).get(made).status_code == 200
    assert article.collection_items.count() == 1


def test_no_address_tells_that_another_group_has_a_collection_of_this_title(
    moderator: User, group: Group
) -> None:
    other = Group.objects.create(name="Others", slug="others")
    make_collection(title="Merger talks", group_id=other.pk)
    details = CollectionDetails("Merger talks", group_id=group.pk)
    own = collection_making.create(viewer_of(moderator), details)
    assert re.fullmatch(r"merger-talks-[0-9a-f]{10}", own.slug)
    assert make_collection(title="Merger talks").slug == "merger-talks"


def test_who_looks_after_one_group_touches_no_other_collection(
    moderator: User, group: Group
) -> None:
    other = Group.objects.create(name="Others", slug="others")
    Membership.objects.create(group=other, user=moderator)
    viewer, article = viewer_of(moderator), make_article()
    of_all = make_collection(title="For all")
    of_other = make_collection(title="Others", group_id=other.pk)
    for one in (of_all, of_other):
        with pytest.raises(NotAllowed):
            collections.add(viewer, one, [article])
        with pytest.raises(NotAllowed):
            collections.delete(viewer, one, counter=one.counter)
    own = collection_making.create(viewer, CollectionDetails("Own", group_id=group.pk))
    for group_id in (None, other.pk):
        details = CollectionDetails("Own", group_id=group_id)
        with pytest.raises(Invalid):
            collection_making.create(viewer, details)
        with pytest.raises(Invalid) as refusal:
            collections.edit(viewer, own, details, counter=own.counter)
        assert refusal.value.fields == {"group": "Choose a group that you look after."}
    own.refresh_from_db()
    assert own.group == group
