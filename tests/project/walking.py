"""The addresses of the site, and one thing of each kind for them to name."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotations.models import Annotation
from annotations.services import claims
from corpus.access import viewer_of
from corpus.models import Article, Event, ImportCandidate, ImportFile, NearPair, Outlet, SourceFile
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
from tests.factories import make_article, make_collection


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the site by its name."""
    return _walk(get_resolver(), "")


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name or ''}", entry


def asked_by(pattern: URLPattern) -> set[str]:
    """Return the names of what `pattern` asks for."""
    return set(pattern.pattern.regex.groupindex)


def address_of(name: str, pattern: URLPattern, names: dict[str, Any]) -> str:
    """Return the address `name` of what `names` names; see `names_of`."""
    asked = {key: names[key] for key in asked_by(pattern)}
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


def names_of(article: Article, marked: Annotation, link_id: Any, claim: str) -> dict[str, Any]:
    """Return what the addresses name, beside the given article, highlight, link and claim."""
    version, event = article.current_version, Event.objects.earliest("id")
    tagged, collection = claims.find(claim, by=marked.creator_id), make_collection(article)
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
        "file_id": ImportFile.objects.get(batch=candidate.batch_id).pk,
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
