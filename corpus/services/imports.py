"""Importing a file at once, as commands do; what curators look at first is in batches.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from corpus.errors import NotAllowed
from corpus.importing.errors import ImportRefused
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal, digest
from corpus.models import Article, ImportBatch, ImportCandidate, ImportFile, SourceFile
from corpus.permissions import Viewer, allowed
from corpus.queries.recognition import articles_that_had, articles_with_texts, recognised
from corpus.related.copies import NearCopy
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.proposals import bring_back, store_new, store_update
from corpus.services.sources import SourceBytes, called_by_articles, kept_source

__all__ = ["Outcome", "SourceBytes", "Together", "import_source", "import_sources"]

_LONGEST_NOTE = 200


@dataclass(frozen=True)
class Outcome:
    """What became of one proposal: a new article, a new text of one, or neither.

    `near` are other articles with nearly the same text.
    """

    proposal: Proposal
    article: Article
    is_new: bool
    is_update: bool = False
    near: Sequence[NearCopy] = ()


@dataclass(frozen=True)
class _Known:
    """Articles by digest: those that have the text, or had it until its import was undone."""

    here: dict[str, Article]
    undone: dict[str, Article]

    def learn(self, text_digest: str, article: Article) -> None:
        """Keep that `article`, as it is now, has this text."""
        same = [key for key, known in self.here.items() if known.pk == article.pk]
        self.here.update(dict.fromkeys([*same, text_digest], article))


class Together:
    """The import that several sources make, called `note`: stored with the first that is new."""

    def __init__(self, note: str) -> None:
        self._note = note[:_LONGEST_NOTE]
        self._batch: ImportBatch | None = None

    def batch(self, viewer: Viewer) -> ImportBatch:
        """Return the import, stored by now."""
        if self._batch is None:
            self._batch = ImportBatch.objects.create(created_by_id=viewer.user_id, note=self._note)
        return self._batch


def import_source(
    viewer: Viewer, source: SourceBytes, together: Together | None = None
) -> list[Outcome]:
    """Read `source` and store each article in it that is not there yet; in order.

    A changed text of a known article becomes its new version. Nothing at all is stored when
    every text is there already. Without others that it comes `together` with, the source makes
    an import of its own, called by its articles. Raises ImportRefused for what cannot be read.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    proposals = _read(source)
    with transaction.atomic():
        one_text_at_a_time()
        group = together or Together(called_by_articles(proposals, source.name))
        return _imported(viewer, source, proposals, _known(proposals), group)


def import_sources(
    viewer: Viewer, sources: Iterable[SourceBytes], together: Together
) -> list[list[Outcome] | ImportRefused]:
    """Do with each of some `sources` what `import_source` does, all of them in one transaction.

    In place of what became of a source stands why it cannot be read. Others who write wait as
    long as all take: give few at a time.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    read = [(source, _read_or_refused(source)) for source in sources]
    with transaction.atomic():
        one_text_at_a_time()
        known = _known(
            item for _, found in read if not isinstance(found, ImportRefused) for item in found
        )
        return [
            found
            if isinstance(found, ImportRefused)
            else _imported(viewer, source, found, known, together)
            for source, found in read
        ]


def _read(source: SourceBytes) -> list[Proposal]:
    return read_and_interpret(
        source.content, source.name, origin_url=source.origin_url, as_format=source.format
    )


def _read_or_refused(source: SourceBytes) -> list[Proposal] | ImportRefused:
    try:
        return _read(source)
    except ImportRefused as refusal:
        return refusal


def _known(proposals: Iterable[Proposal]) -> _Known:
    digests = {digest(proposal.text) for proposal in proposals}
    undone = articles_that_had(digests)
    return _Known(articles_with_texts(digests.difference(undone)), undone)


def _imported(
    viewer: Viewer,
    source: SourceBytes,
    proposals: Sequence[Proposal],
    known: _Known,
    together: Together,
) -> list[Outcome]:
    found = [known.here.get(digest(proposal.text)) for proposal in proposals]
    if all(article and not article.is_withdrawn for article in found):
        pairs = zip(proposals, found, strict=True)
        return [Outcome(item, article, is_new=False) for item, article in pairs if article]
    return _store(viewer, source, proposals, known, together)


def _store(
    viewer: Viewer,
    source: SourceBytes,
    proposals: Sequence[Proposal],
    known: _Known,
    together: Together,
) -> list[Outcome]:
    batch = together.batch(viewer)
    file = kept_source(viewer, source)
    ImportFile.objects.create(
        batch=batch,
        source=file,
        name=source.name[:255],
        position=1 + (batch.files.aggregate(last=Max("position"))["last"] or 0),
        state=ImportFile.State.READ,
    )
    outcomes = []
    for position, proposal in enumerate(proposals, start=1):
        outcome = _stored(viewer, proposal, file, position, known)
        known.learn(digest(proposal.text), outcome.article)
        _keep_candidate(batch, file, position, outcome)
        outcomes.append(outcome)
    return outcomes


def _stored(
    viewer: Viewer, proposal: Proposal, file: SourceFile, position: int, known: _Known
) -> Outcome:
    text_digest = digest(proposal.text)
    article = known.here.get(text_digest)
    if article is not None and article.is_withdrawn:
        return Outcome(proposal, bring_back(viewer, article, proposal, file), is_new=True)
    if article is not None:
        return Outcome(proposal, article, is_new=False)
    if text_digest in known.undone:
        article = store_update(viewer, known.undone[text_digest], proposal, file).article
        return Outcome(proposal, article, is_new=False, is_update=True)
    found = recognised(viewer, proposal, file, position)
    near = [copy for copy in found.near if copy.article != found.updates]
    if found.updates is not None:
        if found.updates.is_withdrawn:
            back = bring_back(viewer, found.updates, proposal, file)
            return Outcome(proposal, back, is_new=True, near=near)
        is_new = found.updates.is_stub
        article = store_update(viewer, found.updates, proposal, file).article
        return Outcome(proposal, article, is_new=is_new, is_update=not is_new, near=near)
    return Outcome(proposal, store_new(viewer, proposal, file, text_digest), is_new=True, near=near)


def _keep_candidate(batch: ImportBatch, file: SourceFile, position: int, outcome: Outcome) -> None:
    is_applied = outcome.is_new or outcome.is_update
    ImportCandidate.objects.create(
        batch=batch,
        source=file,
        position=position,
        proposal=outcome.proposal.to_data(),
        digest=digest(outcome.proposal.text),
        state=ImportCandidate.State.APPLIED if is_applied else ImportCandidate.State.DUPLICATE,
        article=outcome.article,
        updates=outcome.article if outcome.is_update else None,
        near=[
            {"article": str(copy.article.id), "share": round(copy.share, 3), "verdict": ""}
            for copy in outcome.near
        ],
    )
