"""The proposed articles of an import: fetching one to decide about it, and keeping it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed, Stale
from corpus.import_words import refusal_in_words
from corpus.importing.decisions import Decisions
from corpus.importing.doubts import Doubt, doubts_in
from corpus.importing.errors import ImportRefused
from corpus.importing.proposal import Proposal, digest
from corpus.importing.read import Source
from corpus.importing.split import Part
from corpus.importing.steps import Step, with_steps
from corpus.models import Article, Event, ImportCandidate
from corpus.permissions import SYSTEM, Viewer, allowed
from corpus.queries.recognition import (
    BY_CURATOR,
    BY_TEXT,
    Incoming,
    Recognised,
    has_open_question,
    recognised,
)
from corpus.services.events import draft, record_all
from corpus.text.cut import CutText

State = ImportCandidate.State


def state_of(candidate: ImportCandidate) -> dict[str, object]:
    """Return what a curator who saw an older state has to know of the present one."""
    return {
        "counter": candidate.counter,
        "state": candidate.state,
        "position": candidate.position,
        "title": candidate.proposal["facts"]["title"]["value"],
    }


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Turn what the pipeline refuses into what services raise."""
    try:
        yield
    except ImportRefused as refusal:
        raise Invalid(refusal_in_words(refusal)) from None


def joined_meanwhile() -> Invalid:
    """Return the refusal of what is about a candidate that is no more."""
    return Invalid(_("Another curator joined this with the article before it. Look again."))


def pending(viewer: Viewer, candidate: ImportCandidate, counter: int) -> ImportCandidate:
    """Return the candidate as it is stored now, when it waits for a decision."""
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    rows = ImportCandidate.objects.select_related("source", "batch", "updates")
    return _checked(rows.filter(pk=candidate.pk).first(), counter)


def locked(candidate: ImportCandidate, counter: int) -> ImportCandidate:
    rows = ImportCandidate.objects.select_for_update(of=("self",)).select_related(
        "source", "batch", "updates"
    )
    return _checked(rows.filter(pk=candidate.pk).first(), counter)


def _checked(stored: ImportCandidate | None, counter: int) -> ImportCandidate:
    if stored is None:
        raise joined_meanwhile()
    if stored.counter != counter:
        raise Stale(state_of(stored))
    if stored.state != State.PENDING:
        raise Invalid(_("Only what waits for a decision can be changed; this is decided."))
    return stored


def read_part(candidate: ImportCandidate) -> tuple[Source, Part]:
    """Return the source of the candidate and its part of it."""
    kept = candidate.source
    source = kept.read(kept.name)
    proposal = candidate.proposal
    return source, Part(proposal["source_start"], proposal["source_end"])


def set_proposal(
    candidate: ImportCandidate, proposal: Proposal, decisions: Decisions, *, steps: Sequence[Step]
) -> None:
    """Set what the candidate proposes after `steps`, and what that is nearly.

    The caller saves it.
    """
    text_digest = digest(proposal.text)
    is_other = text_digest != candidate.digest or _address_of(candidate) != proposal.url.value
    candidate.proposal = proposal.to_data()
    candidate.decisions = with_steps(decisions, steps)
    candidate.digest = text_digest
    if is_other:
        one = incoming(candidate, proposal)
        candidate.sketch = one.cut.sketch
        note_likeness(candidate, recognised(SYSTEM, one))


def incoming(candidate: ImportCandidate, proposal: Proposal) -> Incoming:
    """Return what the candidate proposes as it is recognised by."""
    cut = CutText(proposal.text)
    return Incoming(proposal, candidate.source, candidate.position, cut, candidate.digest)


def note_likeness(candidate: ImportCandidate, found: Recognised) -> None:
    """Set what the candidate is nearly and, unless a curator chose, what it updates.

    Verdicts that were given stay; the caller saves it.
    """
    verdicts = {row["article"]: row["verdict"] for row in candidate.near}
    is_other = found.updates is not None and verdicts.get(str(found.updates.id)) == "different"
    if candidate.updates_reason not in {BY_CURATOR, BY_TEXT} and not is_other:
        candidate.updates, candidate.updates_reason = found.updates, found.reason
    candidate.near = [
        {
            "article": str(copy.article.id),
            "share": round(copy.share, 3),
            "verdict": verdicts.get(str(copy.article.id), ""),
        }
        for copy in found.near
    ]


def aim_of(candidate: ImportCandidate) -> dict[str, Any]:
    """Return as data what the candidate is said to be a new version of, and what it is not."""
    return {
        "updates": str(candidate.updates_id or ""),
        "reason": candidate.updates_reason,
        "verdicts": {row["article"]: row["verdict"] for row in candidate.near if row["verdict"]},
    }


def aim_again(candidate: ImportCandidate, aim: Mapping[str, Any]) -> None:
    """Let the candidate be aimed as `aim_of` told; an article that is gone stays away."""
    target = Article.objects.filter(pk=aim["updates"]).first() if aim["updates"] else None
    if target is not None or not aim["updates"]:
        candidate.updates, candidate.updates_reason = target, aim["reason"]
    verdicts = aim["verdicts"]
    candidate.near = [row | {"verdict": verdicts.get(row["article"], "")} for row in candidate.near]


def note_doubts(candidate: ImportCandidate) -> None:
    """Set why a curator may want to look at the candidate; the caller saves it."""
    doubts = doubts_in(candidate.proposal)
    if has_open_question(candidate):
        doubts |= Doubt.COPY
    if candidate.updates is not None and not candidate.updates.is_stub:
        doubts |= Doubt.UPDATE
    candidate.doubts = doubts


def save_changed(candidate: ImportCandidate) -> None:
    """Store the candidate as another than it was seen."""
    candidate.counter += 1
    note_doubts(candidate)
    candidate.save()


def now_as_text() -> str:
    """Return the present moment as steps keep it: such texts sort by time."""
    return timezone.now().isoformat(timespec="microseconds")


def tell(viewer: Viewer, verb: str, candidate: ImportCandidate, **values: Any) -> None:
    """Leave the Event at the import: candidates may be joined and go."""
    record_all([told(viewer, verb, candidate, **values)])


def told(viewer: Viewer, verb: str, candidate: ImportCandidate, **values: Any) -> Event:
    """Return the Event that `tell` leaves, for `record_all`."""
    after = {"source": candidate.source.name, "position": candidate.position}
    return draft(
        viewer.user_id,
        verb,
        candidate.batch,
        before=values.get("before"),
        after={**after, **values.get("after", {})},
    )


def _address_of(candidate: ImportCandidate) -> str | None:
    address: str | None = candidate.proposal["facts"]["url"]["value"] if candidate.digest else None
    return address
