"""Storing what a curator agreed to: proposed articles become articles or new versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Refused, Stale
from corpus.importing.proposal import Proposal
from corpus.models import Article, ImportBatch, ImportCandidate, Job
from corpus.permissions import SYSTEM, Viewer, allowed
from corpus.queries.recognition import (
    BY_CURATOR,
    article_with_text_of,
    has_open_question,
    recognised,
)
from corpus.services.candidates import State, incoming, note_likeness, save_changed, state_of, tell
from corpus.services.copies import tell_apart
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.jobs import enqueue
from corpus.services.newcomers import Newcomers
from corpus.services.proposals import bring_back, store_update
from corpus.services.rebuilding import ask_settling
from corpus.services.work import Progress, work

APPLIED_AT_ONCE = 10
"""So many candidates are applied within a request; more of them are work for a job."""


@dataclass
class Applied:
    """What became of some candidates: those that were applied, and why others were not.

    They come without what they propose; of those done so many are `hidden` in the library.
    """

    done: list[ImportCandidate] = field(default_factory=list)
    hidden: int = 0
    refused: list[tuple[ImportCandidate, str]] = field(default_factory=list)


def apply_one(viewer: Viewer, candidate: ImportCandidate, *, counter: int) -> ImportCandidate:
    """Store what the candidate proposes; return it with its article.

    Twice is harmless: of two curators at once the second gets the article of the first. A
    text that is there word for word adds nothing. Raises NotAllowed, Stale, and Invalid
    while it is open whether a near copy is the same article; what came in since the text was
    read and is the same article, or nearly, is noted at the candidate first.
    """
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    with transaction.atomic():
        one_text_at_a_time()
        stored = _locked(candidate)
        if stored.state in {State.APPLIED, State.DUPLICATE}:
            return stored
        if stored.counter != counter:
            raise Stale(state_of(stored))
        _check_open_questions(stored)
        refusal = _found_meanwhile(stored)
        if refusal is None:
            return _applied(viewer, stored)
    raise refusal


def apply_some(viewer: Viewer, batch: ImportBatch, counters: Mapping[UUID, int]) -> Applied:
    """Apply the candidates of `batch` with the counters that were seen, in their order.

    Each is stored by itself: one that is refused stops no other.
    """
    applied = Applied()
    for candidate in _chosen(batch, counters):
        _apply_into(applied, viewer, candidate, counters[candidate.id])
    return applied


def apply_later(viewer: Viewer, batch: ImportBatch, counters: Mapping[UUID, int]) -> Job:
    """Do what `apply_some` does in the background; return the job."""
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    seen = {str(candidate): counter for candidate, counter in counters.items()}
    arguments = {"batch": str(batch.id), "candidates": seen}
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
    for candidate in chosen:
        progress.step(0, told=str(candidate))
        _apply_into(applied, viewer, candidate, counters[candidate.id])
        progress.step()
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
    if applied.refused:
        said = ngettext(
            "%(count)d was not added: %(why)s",
            "%(count)d were not added: %(why)s",
            len(applied.refused),
        )
        why = applied.refused[0][1]
        sentences.append(said % {"count": len(applied.refused), "why": why})
    return " ".join(sentences)


def _chosen(batch: ImportBatch, counters: Mapping[UUID, int]) -> list[ImportCandidate]:
    """Return the candidates in the order of the import, without what they propose."""
    rows = ImportCandidate.objects.filter(batch=batch).select_related("source")
    found = rows.order_by("source", "position").only("position", "source__name", "batch")
    return [candidate for candidate in found if candidate.id in counters]


def _apply_into(applied: Applied, viewer: Viewer, candidate: ImportCandidate, counter: int) -> None:
    try:
        done = apply_one(viewer, candidate, counter=counter)
    except NotAllowed:
        raise
    except Refused as refusal:
        applied.refused.append((candidate, refusal.message))
    else:
        candidate.state, candidate.article_id = done.state, done.article_id
        applied.done.append(candidate)
        applied.hidden += bool(done.article and done.article.is_hidden)


def _locked(candidate: ImportCandidate) -> ImportCandidate:
    rows = ImportCandidate.objects.select_for_update(of=("self",)).select_related(
        "source", "batch", "updates", "article"
    )
    found = rows.filter(pk=candidate.pk).first()
    if found is None:
        raise Invalid(_("Another curator joined this with the article before it. Look again."))
    return found


def _applied(viewer: Viewer, stored: ImportCandidate) -> ImportCandidate:
    stored.article, stored.state = _stored(viewer, stored)
    save_changed(stored)
    stored.batch.undone_at = None
    stored.batch.save(update_fields=["undone_at"])
    tell(viewer, "import.applied", stored, after={"article": str(stored.article.pk)})
    if stored.state == State.APPLIED:
        _keep_verdicts(viewer, stored, stored.article)
        ask_settling(viewer)
    return stored


def _found_meanwhile(candidate: ImportCandidate) -> Invalid | None:
    """Look again what the candidate is; return why a curator has to look again too, or None.

    What was found is stored. It is nothing that a stub of the same page is there now: it is
    filled in any case.
    """
    is_back = candidate.article is not None and candidate.article.is_withdrawn
    is_chosen = candidate.updates_reason == BY_CURATOR
    if is_back or is_chosen or article_with_text_of(candidate) is not None:
        return None
    before = candidate.updates, candidate.updates_reason, candidate.near
    one = incoming(candidate, Proposal.from_data(candidate.proposal))
    note_likeness(candidate, recognised(SYSTEM, one))
    found = candidate.updates
    if found is not None and found != before[0] and not found.is_stub:
        save_changed(candidate)
        said = _("“%(title)s” is the same article and came in meanwhile. Look again.")
        return Invalid(said % {"title": found.title})
    if has_open_question(candidate):
        save_changed(candidate)
        return _open_question(candidate)
    candidate.updates, candidate.updates_reason, candidate.near = before
    return None


def _check_open_questions(candidate: ImportCandidate) -> None:
    if candidate.state == State.REJECTED:
        raise Invalid(_("This was put aside. Take it back first, then add it."))
    if has_open_question(candidate):
        raise _open_question(candidate)


def _open_question(candidate: ImportCandidate) -> Invalid:
    first = next(row for row in candidate.near if not row["verdict"])
    other = Article.objects.get(pk=first["article"])
    return Invalid(
        _("This is nearly the same as “%(title)s”. Say first whether it is the same article.")
        % {"title": other.title}
    )


def _keep_verdicts(viewer: Viewer, candidate: ImportCandidate, article: Article) -> None:
    """Keep that a new article is none of its near copies, so that nobody is asked again."""
    if candidate.updates is None:
        judged = [UUID(row["article"]) for row in candidate.near if row["verdict"]]
        tell_apart(viewer, article, judged)


def _stored(viewer: Viewer, candidate: ImportCandidate) -> tuple[Article, State]:
    """Store what the candidate proposes; return its article and what became of it."""
    proposal = Proposal.from_data(candidate.proposal)
    known = article_with_text_of(candidate)
    if known is not None and not known.is_withdrawn:
        return known, State.DUPLICATE
    if known is not None:
        return bring_back(viewer, known, proposal, candidate.source), State.APPLIED
    if candidate.updates is not None and not candidate.updates.is_withdrawn:
        updated = store_update(viewer, candidate.updates, proposal, candidate.source)
        return updated.article, State.APPLIED
    before = candidate.updates or candidate.article
    if before is not None and before.is_withdrawn:
        # It was not there: undoing takes it out again, it does not show its text of before.
        candidate.updates, candidate.updates_reason = None, ""
        return bring_back(viewer, before, proposal, candidate.source), State.APPLIED
    one = incoming(candidate, proposal)
    newcomers = Newcomers(viewer, [one])
    article = newcomers.add(one)
    newcomers.store()
    return article, State.APPLIED
