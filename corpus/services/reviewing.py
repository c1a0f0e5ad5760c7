"""Deciding about what an import proposes: its text, its facts, what it is a version of.

Each service raises NotAllowed, Stale when the candidate is not as the curator saw it, and
Invalid with a sentence for what cannot be. The text is made again before the transaction
begins, so that nobody waits for it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed, Stale
from corpus.import_words import refusal_in_words
from corpus.importing.decisions import SPLIT, Decisions
from corpus.importing.errors import ImportRefused
from corpus.importing.facts import checked_fact, fact_value
from corpus.importing.pipeline import interpret
from corpus.importing.proposal import Proposal
from corpus.importing.steps import (
    JOINED,
    TARGET,
    Step,
    step_between,
    steps_in,
    taken_back,
    with_steps,
)
from corpus.models import Article, ImportCandidate
from corpus.permissions import Viewer, allowed
from corpus.queries.recognition import BY_CURATOR
from corpus.queries.steps import last_step
from corpus.services.candidates import (
    State,
    aim_again,
    aim_of,
    joined_meanwhile,
    locked,
    now_as_text,
    pending,
    read_part,
    refused_in_words,
    save_changed,
    set_proposal,
    state_of,
    tell,
)
from corpus.services.parting import take_back_join, take_back_split


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


def undo(viewer: Viewer, candidate: ImportCandidate, key: str, *, counter: int) -> ImportCandidate:
    """Take back the last step, which is `key`; what stood before it stands again."""
    seen = pending(viewer, candidate, counter)
    step = last_step(seen)
    if step is None or step.key != key:
        raise Invalid(_("This can no longer be undone: it was, or more was decided since."))
    if step.kind == SPLIT:
        return take_back_split(viewer, seen, step)
    if step.kind == JOINED:
        return take_back_join(viewer, seen, step)
    steps = [one for one in steps_in(seen.decisions) if one != step]
    if step.key == TARGET:
        return _aimed_as_before(viewer, seen, step, steps)
    return _redone_without(viewer, seen, step, steps)


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
    step = step_between(next(iter(told)), now_as_text(), before, after)
    steps = [*steps_in(seen.decisions), step]
    with transaction.atomic():
        stored = locked(seen, counter)
        set_proposal(stored, proposal, after, steps=steps)
        save_changed(stored)
        tell(viewer, "import.decided", stored, before=before.to_data(), after=told)
        return stored


def _redone_without(
    viewer: Viewer, seen: ImportCandidate, step: Step, steps: Sequence[Step]
) -> ImportCandidate:
    """Store the candidate as its decisions were before `step`, which leaves `steps`."""
    before = Decisions.from_data(seen.decisions)
    after = taken_back(step, before)
    with refused_in_words():
        proposal = interpret(*read_part(seen), after)
    with transaction.atomic():
        stored = locked(seen, seen.counter)
        set_proposal(stored, proposal, after, steps=steps)
        save_changed(stored)
        tell(viewer, "import.decided", stored, before=before.to_data(), after={step.key: None})
        return stored


def _aimed_as_before(
    viewer: Viewer, seen: ImportCandidate, step: Step, steps: Sequence[Step]
) -> ImportCandidate:
    """Store what the candidate was a new version of before `step`, which leaves `steps`."""
    with transaction.atomic():
        stored = locked(seen, seen.counter)
        before = {"updates": str(stored.updates_id or ""), "near": stored.near}
        aim_again(stored, step.before)
        stored.decisions = with_steps(Decisions.from_data(stored.decisions), steps)
        save_changed(stored)
        after = {"updates": str(stored.updates_id or ""), "near": stored.near}
        tell(viewer, "import.aimed", stored, before=before, after=after)
        return stored


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
        step = Step(TARGET, now_as_text(), before=aim_of(stored))
        steps = [*steps_in(stored.decisions), step]
        stored.decisions = with_steps(Decisions.from_data(stored.decisions), steps)
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
