"""The reading page as one group, several, everyone or its reader alone sees it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation
from corpus.models import Group, Membership
from tests.factories import make_article, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
PAGE = "/articles/read/"


@pytest.fixture
def owls(alice: User) -> Group:
    """Return a second group of alice's."""
    made = Group.objects.create(name="Board of owls", slug="owls")
    Membership.objects.create(group=made, user=alice)
    return made


@pytest.fixture
def marks(alice: User, bob: User, group: Group, owls: Group) -> dict[str, Annotation]:
    """Return highlights for everyone, alice, each group and both, by whom they are for."""
    article = make_article(slug="read")
    of: dict[str, Any] = {"audience": "groups"}
    return {
        "all": make_highlight(bob, article, "The mood"),
        "alice": make_highlight(alice, article, "Some MPs", audience="private"),
        "tuesday": make_highlight(
            bob, article, "members decide", **of, group_ids=frozenset({group.pk})
        ),
        "owls": make_highlight(
            alice, article, "Others have left", **of, group_ids=frozenset({owls.pk})
        ),
        "both": make_highlight(
            alice, article, "mood", **of, group_ids=frozenset({group.pk, owls.pk})
        ),
    }


def _shown(client: Client, marks: dict[str, Annotation], query: str) -> list[str]:
    page = client.get(f"{PAGE}{query}").content.decode()
    return [name for name, mark in marks.items() if f'data-annotation="{mark.pk}"' in page]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["all", "alice", "tuesday", "owls", "both"]),
        ("?for=public", ["all"]),
        ("?for=private", ["alice"]),
        ("?for=group.tuesday", ["tuesday", "both"]),
        ("?for=group.owls", ["owls", "both"]),
        ("?for=group.owls,group.tuesday", ["tuesday", "owls", "both"]),
        ("?for=private,public", ["all", "alice"]),
        ("?for=group.owls&by=bob", []),
    ],
)
def test_it_shows_what_whoever_was_chosen_sees(
    alice: User, marks: dict[str, Annotation], client_of: ClientOf, query: str, shown: list[str]
) -> None:
    for name in shown:
        marks[name].refresh_from_db()
    assert _shown(client_of(alice), marks, query) == shown


def test_the_rail_counts_and_adds_and_lifts_each(
    alice: User, marks: dict[str, Annotation], client_of: ClientOf
) -> None:
    page = client_of(alice).get(f"{PAGE}?for=group.owls").content.decode()
    part = page[page.index("Seen by") :]
    rows = re.findall(
        r'href="([^"]*)"[^>]*>.*?<span>([^<]+)</span><span class="count">(\d)', part, re.S
    )
    assert [(name, count) for _href, name, count in rows[:4]] == [
        ("Everyone", "1"),
        ("Board of owls", "2"),
        ("Tuesday readers", "2"),
        ("Only you", "1"),
    ]
    assert [href for href, _name, _count in rows[:4]] == [
        "?for=group.owls%2Cpublic",
        "?",
        "?for=group.owls%2Cgroup.tuesday",
        "?for=group.owls%2Cprivate",
    ]
    assert "2 of 5 highlights" in page


def test_a_group_of_others_shows_nothing_and_is_not_told_from_none(
    alice: User, bob: User, dave: User, marks: dict[str, Annotation], client_of: ClientOf
) -> None:
    for slug in ("owls", "no-such-group"):
        page = client_of(bob).get(f"{PAGE}?for=group.{slug}").content.decode()
        assert f"You are in no group “{slug}”." in page
        assert "0 of 3 highlights" in page
        assert "Board of owls" not in page
    for user in (None, dave):
        assert "Seen by" not in client_of(user).get(PAGE).content.decode()
