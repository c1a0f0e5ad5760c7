"""Every address of the site, walked by everybody: who gets what.

A new address fails the first test until it has its line in the table of addresses.py.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotations.models import Annotation
from annotations.services import claims
from corpus.access import viewer_of
from corpus.models import Article, Event, ImportCandidate, NearPair, Outlet, SourceFile
from corpus.permissions import SYSTEM
from corpus.queries.importing import job_of
from corpus.services import groups, invitations
from corpus.services.agents import named
from corpus.services.batches import create_batch
from corpus.services.following import follow
from corpus.services.group_details import GroupDetails
from corpus.services.rebuilding import ask_rebuild
from corpus.services.running import run
from corpus.services.sources import pasted
from tests.factories import make_article, make_collection, make_highlight, make_link
from tests.people import WALKERS
from tests.project.addresses import KINDS, PRIVATE, TABLE, UNSEEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def shown(alice: User) -> dict[str, Any]:
    """Return what the addresses name, of something that everybody sees."""
    article = make_article(slug="walked")
    marked = make_highlight(alice, article, claim="prayer")
    link = make_link(alice, marked, make_article())
    return _names(article, marked, link.pk, "prayer")


@pytest.fixture
def private(alice: User) -> dict[str, Any]:
    """Return what the addresses name, of something that alice keeps to herself."""
    article = make_article(slug="walked")
    marked = make_highlight(alice, article, claim="secret", audience="private")
    link = make_link(alice, marked, make_article())
    return _names(article, marked, link.pk, "secret")


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
        answer = walkers[walker].get(_address(name, pattern, shown))
        expected = _expected(name)[WALKERS.index(walker)]
        assert (name, answer.status_code) == (name, expected)


@pytest.mark.parametrize("walker", WALKERS)
def test_what_is_private_is_not_there_for_others(
    walker: str, walkers: dict[str, Client], private: dict[str, Any]
) -> None:
    for name, pattern in _about_annotations():
        answer = walkers[walker].get(_address(name, pattern, private))
        expected = PRIVATE.get(name, UNSEEN)[WALKERS.index(walker)]
        assert (name, answer.status_code) == (name, expected)


@pytest.mark.parametrize("walker", ["anonymous", "dave", "carol", "ada"])
def test_nobody_writes_on_what_is_private(
    walker: str, walkers: dict[str, Client], private: dict[str, Any]
) -> None:
    before = Event.objects.count()
    sent = {"note": "Mine now.", "counter": "1", "claim": "stolen", "audience": "public"}
    for name, pattern in _about_annotations():
        answer = walkers[walker].post(_address(name, pattern, private), sent)
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
            answer = walkers[walker].post(_address(name, pattern, shown), sent)
            assert (name, answer.status_code) in {(name, 302), (name, 403)}
    assert Event.objects.count() == before


def test_absent_and_private_look_alike(walkers: dict[str, Client], private: dict[str, Any]) -> None:
    absent = private | {
        "annotation_id": "00000000-0000-4000-8000-000000000000",
        "link_id": "00000000-0000-4000-8000-000000000001",
    }
    for name, pattern in _about_annotations():
        theirs = walkers["dave"].get(_address(name, pattern, private))
        nobodys = walkers["dave"].get(_address(name, pattern, absent))
        assert (name, theirs.status_code) == (name, nobodys.status_code)
        assert _bare(theirs.content, private) == _bare(nobodys.content, absent)


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the site by its name."""
    return _walk(get_resolver(), "")


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name or ''}", entry


def _about_annotations() -> list[tuple[str, URLPattern]]:
    names = {"annotation_id", "link_id"}
    return [(name, entry) for name, entry in addresses() if names & _asked(entry)]


def _asked(pattern: URLPattern) -> set[str]:
    return set(pattern.pattern.regex.groupindex)


def _address(name: str, pattern: URLPattern, names: dict[str, Any]) -> str:
    asked = {key: names[key] for key in _asked(pattern)}
    if "claim" in name and "slug" in asked:
        asked["slug"] = names["claim_slug"]
    if name.startswith("collection") and "slug" in asked:
        asked["slug"] = names["collection_slug"]
    if name.startswith("group") and "slug" in asked:
        asked["slug"] = names["group_slug"]
    if name.startswith("speaker") and "slug" in asked:
        asked["slug"] = names["agent_slug"]
    if "object_id" in asked:
        asked["object_id"] = names.get(name.split(":")[1].rpartition("_")[0], names["object_id"])
    return reverse(name, kwargs=asked)


def _expected(name: str) -> tuple[int, ...]:
    space, _, rest = name.partition(":")
    return TABLE.get(name) or TABLE[f"{space}:*_{rest.rpartition('_')[2]}"]


def _names(article: Article, marked: Annotation, link_id: Any, claim: str) -> dict[str, Any]:
    version, event = article.current_version, Event.objects.earliest("id")
    tagged, collection = claims.find(claim), make_collection(article)
    assert version is not None
    assert tagged is not None
    return {
        "slug": article.slug,
        "number": 1,
        "annotation_id": marked.pk,
        "link_id": link_id,
        "kind": "agree",
        "claim_slug": tagged.slug,
        "event_id": event.pk,
        "relation_id": "00000000-0000-4000-8000-000000000000",
        "alias_id": "00000000-0000-4000-8000-000000000000",
        "collection_slug": collection.slug,
        "group_slug": groups.create(viewer_of(marked.creator), GroupDetails("Walked")).slug,
        "membership_id": "00000000-0000-4000-8000-000000000000",
        "request_id": "00000000-0000-4000-8000-000000000000",
        "invitation_id": "00000000-0000-4000-8000-000000000000",
        "secret": "nobodys",
        "token": "abc-123",
        "press": "00000000-0000-4000-8000-000000000000",
        "together": "00000000-0000-4000-8000-000000000000",
        "key": "nobodys",
        "key_id": "00000000-0000-4000-8000-000000000000",
        "uidb36": "1",
        "ending": "atom",
        "username": marked.creator.username,
        "app_label": "corpus",
        "object_id": "00000000-0000-4000-8000-000000000000",
        "annotations_annotation": marked.pk,
        "annotations_claim": tagged.pk,
        "annotations_link": link_id,
        "auth_user": marked.creator_id,
        "corpus_article": article.pk,
        "corpus_articleversion": version.pk,
        "corpus_collection": collection.pk,
        "corpus_event": event.pk,
        **_curated(article),
    }


def _curated(article: Article) -> dict[str, Any]:
    source = SourceFile.objects.create(sha256="w", name="walked.txt", content=b"words", size=5)
    article.topics.add("walking")
    candidate = _proposed()
    return {
        "batch_id": candidate.batch_id,
        "candidate_id": candidate.pk,
        "corpus_agent": named(None, "Jade Azim").pk,
        "agent_slug": "jade-azim",
        "event_id": 1,
        "corpus_outlet": Outlet.objects.create(name="Outlet", slug="outlet").pk,
        "corpus_sourcefile": source.pk,
        "name": "articles",
        "job_id": ask_rebuild(SYSTEM).pk,
        "feed_id": follow(SYSTEM, "https://news.example/feed").pk,
        "pair_id": NearPair.objects.create(first=article, second=make_article(), share=0.9).pk,
        "corpus_invitation": invitations.create(SYSTEM)[0].pk,
        "taggit_tag": article.topics.get().pk,
    }


def _proposed() -> ImportCandidate:
    """Return an article that an import proposes."""
    batch = create_batch(SYSTEM, [pasted(f"A headline\n\n{'Some words of it. ' * 20}")]).batch
    job = job_of(batch)
    assert job is not None
    run(job.pk)
    return ImportCandidate.objects.get(batch=batch)


def _bare(content: bytes, names: dict[str, Any]) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content.decode())
    for key in ("annotation_id", "link_id"):
        text = text.replace(str(names[key]), key)
    return text
