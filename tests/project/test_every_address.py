"""Every address of the site, walked by everybody: who gets what.

A new address fails the first test until it has its line in the table.
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
from corpus.models import Article, Event, ImportCandidate, NearPair, Outlet, SourceFile
from corpus.permissions import SYSTEM
from corpus.queries.importing import job_of
from corpus.services import invitations
from corpus.services.agents import named
from corpus.services.batches import create_batch
from corpus.services.rebuilding import ask_rebuild
from corpus.services.running import run
from corpus.services.sources import pasted
from tests.factories import make_article, make_collection, make_highlight, make_link
from tests.people import WALKERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

# What a GET answers to: nobody, a stranger, the author, a curator, an administrator.
EVERYBODY = (200, 200, 200, 200, 200)
ACCOUNTS = (302, 200, 200, 200, 200)
AUTHOR = (302, 403, 200, 403, 403)
CURATORS = (302, 403, 403, 200, 200)
IMPORTS = (302, 404, 404, 200, 200)
SIGNED_OUT = (200, 302, 302, 302, 302)
MOVES = (302, 302, 302, 302, 302)
POSTS_ONLY = (405, 405, 405, 405, 405)
TO_IT = (302, 303, 303, 303, 303)
GONE = (410, 410, 410, 410, 410)

TABLE = {
    "healthz": EVERYBODY,
    "library": EVERYBODY,
    "search": EVERYBODY,
    "article": EVERYBODY,
    "article_block": EVERYBODY,
    "article_source": (404, 404, 404, 200, 200),
    "article_edit": CURATORS,
    "article_versions": EVERYBODY,
    "article_version": MOVES,  # to the reading page, for it is the current one
    "article_changes": EVERYBODY,
    "carried": EVERYBODY,
    "version_bring_back": (302, 403, 403, 302, 302),
    "appearance": POSTS_ONLY,
    "collections": EVERYBODY,
    "collection": EVERYBODY,
    "collection_new": CURATORS,
    "collection_add": CURATORS,
    "collection_edit": CURATORS,
    "collection_delete": CURATORS,
    "collection_restore": (302, 403, 403, 303, 303),  # to its page, for it is there
    "collection_move": TO_IT,
    "collection_remove": TO_IT,
    "collection_put_back": TO_IT,
    "annotation": MOVES,
    "claims": EVERYBODY,
    "claims_complete": EVERYBODY,
    "claim": EVERYBODY,
    "claim_edit": (302, 403, 200, 200, 200),
    "links": EVERYBODY,
    "links_search": EVERYBODY,
    "link": EVERYBODY,
    "annotation_create": ACCOUNTS,
    "article_link": ACCOUNTS,
    "annotation_edit": AUTHOR,
    "annotation_delete": AUTHOR,
    "annotation_restore": MOVES,  # to its place, for nothing here was deleted
    "annotation_reply": ACCOUNTS,
    # To its place, for it stands on its own words.
    "annotation_reattach": (302, 403, 302, 302, 302),
    "annotation_reattach_undo": (302, 403, 302, 302, 302),
    "annotation_claims": AUTHOR,
    "annotation_link": ACCOUNTS,
    "occurrence_edit": AUTHOR,
    "occurrence_remove": AUTHOR,
    "occurrence_restore": (302, 403, 302, 403, 403),  # to its place, for the claim is there
    "link_edit": AUTHOR,
    "link_delete": AUTHOR,
    "link_restore": MOVES,
    "samples": CURATORS,
    "copies": CURATORS,
    "copy_pair": CURATORS,
    "copy_pair_decide": POSTS_ONLY,
    "copy_pair_undo": POSTS_ONLY,
    "imports": CURATORS,
    "import_batch": IMPORTS,
    "candidates_apply": POSTS_ONLY,
    "candidates_reject": POSTS_ONLY,
    "batch_undo": POSTS_ONLY,
    "candidate": IMPORTS,
    "candidate_decide": POSTS_ONLY,
    "candidate_facts": POSTS_ONLY,
    "candidate_split": POSTS_ONLY,
    "candidate_join": POSTS_ONLY,
    "candidate_target": POSTS_ONLY,
    "candidate_judge": POSTS_ONLY,
    "candidate_apply": POSTS_ONLY,
    "candidate_reject": POSTS_ONLY,
    "candidate_restore": POSTS_ONLY,
    "jobs": CURATORS,
    "jobs_rebuild": POSTS_ONLY,
    "job": CURATORS,
    "job_progress": CURATORS,
    "job_retry": POSTS_ONLY,
    "invitation": GONE,
    "first_sign_in": GONE,
    "account_login": SIGNED_OUT,
    "account_logout": ACCOUNTS,
    "account_inactive": EVERYBODY,
    "account_signup": SIGNED_OUT,
    "account_reauthenticate": ACCOUNTS,
    "account_email": ACCOUNTS,
    "profile": ACCOUNTS,
    "account_email_verification_sent": EVERYBODY,
    "account_change_password": ACCOUNTS,
    "account_set_password": MOVES,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_confirm_login_code": MOVES,
    "account_confirm_email": EVERYBODY,
    "admin:index": (302, 302, 302, 200, 200),
    "admin:login": (302, 403, 403, 302, 302),
    "admin:logout": MOVES,
    "admin:password_change": MOVES,
    "admin:password_change_done": (302, 302, 302, 200, 200),
    "admin:jsi18n": (302, 302, 302, 200, 200),
    "admin:app_list": (302, 302, 302, 200, 200),
    "admin:*_changelist": (302, 302, 302, 200, 200),
    "admin:*_add": (302, 302, 302, 403, 403),
    "admin:*_history": MOVES,
    "admin:*_delete": (302, 302, 302, 403, 403),
    "admin:*_change": (302, 302, 302, 200, 200),
    "admin:corpus_outlet_add": (302, 302, 302, 200, 200),
    "admin:corpus_invitation_add": (302, 302, 302, 403, 200),
    "admin:corpus_invitation_made": (302, 302, 302, 403, 302),
    "admin:corpus_invitation_changelist": (302, 302, 302, 403, 200),
    "admin:corpus_invitation_change": (302, 302, 302, 403, 200),
}

# The same for what alice keeps to herself: to others it is not there.
PRIVATE = {
    "annotation": (404, 404, 302, 404, 404),
    "link": (404, 404, 200, 404, 404),
    "annotation_restore": (302, 404, 302, 404, 404),
    "annotation_reattach": (302, 404, 302, 404, 404),
    "annotation_reattach_undo": (302, 404, 302, 404, 404),
    "link_restore": (302, 404, 302, 404, 404),
    "occurrence_restore": (302, 404, 302, 404, 404),
}
UNSEEN = (302, 404, 200, 404, 404)

KINDS = (
    "annotations_annotation",
    "annotations_claim",
    "annotations_link",
    "auth_user",
    "corpus_agent",
    "corpus_article",
    "corpus_articleversion",
    "corpus_collection",
    "corpus_event",
    "corpus_invitation",
    "corpus_outlet",
    "corpus_sourcefile",
    "taggit_tag",
)


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
        "claim_slug": tagged.slug,
        "collection_slug": collection.slug,
        "secret": "nobodys",
        "token": "abc-123",
        "key": "nobodys",
        "uidb36": "1",
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
        "corpus_outlet": Outlet.objects.create(name="Outlet", slug="outlet").pk,
        "corpus_sourcefile": source.pk,
        "job_id": ask_rebuild(SYSTEM).pk,
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
