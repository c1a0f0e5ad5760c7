"""Feeds are valid, lasting, and tell everybody what everybody sees."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation
from annotations.services import annotations, resolving
from annotations.services.annotations import Changes
from corpus.access import viewer_of
from corpus.models import Article
from tests.factories import (
    make_article,
    make_collection,
    make_highlight,
    make_link,
    make_note,
    make_reply,
    make_tag,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = (
    "/activity/feed",
    "/articles/exodus/feed",
    "/claims/threat/feed",
    "/collections/to-read/feed",
    "/readers/alice/feed",
)


@pytest.fixture
def article(alice: User, bob: User) -> Article:
    """Return an article of whose claim, reader and collection there are feeds."""
    article = make_article(title="The <exodus> & so on", slug="exodus")
    make_collection(article, title="To read")
    mark = make_highlight(alice, article, claim="threat", note="Is it [so](/claims/)? **Yes**.")
    make_tag(alice, mark, "another")
    make_reply(bob, mark, "<script>alert(1)</script>")
    make_link(bob, mark, make_article())
    resolving.resolve(viewer_of(alice), mark)
    return article


def _atom(client: Client, address: str) -> ElementTree.Element:
    answer = client.get(f"{address}.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def _json(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(f"{address}.json")
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    document: dict[str, Any] = json.loads(answer.content)
    return document


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("address", ADDRESSES)
def test_atom_has_what_the_standard_asks_for(client: Client, address: str) -> None:
    feed = _atom(client, address)
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1
        UUID(element.findtext(f"{ATOM}id", "").removeprefix("urn:uuid:"))
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
        for link in element.findall(f"{ATOM}link"):
            assert link.attrib["href"].startswith("http://testserver/")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    relations = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
    assert relations["self"] == f"http://testserver{address}.atom"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    times = [entry.findtext(f"{ATOM}published", "") for entry in entries]
    assert times == sorted(times, reverse=True)
    for entry in entries:
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.attrib["type"] == "html"
        _check_html(content.text or "")


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("address", ADDRESSES)
def test_json_says_the_same_in_its_own_format(client: Client, address: str) -> None:
    feed, atom = _json(client, address), _atom(client, address)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{address}.json"
    assert client.get(feed["home_page_url"]).status_code == 200
    told = [(item["id"], item["title"], item["content_html"]) for item in feed["items"]]
    assert told == [
        tuple(entry.findtext(ATOM + name) for name in ("id", "title", "content"))
        for entry in atom.findall(f"{ATOM}entry")
    ]
    for item in feed["items"]:
        assert item["url"].startswith("http://testserver/")
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo


def _check_html(html: str) -> None:
    assert "<script" not in html
    for address in re.findall(r'href="([^"]*)"', html):
        assert address.startswith("http://testserver/")
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"a", "blockquote", "p", "ul", "li", "strong"}


@pytest.mark.usefixtures("article")
def test_what_no_document_can_hold_is_left_out(client: Client, alice: User) -> None:
    odd = make_article("Bell \x07 and \x0b in words.", title="Odd \x1b title", slug="odd")
    mark = make_highlight(alice, odd, "Bell \x07 and")
    Annotation.objects.filter(pk=mark.pk).update(note="A \x08 note \ufffe.")
    (entry,) = _atom(client, "/articles/odd/feed").findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Alice marked a passage in “Odd  title”"
    assert "<p>Bell  and</p>" in entry.findtext(f"{ATOM}content", "")


def test_an_entry_keeps_its_id_and_tells_when_it_was_edited(
    client: Client, alice: User, article: Article
) -> None:
    note = make_note(alice, article, "First.")
    before = _json(client, "/articles/exodus/feed")["items"][0]
    annotations.edit(viewer_of(alice), note, Changes(note="Second."), counter=1)
    after = _json(client, "/articles/exodus/feed")["items"][0]
    assert (before["id"], before["date_published"]) == (after["id"], after["date_published"])
    assert after["date_modified"] > after["date_published"]
    assert after["content_html"] == "<p>Second.</p>"


@pytest.mark.parametrize("ending", ["atom", "json"])
def test_the_same_is_not_sent_again(
    client: Client, alice: User, article: Article, ending: str
) -> None:
    first = client.get(f"/activity/feed.{ending}")
    assert first["Cache-Control"] == "private, no-cache"
    assert first["X-Robots-Tag"] == "noindex"
    sent = {"If-None-Match": first["ETag"]}
    again = client.get(f"/activity/feed.{ending}", headers=sent)
    assert (again.status_code, again.content) == (304, b"")
    note = make_note(alice, article)
    assert client.get(f"/activity/feed.{ending}", headers=sent).status_code == 200
    annotations.delete(viewer_of(alice), note)
    assert client.get(f"/activity/feed.{ending}", headers=sent).status_code == 304


def test_what_is_private_changes_no_byte(
    alice: User,
    bob: User,
    carol: User,
    dave: User,
    ada: User,
    article: Article,
    client_of: ClientOf,
) -> None:
    clients = [client_of(user) for user in (None, bob, carol, dave, ada)]
    addresses = [f"{address}.{ending}" for address in ADDRESSES for ending in ("atom", "json")]

    def shown() -> list[bytes]:
        return [client.get(address).content for client in clients for address in addresses]

    before = shown()
    mark = make_highlight(alice, article, claim="threat", audience="private")
    make_tag(alice, mark, "hush")
    make_reply(alice, mark)
    make_link(alice, mark, make_article(), audience="private")
    hidden = make_article(title="Hidden", is_hidden=True)
    Annotation.objects.filter(pk=make_note(alice, article).pk).update(article=hidden, number=1)
    assert shown() == before


@pytest.mark.usefixtures("article")
def test_there_is_no_feed_of_what_one_does_not_see(client: Client, alice: User, dave: User) -> None:
    make_article(slug="secret", access="members")
    make_note(dave, make_article(), audience="private")
    for address in ("/articles/secret", "/readers/dave", "/readers/nobody", "/claims/none"):
        assert client.get(f"{address}/feed.atom").status_code == 404
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/articles/secret/").status_code == 200
    assert client.get("/articles/secret/feed.atom").status_code == 404
    assert client.get("/activity/feed.rss").status_code == 404


@pytest.mark.usefixtures("article")
def test_a_site_for_members_has_no_open_feed(client: Client, settings: LazySettings) -> None:
    settings.READING = "members"
    for address in ADDRESSES:
        assert client.get(f"{address}.atom").status_code == 404


def test_a_feed_asks_the_database_no_more_for_more_entries(
    client: Client, alice: User, bob: User, article: Article
) -> None:
    def queries() -> int:
        for user in (alice, bob):
            mark = make_highlight(user, article, "The mood", claim="threat")
            make_reply(user, mark)
            make_link(user, mark, make_article())
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/articles/exodus/feed.atom").status_code == 200
        return len(asked)

    assert queries() == queries()


@pytest.mark.usefixtures("article")
def test_pages_name_their_open_feeds_and_no_others(client: Client, alice: User) -> None:
    make_article(slug="for-members", access="members")
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    for page in ("/activity/", "/articles/exodus/", "/claims/threat/", "/readers/alice/"):
        for ending, kind in (("atom", "application/atom+xml"), ("json", "application/feed+json")):
            named = f'<link rel="alternate" type="{kind}" href="{page}feed.{ending}"'
            assert named in client.get(page).text
    assert "feed." not in client.get("/articles/for-members/").text
    assert "?kind=article&amp;name=for-members" in client.get("/articles/for-members/").text
