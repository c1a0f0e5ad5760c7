"""Storing what a proposal says of an article that is there: a new text, or its coming back.

New articles are stored in newcomers.py. Each is called inside the transaction of an import,
with `one_text_at_a_time` in force.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from corpus.importing.proposal import Proposal, PublishedDate
from corpus.models import (
    Agent,
    Article,
    ArticleVersion,
    Authorship,
    Basis,
    Event,
    Outlet,
    SourceFile,
)
from corpus.permissions import Viewer
from corpus.services.agents import named
from corpus.services.events import record
from corpus.services.former_facts import kept_facts, tell_update
from corpus.services.indexing import index_article
from corpus.services.metadata import FACTS, NO_COLUMN, is_curators, state_of
from corpus.services.outlets import outlet_named
from corpus.services.stubs import address_set
from corpus.services.topics import given_topics, refile
from corpus.services.versions import NewText, make_version

_LONGEST_BYLINE = 300
_COLUMNS = {"url": "canonical_url"}


def store_update(
    viewer: Viewer, article: Article, proposal: Proposal, source: SourceFile
) -> ArticleVersion:
    """Make the text of `proposal` that of the known `article`; return its current version.

    What the proposal knows takes the place of what was not set by a curator. What stood there
    is kept, to be put back when the import is undone.
    """
    stored = _locked(article)
    facts = [
        name for name in _open_facts(stored, proposal) if _basis(proposal, name) != Basis.UNKNOWN
    ]
    state, known = state_of(stored), kept_facts(stored, facts)
    is_filled = stored.is_stub
    _renew(viewer, stored, proposal, source, facts)
    version = _new_text(viewer, stored, proposal, source)
    if not is_filled:
        tell_update(viewer, stored, version=version.number, state=state, facts=known)
    return version


def bring_back(viewer: Viewer, article: Article, proposal: Proposal, source: SourceFile) -> Article:
    """Show an article that an undone import took out, as `proposal` has it now; return it.

    What a curator set stays.
    """
    stored = _locked(article)
    stored.is_hidden = stored.is_withdrawn = False
    _renew(viewer, stored, proposal, source, _open_facts(stored, proposal))
    version = _new_text(viewer, stored, proposal, source)
    _tell(viewer, "article.imported", stored, source, version=version.number, again=True)
    return stored


def _locked(article: Article) -> Article:
    rows = Article.objects.select_for_update(of=("self",), no_key=True).select_related("outlet")
    return rows.get(pk=article.pk)


def _renew(
    viewer: Viewer,
    article: Article,
    proposal: Proposal,
    source: SourceFile,
    facts: Sequence[str],
) -> None:
    former = given_topics(article)
    set_facts(article, proposal, source, facts)
    article.counter += 1
    article.save()
    if "url" in facts:
        address_set(viewer, article)
    if "authors" in facts:
        article.authorships.all().delete()
        credited = authorships(article, proposal, partial(named, viewer.user_id))
        Authorship.objects.bulk_create(credited)
    if "topics" in facts:
        refile(article, proposal.topics.value or (), former=former)


def _new_text(
    viewer: Viewer, article: Article, proposal: Proposal, source: SourceFile
) -> ArticleVersion:
    """Store the text unless it is what the article has; either way search knows the facts."""
    seen = article.current_version
    version = make_version(
        viewer,
        article,
        NewText(
            proposal.text,
            proposal.blocks,
            proposal.marks,
            proposal.paratext,
            [asdict(flag) for flag in proposal.flags],
        ),
        seen=seen.number if seen else 0,
        reason="imported_anew" if seen else "imported",
        source=source,
        source_start=proposal.source_start,
        source_end=proposal.source_end,
    )
    if version == seen:
        version.article = article
        index_article(version)
    article.refresh_from_db()
    return version


def _open_facts(article: Article, proposal: Proposal) -> list[str]:
    """Return the facts that `proposal` may set: a curator's on the article only by a curator's.

    What was decided for an import that was undone is no curator's on the article.
    """
    return [
        name
        for name in FACTS
        if _basis(proposal, name) == Basis.CURATED or not is_curators(article, name)
    ]


def _basis(proposal: Proposal, name: str) -> str:
    return str(getattr(proposal, name).basis)


def set_facts(
    article: Article,
    proposal: Proposal,
    source: SourceFile,
    names: Sequence[str],
    *,
    outlet: Callable[[str], Outlet] = outlet_named,
) -> None:
    """Set what the proposal says of `names` on the article; authors and topics are stored apart.

    `outlet` finds or makes the one with a name.
    """
    values: dict[str, Any] = {
        "title": (proposal.title.value or source.name)[:500],
        "standfirst": proposal.standfirst.value or "",
        "byline": _shortened(proposal.byline.value or ""),
        "outlet": outlet(proposal.outlet.value) if proposal.outlet.value else None,
        "language": proposal.language.value or "",
        "url": proposal.url.value or "",
    }
    data = proposal.facts_to_data()
    for name in names:
        article.facts = {**article.facts, name: data[name]}
        if name == "published":
            _set_published(article, proposal.published.value or PublishedDate())
        elif name in values:
            setattr(article, _COLUMNS.get(name, name), values[name])
        if name not in NO_COLUMN:
            setattr(article, f"{_COLUMNS.get(name, name)}_basis", _basis(proposal, name))


def _shortened(byline: str) -> str:
    """Return a by-line as long as the column takes, without the name that it would cut in two."""
    if len(byline) <= _LONGEST_BYLINE:
        return byline
    begins = byline[: _LONGEST_BYLINE - 1]
    return f"{begins.rpartition(',')[0] or begins} …"[:_LONGEST_BYLINE]


def _set_published(article: Article, published: PublishedDate) -> None:
    whole = {"day": "", "month": "-01", "year": "-01-01", "unknown": ""}[published.precision]
    article.published_on = date.fromisoformat(published.date + whole) if published.date else None
    article.published_precision = published.precision
    article.published_not_before = _day(published.not_before)
    article.published_not_after = _day(published.not_after)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def authorships(
    article: Article, proposal: Proposal, agent: Callable[[str], Agent]
) -> list[Authorship]:
    """Return rows for the authors that the proposal names; `agent` finds or makes each."""
    agents = dict.fromkeys(agent(name) for name in proposal.authors.value or ())
    return [
        Authorship(
            article=article,
            agent=one,
            position=position,
            basis=proposal.authors.basis,
            evidence=proposal.authors.evidence[:500],
        )
        for position, one in enumerate(agents)
    ]


def _tell(viewer: Viewer, verb: str, article: Article, source: SourceFile, **more: object) -> None:
    record(
        viewer.user_id,
        verb,
        article,
        article=article,
        audience=Event.Audience.PUBLIC,
        after={"title": article.title, "source": source.name, **more},
    )
