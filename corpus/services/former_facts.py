"""What was known of an article before an update by an import, kept to be put back."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models

from corpus.models import Article, Authorship, Event
from corpus.permissions import Viewer
from corpus.services.events import record
from corpus.services.metadata import columns_of, state_of
from corpus.services.stubs import address_set, known_no_more
from corpus.services.topics import given_topics, refile

_VERB = "article.edited"
_STUB_KNOWN = "article.stub_known"


def kept_facts(article: Article, names: Collection[str]) -> dict[str, Any]:
    """Return as JSON values by name what is known of `names`, some of FACTS.

    Each has what the article's `facts` say as "fact", None for nothing, its "columns" by name,
    "authors" in the order of the by-line when it is those, and "topics" when it is those.
    """
    return {
        name: {
            "fact": article.facts.get(name),
            "columns": {column: _as_json(article, column) for column in columns_of(name)},
            "authors": _credits(article) if name == "authors" else [],
            "topics": _topics(article) if name == "topics" else [],
        }
        for name in names
    }


def tell_update(
    viewer: Viewer,
    article: Article,
    *,
    version: int,
    state: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> None:
    """Leave the Event that says what the import of `version` changed; none when it is nothing.

    `state` is what `state_of` said before, and `facts` what `kept_facts` said.
    """
    if kept_facts(article, facts) == facts:
        return
    before, after = _differing(state, state_of(article))
    record(
        viewer.user_id,
        _VERB,
        article,
        article=article,
        before={**before, "facts": facts},
        after={**after, "version": version, "facts": _facts(article, facts)},
    )


def put_back(viewer: Viewer, article: Article, *, version: int) -> None:
    """Let what the import of `version` set be known again as before.

    Only what is still as that import set it: what a curator said since stays. The row of
    `article` is locked; its index is left to the new text.
    """
    told = Event.objects.filter(subject_id=article.pk, verb=_VERB, after__version=version)
    update = told.order_by("-id").first()
    if update is None:
        return
    kept, as_set = update.before["facts"], update.after["facts"]
    names = {name for name, fact in _facts(article, kept).items() if fact == as_set[name]}
    if not names:
        return
    state = state_of(article)
    for name in names:
        _put_back(article, name, kept[name])
    article.counter += 1
    article.save()
    before, after = _differing(state, state_of(article))
    if "canonical_url" in after:
        _leave_page(article, update)
        address_set(viewer, article)
    record(
        viewer.user_id,
        _VERB,
        article,
        article=article,
        before=before,
        after={**after, "undone": version},
    )


def _leave_page(article: Article, update: Event) -> None:
    """Let the page that the `update` took the article for be only linked to, as it was before."""
    told = Event.objects.filter(subject_id=article.pk, verb__in=(_VERB, _STUB_KNOWN))
    last = told.filter(pk__lt=update.pk).order_by("-id").first()
    if last is not None and last.verb == _STUB_KNOWN:
        known_no_more(article, last.before["stub"])


def _facts(article: Article, names: Collection[str]) -> dict[str, Any]:
    return {name: article.facts.get(name) for name in names}


def _put_back(article: Article, name: str, kept: Mapping[str, Any]) -> None:
    if name == "topics":
        refile(article, kept["topics"], former=given_topics(article))
    known = {key: fact for key, fact in article.facts.items() if key != name}
    article.facts = known if kept["fact"] is None else {**known, name: kept["fact"]}
    for column, value in kept["columns"].items():
        field = _field(column)
        setattr(article, field.attname, field.to_python(value))
    if name == "authors":
        article.authorships.all().delete()
        Authorship.objects.bulk_create(
            Authorship(article=article, position=position, **credit)
            for position, credit in enumerate(kept["authors"])
        )


def _field(column: str) -> "models.Field[Any, Any]":
    return next(field for field in Article._meta.concrete_fields if field.name == column)


def _as_json(article: Article, column: str) -> str | None:
    value = _field(column).value_from_object(article)
    return None if value is None else str(value)


def _topics(article: Article) -> list[str]:
    return sorted(article.topics.values_list("name", flat=True))


def _credits(article: Article) -> list[dict[str, str]]:
    rows = article.authorships.order_by("position")
    return [
        {"agent_id": str(row.agent_id), "basis": row.basis, "evidence": row.evidence}
        for row in rows
    ]


def _differing(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [name for name in after if after[name] != before[name]]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}
