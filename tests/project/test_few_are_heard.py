"""What is written for few changes nothing, at no address of the site, for all others."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from annotations.models import Claim, Notification
from annotations.services import following
from annotations.services.mailing import gather, send_waiting
from corpus.access import viewer_of
from corpus.models import Article, Group
from tests.annotations.notifications.telling import prove, tell_readers
from tests.factories import (
    make_article,
    make_highlight,
    make_link,
    make_note,
    make_reply,
    make_tag,
)
from tests.project.walking import address_of, addresses, names_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

# Sealed anew, or told as of now, each time.
_EACH_TIME = (
    r'name="(csrfmiddlewaretoken|until|client_id)" value="[^"]+"|data-position="[^"]+"'
    r"|just now|\d+ min ago"
)

ClientOf = Callable[[User | None], Client]
Writing = Callable[[User, User, Group, dict[str, Any]], None]


@pytest.fixture
def names(alice: User) -> dict[str, Any]:
    """Return what the addresses name, of something that everybody sees."""
    article = make_article(slug="walked")
    marked = make_highlight(alice, article, claim="prayer", note="For all.")
    make_tag(alice, marked, "prayer", speaker="Jade Azim")
    link = make_link(alice, marked, make_article())
    return names_of(article, marked, link.pk, "prayer")


@pytest.fixture
def people(alice: User, bob: User, carol: User, dave: User, ada: User) -> dict[str, User | None]:
    """Return those who walk, by their names: one is nobody."""
    return {
        "nobody": None,
        "alice": alice,
        "bob": bob,
        "carol": carol,
        "dave": dave,
        "ada": ada,
    }


def _to_herself(alice: User, _: User, __: Group, names: Mapping[str, Any]) -> None:
    _write(alice, names, audience="private")


def _to_the_group(alice: User, bob: User, group: Group, names: Mapping[str, Any]) -> None:
    mark = _write(alice, names, audience="groups", group_ids=frozenset({group.pk}))
    make_reply(bob, mark, "Zebras, @dave and @carol!")


def _write(alice: User, names: Mapping[str, Any], **reach: Any) -> Any:
    article = Article.objects.get(slug=names["slug"])
    mark = make_highlight(alice, article, "The mood", claim="prayer", note="Zebra @dave", **reach)
    make_tag(alice, mark, "hush", stance="disputes", speaker="Zebedee", voice="quoted")
    make_note(alice, article, "Zebras, @carol", **reach)
    make_link(
        alice, mark, Article.objects.get(slug="far-away"), note="Zebra", audience=reach["audience"]
    )
    return mark


@pytest.mark.parametrize(
    ("write", "outside"),
    [
        (_to_herself, ("nobody", "dave", "bob", "carol", "ada")),
        (_to_the_group, ("nobody", "dave", "carol", "ada")),
    ],
)
def test_it_changes_no_address(
    write: Writing,
    outside: tuple[str, ...],
    people: dict[str, User | None],
    group: Group,
    names: dict[str, Any],
    client_of: ClientOf,
) -> None:
    clients = {name: client_of(people[name]) for name in outside}
    make_article(title="Far away", slug="far-away")
    accounts = {name: user for name, user in people.items() if user}
    mailed_at = {name: prove(user) for name, user in accounts.items()}
    for user in accounts.values():
        following.follow(viewer_of(user), Claim.objects.get(name="prayer"))
        following.follow(viewer_of(user), Article.objects.get(slug="walked"))
    tell_readers()
    before = {name: _walked(client, names) for name, client in clients.items()}
    told = set(Notification.objects.values_list("pk", flat=True))

    write(accounts["alice"], accounts["bob"], group, names)
    tell_readers()
    mail.outbox.clear()
    in_a_week = timezone.now() + timedelta(days=8)
    gather(in_a_week)
    send_waiting(in_a_week)
    mailed = {address for one in mail.outbox for address in one.to}

    for name, client in clients.items():
        after = _walked(client, names)
        changed = [one for one in after if after[one] != before[name][one]]
        assert changed == [], name
        news = Notification.objects.filter(reader=people[name]).exclude(pk__in=told)
        assert not news.exists(), name
        assert mailed_at.get(name) not in mailed
    assert "Zebra" in _walked(client_of(accounts["alice"]), names)["article"]


def _walked(client: Client, names: dict[str, Any]) -> dict[str, str]:
    """Return what every address answers to a GET."""
    shown = {}
    for name, pattern in addresses():
        if name in {"admin:", "account_logout"}:
            continue
        answer = client.get(address_of(name, pattern, names))
        body = b"".join(answer) if answer.streaming else answer.content
        shown[name] = (
            f"{answer.status_code} {re.sub(_EACH_TIME, '', body.decode(errors='replace'))}"
        )
    return shown
