"""The passages of one cell of the table of claims."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.models import Claim
from annotations.queries.matrix_columns import By, Column, columns_of, passages_in, value_of
from annotations.queries.passage_filters import PassageFilters
from annotations.queries.passages import Passage, first_passages
from annotations.timeline import Stance
from corpus.permissions import Viewer

# A panel beside the table shows as many; the page of the claim has all.
MOST_SHOWN = 30


@dataclass(frozen=True)
class CellPassages:
    """What a claim has in one column: `count` passages, and the first of them by stance."""

    claim: Claim
    column: Column
    count: int
    stances: Sequence[tuple[Stance, Sequence[Passage]]]

    @property
    def shown(self) -> int:
        """Return how many of the passages are here."""
        return sum(len(passages) for _stance, passages in self.stances)


def cell_passages(
    viewer: Viewer, by: By, filters: PassageFilters, *, claim: Claim, key: str
) -> CellPassages | None:
    """Return the passages of `claim` in the column `key`, None where it has none."""
    condition = passages_in(by, key)
    if condition is None:
        return None
    passages = filters.passages(viewer).filter(condition, tag=claim)
    value = passages.order_by().annotate(column=value_of(by)).values_list("column").first()
    if value is None:
        return None
    column = columns_of(by, value)[value[0]]
    return CellPassages(claim, column, passages.count(), first_passages(passages, MOST_SHOWN))
