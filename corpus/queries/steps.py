"""What was decided last about a proposed article, as far as it can be taken back."""

from corpus.importing.decisions import SPLIT, Decisions
from corpus.importing.steps import JOINED, Step, steps_in
from corpus.models import ImportCandidate
from corpus.queries.batch_page import following_of


def last_step(candidate: ImportCandidate) -> Step | None:
    """Return the latest step that can be taken back, or None.

    A split cannot once the second article is decided. What came with the text, or was decided
    before steps were kept, is a step that found nothing before it.
    """
    steps = steps_in(candidate.decisions)
    found = next((step for step in reversed(steps) if _can_go(candidate, step)), None)
    if found is not None:
        return found
    decisions = Decisions.from_data(candidate.decisions)
    place = {key: number for number, key in enumerate(decisions.order)}
    told = {key for step in steps for key in step.was}
    kept = [key for key in decisions.in_effect if key not in told]
    key = max(kept, key=lambda key: place.get(key, -1), default="")
    return Step(key, was={key: []}) if key else None


def _can_go(candidate: ImportCandidate, step: Step) -> bool:
    end = candidate.proposal["source_end"]
    if step.kind == JOINED:
        return bool(step.before["end"] == end)
    if step.kind != SPLIT:
        return True
    following = following_of(candidate)
    return step.key == f"{SPLIT}:{end}" and following is not None
