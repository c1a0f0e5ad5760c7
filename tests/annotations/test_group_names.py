"""Words for groups say which, to those who are in them, and name no other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.models import Group, Membership
from tests.factories import make_article, make_highlight, make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def closed(alice: User) -> Group:
    """Return a group of alice's that bob is not in."""
    made = Group.objects.create(name="Board of owls", slug="owls")
    Membership.objects.create(group=made, user=alice)
    return made


def test_each_reader_reads_the_names_of_their_own_groups(
    alice: User, bob: User, group: Group, closed: Group, client_of: ClientOf
) -> None:
    article, other = make_article(slug="read"), make_article(slug="other")
    both: dict[str, Any] = {"audience": "groups", "group_ids": frozenset({group.pk, closed.pk})}
    mark = make_highlight(alice, article, note="For both.", **both)
    link = make_link(alice, mark, other)
    addresses = ("/articles/read/", "/links/", link.get_absolute_url())
    for address in addresses:
        hers = client_of(alice).get(address, follow=True).content.decode()
        his = client_of(bob).get(address, follow=True).content.decode()
        assert "Board of owls, Tuesday readers" in hers, address
        assert "Tuesday readers" in his, address
        assert "owls" not in his, address
    assert "Board of owls, Tuesday readers" in client_of(alice).get("/notebook/").content.decode()


def test_names_take_one_query_however_many_they_are(
    alice: User, bob: User, group: Group, client_of: ClientOf
) -> None:
    article = make_article(slug="read")
    client = client_of(bob)

    def queries(words: str) -> int:
        make_highlight(
            alice, article, words, audience="groups", group_ids=frozenset({group.pk}), note="x"
        )
        with CaptureQueriesContext(connection) as asked:
            client.get("/articles/read/")
        return len(asked)

    queries("Some MPs")
    assert queries("The mood") == queries("members decide")
