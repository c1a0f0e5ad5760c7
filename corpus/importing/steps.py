"""The steps in which a curator decided about a proposed article, each with what stood before.

They are kept beside the decisions, the latest at the end, so that the last one can be taken
back and leaves exactly what it found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.importing.decisions import SPLIT, Decisions, repair_key
from corpus.importing.proposal import Proposal, Repair

STEPS = "steps"
"""The name of the steps in the data of decisions."""
JOINED = "joined"
"""What the keys of steps begin with that made one article of two."""
TARGET = "target"
"""The key of the step that said which article it is of."""

_SECTIONS = {"block": "blocks", "line": "lines", "join": "joins", "fact": "facts"}


@dataclass(frozen=True)
class Step:
    """One step: `key` is what was decided, `at` is when (ISO 8601, UTC).

    `was` maps the key of each decision that it changed to [] when there was none before, else
    to [value, place], the place being that among the decisions in their order, -1 for none.
    `before` is what else stood before, by name, for a step that is more than decisions.
    """

    key: str
    at: str = ""
    was: Mapping[str, list[Any]] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Return what the key begins with."""
        return self.key.partition(":")[0]

    def to_data(self) -> dict[str, Any]:
        """Return the step as a dict of JSON values."""
        data = {"key": self.key, "at": self.at, "was": self.was, "before": self.before}
        return {name: value for name, value in data.items() if value}


def steps_in(data: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return the steps that are kept in the data of decisions."""
    return tuple(Step(**row) for row in data.get(STEPS, ()))


def with_steps(decisions: Decisions, steps: Sequence[Step]) -> dict[str, Any]:
    """Return the data of the decisions, with the steps in which they were made."""
    data = decisions.to_data()
    return data | {STEPS: [step.to_data() for step in steps]} if steps else data


def step_between(key: str, at: str, before: Decisions, after: Decisions) -> Step:
    """Return the step called `key` that led from one state of the decisions to the next."""
    then, now = before.to_data(), after.to_data()
    keys = dict.fromkeys([*before.in_effect, *after.in_effect])
    changed = (one for one in keys if _value(then, one) != _value(now, one))
    return Step(key, at, {one: _stood(then, one) for one in changed})


def taken_back(step: Step, decisions: Decisions) -> Decisions:
    """Return the decisions as they were before the step."""
    data = decisions.to_data()
    order = list(data.pop("order", ()))
    for key, stood in step.was.items():
        _set(data, key, stood[:1])
        order = [one for one in order if one != key]
    places = [(stood[1], key) for key, stood in step.was.items() if stood and stood[1] >= 0]
    for place, key in sorted(places):
        order.insert(place, key)
    return Decisions.from_data({**data, "order": order})


def parted(steps: Sequence[Step], offset: int) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Return the steps that are about the source before `offset`, and those from it on.

    What is about the article as a whole is of the first; a step about both is kept for neither.
    """
    first = tuple(step for step in steps if all(_before(offset, key) for key in _keys(step)))
    second = (step for step in steps if not any(_before(offset, key) for key in _keys(step)))
    return first, tuple(second)


def giving_way(second: Decisions, first: Decisions, known: Proposal) -> Decisions:
    """Return the decisions about a part as far as they hold for the whole with the one before.

    What is known of the first part, as decided or as read, is so of the whole.
    """
    for name in second.facts:
        if name in first.facts or getattr(known, name).basis != "unknown":
            second = second.withdrawn(f"fact:{name}")
    return second


def merged(steps: Sequence[Step], following: Sequence[Step], second: Decisions) -> tuple[Step, ...]:
    """Return the steps of two parts as those of the whole, in the order of their time.

    `second` are the decisions of the part that follows, as far as they hold for the whole.
    """
    held = {f"fact:{name}" for name in second.facts}
    theirs = [
        step
        for step in following
        if (step.was or step.kind == SPLIT)
        and all(key in held for key in step.was if key.startswith("fact:"))
    ]
    return tuple(sorted([*steps, *theirs], key=lambda step: step.at))


def lost_by_split(whole: Decisions, first: Decisions, second: Decisions) -> dict[str, Any]:
    """Return as data what neither part has of the decisions about the whole.

    Its order is among it, and the passages that were one across the parts.
    """
    joins = {
        start: above
        for start, above in whole.joins.items()
        if start not in first.joins and start not in second.joins
    }
    return Decisions(order=whole.order, joins=joins).to_data()


def with_what_was_lost(decisions: Decisions, lost: Mapping[str, Any]) -> Decisions:
    """Return the decisions about a whole again, in their order; later ones stand at the end."""
    before = Decisions.from_data(lost)
    whole = replace(decisions, joins={**before.joins, **decisions.joins})
    known = set(whole.in_effect)
    order = dict.fromkeys([*before.order, *decisions.order])
    return replace(whole, order=tuple(key for key in order if key in known))


def _keys(step: Step) -> list[str]:
    return [step.key, *step.was]


def _before(offset: int, key: str) -> bool:
    """Say whether `key` is about the source before `offset`, or about the whole."""
    place = key.rpartition(":")[2]
    return not place.isdigit() or int(place) < offset


def _stood(data: Mapping[str, Any], key: str) -> list[Any]:
    order: list[str] = data.get("order", [])
    place = order.index(key) if key in order else -1
    return [*_value(data, key), place] if _value(data, key) else []


def _value(data: Mapping[str, Any], key: str) -> list[Any]:
    """Return the value that was decided for `key` as the only one of a list, [] for none."""
    what, _, place = key.partition(":")
    if what not in _SECTIONS:
        return [row for row in data.get("undone", ()) if repair_key(Repair(**row)) == key]
    rows = data.get(_SECTIONS[what], {})
    return [rows[place]] if place in rows else []


def _set(data: dict[str, Any], key: str, value: list[Any]) -> None:
    """Let `value`, as `_value` returns it, be that of `key`."""
    what, _, place = key.partition(":")
    if what not in _SECTIONS:
        others = [row for row in data.get("undone", ()) if repair_key(Repair(**row)) != key]
        data["undone"] = [*others, *value]
        return
    rows = data.setdefault(_SECTIONS[what], {})
    rows.pop(place, None)
    rows.update(zip([place], value, strict=False))
