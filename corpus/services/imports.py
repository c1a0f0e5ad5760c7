"""Storing what an import proposes: sources, articles, their first versions."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from corpus.errors import NotAllowed
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal, PublishedDate, digest
from corpus.importing.read import read_source
from corpus.models import (
    Article,
    ArticleVersion,
    Authorship,
    Event,
    ImportBatch,
    ImportCandidate,
    SourceFile,
)
from corpus.permissions import Viewer, allowed
from corpus.services.agents import named
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.indexing import index_article
from corpus.services.outbound import keep_outbound_links
from corpus.services.outlets import outlet_named
from corpus.services.slugs import free_slug
from corpus.text.blocks import blocks_to_data, marks_to_data, paratext_to_data

# Code points beyond the Basic Multilingual Plane take two units in JavaScript.
_LAST_BASIC = "\uffff"


@dataclass(frozen=True)
class SourceBytes:
    """A file to import: its name, its bytes, and where it was fetched from, if anywhere."""

    name: str
    content: bytes
    origin_url: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one proposal: a new article, or one that was there already."""

    proposal: Proposal
    article: Article
    is_new: bool


def import_source(
    viewer: Viewer, source: SourceBytes, batch: ImportBatch | None = None
) -> list[Outcome]:
    """Read `source` and store each article in it that is not there yet; in order.

    Nothing at all is stored when every article is there already. Without a `batch` the
    source makes one of its own. Raises ImportRefused for what cannot be read.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    proposals = read_and_interpret(source.content, source.name)
    with transaction.atomic():
        one_text_at_a_time()
        known = _articles_by_digest(proposals)
        if all(digest(proposal.text) in known for proposal in proposals):
            return [Outcome(item, known[digest(item.text)], is_new=False) for item in proposals]
        return _store(viewer, source, proposals, known, batch)


def _articles_by_digest(proposals: Sequence[Proposal]) -> dict[str, Article]:
    digests = {digest(proposal.text) for proposal in proposals}
    found = ArticleVersion.objects.filter(digest__in=digests).select_related("article")
    return {version.digest: version.article for version in found}


def _store(
    viewer: Viewer,
    source: SourceBytes,
    proposals: Sequence[Proposal],
    known: dict[str, Article],
    batch: ImportBatch | None,
) -> list[Outcome]:
    batch = batch or ImportBatch.objects.create(
        created_by_id=viewer.user_id, note=source.name[:200]
    )
    file = _source_file(viewer, source)
    outcomes = []
    for position, proposal in enumerate(proposals, start=1):
        text_digest = digest(proposal.text)
        article = known.get(text_digest)
        is_new = article is None
        if article is None:
            article = _new_article(viewer, proposal, file, text_digest)
            known[text_digest] = article
        ImportCandidate.objects.create(
            batch=batch,
            source=file,
            position=position,
            proposal=proposal.to_data(),
            digest=text_digest,
            state=ImportCandidate.State.APPLIED if is_new else ImportCandidate.State.DUPLICATE,
            article=article,
        )
        outcomes.append(Outcome(proposal, article, is_new))
    return outcomes


def _source_file(viewer: Viewer, source: SourceBytes) -> SourceFile:
    sha256 = hashlib.sha256(source.content).hexdigest()
    known = SourceFile.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    return SourceFile.objects.create(
        sha256=sha256,
        name=source.name[:255],
        encoding=read_source(source.content, source.name).encoding,
        origin_url=source.origin_url,
        content=source.content,
        size=len(source.content),
        imported_by_id=viewer.user_id,
    )


def _new_article(viewer: Viewer, proposal: Proposal, file: SourceFile, text_digest: str) -> Article:
    title = (proposal.title.value or file.name)[:500]
    outlet = proposal.outlet.value
    article = Article.objects.create(
        slug=free_slug(title),
        title=title,
        title_basis=proposal.title.basis,
        standfirst=proposal.standfirst.value or "",
        standfirst_basis=proposal.standfirst.basis,
        byline=(proposal.byline.value or "")[:300],
        byline_basis=proposal.byline.basis,
        outlet=outlet_named(outlet) if outlet else None,
        outlet_basis=proposal.outlet.basis,
        **_published(proposal.published.value or PublishedDate()),
        published_basis=proposal.published.basis,
        language=proposal.language.value or "",
        language_basis=proposal.language.basis,
        canonical_url=proposal.url.value or "",
        canonical_url_basis=proposal.url.basis,
        facts=proposal.facts_to_data(),
        digest=text_digest,
    )
    _credit_authors(viewer, article, proposal)
    version = _first_version(viewer, article, proposal, file, text_digest)
    record(
        viewer.user_id,
        "article.imported",
        article,
        article=article,
        audience=Event.Audience.PUBLIC,
        after={"title": title, "source": file.name, "version": version.number},
    )
    return article


def _published(published: PublishedDate) -> dict[str, object]:
    whole = {"day": "", "month": "-01", "year": "-01-01", "unknown": ""}[published.precision]
    return {
        "published_on": date.fromisoformat(published.date + whole) if published.date else None,
        "published_precision": published.precision,
        "published_not_before": _day(published.not_before),
        "published_not_after": _day(published.not_after),
    }


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _credit_authors(viewer: Viewer, article: Article, proposal: Proposal) -> None:
    for position, name in enumerate(proposal.authors.value or ()):
        Authorship.objects.create(
            article=article,
            agent=named(viewer.user_id, name),
            position=position,
            basis=proposal.authors.basis,
            evidence=proposal.authors.evidence[:500],
        )


def _first_version(
    viewer: Viewer, article: Article, proposal: Proposal, file: SourceFile, text_digest: str
) -> ArticleVersion:
    version = ArticleVersion.objects.create(
        article=article,
        number=1,
        text=proposal.text,
        blocks=blocks_to_data(proposal.blocks),
        marks=marks_to_data(proposal.marks),
        paratext=paratext_to_data(proposal.paratext),
        flags=[asdict(flag) for flag in proposal.flags],
        digest=text_digest,
        reason="imported",
        word_count=len(proposal.text.split()),
        is_basic=all(char <= _LAST_BASIC for char in proposal.text),
        source=file,
        source_start=proposal.source_start,
        source_end=proposal.source_end,
        created_by_id=viewer.user_id,
    )
    keep_outbound_links(version)
    article.current_version = version
    article.save(update_fields=["current_version"])
    index_article(version)
    return version
