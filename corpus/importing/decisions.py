"""What a curator decided about a proposed article, by places in its source.

A proposal is made again from the source and the decisions, so that each of them can be taken
back. Offsets are code points in the source as read. A decision that no longer meets anything
says nothing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, get_args

from corpus.importing.errors import NotDecidable
from corpus.importing.facts import checked_fact
from corpus.importing.proposal import Proposal, Repair
from corpus.importing.starts import starts_of_blocks
from corpus.text.blocks import BlockKind, ParatextKind

BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)
PARATEXT_KINDS: tuple[str, ...] = get_args(ParatextKind)
CURATOR = "curator"
"""The rule that speaks where a curator decided."""
SPLIT = "split"
"""What the keys of splits begin with; a split is a step (corpus.importing.steps), no decision."""
UNDONE = "undone"
"""The value that undoes a repair."""
REPLACED = "boilerplate"
"""What a title is once another one was chosen."""
ABOVE = "above"
"""The value that joins a passage with the piece above it."""

_NOT_HERE = "There is nothing in this article that could be decided so."


@dataclass(frozen=True)
class Decisions:
    """What was decided; nothing at first.

    `blocks` maps where a passage begins, without the blanks before it, to the kind of block or
    of paratext that it is; `lines` where a line begins to the kind that it is alone;
    `facts` a fact's name to its value as JSON; `joins` where a passage begins to where the piece
    above begins that it is one with. `undone` are the repairs that are not made.
    `order` lists the keys of decisions as they were made; one that it lacks was made before.
    """

    blocks: Mapping[int, str] = field(default_factory=dict)
    lines: Mapping[int, str] = field(default_factory=dict)
    undone: tuple[Repair, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    joins: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def undone_at(self) -> frozenset[tuple[str, int]]:
        """Return kind and start of each repair that is not made."""
        return frozenset((repair.kind, repair.start) for repair in self.undone)

    def is_undone(self, kind: str, start: int) -> bool:
        """Say whether the repair of this kind at `start` is not made."""
        return (kind, start) in self.undone_at

    def block_at(self, start: int) -> str:
        """Return the kind that the passage at `start` was given, or "".

        A line that was said to be text is a passage; one title takes the place of another.
        """
        line = self.lines.get(start, "")
        kind = line if line in BLOCK_KINDS else self.blocks.get(start, "")
        return REPLACED if kind == "title" and start != self.title_at else kind

    def line_at(self, start: int) -> str:
        """Return the kind beside the text that the line at `start` was given, or ""."""
        kind = self.lines.get(start, "")
        if kind == "title" and start != self.title_at:
            return REPLACED
        return kind if kind in PARATEXT_KINDS else ""

    def is_text_line(self, start: int) -> bool:
        """Say whether the line at `start` was said to be text by itself."""
        return self.lines.get(start, "") in BLOCK_KINDS

    @cached_property
    def title_at(self) -> int | None:
        """Return where the line or passage begins that was chosen as the title last, if one was."""
        titles = {
            f"{what}:{start}": start
            for what, rows in (("block", self.blocks), ("line", self.lines))
            for start, kind in rows.items()
            if kind == "title"
        }
        in_order = [titles[key] for key in self.order if key in titles]
        return next(iter([*reversed(in_order), *titles.values()]), None)

    def is_text_at(self, start: int) -> bool:
        """Say whether the passage at `start` was said to be text."""
        return self.block_at(start) in BLOCK_KINDS

    def is_left_out_at(self, start: int) -> bool:
        """Say whether the passage at `start` was said to stand beside the text."""
        return self.block_at(start) in PARATEXT_KINDS

    @property
    def in_effect(self) -> list[str]:
        """Return the key of each decision."""
        return [
            *(f"block:{start}" for start in self.blocks),
            *(f"line:{start}" for start in self.lines),
            *(repair_key(repair) for repair in self.undone),
            *(join_key(start) for start in self.joins),
            *(f"fact:{name}" for name in self.facts),
        ]

    def decided(self, key: str, value: Any, proposal: Proposal) -> "Decisions":
        """Return these decisions and that `key` of `proposal` is `value`.

        Raises NotDecidable for a key or value that says nothing of the proposal.
        """
        after = self._with(key, value, proposal)
        return self if after == self else replace(after, order=(*self._order_without(key), key))

    def withdrawn(self, key: str) -> "Decisions":
        """Return these decisions without that of `key`; the same when there is none."""
        what, _, place = key.partition(":")
        start = int(place) if place.isascii() and place.isdigit() else -1
        return replace(
            self,
            blocks=_without(self.blocks, start) if what == "block" else self.blocks,
            lines=_without(self.lines, start) if what == "line" else self.lines,
            undone=self._without(key),
            facts=_without(self.facts, place) if what == "fact" else self.facts,
            order=self._order_without(key),
            joins=_without(self.joins, start) if what == "join" else self.joins,
        )

    def split(self, offset: int) -> tuple["Decisions", "Decisions"]:
        """Return the decisions before `offset` and those from it on; facts are the first's."""
        before = Decisions(
            {start: kind for start, kind in self.blocks.items() if start < offset},
            {start: kind for start, kind in self.lines.items() if start < offset},
            tuple(repair for repair in self.undone if repair.start < offset),
            self.facts,
            joins={start: above for start, above in self.joins.items() if start < offset},
        )
        behind = Decisions(
            {start: kind for start, kind in self.blocks.items() if start >= offset},
            {start: kind for start, kind in self.lines.items() if start >= offset},
            tuple(repair for repair in self.undone if repair.start >= offset),
            joins={start: above for start, above in self.joins.items() if above >= offset},
        )
        return before._ordered(self.order), behind._ordered(self.order)

    def joined(self, following: "Decisions") -> "Decisions":
        """Return these decisions and those of the part that follows, whose facts give way."""
        return Decisions(
            {**self.blocks, **following.blocks},
            {**self.lines, **following.lines},
            (*self.undone, *following.undone),
            {**following.facts, **self.facts},
            (*self.order, *following.order),
            {**self.joins, **following.joins},
        )

    def to_data(self) -> dict[str, Any]:
        """Return the decisions as a dict of JSON values, empty when nothing was decided."""
        data = {
            "blocks": {str(start): kind for start, kind in self.blocks.items()},
            "lines": {str(start): kind for start, kind in self.lines.items()},
            "undone": [asdict(repair) for repair in self.undone],
            "facts": dict(self.facts),
            "order": list(self.order),
            "joins": {str(start): above for start, above in self.joins.items()},
        }
        return {name: value for name, value in data.items() if value}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Decisions":
        """Return the decisions that `to_data` made `data` from."""
        return cls(
            {int(start): kind for start, kind in data.get("blocks", {}).items()},
            {int(start): kind for start, kind in data.get("lines", {}).items()},
            tuple(Repair(**row) for row in data.get("undone", ())),
            dict(data.get("facts", {})),
            tuple(data.get("order", ())),
            {int(start): above for start, above in data.get("joins", {}).items()},
        )

    def _with(self, key: str, value: Any, proposal: Proposal) -> "Decisions":
        what, _, place = key.partition(":")
        if what == "fact":
            return replace(self, facts={**self.facts, place: checked_fact(place, value)})
        if what == "repair" and value == UNDONE:
            return replace(self, undone=(*self._without(key), _repair_of(proposal, key)))
        kinds = (*BLOCK_KINDS, *PARATEXT_KINDS) if what in ("block", "line") else ()
        start = _offset_of(place, proposal)
        if what == "join" and value == ABOVE:
            return replace(self, joins={**self.joins, start: self._above(start, proposal)})
        if value not in kinds:
            raise NotDecidable(_NOT_HERE)
        if what == "line":
            return replace(self, lines={**self.lines, start: value})
        return replace(self, blocks={**self.blocks, start: value})

    def _without(self, key: str) -> tuple[Repair, ...]:
        return tuple(repair for repair in self.undone if repair_key(repair) != key)

    def _above(self, start: int, proposal: Proposal) -> int:
        """Return where the last piece above the block at `start` begins."""
        starts = starts_of_blocks(proposal)
        if start not in starts[1:]:
            raise NotDecidable(_NOT_HERE)
        first = starts[starts.index(start) - 1]
        above = (one for one in self.joins if first < one < start)
        joined = (one for one in above if not self.is_left_out_at(one) and not self.line_at(one))
        return max(joined, default=first)

    def _order_without(self, key: str) -> tuple[str, ...]:
        return tuple(one for one in self.order if one != key)

    def _ordered(self, order: tuple[str, ...]) -> "Decisions":
        """Return these decisions with those keys of `order` that are theirs."""
        keys = set(self.in_effect)
        return replace(self, order=tuple(key for key in order if key in keys))


NOTHING_DECIDED = Decisions()


def repair_key(repair: Repair) -> str:
    """Return the key by which the repair is undone."""
    return f"repair:{repair.kind}:{repair.start}"


def join_key(start: int) -> str:
    """Return the key by which the passage at `start` is one with the piece above it."""
    return f"join:{start}"


def split_key(offset: int) -> str:
    """Return the key by which an article is joined again with what was split off at `offset`."""
    return f"{SPLIT}:{offset}"


def _repair_of(proposal: Proposal, key: str) -> Repair:
    for repair in proposal.repairs:
        if repair_key(repair) == key:
            return repair
    raise NotDecidable(_NOT_HERE)


def _offset_of(place: str, proposal: Proposal) -> int:
    start = int(place) if place.isascii() and place.isdigit() else -1
    if not proposal.source_start <= start < proposal.source_end:
        raise NotDecidable(_NOT_HERE)
    return start


def _without(rows: Mapping[Any, Any], key: object) -> dict[Any, Any]:
    return {name: value for name, value in rows.items() if name != key}
