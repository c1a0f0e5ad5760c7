"""Storing what a curator agreed to: proposed articles become articles or new versions."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Refused, Undecided
from corpus.models import ImportBatch, ImportCandidate, Job
from corpus.permissions import SYSTEM, Viewer, allowed
from corpus.services.adding import Adding
from corpus.services.batch_collection import collect
from corpus.services.candidates import State
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.jobs import enqueue
from corpus.services.work import Progress, work

logger = logging.getLogger(__name__)

APPLIED_AT_ONCE = 10
"""So many candidates are applied within a request; more of them are work for a job."""

# So many are stored in one transaction.
_AT_ONCE = 20


@dataclass
class Applied:
    """What became of some candidates: those that were applied, and why others were not.

    Those `undecided` wait until somebody says whether they are the same as an article.
    They come without what they propose; of those done so many are `hidden` in the library.
    `collected` says in a sentence which collection they were put into, "" for none.
    """

    done: list[ImportCandidate] = field(default_factory=list)
    hidden: int = 0
    undecided: list[tuple[ImportCandidate, str]] = field(default_factory=list)
    refused: list[tuple[ImportCandidate, str]] = field(default_factory=list)
    collected: str = ""


def apply_one(viewer: Viewer, candidate: ImportCandidate, *, counter: int) -> ImportCandidate:
    """Store what the candidate proposes; return it with its article.

    Twice is harmless: of two curators at once the second gets the article of the first. A
    text that is there word for word adds nothing. Raises NotAllowed, Stale, and Invalid
    while it is open whether a near copy is the same article; what came in since the text was
    read and is the same article, or nearly, is noted at the candidate first.
    """
    (done,) = _apply_group(viewer, [candidate], {candidate.id: counter})
    if isinstance(done, Refused):
        raise done
    return done


def apply_some(
    viewer: Viewer, batch: ImportBatch, counters: Mapping[UUID, int], collection: str = ""
) -> Applied:
    """Apply the candidates of `batch` with the counters that were seen, in their order.

    One that is refused stops no other. With a title in `collection` what the import brought
    stands in a collection of its own.
    """
    applied = Applied()
    for group in _groups(_chosen(batch, counters)):
        _apply_into(applied, viewer, group, counters)
    if collection and applied.done:
        applied.collected = collect(viewer, batch, collection)
    return applied


def apply_later(
    viewer: Viewer, batch: ImportBatch, counters: Mapping[UUID, int], collection: str = ""
) -> Job:
    """Do what `apply_some` does in the background; return the job."""
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    seen = {str(candidate): counter for candidate, counter in counters.items()}
    arguments = {"batch": str(batch.id), "candidates": seen, "collection": collection}
    return enqueue(viewer, "import.apply", arguments, subject=batch.id)


@work("import.apply", label=gettext_lazy("Adding articles"))
def apply_in_background(job: Job, progress: Progress) -> str:
    """Apply the candidates that the job names; those that were applied before stay so."""
    viewer = viewer_of(job.started_by) if job.started_by else SYSTEM
    batch = ImportBatch.objects.get(pk=job.arguments["batch"])
    counters = {UUID(key): seen for key, seen in job.arguments["candidates"].items()}
    chosen = _chosen(batch, counters)
    progress.of(len(chosen))
    applied = Applied()
    for group in _groups(chosen):
        progress.step(0, told=str(group[0]))
        _apply_into(applied, viewer, group, counters)
        progress.step(len(group))
    title = job.arguments.get("collection", "")
    if title and applied.done:
        applied.collected = collect(viewer, batch, title)
    return outcome(applied)


def outcome(applied: Applied) -> str:
    """Return in sentences what became of the candidates."""
    added = sum(candidate.state == State.APPLIED for candidate in applied.done)
    known = len(applied.done) - added
    sentences = [
        ngettext("%(count)d article was added.", "%(count)d articles were added.", added)
        % {"count": added}
    ]
    if known:
        sentences.append(
            ngettext("%(count)d was there already.", "%(count)d were there already.", known)
            % {"count": known}
        )
    if applied.hidden:
        sentences.append(
            ngettext(
                "%(count)d stays hidden until a curator shows it.",
                "%(count)d stay hidden until a curator shows them.",
                applied.hidden,
            )
            % {"count": applied.hidden}
        )
    if applied.collected:
        sentences.append(applied.collected)
    if applied.undecided:
        sentences.append(_left(applied))
    if applied.refused:
        said = ngettext(
            "%(count)d was not added: %(why)s",
            "%(count)d were not added: %(why)s",
            len(applied.refused),
        )
        why = applied.refused[0][1]
        sentences.append(said % {"count": len(applied.refused), "why": why})
    return " ".join(sentences)


def _left(applied: Applied) -> str:
    """Return in a sentence what was left, and the reason itself where it is one."""
    count = len(applied.undecided)
    if count == 1:
        return _("1 is left for you to decide: %(why)s") % {"why": applied.undecided[0][1]}
    said = _(
        "%(count)d are left for you to decide: each is nearly the same as an article that is "
        "there. They stand under “Nearly the same as another”."
    )
    return said % {"count": count}


def _chosen(batch: ImportBatch, counters: Mapping[UUID, int]) -> list[ImportCandidate]:
    """Return the candidates in the order of the import, without what they propose."""
    rows = ImportCandidate.objects.filter(batch=batch).select_related("source")
    found = rows.only("position", "source__name", "batch")
    places = dict(batch.files.values_list("source_id", "position"))
    chosen = (candidate for candidate in found if candidate.id in counters)
    return sorted(chosen, key=lambda one: (places.get(one.source_id, 0), one.position))


def _groups(chosen: Sequence[ImportCandidate]) -> Iterator[Sequence[ImportCandidate]]:
    """Yield the candidates as they are stored together: others who write wait for one group."""
    for first in range(0, len(chosen), _AT_ONCE):
        yield chosen[first : first + _AT_ONCE]


def _apply_into(
    applied: Applied,
    viewer: Viewer,
    group: Sequence[ImportCandidate],
    counters: Mapping[UUID, int],
) -> None:
    results = _apply_group(viewer, group, counters)
    for candidate, done in zip(group, results, strict=True):
        if isinstance(done, Refused):
            others = applied.undecided if isinstance(done, Undecided) else applied.refused
            others.append((candidate, done.message))
            continue
        candidate.state, candidate.article_id = done.state, done.article_id
        applied.done.append(candidate)
        applied.hidden += bool(done.article and done.article.is_hidden)


def _apply_group(
    viewer: Viewer, group: Sequence[ImportCandidate], counters: Mapping[UUID, int]
) -> list[ImportCandidate | Refused]:
    """Store what the candidates of a group propose, or each by itself when one cannot be stored.

    In place of one that was not applied stands why. Raises NotAllowed.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    try:
        with transaction.atomic():
            one_text_at_a_time()
            return Adding(viewer, group).apply(counters)
    except NotAllowed:
        raise
    except (Refused, DataError, IntegrityError) as trouble:
        if len(group) > 1:
            return [done for one in group for done in _apply_group(viewer, [one], counters)]
        if isinstance(trouble, Refused):
            return [trouble]
        logger.exception("Candidate %s could not be stored.", group[0].pk)
        return [Invalid(_("This holds what cannot be stored. Nothing was added."))]
