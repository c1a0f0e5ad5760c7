"""Importing a file at once, as commands do; what curators look at first is in batches.py."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import starmap, zip_longest
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.db.models import Max

from corpus.errors import Invalid, NotAllowed
from corpus.importing.aside import Reading, readings_of
from corpus.importing.errors import ImportRefused, NotStorable
from corpus.importing.proposal import Proposal
from corpus.models import Article, ImportBatch, ImportCandidate, ImportFile
from corpus.permissions import Viewer, allowed
from corpus.queries.recognition import Incoming, articles_that_had, articles_with_texts
from corpus.related.copies import NearCopy
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.faults import faults_told
from corpus.services.newcomers import Newcomers
from corpus.services.proposals import bring_back, store_update
from corpus.services.sources import LONGEST_NOTE, SourceBytes, called_by_articles, kept_sources

__all__ = ["Outcome", "SourceBytes", "Together", "import_source", "import_sources"]


logger = logging.getLogger(__name__)


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
    _texts: dict[UUID, set[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for text_digest, article in self.here.items():
            self._texts.setdefault(article.pk, set()).add(text_digest)

    def has(self, text_digest: str) -> bool:
        """Say whether an article that was not taken out has this text."""
        article = self.here.get(text_digest)
        return article is not None and not article.is_withdrawn

    def learn(self, text_digest: str, article: Article) -> None:
        """Keep that `article`, as it is now, has this text."""
        same = self._texts.setdefault(article.pk, set())
        same.add(text_digest)
        self.here.update(dict.fromkeys(same, article))


@dataclass(frozen=True)
class _Read:
    """A source and the articles that it proposes."""

    source: SourceBytes
    articles: Sequence[Reading]


class Together:
    """The import that several sources make, called `note`: stored with the first that is new."""

    def __init__(self, note: str) -> None:
        self._note = note[:LONGEST_NOTE]
        self.batch_so_far: ImportBatch | None = None

    def batch(self, viewer: Viewer) -> ImportBatch:
        """Return the import, stored by now."""
        if self.batch_so_far is None:
            self.batch_so_far = ImportBatch.objects.create(
                created_by_id=viewer.user_id, note=self._note
            )
        return self.batch_so_far


def import_source(
    viewer: Viewer,
    source: SourceBytes,
    together: Together | None = None,
    *,
    read_before: Sequence[Reading] | None = None,
) -> list[Outcome]:
    """Read `source` and store each article in it that is not there yet; in order.

    A changed text of a known article becomes its new version. Nothing at all is stored when
    every text is there already. Without others that it comes `together` with, the source makes
    an import of its own, called by its articles. What was `read_before` is not read again.
    Raises ImportRefused for what cannot be read or stored.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    read = _read(source, read_before)
    proposals = [article.proposal for article in read.articles]
    group = together or Together(called_by_articles(proposals, source.name))
    (outcomes,) = _one_by_one_at_need(viewer, [read], group)
    if isinstance(outcomes, ImportRefused):
        raise outcomes
    return outcomes


def import_sources(
    viewer: Viewer,
    sources: Sequence[SourceBytes],
    together: Together,
    *,
    read_before: Sequence[Sequence[Reading] | None] = (),
) -> list[list[Outcome] | ImportRefused]:
    """Do with each of some `sources` what `import_source` does, all of them in one transaction.

    In place of what became of a source stands why it cannot be read or stored. Others who
    write wait as long as all take: give few at a time.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    found = [*starmap(_read_or_refused, zip_longest(sources, read_before))]
    outcomes = iter(
        _one_by_one_at_need(viewer, [one for one in found if isinstance(one, _Read)], together)
    )
    return [one if isinstance(one, ImportRefused) else next(outcomes) for one in found]


def _one_by_one_at_need(
    viewer: Viewer, group: Sequence[_Read], together: Together
) -> list[list[Outcome] | ImportRefused]:
    """Store a group, or each of it by itself when one of them cannot be stored at all."""
    before = together.batch_so_far
    try:
        return [*_import_group(viewer, group, together)]
    except (Invalid, DataError, IntegrityError):
        together.batch_so_far = before
        if len(group) == 1:
            logger.exception("Refused a source: it could not be stored.")
            name = group[0].source.name
            return [NotStorable("%(name)s could not be stored; nothing of it was kept.", name=name)]
        return [
            outcome for one in group for outcome in _one_by_one_at_need(viewer, [one], together)
        ]


def _read(source: SourceBytes, read_before: Sequence[Reading] | None) -> _Read:
    if read_before is not None:
        return _Read(source, read_before)
    with faults_told(source.name):
        return _Read(source, readings_of(source.asked()))


def _read_or_refused(
    source: SourceBytes, read_before: Sequence[Reading] | None
) -> _Read | ImportRefused:
    try:
        return _read(source, read_before)
    except ImportRefused as refusal:
        return refusal


def _import_group(
    viewer: Viewer, group: Sequence[_Read], together: Together
) -> list[list[Outcome]]:
    """Store what is new in each of the sources of a group; return what became of each."""
    for read in _fresh(group, _known(group)).values():
        for article in read.articles:
            article.cut.prepare()
    with transaction.atomic():
        one_text_at_a_time()
        return _store_group(viewer, group, together)


def _store_group(viewer: Viewer, group: Sequence[_Read], together: Together) -> list[list[Outcome]]:
    known = _known(group)
    fresh = _fresh(group, known)
    files = _kept_files(viewer, fresh, together) if fresh else {}
    coming = {
        place: [
            Incoming(article.proposal, files[place].source, position, article.cut, article.digest)
            for position, article in enumerate(read.articles, start=1)
        ]
        for place, read in fresh.items()
    }
    newcomers = Newcomers(viewer, [one for some in coming.values() for one in some])
    outcomes = []
    for place, read in enumerate(group):
        some = []
        for number, article in enumerate(read.articles):
            if place not in fresh:
                here = known.here[article.digest]
                some.append(Outcome(article.proposal, here, is_new=False))
                continue
            one = coming[place][number]
            outcome = _stored(viewer, one, known, newcomers)
            known.learn(one.digest, outcome.article)
            newcomers.keep(_candidate(files[place], one, outcome))
            some.append(outcome)
        outcomes.append(some)
    newcomers.store()
    return outcomes


def _known(group: Iterable[_Read]) -> _Known:
    digests = {article.digest for read in group for article in read.articles}
    undone = articles_that_had(digests)
    return _Known(articles_with_texts(digests.difference(undone)), undone)


def _fresh(group: Sequence[_Read], known: _Known) -> dict[int, _Read]:
    """Return by their place those of the group that hold a text which is not there by then."""
    fresh: dict[int, _Read] = {}
    before: set[str] = set()
    for place, read in enumerate(group):
        digests = {article.digest for article in read.articles}
        if any(one not in before and not known.has(one) for one in digests):
            fresh[place] = read
        before.update(digests)
    return fresh


def _kept_files(
    viewer: Viewer, fresh: Mapping[int, _Read], together: Together
) -> dict[int, ImportFile]:
    """Store the sources of `fresh` in the import that they make; return their rows."""
    batch = together.batch(viewer)
    last = batch.files.aggregate(last=Max("position"))["last"] or 0
    kept = kept_sources(viewer, [read.source for read in fresh.values()])
    files = {
        place: ImportFile(
            batch=batch,
            source=source,
            name=read.source.name[:255],
            position=position,
            state=ImportFile.State.READ,
        )
        for position, ((place, read), source) in enumerate(
            zip(fresh.items(), kept, strict=True), start=last + 1
        )
    }
    ImportFile.objects.bulk_create(files.values())
    return files


def _stored(viewer: Viewer, one: Incoming, known: _Known, newcomers: Newcomers) -> Outcome:
    article = known.here.get(one.digest)
    if article is not None and not article.is_withdrawn:
        return Outcome(one.proposal, article, is_new=False)
    if article is not None:
        newcomers.changed(one)
        back = bring_back(viewer, article, one.proposal, one.source)
        return Outcome(one.proposal, back, is_new=True)
    if one.digest in known.undone:
        newcomers.changed(one)
        version = store_update(viewer, known.undone[one.digest], one.proposal, one.source)
        return Outcome(one.proposal, version.article, is_new=False, is_update=True)
    found = newcomers.recognised(one)
    near = [copy for copy in found.near if copy.article != found.updates]
    if found.updates is None:
        return Outcome(one.proposal, newcomers.add(one), is_new=True, near=near)
    newcomers.changed(one)
    if found.updates.is_withdrawn:
        back = bring_back(viewer, found.updates, one.proposal, one.source)
        return Outcome(one.proposal, back, is_new=True, near=near)
    is_new = found.updates.is_stub
    article = store_update(viewer, found.updates, one.proposal, one.source).article
    return Outcome(one.proposal, article, is_new=is_new, is_update=not is_new, near=near)


def _candidate(file: ImportFile, one: Incoming, outcome: Outcome) -> ImportCandidate:
    is_applied = outcome.is_new or outcome.is_update
    return ImportCandidate(
        batch=file.batch,
        source=file.source,
        position=one.position,
        proposal=one.proposal.to_data(),
        digest=one.digest,
        state=ImportCandidate.State.APPLIED if is_applied else ImportCandidate.State.DUPLICATE,
        article=outcome.article,
        updates=outcome.article if outcome.is_update else None,
        near=[
            {"article": str(copy.article.id), "share": round(copy.share, 3), "verdict": ""}
            for copy in outcome.near
        ],
    )
