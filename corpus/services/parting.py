"""Making two proposed articles of one and one of two, and taking either back.

Each service raises what those of `corpus.services.reviewing` raise.
"""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from corpus.errors import Invalid
from corpus.importing.decisions import Decisions, split_key
from corpus.importing.pipeline import interpret
from corpus.importing.proposal import Proposal
from corpus.importing.split import Part, place_to_split
from corpus.importing.steps import (
    JOINED,
    Step,
    giving_way,
    lost_by_split,
    merged,
    parted,
    steps_in,
    with_what_was_lost,
)
from corpus.models import ImportCandidate
from corpus.permissions import Viewer
from corpus.queries.batch_page import following_of
from corpus.services.candidates import (
    State,
    aim_again,
    aim_of,
    locked,
    now_as_text,
    pending,
    read_part,
    refused_in_words,
    save_changed,
    set_proposal,
    tell,
)

# Added to positions while they move, so that no two are the same for a moment.
_ASIDE = 1_000_000


def split(
    viewer: Viewer, candidate: ImportCandidate, offset: int, *, counter: int
) -> ImportCandidate:
    """Make two articles of one, the second from the line at `offset` on; return the second."""
    seen = pending(viewer, candidate, counter)
    source, part = read_part(seen)
    whole = Decisions.from_data(seen.decisions)
    with refused_in_words():
        place = place_to_split(source.text, part, offset)
        before, behind = whole.split(place)
        first = interpret(source, Part(part.start, place), before)
        second = interpret(source, Part(place, part.end), behind)
    step = Step(split_key(place), now_as_text(), before=lost_by_split(whole, before, behind))
    earlier, later = parted(steps_in(seen.decisions), place)
    with transaction.atomic():
        stored = locked(seen, counter)
        following = _room_behind(stored)
        set_proposal(stored, first, before, steps=[*earlier, step])
        save_changed(stored)
        set_proposal(following, second, behind, steps=later)
        following.save()
        tell(viewer, "import.split", stored, after={"offset": place})
        return following


def join_with_previous(
    viewer: Viewer, candidate: ImportCandidate, *, counter: int
) -> ImportCandidate:
    """Make one article of the candidate and the one before it in the file; return that.

    What was decided about both stays. What is known of the first is so of the whole.
    """
    seen = pending(viewer, candidate, counter)
    previous = _previous(seen)
    first = Decisions.from_data(previous.decisions)
    known = Proposal.from_data(previous.proposal)
    decisions = first.joined(giving_way(Decisions.from_data(seen.decisions), first, known))
    key = f"{JOINED}:{seen.proposal['source_start']}"
    before = {
        "end": seen.proposal["source_end"],
        "first": first.to_data(),
        "aim": aim_of(previous),
        "second": {
            "id": str(seen.pk),
            "counter": seen.counter,
            "decisions": seen.decisions,
            "aim": aim_of(seen),
        },
    }
    steps = (*steps_in(previous.decisions), Step(key, now_as_text(), before=before))
    return _made_one(viewer, previous, seen, decisions, steps)


def take_back_split(viewer: Viewer, seen: ImportCandidate, step: Step) -> ImportCandidate:
    """Make one article again of `seen` and what the step split off it; return it.

    What was decided about both since stays, as far as it is about the whole.
    """
    following = following_of(seen)
    if following is None:
        raise Invalid(_("What was split off here is decided already, or was changed since."))
    first = Decisions.from_data(seen.decisions)
    theirs = Decisions.from_data(following.decisions)
    second = giving_way(theirs, first, Proposal.from_data(seen.proposal))
    decisions = with_what_was_lost(first.joined(second), step.before)
    others = [one for one in steps_in(seen.decisions) if one != step]
    steps = merged(others, steps_in(following.decisions), second)
    return _made_one(viewer, seen, following, decisions, steps)


def take_back_join(viewer: Viewer, seen: ImportCandidate, step: Step) -> ImportCandidate:
    """Make two articles again of `seen`, as they were before the step; return the first."""
    place = int(step.key.rpartition(":")[2])
    source, part = read_part(seen)
    kept = step.before["second"]
    before, behind = (
        Decisions.from_data(data) for data in (step.before["first"], kept["decisions"])
    )
    with refused_in_words():
        first = interpret(source, Part(part.start, place), before)
        second = interpret(source, Part(place, part.end), behind)
    others = [one for one in steps_in(seen.decisions) if one != step]
    with transaction.atomic():
        stored = locked(seen, seen.counter)
        following = _room_behind(stored)
        following.pk, following.counter = kept["id"], kept["counter"] + 1
        set_proposal(stored, first, before, steps=others)
        aim_again(stored, step.before["aim"])
        save_changed(stored)
        set_proposal(following, second, behind, steps=steps_in(kept["decisions"]))
        aim_again(following, kept["aim"])
        following.save(force_insert=True)
        tell(viewer, "import.split", stored, after={"offset": place})
        return stored


def _made_one(
    viewer: Viewer,
    first: ImportCandidate,
    second: ImportCandidate,
    decisions: Decisions,
    steps: tuple[Step, ...],
) -> ImportCandidate:
    """Store the two as one article, the first."""
    source, part = read_part(second)
    with refused_in_words():
        whole = interpret(source, Part(first.proposal["source_start"], part.end), decisions)
    with transaction.atomic():
        earlier = locked(first, first.counter)
        locked(second, second.counter).delete()
        _move_later(earlier, by=-1)
        set_proposal(earlier, whole, decisions, steps=steps)
        save_changed(earlier)
        tell(viewer, "import.joined", earlier, before={"offset": part.start})
        return earlier


def _room_behind(candidate: ImportCandidate) -> ImportCandidate:
    """Return an article behind the candidate that is not stored yet; those behind have moved."""
    _move_later(candidate, by=1)
    return ImportCandidate(
        batch=candidate.batch, source=candidate.source, position=candidate.position + 1
    )


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
