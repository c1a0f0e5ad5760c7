"""What the rules read in one article: its lines and passages, and what these say of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from corpus.importing.blocks import Settled
from corpus.importing.decisions import CURATOR
from corpus.importing.labels import Label
from corpus.importing.passages import Passage
from corpus.importing.proposal import Fact
from corpus.importing.read_as import read_as
from corpus.importing.spoken import Spoken, spoken_in


@dataclass(frozen=True)
class Said:
    """What `words` of the source, from `start` on, say about a field, and by which rule."""

    value: str
    words: str
    start: int
    rule: str

    def fact(self, value: Any, confidence: float) -> Fact[Any]:
        """Return the fact; what a curator said that the words are is sure."""
        if self.rule == CURATOR:
            return Fact(value, "curated", 1.0, self.words, self.start, CURATOR)
        return Fact(value, "given", confidence, self.words, self.start, self.rule)


@dataclass(frozen=True)
class Findings:
    """What the rules read in one article, the material of the facts."""

    labels: Sequence[Label]
    settled: Sequence[Settled]

    def passages(self, *kinds: str) -> list[Passage]:
        """Return the passages of these kinds, in order."""
        return [one.passage for one in self.settled if one.kind in kinds]

    def text_passages(self) -> list[Passage]:
        """Return the passages of the text, in order."""
        return [one.passage for one in self.settled if one.is_text]

    @cached_property
    def spoken(self) -> Spoken | None:
        """The language that the words of the text tell, None where they tell none."""
        return spoken_in(passage.text for passage in self.text_passages())

    def said(self, field: str) -> Iterator[Said]:
        """Yield what lines say about a field: first those that a curator spoke about."""
        for kind, words, start in self._curated():
            for name, value in read_as(kind, words):
                if name == field:
                    yield Said(value, words, start, CURATOR)
        for label in self.labels:
            if label.rule != CURATOR and label.value(field):
                yield Said(label.value(field), label.line.text, label.line.start, label.rule)

    def _curated(self) -> Iterator[tuple[str, str, int]]:
        """Yield kind, words and start of each line beside the text that a curator chose."""
        for label in self.labels:
            if label.rule == CURATOR:
                yield label.kind, label.line.text, label.line.start
        for one in self.settled:
            if one.rule == CURATOR and not one.is_text:
                yield one.kind, one.passage.text, one.passage.start
