"""The whole import of one source: read, part, repair, settle, know, prove."""

from bisect import bisect_right
from collections.abc import Sequence

from corpus.importing import metadata
from corpus.importing.assembly import assemble, dropped_lines
from corpus.importing.blocks import settle
from corpus.importing.coverage import assert_covered
from corpus.importing.labels import Label, labels_of
from corpus.importing.passages import Line, Passage, chunks_of, lines_of
from corpus.importing.proposal import Flag, Proposal
from corpus.importing.read import Source, read_source
from corpus.importing.repair import merged_lists, passages_of
from corpus.importing.split import Part, parts_of
from corpus.importing.unwrap import wrapping_of

__all__ = ["assert_covered", "read_and_interpret"]


def read_and_interpret(raw: bytes, name: str) -> list[Proposal]:
    """Return a proposal for each article in the bytes, in order; at least one.

    Raises EmptySource, NotText or SourceTooLarge for what cannot be read, and CoverageError
    when a character would be lost.
    """
    source = read_source(raw, name)
    proposals = [_interpret(source, part) for part in parts_of(source.text)]
    assert_covered(source.text, proposals)
    return proposals


def _interpret(source: Source, part: Part) -> Proposal:
    lines = lines_of(source.text, part.start, part.end)
    labels = labels_of(lines)
    passages = _passages(source.text, lines, labels)
    if not passages:
        # Lines that only look like labels are all there is: then they are the text.
        labels, passages = [], _passages(source.text, lines, [])
    settled = settle(passages, titled=any(label.value("title") for label in labels))
    findings = metadata.Findings(labels, settled)
    assembly = assemble(source.text, part.start, part.end, findings)
    return Proposal(
        source_start=part.start,
        source_end=part.end,
        text=assembly.text,
        blocks=tuple(assembly.blocks),
        marks=tuple(assembly.marks),
        paratext=tuple(assembly.paratext),
        title=metadata.title_fact(findings),
        standfirst=metadata.standfirst_fact(findings),
        byline=metadata.byline_fact(findings),
        authors=metadata.authors_fact(findings),
        outlet=metadata.outlet_fact(findings),
        published=metadata.published_fact(findings),
        language=metadata.language_fact(findings),
        url=metadata.url_fact(findings),
        repairs=tuple(repair for one in settled if one.is_text for repair in one.passage.repairs),
        dropped=tuple(dropped_lines(source.text, findings)),
        flags=(*_reading_flags(source), *assembly.flags),
        coverage=tuple(assembly.pieces),
    )


def _passages(source: str, lines: Sequence[Line], labels: Sequence[Label]) -> list[Passage]:
    starts = [label.line.start for label in labels]
    ends = [label.line.end for label in labels]

    def is_labelled(line: Line) -> bool:
        """Labels stand in order: the first that ends behind the line's start may touch it."""
        index = bisect_right(ends, line.start)
        return index < len(starts) and starts[index] < line.end

    text_lines = [line for line in lines if not is_labelled(line)]
    chunks = chunks_of(text_lines, source)
    wrapping = wrapping_of(chunks)
    return [
        passage
        for chunk in merged_lists(chunks, source)
        for passage in passages_of(chunk, source, wrapping)
    ]


def _reading_flags(source: Source) -> list[Flag]:
    if not source.guessed:
        return []
    return [Flag("encoding_guessed", 0, 0, f"The encoding was taken to be {source.encoding}.")]
