"""Every address of the site, walked by everybody: who gets what.

A new address fails the first test until it has its line in the table of addresses.py.
"""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern

from annotations.models import Annotation
from corpus.models import Event
from tests.factories import make_article, make_highlight, make_link
from tests.people import WALKERS
from tests.project.addresses import KINDS, PRIVATE, TABLE, UNSEEN
from tests.project.walking import address_of, addresses, asked_by, names_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def shown(alice: User) -> dict[str, Any]:
    """Return what the addresses name, of something that everybody sees."""
    article = make_article(slug="walked")
    marked = make_highlight(alice, article, claim="prayer")
    link = make_link(alice, marked, make_article())
    return names_of(article, marked, link.pk, "prayer")


@pytest.fixture
def private(alice: User) -> dict[str, Any]:
    """Return what the addresses name, of something that alice keeps to herself."""
    article = make_article(slug="walked")
    marked = make_highlight(alice, article, claim="secret", audience="private")
    link = make_link(alice, marked, make_article())
    return names_of(article, marked, link.pk, "secret")


def test_every_address_stands_in_the_table() -> None:
    known = {name for name in TABLE if "*" not in name}
    for name in TABLE:
        known |= {name.replace("*", kind) for kind in KINDS}
    assert {name for name, _ in addresses()} - {"admin:"} == known


@pytest.mark.parametrize("walker", WALKERS)
def test_everybody_gets_what_the_table_says(
    walker: str, walkers: dict[str, Client], shown: dict[str, Any]
) -> None:
    for name, pattern in addresses():
        if name == "admin:":
            continue
        answer = walkers[walker].get(address_of(name, pattern, shown))
        expected = _expected(name)[WALKERS.index(walker)]
        assert (name, answer.status_code) == (name, expected)


@pytest.mark.parametrize("walker", WALKERS)
def test_what_is_private_is_not_there_for_others(
    walker: str, walkers: dict[str, Client], private: dict[str, Any]
) -> None:
    for name, pattern in _about_annotations():
        answer = walkers[walker].get(address_of(name, pattern, private))
        expected = PRIVATE.get(name, UNSEEN)[WALKERS.index(walker)]
        assert (name, answer.status_code) == (name, expected)


@pytest.mark.parametrize("walker", ["anonymous", "dave", "carol", "ada"])
def test_nobody_writes_on_what_is_private(
    walker: str, walkers: dict[str, Client], private: dict[str, Any]
) -> None:
    before = Event.objects.count()
    sent = {"note": "Mine now.", "counter": "1", "claim": "stolen", "audience": "public"}
    for name, pattern in _about_annotations():
        answer = walkers[walker].post(address_of(name, pattern, private), sent)
        assert (name, answer.status_code) in {(name, 302), (name, 303), (name, 404), (name, 405)}
        if answer.status_code in {302, 303}:
            assert "/account/login/" in answer["Location"]
        assert "pray by their bedside" not in answer.content.decode()
    assert Event.objects.count() == before
    assert Annotation.objects.get(pk=private["annotation_id"]).counter == 1


@pytest.mark.parametrize("walker", ["anonymous", "dave", "alice"])
def test_readers_write_nothing_in_the_admin(
    walker: str, walkers: dict[str, Client], shown: dict[str, Any]
) -> None:
    before = Event.objects.count()
    sent = {"role": "administrator", "days": "9", "name": "Mine", "_save": "", "action": "hide"}
    sent["_selected_action"] = str(shown["annotation_id"])
    for name, pattern in addresses():
        if name.startswith("admin:") and name != "admin:":
            answer = walkers[walker].post(address_of(name, pattern, shown), sent)
            assert (name, answer.status_code) in {(name, 302), (name, 403)}
    assert Event.objects.count() == before


def test_absent_and_private_look_alike(walkers: dict[str, Client], private: dict[str, Any]) -> None:
    absent = private | {
        "annotation_id": "00000000-0000-4000-8000-000000000000",
        "link_id": "00000000-0000-4000-8000-000000000001",
    }
    for name, pattern in _about_annotations():
        theirs = walkers["dave"].get(address_of(name, pattern, private))
        nobodys = walkers["dave"].get(address_of(name, pattern, absent))
        assert (name, theirs.status_code) == (name, nobodys.status_code)
        assert _bare(theirs.content, private) == _bare(nobodys.content, absent)


def _about_annotations() -> list[tuple[str, URLPattern]]:
    names = {"annotation_id", "link_id"}
    return [(name, entry) for name, entry in addresses() if names & asked_by(entry)]


def _expected(name: str) -> tuple[int, ...]:
    space, _, rest = name.partition(":")
    return TABLE.get(name) or TABLE[f"{space}:*_{rest.rpartition('_')[2]}"]


def _bare(content: bytes, names: dict[str, Any]) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content.decode())
    for key in ("annotation_id", "link_id"):
        text = text.replace(str(names[key]), key)
    return text
