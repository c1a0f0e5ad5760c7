"""Looking after articles: mending and confirming what is known of them, hiding, topics."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed, Stale
from corpus.extensions import built_on
from corpus.models import Article, ArticleSlug, Event
from corpus.models.slugs import slug_base
from corpus.permissions import Viewer, allowed
from corpus.queries.sight import last_change_of_sight
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.indexing import index_article
from corpus.services.metadata import (
    CURATED,
    Metadata,
    checked,
    confirm_facts,
    facts_to_confirm,
    state_of,
    store_facts,
)
from corpus.services.slugs import free_slug
from corpus.services.stubs import address_set
from corpus.services.topics import MAX_TOPIC

_INDEXED = frozenset({"title", "standfirst", "byline", "authors", "outlet", "canonical_url"})


def edit_metadata(viewer: Viewer, article: Article, metadata: Metadata, *, counter: int) -> Article:
    """Store what differs in `metadata` as set by a curator; return the article as stored.

    The address stays; `readdress` gives a new one. A stub that waited for the text at the
    article's new web address turns out to be the article. Raises NotAllowed, Stale, Invalid.
    """
    wanted = checked(metadata)
    with transaction.atomic():
        one_text_at_a_time()
        stored = _locked(viewer, article, "article.edit")
        _check_counter(stored, counter)
        before, after = store_facts(viewer.user_id, stored, wanted)
        if not after:
            return stored
        _save(stored)
        if "canonical_url" in after:
            address_set(viewer, stored)
        if after.keys() & _INDEXED:
            _index(stored)
        _tell(viewer, "article.edited", stored, before=before, after=after)
        return stored


def confirm(viewer: Viewer, article: Article, facts: Collection[str], *, counter: int) -> Article:
    """Make curated facts of those `facts` that were inferred or derived; keep their evidence.

    `facts` are keys of `corpus.services.metadata.FACTS`. Raises NotAllowed, Stale.
    """
    with transaction.atomic():
        stored = _locked(viewer, article, "article.edit")
        _check_counter(stored, counter)
        before = confirm_facts(stored, set(facts) & set(facts_to_confirm(stored)))
        if not before:
            return stored
        _save(stored)
        after = dict.fromkeys(before, "curated")
        _tell(viewer, "article.confirmed", stored, before={"basis": before}, after={"basis": after})
        return stored


def readdress(viewer: Viewer, article: Article) -> Article:
    """Give the article the address that its title would have; the old one redirects."""
    with transaction.atomic():
        stored = _locked(viewer, article, "article.edit")
        former = stored.slug
        base = slug_base(stored.title, "article")
        if former == base:
            return stored
        own = stored.former_slugs.filter(slug=base)
        stored.slug = base if own.exists() else free_slug(stored.title)
        own.delete()
        ArticleSlug.objects.create(slug=former, article=stored)
        _save(stored)
        _tell(
            viewer,
            "article.readdressed",
            stored,
            before={"slug": former},
            after={"slug": stored.slug},
        )
        return stored


def hide(viewer: Viewer, article: Article) -> Article:
    """Take the article out of sight of all but curators. Twice is harmless."""
    return _set_hidden(viewer, article, is_hidden=True)


def restore(viewer: Viewer, article: Article) -> Article:
    """Show the article again, also when its import was undone. Twice is harmless.

    What was decided for that import alone counts as set by a curator again.
    """
    return _set_hidden(viewer, article, is_hidden=False)


def undo_restore(viewer: Viewer, article: Article) -> Article:
    """Take the article out of sight again for the reason it was shown in spite of.

    One whose import was undone is withdrawn again unless somebody built on it since. Twice
    is harmless. Raises NotAllowed, and Invalid when it was not shown by `restore` last.
    """
    with transaction.atomic():
        one_text_at_a_time()
        stored = _locked(viewer, article, "article.hide")
        if stored.is_hidden:
            return stored
        shown = last_change_of_sight(stored)
        if shown is None or shown.verb != "article.shown":
            raise Invalid(_("Somebody else changed this meanwhile. Nothing was undone."))
        stored.is_hidden = True
        stored.is_withdrawn = bool(shown.before.get("is_withdrawn")) and not _is_built_on(stored)
        if stored.is_withdrawn:
            _mark_undone(stored, shown.before.get("undone_facts", {}))
        _save(stored)
        why = {name: said for name, said in shown.before.items() if name == "why"}
        _tell(viewer, "article.hidden", stored, after=why)
        return stored


def set_topics(viewer: Viewer, article: Article, topics: Sequence[str], *, counter: int) -> Article:
    """Let the article have exactly these topics; case does not count.

    Raises NotAllowed, Stale, and Invalid for a topic that is too long.
    """
    names = _topic_names(topics)
    with transaction.atomic():
        one_text_at_a_time()
        stored = _locked(viewer, article, "topic.add")
        _check_counter(stored, counter)
        before = _topics_of(stored)
        if sorted(map(str.casefold, before)) == sorted(map(str.casefold, names)):
            return stored
        stored.topics.set(names)
        stored.facts = {**stored.facts, "topics": {**CURATED, "basis": "curated", "value": names}}
        _save(stored)
        _index(stored)
        _tell(
            viewer,
            "article.topics_set",
            stored,
            before={"topics": before},
            after={"topics": _topics_of(stored)},
        )
        return stored


def _locked(viewer: Viewer, article: Article, action: str) -> Article:
    if not allowed(viewer, action):
        raise NotAllowed
    rows = Article.objects.select_for_update(of=("self",)).select_related("outlet")
    return rows.get(pk=article.pk)


def _check_counter(stored: Article, seen: int) -> None:
    if stored.counter != seen:
        raise Stale({**state_of(stored), "counter": stored.counter})


def _save(article: Article) -> None:
    article.counter += 1
    article.save()


def _index(article: Article) -> None:
    if article.current_version is not None:
        version = article.current_version
        version.article = article
        index_article(version)


def _set_hidden(viewer: Viewer, article: Article, *, is_hidden: bool) -> Article:
    with transaction.atomic():
        stored = _locked(viewer, article, "article.hide")
        if stored.is_hidden == is_hidden:
            return stored
        before = {} if is_hidden else _why_hidden(stored)
        stored.is_hidden = is_hidden
        bound = _unmark_undone(stored) if stored.is_withdrawn else {}
        if bound:
            before["undone_facts"] = bound
        stored.is_withdrawn = stored.is_withdrawn and is_hidden
        _save(stored)
        _tell(viewer, "article.hidden" if is_hidden else "article.shown", stored, before=before)
        return stored


def _unmark_undone(article: Article) -> dict[str, Any]:
    """Let the facts of its undone import bind again; return them, without their mark, by name."""
    bound = {
        name: {key: value for key, value in fact.items() if key != "is_undone"}
        for name, fact in article.facts.items()
        if fact.get("is_undone")
    }
    article.facts = {**article.facts, **bound}
    return bound


def _mark_undone(article: Article, facts: Mapping[str, Any]) -> None:
    """Let those of `facts` that are as they were when the article was shown bind no more."""
    kept = {name: fact for name, fact in facts.items() if article.facts.get(name) == fact}
    marked = {name: {**fact, "is_undone": True} for name, fact in kept.items()}
    article.facts = {**article.facts, **marked}


def _why_hidden(article: Article) -> dict[str, object]:
    """Return what is needed to hide the article as it is hidden now."""
    last = last_change_of_sight(article)
    return {"is_withdrawn": article.is_withdrawn, **(last.after if last else {})}


def _is_built_on(article: Article) -> bool:
    return any(article.pk in entry.among({article.pk}) for entry in built_on)


def _tell(viewer: Viewer, verb: str, article: Article, **values: dict[str, object]) -> None:
    record(viewer.user_id, verb, article, audience=Event.Audience.STAFF, article=article, **values)


def _topics_of(article: Article) -> list[str]:
    return sorted(article.topics.values_list("name", flat=True), key=str.casefold)


def _topic_names(topics: Sequence[str]) -> list[str]:
    """Return the topics with single spaces, each once, whatever its case."""
    names = {" ".join(topic.split()).casefold(): " ".join(topic.split()) for topic in topics}
    names.pop("", None)
    for name in names.values():
        if len(name) > MAX_TOPIC:
            sentence = _("A topic has at most %(limit)d characters.") % {"limit": MAX_TOPIC}
            raise Invalid(sentence, topics=sentence)
    return list(names.values())
