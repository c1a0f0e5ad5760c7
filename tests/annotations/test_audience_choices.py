"""For whom something may be written, as the form offers it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.services import groups
from corpus.services.group_details import GroupDetails
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def test_groups_of_one_name_are_told_apart(
    alice: User, client_of: Callable[[User | None], Client]
) -> None:
    for name in ("Seminar", "Seminar", "Tuesday"):
        groups.create(viewer_of(alice), GroupDetails(name))
    article = make_article()
    page = client_of(alice).get(f"{article.get_absolute_url()}annotations/").content.decode()
    assert page.count(">Seminar (made ") == 2
    assert ">Seminar<" not in page
    assert ">Tuesday</option>" in page
