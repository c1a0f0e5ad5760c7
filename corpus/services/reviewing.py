"""Deciding about what an import proposes: its text, its facts, where it begins and ends.

Each service raises NotAllowed, Stale when the candidate is not as the curator saw it, and
Invalid with a sentence for what cannot be. The text is made again before the transaction
begins, so that nobody waits for it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed, Stale
from corpus.import_words import refusal_in_words
from corpus.importing.decisions import Decisions, split_key
from corpus.importing.errors import ImportRefused
from corpus.importing.facts import checked_fact, fact_value
from corpus.importing.pipeline import interpret
from corpus.importing.proposal import Proposal
from corpus.importing.split import Part, place_to_split
from corpus.models import Article, ImportCandidate
from corpus.permissions import Viewer, allowed
from corpus.queries.batch_page import following_of
from corpus.queries.recognition import BY_CURATOR
from corpus.services.candidates import (
    State,
    joined_meanwhile,
    locked,
    pending,
    read_part,
    refused_in_words,
    save_changed,
    set_proposal,
    state_of,
    tell,
)

# Added to positions while they move, so that no two are the same for a moment.
_ASIDE = 1_000_000


def decide(
    viewer: Viewer, candidate: ImportCandidate, key: str, value: Any, *, counter: int
) -> ImportCandidate:
    """Let `key` of the candidate be `value`, as `corpus.importing.decisions` knows both."""

    def decided(decisions: Decisions, proposal: Proposal) -> Decisions:
        return decisions.decided(key, value, proposal)

    return _redone(viewer, candidate, counter, decided, told={key: value})


def withdraw(
    viewer: Viewer, candidate: ImportCandidate, key: str, *, counter: int
) -> ImportCandidate:
    """Take back what was decided about `key`; what the rules say comes back."""

    def withdrawn(decisions: Decisions, _proposal: Proposal) -> Decisions:
        return decisions.withdrawn(key)

    return _redone(viewer, candidate, counter, withdrawn, told={key: None})


def set_fact(
    viewer: Viewer, candidate: ImportCandidate, name: str, value: Any, *, counter: int
) -> ImportCandidate:
    """Let the fact `name` be `value`; saying what is there already confirms it."""
    return decide(viewer, candidate, f"fact:{name}", value, counter=counter)


def set_facts(
    viewer: Viewer, candidate: ImportCandidate, values: Mapping[str, Any], *, counter: int
) -> ImportCandidate:
    """Let the facts be these values; those that say what is there already stay as they are.

    The fields of Invalid are the names of the facts.
    """
    wrong = {}
    for name, value in values.items():
        try:
            checked_fact(name, value)
        except ImportRefused as refusal:
            wrong[name] = refusal_in_words(refusal)
    if wrong:
        raise Invalid(_("Some of this cannot be stored. Nothing was changed."), **wrong)

    def decided(decisions: Decisions, proposal: Proposal) -> Decisions:
        for name, value in values.items():
            if checked_fact(name, value) != fact_value(name, getattr(proposal, name)):
                decisions = decisions.decided(f"fact:{name}", value, proposal)
        return decisions

    return _redone(viewer, candidate, counter, decided, told=dict(values))


def split(
    viewer: Viewer, candidate: ImportCandidate, offset: int, *, counter: int
) -> ImportCandidate:
    """Make two articles of one, the second from the line at `offset` on; return the second."""
    seen = pending(viewer, candidate, counter)
    source, part = read_part(seen)
    with refused_in_words():
        place = place_to_split(source.text, part, offset)
        before, behind = Decisions.from_data(seen.decisions).split(place)
        first = interpret(source, Part(part.start, place), before)
        second = interpret(source, Part(place, part.end), behind)
    with transaction.atomic():
        stored = locked(seen, counter)
        _move_later(stored, by=1)
        following = ImportCandidate(
            batch=stored.batch, source=stored.source, position=stored.position + 1
        )
        set_proposal(stored, first, before)
        save_changed(stored)
        set_proposal(following, second, behind)
        following.save()
        tell(viewer, "import.split", stored, after={"offset": place})
        return following


def join_with_previous(
    viewer: Viewer, candidate: ImportCandidate, *, counter: int
) -> ImportCandidate:
    """Make one article of the candidate and the one before it in the file; return that.

    What was decided about both stays; a fact that was set for the first is that of the whole.
    """
    seen = pending(viewer, candidate, counter)
    previous = _previous(seen)
    source, part = read_part(seen)
    decisions = Decisions.from_data(previous.decisions).joined(Decisions.from_data(seen.decisions))
    decisions = decisions.withdrawn(split_key(part.start))
    with refused_in_words():
        whole = interpret(source, Part(previous.proposal["source_start"], part.end), decisions)
    with transaction.atomic():
        earlier = locked(previous, previous.counter)
        stored = locked(seen, counter)
        stored.delete()
        _move_later(earlier, by=-1)
        set_proposal(earlier, whole, decisions)
        save_changed(earlier)
        tell(viewer, "import.joined", earlier, before={"offset": part.start})
        return earlier


def unsplit(
    viewer: Viewer, candidate: ImportCandidate, offset: int, *, counter: int
) -> ImportCandidate:
    """Make one article again of the candidate and what was split off it at `offset`."""
    seen = pending(viewer, candidate, counter)
    following = following_of(seen)
    if following is None or following.proposal["source_start"] != offset:
        raise Invalid(_("What was split off here is decided already, or was changed since."))
    return join_with_previous(viewer, following, counter=following.counter)


def choose_target(
    viewer: Viewer, candidate: ImportCandidate, article: Article | None, *, counter: int
) -> ImportCandidate:
    """Say that the candidate is a new version of `article`, or a new article with None."""
    verdicts = {str(article.id): "same"} if article else {}
    return _aimed(viewer, candidate, counter, verdicts, target=article, reason=BY_CURATOR)


def judge(
    viewer: Viewer, candidate: ImportCandidate, article: Article, verdict: str, *, counter: int
) -> ImportCandidate:
    """Say whether a near copy is the "same" article, which it becomes a new version of.

    Or a "different" one, which stays as it is.
    """
    if verdict not in {"same", "different"}:
        raise Invalid(_("Say whether they are the same article or different ones."))
    if not any(row["article"] == str(article.id) for row in candidate.near):
        raise Invalid(_("The texts of these two are not nearly the same."))
    if verdict == "same":
        return choose_target(viewer, candidate, article, counter=counter)
    verdicts = {str(article.id): verdict}
    if candidate.updates_id == article.id:
        return _aimed(viewer, candidate, counter, verdicts, target=None, reason=BY_CURATOR)
    target, reason = candidate.updates, candidate.updates_reason
    return _aimed(viewer, candidate, counter, verdicts, target=target, reason=reason)


def reject(viewer: Viewer, candidate: ImportCandidate, *, counter: int) -> ImportCandidate:
    """Put the candidate aside; nothing of it is lost. Twice is harmless."""
    return _set_state(viewer, candidate, State.PENDING, State.REJECTED, counter)


def restore(viewer: Viewer, candidate: ImportCandidate, *, counter: int) -> ImportCandidate:
    """Let a candidate that was put aside wait again. Twice is harmless."""
    return _set_state(viewer, candidate, State.REJECTED, State.PENDING, counter)


def _redone(
    viewer: Viewer,
    candidate: ImportCandidate,
    counter: int,
    change: Callable[[Decisions, Proposal], Decisions],
    *,
    told: dict[str, Any],
) -> ImportCandidate:
    """Store the candidate as it is after `change`; nothing happens when nothing changes."""
    seen = pending(viewer, candidate, counter)
    before = Decisions.from_data(seen.decisions)
    with refused_in_words():
        after = change(before, Proposal.from_data(seen.proposal))
        if after == before:
            return seen
        proposal = interpret(*read_part(seen), after)
    with transaction.atomic():
        stored = locked(seen, counter)
        set_proposal(stored, proposal, after)
        save_changed(stored)
        tell(viewer, "import.decided", stored, before=before.to_data(), after=told)
        return stored


def _previous(candidate: ImportCandidate) -> ImportCandidate:
    rows = ImportCandidate.objects.select_related("source", "batch", "updates")
    found = rows.filter(
        batch=candidate.batch, source=candidate.source, position=candidate.position - 1
    ).first()
    if found is None:
        raise Invalid(_("This is the first article of its file."))
    if found.state != State.PENDING:
        raise Invalid(_("The article before this one is decided already; undo that first."))
    return found


def _move_later(candidate: ImportCandidate, *, by: int) -> None:
    """Move the candidates behind this one in its file."""
    rows = ImportCandidate.objects.filter(batch=candidate.batch, source=candidate.source)
    rows.filter(position__gt=candidate.position).update(position=F("position") + _ASIDE)
    rows.filter(position__gt=_ASIDE).update(position=F("position") - _ASIDE + by)


def _aimed(
    viewer: Viewer,
    candidate: ImportCandidate,
    counter: int,
    verdicts: Mapping[str, str],
    *,
    target: Article | None,
    reason: str,
) -> ImportCandidate:
    """Store what the candidate is a new version of, and what was said of near copies."""
    seen = pending(viewer, candidate, counter)
    with transaction.atomic():
        stored = locked(seen, counter)
        before = {"updates": str(stored.updates_id or ""), "near": stored.near}
        stored.near = [
            row | {"verdict": verdicts.get(row["article"], row["verdict"])} for row in stored.near
        ]
        stored.updates, stored.updates_reason = target, reason
        save_changed(stored)
        after = {"updates": str(stored.updates_id or ""), "near": stored.near}
        tell(viewer, "import.aimed", stored, before=before, after=after)
        return stored


def _set_state(
    viewer: Viewer, candidate: ImportCandidate, before: State, after: State, counter: int
) -> ImportCandidate:
    if not allowed(viewer, "article.import"):
        raise NotAllowed
    with transaction.atomic():
        rows = ImportCandidate.objects.select_for_update(of=("self",)).select_related("batch")
        stored = rows.filter(pk=candidate.pk).first()
        if stored is None:
            raise joined_meanwhile()
        if stored.state == after:
            return stored
        if stored.counter != counter:
            raise Stale(state_of(stored))
        if stored.state != before:
            raise Invalid(_("This was applied already, or was there; nothing was changed."))
        stored.state = after
        save_changed(stored)
        verb = "import.rejected" if after == State.REJECTED else "import.restored"
        tell(viewer, verb, stored)
        return stored
