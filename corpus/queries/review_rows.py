"""The rows of a review: what the page of a proposed article is made of, and its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corpus.extensions import Label
from corpus.importing.decisions import BLOCK_KINDS, PARATEXT_KINDS, join_key
from corpus.models import Article, ImportCandidate
from corpus.queries.importing import CandidateRow, NearRow
from corpus.queries.source import PARATEXT

BLOCKS: Mapping[str, Label] = {
    "standfirst": _("standfirst"),
    "heading": _("heading"),
    "paragraph": _("paragraph"),
    "quotation": _("quotation"),
    "list_item": _("list item"),
    "verse": _("lines as they stand"),
    "preformatted": _("as it stands, in a fixed width"),
    "caption": _("caption"),
    "correction": _("correction"),
}
"""The kinds of block, in words."""

REPAIRS: Mapping[str, Label] = {
    "words_parted": _("words parted"),
    "mark_removed": _("sign taken off"),
    "unwrapped": _("lines joined"),
    "unquoted": _("signs of quoted mail taken off"),
    "hyphen_removed": _("hyphen at a line end taken out"),
    "link_read": _("link read from its signs"),
    "stress_read": _("stress read from its signs"),
    "joined": _("joined with the piece above"),
}
"""The kinds of repair, in words."""

ROLES: Mapping[str, Label] = {
    "text": "",
    "paratext": _("kept beside the text"),
    "link_address": _("the address of a link"),
    "white_space": "",
    "quote_sign": _("the sign of quoted mail"),
    "repair": _("taken off, or parted here"),
}
"""What became of a piece of the source, in words."""


@dataclass(frozen=True)
class RepairRow:
    """A repair that was made, or that a curator undid; `anchor` is that of its row."""

    key: str
    kind: str
    kind_label: Label
    before: str
    after: str
    is_undone: bool
    anchor: str


@dataclass(frozen=True)
class FlagRow:
    """Something to look at; `anchor` is that of its row, "" when it is about the whole."""

    kind: str
    note: str
    anchor: str


# So much of a line tells it from the others.
_SHORT = 40

Anchored = TypeVar("Anchored", RepairRow, FlagRow)


@dataclass(frozen=True)
class SourcePiece:
    """A piece of a line of the source and what became of it; `title` says so in words."""

    start: int
    end: int
    words: str
    role: str
    title: Label


@dataclass(frozen=True)
class SourceLine:
    """A line of the source without its end.

    `can_drop` says that it can be left out alone, `can_split` that an article can begin at it.
    """

    start: int
    key: str
    pieces: list[SourcePiece]
    can_drop: bool
    can_split: bool

    @property
    def beginning(self) -> str:
        """Return the first words of the line, by which it is told from the others."""
        words = " ".join("".join(piece.words[: 2 * _SHORT] for piece in self.pieces).split())
        cut = shorten(words, _SHORT, placeholder="…")
        return cut if cut != "…" else f"{words[:_SHORT]}…"


@dataclass(frozen=True)
class Row:
    """A stretch of the source and what it became: a block of the text, or words beside it.

    `number` counts blocks from 1 and is 0 beside the text, where `why` says the reason.
    `html` is escaped and holds our own mark-up only. `is_decided` says that a curator
    decided about `key`, which can be taken back. `is_continued` says that a block which began
    above goes on here, joined over lines beside the text; it is shown there. `can_join` says
    that there is text above to join it with.
    """

    start: int
    end: int
    key: str
    anchor: str
    kind: str
    kind_label: Label
    level: int
    number: int
    is_continued: bool
    is_dropped: bool
    why: Label
    words: str
    html: str
    lines: list[SourceLine]
    repairs: list[RepairRow]
    flags: list[FlagRow]
    is_decided: bool
    can_split: bool
    can_join: bool

    @property
    def beginning(self) -> str:
        """Return the first words of the stretch, by which it is told from the others."""
        return next((line.beginning for line in self.lines if line.beginning), "")

    @property
    def join_key(self) -> str:
        """Return the key of the decision that joins it with the piece above."""
        return join_key(int(self.anchor[1:]))

    @property
    def offset(self) -> int:
        """Return where a second article would begin."""
        return self.start

    @property
    def is_text(self) -> bool:
        """Say whether the stretch belongs to the text."""
        return self.number > 0


@dataclass(frozen=True)
class FactRow:
    """A fact and how it is known; `value` is as decisions take it, `shown` as words.

    `evidence_anchor` is that of the row where the evidence stands, "" without one.
    """

    name: str
    label: Label
    value: Any
    shown: str
    basis: str
    basis_label: Label
    confidence: float
    evidence: str
    evidence_anchor: str
    rule: Label
    is_decided: bool

    @property
    def key(self) -> str:
        """Return the key of the decision about it."""
        return f"fact:{self.name}"

    @property
    def percent(self) -> int:
        """Return the confidence in whole percent."""
        return round(100 * self.confidence)


@dataclass(frozen=True)
class Review:
    """All that the page of a proposed article shows; see the classes above.

    `can_join` says whether it can be joined with the article before it in the file.
    """

    candidate: ImportCandidate
    row: CandidateRow
    previous: UUID | None
    next: UUID | None
    can_join: bool
    rows: list[Row]
    facts: list[FactRow]
    repairs: list[RepairRow]
    flags: list[FlagRow]
    near: list[NearRow]

    @property
    def dropped(self) -> list[Row]:
        """Return what is left out as no part of the article."""
        return [row for row in self.rows if row.is_dropped]

    @property
    def updates(self) -> Article | None:
        """Return the article that it would be a new version of."""
        return self.candidate.updates

    @property
    def updates_reason(self) -> str:
        """Return why: "url", "source", "curator", or "" when it is a new article."""
        return self.candidate.updates_reason

    @property
    def block_kinds(self) -> list[tuple[str, Label]]:
        """Return the kinds that a row of the text can have."""
        return [(kind, BLOCKS[kind]) for kind in BLOCK_KINDS]

    @property
    def paratext_kinds(self) -> list[tuple[str, Label]]:
        """Return the kinds that a row beside the text can have."""
        return [(kind, PARATEXT[kind]) for kind in PARATEXT_KINDS]
