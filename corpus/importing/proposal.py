"""What an import proposes: an article's text with everything that was read about it, and why.

A Proposal is pure data. Offsets of text, blocks, marks and flags are code points in
`Proposal.text`; those of paratext, repairs, dropped lines, facts' evidence and the `source`
ends of coverage are code points in the source as read (corpus.importing.read.Source.text).
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Generic, Literal, TypeVar

from corpus.text.blocks import (
    Block,
    Mark,
    Paratext,
    blocks_from_data,
    blocks_to_data,
    marks_from_data,
    marks_to_data,
    paratext_from_data,
    paratext_to_data,
)
from corpus.text.folding import fold
from corpus.text.spans import word_count

Basis = Literal["given", "inferred", "derived", "curated", "unknown"]
Precision = Literal["day", "month", "year", "unknown"]
Role = Literal["text", "paratext", "link_address", "white_space", "repair", "quote_sign"]

T = TypeVar("T")


@dataclass(frozen=True)
class Fact(Generic[T]):
    """One thing known about an article, and how it is known.

    `confidence` is 0 to 1. `evidence` quotes the source from `evidence_start` on; both are
    empty when nothing was found. `rule` names the rule that spoke.
    """

    value: T | None
    basis: Basis
    confidence: float
    evidence: str
    evidence_start: int | None
    rule: str

    def to_data(self, encode: Callable[[T], Any] = lambda value: value) -> dict[str, Any]:
        """Return the fact as a dict of JSON values; `encode` turns the value into one."""
        value = None if self.value is None else encode(self.value)
        return {
            "value": value,
            "basis": self.basis,
            "confidence": self.confidence,
            "evidence": self.evidence,
            "evidence_start": self.evidence_start,
            "rule": self.rule,
        }

    @classmethod
    def from_data(
        cls, data: dict[str, Any], decode: Callable[[Any], T] = lambda value: value
    ) -> "Fact[T]":
        """Return the fact that `to_data` made `data` from."""
        value = None if data["value"] is None else decode(data["value"])
        return cls(
            value,
            data["basis"],
            data["confidence"],
            data["evidence"],
            data["evidence_start"],
            data["rule"],
        )


def unknown(rule: str = "nothing_found") -> Fact[Any]:
    """Return the fact that says nothing is known."""
    return Fact(None, "unknown", 0.0, "", None, rule)


@dataclass(frozen=True)
class PublishedDate:
    """When an article was published, as far as its own words say.

    `date` is "2017-03-23", "2017-03" or "2017" after `precision`, None when unknown. The
    bounds are whole days ("2017-01-13"), with the words they were read from.
    """

    date: str | None = None
    precision: Precision = "unknown"
    not_before: str | None = None
    not_after: str | None = None
    not_before_evidence: str = ""
    not_after_evidence: str = ""


@dataclass(frozen=True)
class Repair:
    """A change made to the words: source[start:end] was `before` and became `after`."""

    kind: str
    start: int
    end: int
    before: str
    after: str
    note: str


@dataclass(frozen=True)
class DroppedLine:
    """Words of the source that the text leaves out (they stay as paratext), and why."""

    start: int
    end: int
    text: str
    why: str


@dataclass(frozen=True)
class Flag:
    """Something a curator should look at: text[start:end] and a sentence in English.

    `note` has places such as "%(count)d" for `values`.
    """

    kind: str
    start: int
    end: int
    note: str
    values: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.note % self.values if self.values else self.note


@dataclass(frozen=True)
class Piece:
    """What became of source[start:end]; `text_start` is its place in the text, if it has one."""

    start: int
    end: int
    role: Role
    text_start: int | None = None


def digest(text: str) -> str:
    """Return the SHA-256 (hex) of `text` folded.

    It is equal for copies that differ only in wrapping, spaces, quotes or dashes.
    """
    return hashlib.sha256(fold(text).encode()).hexdigest()


@dataclass(frozen=True)
class Proposal:
    """One article as read from source[source_start:source_end]; see the module for the offsets."""

    source_start: int
    source_end: int
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    paratext: tuple[Paratext, ...]
    title: Fact[str]
    standfirst: Fact[str]
    byline: Fact[str]
    authors: Fact[tuple[str, ...]]
    outlet: Fact[str]
    published: Fact[PublishedDate]
    language: Fact[str]
    url: Fact[str]
    topics: Fact[tuple[str, ...]]
    repairs: tuple[Repair, ...] = ()
    dropped: tuple[DroppedLine, ...] = ()
    flags: tuple[Flag, ...] = ()
    coverage: tuple[Piece, ...] = field(default=(), repr=False)

    def to_data(self) -> dict[str, Any]:
        """Return the proposal as a dict of JSON values, for storing until a curator decides."""
        return {
            "source_start": self.source_start,
            "source_end": self.source_end,
            "text": self.text,
            "words": word_count(self.text),
            "blocks": blocks_to_data(self.blocks),
            "marks": marks_to_data(self.marks),
            "paratext": paratext_to_data(self.paratext),
            "facts": self.facts_to_data(),
            "repairs": [asdict(repair) for repair in self.repairs],
            "dropped": [asdict(line) for line in self.dropped],
            "flags": [asdict(flag) for flag in self.flags],
            "coverage": [
                [piece.start, piece.end, piece.role, piece.text_start] for piece in self.coverage
            ],
        }

    def facts_to_data(self) -> dict[str, Any]:
        """Return each fact as a dict of JSON values, by its name."""
        return {
            "title": self.title.to_data(),
            "standfirst": self.standfirst.to_data(),
            "byline": self.byline.to_data(),
            "authors": self.authors.to_data(list),
            "outlet": self.outlet.to_data(),
            "published": self.published.to_data(lambda date: {**vars(date)}),
            "language": self.language.to_data(),
            "url": self.url.to_data(),
            "topics": self.topics.to_data(list),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Proposal":
        """Return the proposal that `to_data` made `data` from."""
        facts = data["facts"]
        return cls(
            source_start=data["source_start"],
            source_end=data["source_end"],
            text=data["text"],
            blocks=blocks_from_data(data["blocks"]),
            marks=marks_from_data(data["marks"]),
            paratext=paratext_from_data(data["paratext"]),
            title=Fact.from_data(facts["title"]),
            standfirst=Fact.from_data(facts["standfirst"]),
            byline=Fact.from_data(facts["byline"]),
            authors=Fact.from_data(facts["authors"], tuple),
            outlet=Fact.from_data(facts["outlet"]),
            published=Fact.from_data(facts["published"], lambda value: PublishedDate(**value)),
            language=Fact.from_data(facts["language"]),
            url=Fact.from_data(facts["url"]),
            # Rows from before topics were read have none.
            topics=Fact.from_data(facts["topics"], tuple) if "topics" in facts else unknown(),
            repairs=tuple(Repair(**row) for row in data["repairs"]),
            dropped=tuple(DroppedLine(**row) for row in data["dropped"]),
            flags=tuple(Flag(**row) for row in data["flags"]),
            coverage=tuple(Piece(*row) for row in data["coverage"]),
        )
