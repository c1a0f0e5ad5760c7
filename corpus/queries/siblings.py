"""Texts of one import that are nearly the same as one another, told before any is added."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from corpus.models import ImportBatch, ImportCandidate
from corpus.related.copies import FEWEST_RUNS, NEAR
from corpus.text.sketches import share_of

# What more texts than this have in common is no sign of a copy, and would be slow to count.
_MOST_HOLDERS = 50
# Values asked for at a time: SQLite takes no more than 999 in a statement everywhere.
_ASKED = 900


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

    Those that do not wait themselves, and those without any, are left out. A few
    queries; of the sketches only those of `shown` and some hundred others are held at once.
    """
    waiting = ImportCandidate.objects.filter(batch=batch, state=ImportCandidate.State.PENDING)
    sketches = waiting.order_by().values_list("pk", "sketch")
    near: dict[UUID, dict[UUID, float]] = defaultdict(dict)
    for key, other, share in _near_pairs(dict(sketches.filter(pk__in=shown)), sketches):
        near[key][other] = share
    others = {other for shares in near.values() for other in shares}
    titles = dict(
        waiting.filter(pk__in=others).values_list("pk", KT("proposal__facts__title__value"))
    )
    return {
        key: sorted(
            (Sibling(other, titles.get(other) or "", share) for other, share in shares.items()),
            key=lambda sibling: (-sibling.share, sibling.title),
        )
        for key, shares in near.items()
    }


def _near_pairs(
    ours: Mapping[UUID, Sequence[int]],
    sketches: QuerySet[ImportCandidate, tuple[UUID, list[int]]],
) -> Iterator[tuple[UUID, UUID, float]]:
    """Yield each of `ours` with each other text that is near it, and their share.

    The sketches are read one after another to count, and again only those that share any.
    """
    holders: dict[int, list[UUID]] = defaultdict(list)
    for key, sketch in ours.items():
        for fingerprint in set(sketch):
            holders[fingerprint].append(key)
    times: Counter[int] = Counter()
    sharing: dict[UUID, set[int]] = {}
    for key, sketch in sketches.iterator():
        common = holders.keys() & sketch
        if common:
            times.update(common)
            sharing[key] = common
    telling = {one: holders[one] for one, count in times.items() if 1 < count <= _MOST_HOLDERS}
    likely = [key for key, common in sharing.items() if common & telling.keys()]
    for first in range(0, len(likely), _ASKED):
        for other, sketch in sketches.filter(pk__in=likely[first : first + _ASKED]):
            for key in {key for one in telling.keys() & sketch for key in telling[one]} - {other}:
                share = share_of(ours[key], sketch, fewest=FEWEST_RUNS)
                if share >= NEAR:
                    yield key, other, share
