"""Whether what claims are said to do to each other can hold together.

The kinds are those of `ClaimRelation`, and "narrower" for a claim below another. Claims
that say the same count as one. Source: SKOS integrity conditions S27 and S46; Argdown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

EQUIVALENT = "equivalent"
NARROWER = "narrower"
# They read the same from both ends.
MUTUAL = frozenset({EQUIVALENT, "contradicts"})

# Of one pair of claims, whichever way round, not both can be.
_NEVER_TOGETHER = (frozenset({"contradicts", "supports"}), frozenset({"contradicts", NARROWER}))
# Nor both of these in one direction.
_NEVER_ALONG = (frozenset({"supports", "undercuts"}),)


@dataclass(frozen=True)
class Said:
    """That claim `first` does `kind` to claim `second`."""

    first: UUID
    kind: str
    second: UUID


def clash(new: Said, known: Sequence[Said]) -> Said | None:
    """Return the one of `known` that cannot hold once `new` is said, None if all can.

    It is `new` itself when a claim would be said to do something to itself.
    """
    if new.first == new.second:
        return new
    same = _same([*known, new])
    others = [one for one in known if one.kind != EQUIVALENT]
    if new.kind == EQUIVALENT:
        inside = next((one for one in others if _is_inside(_among(one, same))), None)
        changed = _touching(others, same, same[new.first])
    else:
        joined = (one for one in known if one.kind == EQUIVALENT)
        here = same[new.first]
        is_inside = _is_inside(_among(new, same))
        inside = next((one for one in joined if is_inside and same[one.first] == here), None)
        changed = [new]
    return inside or _excluded(changed, others, same) or _closes_circle(others, new, same)


def _among(said: Said, same: Mapping[UUID, UUID]) -> Said:
    """Return it between those that stand for all that say the same."""
    first, second = same.get(said.first, said.first), same.get(said.second, said.second)
    return replace(said, first=first, second=second)


def _is_inside(said: Said) -> bool:
    return said.first == said.second


def _excluded(
    changed: Iterable[Said], others: Iterable[Said], same: Mapping[UUID, UUID]
) -> Said | None:
    """Return the one of `others` that cannot hold beside one of `changed`."""
    pairs: dict[frozenset[UUID], list[Said]] = {}
    for one in others:
        pairs.setdefault(_ends(one, same), []).append(one)
    for one in changed:
        for other in pairs.get(_ends(one, same), ()):
            if _exclude(_among(one, same), _among(other, same)):
                return other
    return None


def _ends(said: Said, same: Mapping[UUID, UUID]) -> frozenset[UUID]:
    here = _among(said, same)
    return frozenset({here.first, here.second})


def _exclude(one: Said, other: Said) -> bool:
    kinds = {one.kind, other.kind}
    if kinds in _NEVER_TOGETHER:
        return True
    return kinds in _NEVER_ALONG and one.first == other.first


def _same(relations: Iterable[Said]) -> dict[UUID, UUID]:
    """Return for every claim the one that stands for all that say the same."""
    of: dict[UUID, UUID] = {}
    for said in relations:
        first = of.setdefault(said.first, said.first)
        second = of.setdefault(said.second, said.second)
        if said.kind == EQUIVALENT and first != second:
            of.update({claim: first for claim, stands in of.items() if stands == second})
    return of


def _touching(others: Iterable[Said], same: Mapping[UUID, UUID], claim: UUID) -> list[Said]:
    return [one for one in others if claim in _ends(one, same)]


def _closes_circle(known: Iterable[Said], new: Said, same: Mapping[UUID, UUID]) -> Said | None:
    """Return a known "narrower" on the way round from the new one back to it."""
    if new.kind not in {NARROWER, EQUIVALENT}:
        return None
    wider: dict[UUID, list[tuple[UUID, Said]]] = {}
    for one in known:
        if one.kind == NARROWER:
            here = _among(one, same)
            wider.setdefault(here.first, []).append((here.second, one))
    asked = _among(new, same)
    goal, seen = asked.first, set[UUID]()
    waiting = [asked.second]
    while waiting:
        for above, one in wider.get(waiting.pop(), ()):
            if above == goal:
                return one
            if above not in seen:
                seen.add(above)
                waiting.append(above)
    return None
