"""Texts of one import that are nearly the same as one another, told before any is added."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from django.db.models.fields.json import KT

from corpus.models import ImportBatch, ImportCandidate
from corpus.related.copies import FEWEST_RUNS, NEAR
from corpus.text.sketches import share_of

# What more texts than this have in common is no sign of a copy, and would be slow to count.
_MOST_HOLDERS = 50


@dataclass(frozen=True)
class Sibling:
    """A text of the same import with nearly the same words; `share` is 0 to 1."""

    id: UUID
    title: str
    share: float

    @property
    def percent(self) -> int:
        """Return the share in whole percent."""
        return round(100 * self.share)


def siblings_in(batch: ImportBatch, shown: Collection[UUID]) -> dict[UUID, list[Sibling]]:
    """Return for each of `shown` what waits in the import with nearly its words, nearest first.

    Those that do not wait themselves, and those without any, are left out. Two queries.
    """
    waiting = ImportCandidate.objects.filter(batch=batch, state=ImportCandidate.State.PENDING)
    sketches = dict(waiting.order_by().values_list("pk", "sketch"))
    shares: dict[UUID, dict[UUID, float]] = defaultdict(dict)
    for first, second, share in _near_pairs(sketches):
        shares[first][second] = shares[second][first] = share
    asked = {key: shares[key] for key in shown if key in shares}
    others = {other for near in asked.values() for other in near}
    titles = dict(
        waiting.filter(pk__in=others).values_list("pk", KT("proposal__facts__title__value"))
    )
    return {
        key: sorted(
            (Sibling(other, titles.get(other) or "", share) for other, share in near.items()),
            key=lambda sibling: (-sibling.share, sibling.title),
        )
        for key, near in asked.items()
    }


def _near_pairs(sketches: Mapping[UUID, Sequence[int]]) -> Iterator[tuple[UUID, UUID, float]]:
    holders: dict[int, list[UUID]] = defaultdict(list)
    for key, sketch in sketches.items():
        for fingerprint in sketch:
            holders[fingerprint].append(key)
    shared: Counter[tuple[UUID, UUID]] = Counter()
    for keys in holders.values():
        if 1 < len(keys) <= _MOST_HOLDERS:
            shared.update(combinations(keys, 2))
    for first, second in shared:
        share = share_of(sketches[first], sketches[second], fewest=FEWEST_RUNS)
        if share >= NEAR:
            yield first, second, share
