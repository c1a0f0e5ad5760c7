"""Storing what a proposal says: as a new article, as a new text of one, or as one brought back.

Each is called inside the transaction of an import, with `one_text_at_a_time` in force.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.importing.proposal import Proposal, PublishedDate
from corpus.models import Article, ArticleVersion, Authorship, Basis, Event, SourceFile
from corpus.permissions import Viewer
from corpus.services.agents import named
from corpus.services.events import record
from corpus.services.former_facts import kept_facts, tell_update
from corpus.services.indexing import index_article, index_first
from corpus.services.metadata import FACTS, is_curators, state_of
from corpus.services.outbound import keep_outbound_links
from corpus.services.outlets import outlet_named
from corpus.services.slugs import free_slug
from corpus.services.stubs import address_set, stub_at
from corpus.services.versions import NewText, make_version
from corpus.text.blocks import blocks_to_data, marks_to_data, paratext_to_data
from corpus.text.spans import word_count

# Code points beyond the Basic Multilingual Plane take two units in JavaScript.
_LAST_BASIC = "\uffff"
_COLUMNS = {"url": "canonical_url"}


def store_new(viewer: Viewer, proposal: Proposal, source: SourceFile, text_digest: str) -> Article:
    """Return the new article that `proposal`, read from `source`, makes.

    Where only a stub stood at its address, the stub is filled: what pointed to it holds.
    """
    stub = stub_at(proposal.url.value or "")
    if stub is not None:
        return store_update(viewer, stub, proposal, source).article
    article = Article(digest=text_digest)
    _set_facts(article, proposal, source, FACTS)
    article.slug = free_slug(article.title)
    article.save()
    _credit_authors(viewer, article, proposal)
    version = _first_version(viewer, article, proposal, source)
    _tell(viewer, "article.imported", article, source, version=version.number)
    return article


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
    _set_facts(article, proposal, source, facts)
    article.counter += 1
    article.save()
    if "url" in facts:
        address_set(viewer, article)
    if "authors" in facts:
        article.authorships.all().delete()
        _credit_authors(viewer, article, proposal)


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


def _set_facts(
    article: Article,
    proposal: Proposal,
    source: SourceFile,
    names: Sequence[str],
) -> None:
    """Set what the proposal says of `names` on the article; the authors are credited apart."""
    values: dict[str, Any] = {
        "title": (proposal.title.value or source.name)[:500],
        "standfirst": proposal.standfirst.value or "",
        "byline": (proposal.byline.value or "")[:300],
        "outlet": outlet_named(proposal.outlet.value) if proposal.outlet.value else None,
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
        if name != "authors":
            setattr(article, f"{_COLUMNS.get(name, name)}_basis", _basis(proposal, name))


def _set_published(article: Article, published: PublishedDate) -> None:
    whole = {"day": "", "month": "-01", "year": "-01-01", "unknown": ""}[published.precision]
    article.published_on = date.fromisoformat(published.date + whole) if published.date else None
    article.published_precision = published.precision
    article.published_not_before = _day(published.not_before)
    article.published_not_after = _day(published.not_after)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _credit_authors(viewer: Viewer, article: Article, proposal: Proposal) -> None:
    agents = dict.fromkeys(named(viewer.user_id, name) for name in proposal.authors.value or ())
    for position, agent in enumerate(agents):
        Authorship.objects.create(
            article=article,
            agent=agent,
            position=position,
            basis=proposal.authors.basis,
            evidence=proposal.authors.evidence[:500],
        )


def _first_version(
    viewer: Viewer, article: Article, proposal: Proposal, source: SourceFile
) -> ArticleVersion:
    version = ArticleVersion.objects.create(
        article=article,
        number=1,
        text=proposal.text,
        blocks=blocks_to_data(proposal.blocks),
        marks=marks_to_data(proposal.marks),
        paratext=paratext_to_data(proposal.paratext),
        flags=[asdict(flag) for flag in proposal.flags],
        digest=article.digest,
        reason="imported",
        word_count=word_count(proposal.text),
        is_basic=max(proposal.text, default="") <= _LAST_BASIC,
        source=source,
        source_start=proposal.source_start,
        source_end=proposal.source_end,
        created_by_id=viewer.user_id,
    )
    keep_outbound_links(version)
    article.current_version = version
    article.save(update_fields=["current_version"])
    index_first(version)
    return version


def _tell(viewer: Viewer, verb: str, article: Article, source: SourceFile, **more: object) -> None:
    record(
        viewer.user_id,
        verb,
        article,
        article=article,
        audience=Event.Audience.PUBLIC,
        after={"title": article.title, "source": source.name, **more},
    )
