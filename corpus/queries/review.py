"""A proposed article beside its source: what every stretch of the source became, and why."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from corpus.import_words import in_words
from corpus.importing.decisions import Decisions, join_key, repair_key
from corpus.importing.facts import fact_value
from corpus.importing.proposal import Fact, Flag, Proposal, Repair
from corpus.importing.split import begins_line
from corpus.importing.stretches import Stretch, stretches_of
from corpus.models import Basis, ImportCandidate, ImportFile
from corpus.queries.batch_filters import is_in_part
from corpus.queries.batch_page import in_order
from corpus.queries.days import published_words
from corpus.queries.importing import candidate_rows, near_rows
from corpus.queries.repair_marks import HYPHEN, RepairOverlay, cut_word
from corpus.queries.review_rows import (
    BLOCKS,
    REPAIRS,
    ROLES,
    Anchored,
    FactRow,
    FlagRow,
    RepairRow,
    Review,
    Row,
    SourceLine,
    SourcePiece,
)
from corpus.queries.source import FACTS, PARATEXT, RULES
from corpus.text.blocks import Mark, block_at
from corpus.text.markup import block_html

__all__ = ["Review", "candidate_review"]


def candidate_review(candidate: ImportCandidate, only: str = "") -> Review:
    """Return the candidate beside its source, in a fixed number of queries.

    Before and after it stand those in the part `only` of the import.
    """
    source = candidate.source.decoded()
    proposal = Proposal.from_data(candidate.proposal)
    decisions = Decisions.from_data(candidate.decisions)
    stretches = stretches_of(source, proposal)
    page = _Page(source, proposal, decisions, stretches)
    (row,) = candidate_rows(ImportCandidate.objects.filter(pk=candidate.pk))
    before, after, can_join = _beside(candidate, only)
    return Review(
        candidate,
        row=row,
        previous=before,
        next=after,
        can_join=can_join,
        rows=list(page.rows()),
        facts=[page.fact(name) for name in FACTS],
        repairs=page.repairs,
        flags=[*page.flags, *_about_linked_page(candidate)],
        near=near_rows(candidate),
    )


def _about_linked_page(candidate: ImportCandidate) -> Iterator[FlagRow]:
    """Yield why the page that a summary links to was not taken in its place."""
    files = ImportFile.objects.filter(batch=candidate.batch_id, source=candidate.source_id)
    for file in files.exclude(problem="").exclude(state=ImportFile.State.REFUSED)[:1]:
        said = _("The summary stays, and not the page that it links to: %(why)s")
        yield FlagRow("linked_page", said % {"why": file.problem_in_words}, "")


def _beside(candidate: ImportCandidate, only: str) -> tuple[UUID | None, UUID | None, bool]:
    """Return what stands before and after the candidate in the part of its import.

    And whether it can be joined with what stands before it in its file.
    """
    is_in = is_in_part(only)
    before: UUID | None = None
    previous: tuple[UUID, str] | None = None
    is_passed = can_join = False
    for key, source, state, doubts in in_order(candidate.batch):
        if key == candidate.pk:
            waits = state == ImportCandidate.State.PENDING
            is_passed, can_join = True, waits and previous == (source, state)
        elif is_in(state, doubts):
            if is_passed:
                return before, key, can_join
            before = key
        previous = (source, state)
    return before, None, can_join


# So much of a piece shows which one was joined.
_WORDS_SHOWN = 80


class _Page:
    """The parts of one review, by the stretches of the source."""

    def __init__(
        self, source: str, proposal: Proposal, decisions: Decisions, stretches: Sequence[Stretch]
    ) -> None:
        self._source = source
        self._proposal = proposal
        self._decisions = decisions
        self._stretches = stretches
        self._starts = [stretch.start for stretch in stretches]
        self._why = {line.start: in_words(line.why) for line in proposal.dropped}
        self._marks = self._marks_by_block()
        self._repaired = RepairOverlay(proposal)
        made = [self._repair(one, is_undone=False) for one in proposal.repairs]
        undone = [self._repair(one, is_undone=True) for one in decisions.undone]
        joins = [self._join(start) for start in decisions.joins]
        self.repairs = [*made, *undone, *joins]
        self.flags = [self._flag(flag) for flag in proposal.flags]

    def rows(self) -> Iterator[Row]:
        """Yield a row for each stretch."""
        repairs, flags = _by_anchor(self.repairs), _by_anchor(self.flags)
        reached = -1
        for index, stretch in enumerate(self._stretches):
            anchor = self._anchor(stretch.first_shown)
            block = reached if stretch.block is None else stretch.block
            yield Row(
                **self._what(stretch, is_continued=block == reached),
                start=stretch.start,
                end=stretch.end,
                anchor=anchor,
                lines=list(self._lines(stretch)),
                repairs=repairs[anchor],
                flags=flags[anchor],
                can_split=index > 0,
                can_join=stretch.block is not None and 0 <= reached < block,
            )
            reached = block

    def fact(self, name: str) -> FactRow:
        """Return one of the facts."""
        fact: Fact[Any] = getattr(self._proposal, name)
        start = fact.evidence_start
        return FactRow(
            name,
            FACTS[name],
            value=fact_value(name, fact),
            shown=_shown(name, fact),
            basis=fact.basis,
            basis_label=Basis(fact.basis).label,
            confidence=fact.confidence,
            evidence=fact.evidence,
            evidence_anchor="" if start is None else self._anchor(start),
            rule=RULES.get(fact.rule, fact.rule),
            is_decided=name in self._decisions.facts,
        )

    def _what(self, stretch: Stretch, *, is_continued: bool) -> dict[str, Any]:
        """Return what the stretch became, as fields of Row.

        With `is_continued` a block of the text goes on that began above.
        """
        start = stretch.first_shown
        is_line = start in self._decisions.lines
        common = {
            "key": f"line:{start}" if is_line else f"block:{start}",
            "is_decided": is_line or start in self._decisions.blocks,
        }
        if stretch.block is None:
            kind = stretch.kind
            return common | {
                "kind": kind,
                "kind_label": PARATEXT[kind],
                "level": 0,
                "number": 0,
                "is_continued": False,
                "is_dropped": start in self._why,
                "why": self._why.get(start, ""),
                "words": stretch.words,
                "html": "",
            }
        block = self._proposal.blocks[stretch.block]
        return common | {
            "kind": block.kind,
            "kind_label": BLOCKS[block.kind],
            "level": block.level,
            "number": stretch.block + 1,
            "is_continued": is_continued,
            "is_dropped": False,
            "why": "",
            "words": self._proposal.text[block.start : block.end],
            "html": block_html(
                self._proposal.text, block, self._marks[stretch.block], self._repaired
            ),
        }

    def _lines(self, stretch: Stretch) -> Iterator[SourceLine]:
        lines = stretch.lines(self._source)
        are_several = sum(line.is_shown for line in lines) > 1
        first = self._stretches[0].first_shown
        for line in lines:
            yield SourceLine(
                line.first_shown,
                f"line:{line.first_shown}",
                [
                    SourcePiece(start, end, self._source[start:end], role, ROLES[role])
                    for start, end, role in line.pieces
                ],
                can_drop=are_several and line.is_shown and stretch.block is not None,
                can_split=line.is_shown
                and line.first_shown > first
                and begins_line(self._source, line.first_shown),
            )

    def _marks_by_block(self) -> dict[int, list[Mark]]:
        marks: dict[int, list[Mark]] = defaultdict(list)
        for mark in self._proposal.marks:
            marks[block_at(self._proposal.blocks, mark.start)].append(mark)
        return marks

    def _anchor(self, offset: int) -> str:
        """Return the anchor of the row that holds source[offset], "" outside."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self._proposal.source_end:
            return ""
        return f"r{self._stretches[index].first_shown}"

    def _repair(self, repair: Repair, *, is_undone: bool) -> RepairRow:
        before, after = repair.before, repair.after
        if repair.kind == HYPHEN and not is_undone:
            before, after = cut_word(self._proposal, repair.start)
        return RepairRow(
            repair_key(repair),
            repair.kind,
            REPAIRS.get(repair.kind, repair.kind),
            before,
            after,
            is_undone,
            self._anchor(repair.start),
        )

    def _join(self, start: int) -> RepairRow:
        words = self._source[start : start + _WORDS_SHOWN].partition("\n")[0]
        return RepairRow(
            join_key(start), "joined", REPAIRS["joined"], "", words, False, self._anchor(start)
        )

    def _flag(self, flag: Flag) -> FlagRow:
        note = in_words(flag.note, flag.values)
        if flag.start == flag.end:
            return FlagRow(flag.kind, note, "")
        block = block_at(self._proposal.blocks, flag.start)
        found = (stretch for stretch in self._stretches if stretch.block == block)
        return FlagRow(flag.kind, note, f"r{next(found).first_shown}")


def _by_anchor(rows: Iterable[Anchored]) -> dict[str, list[Anchored]]:
    found: dict[str, list[Anchored]] = defaultdict(list)
    for row in rows:
        found[row.anchor].append(row)
    return found


def _shown(name: str, fact: Fact[Any]) -> str:
    if name in ("authors", "topics"):
        return ", ".join(fact.value or ())
    if name != "published":
        return fact.value or ""
    return published_words(fact_value(name, fact))
