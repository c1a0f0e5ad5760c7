"""The whole import of one source: read, part, repair, settle, know, prove."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from corpus.importing import metadata
from corpus.importing.assembly import assemble, dropped_lines
from corpus.importing.blocks import known_kinds, redecided, settle
from corpus.importing.coverage import assert_covered
from corpus.importing.decided_labels import kept, labels_by_hand, lines_apart
from corpus.importing.decisions import NOTHING_DECIDED, Decisions
from corpus.importing.decoding import DAMAGED
from corpus.importing.errors import NothingLeft
from corpus.importing.exported import with_export
from corpus.importing.facts import curated_fact, origin_fact
from corpus.importing.findings import Findings
from corpus.importing.glued import glued_words
from corpus.importing.joins import joined_above
from corpus.importing.labels import Label, labels_of
from corpus.importing.languages import language_code
from corpus.importing.limits import check_source
from corpus.importing.mail import with_mail
from corpus.importing.passages import Line, Passage, chunks_of, lines_of, whole_line
from corpus.importing.proposal import Fact, Flag, Piece, Proposal, PublishedDate
from corpus.importing.quoted import unquoted
from corpus.importing.read import Source, read_source
from corpus.importing.repair import Shaping, merged_lists
from corpus.importing.split import Part, heads_within, parts_of
from corpus.importing.top import with_title
from corpus.importing.unwrap import wrapping_of

__all__ = ["assert_covered", "interpret", "read_and_interpret"]

# A diary has a date under each of its headings: more than this need not be told.
_MOST_HEADS_TOLD = 10


def read_and_interpret(
    raw: bytes, name: str, *, origin_url: str = "", as_format: str = ""
) -> list[Proposal]:
    """Return a proposal for each article in the bytes, in order; at least one.

    They are read as `as_format` where it is given; see `read_source`.

    Raises EmptySource, NotText or SourceTooLarge for what cannot be read, and CoverageError
    when a character would be lost.
    """
    source = read_source(raw, name, origin_url=origin_url, as_format=as_format)
    check_source(source)
    proposals = [_interpret(source, part, NOTHING_DECIDED) for part in articles_in(source)]
    assert_covered(source.text, proposals)
    return proposals


def articles_in(source: Source) -> list[Part]:
    """Return the articles of the source, which together cover it; a page or a record is one."""
    return [Part(0, len(source.text))] if source.form else parts_of(source.text)


def interpret(source: Source, part: Part, decisions: Decisions = NOTHING_DECIDED) -> Proposal:
    """Return the article in one part of the source as a curator decided about it.

    Raises NothingLeft when the decisions leave no text, and CoverageError when a character
    would be lost.
    """
    proposal = _interpret(source, part, decisions)
    assert_covered(source.text, [proposal], start=part.start, end=part.end)
    return proposal


def _interpret(source: Source, part: Part, decisions: Decisions) -> Proposal:
    """Return the article in the part; quoted mail is read without its signs."""
    is_all = part.start == 0 and part.end == len(source.text)
    mail = None if source.form else unquoted(source.text, part, decisions)
    own = source if is_all else replace(source, origin_url="")
    if mail is None:
        return _read(own, part, decisions)
    inner = replace(own, text=mail.text)
    return mail.without(_read(inner, Part(0, len(mail.text)), mail.within(decisions)))


def _read(source: Source, part: Part, decisions: Decisions) -> Proposal:
    findings = _findings(source, part, decisions)
    if not findings.text_passages():
        raise NothingLeft("This would leave no text at all. Nothing was changed.")
    assembly = assemble(source.text, part.start, part.end, findings)
    facts = _facts(source, findings, decisions)
    made = (repair for one in findings.settled if one.is_text for repair in one.passage.repairs)
    return Proposal(
        source_start=part.start,
        source_end=part.end,
        text=assembly.text,
        blocks=tuple(assembly.blocks),
        marks=tuple(assembly.marks),
        paratext=tuple(assembly.paratext),
        **facts,
        repairs=tuple(made),
        dropped=tuple(dropped_lines(source.text, findings)),
        flags=(
            *_reading_flags(source),
            *source.doubts,
            *_date_flags(findings, facts["published"]),
            *_language_flags(findings, facts["language"]),
            *(() if source.form else _heads(source.text, part, assembly.pieces)),
            *_text_flags(source, assembly.flags),
            *(glued_words(assembly.text) if facts["language"].value == "en" else ()),
        ),
        coverage=tuple(assembly.pieces),
    )


def _findings(source: Source, part: Part, decisions: Decisions) -> Findings:
    """Return the labels and the settled passages of one part."""
    lines = lines_of(source.text, part.start, part.end)
    by_hand = labels_by_hand(lines, decisions)
    taken = {label.line.start for label in by_hand}
    rest = [line for line in lines if whole_line(line).start not in taken]
    found = _labels(source, part, rest)
    labels = sorted([*by_hand, *kept(found, decisions)], key=lambda label: label.line.start)
    apart = lines_apart(rest, found, decisions)
    kinds = source.known.kinds
    shaping = replace(decisions, blocks={**kinds, **decisions.blocks}) if kinds else decisions
    passages = _passages(source, lines, labels, apart, shaping)
    if not passages and not by_hand:
        # Lines that only look like labels are all there is: then they are the text.
        labels, passages = [], _passages(source, lines, [], {}, shaping)
    if not passages:
        return Findings(labels, [])
    titled = metadata.is_titled(labels, passages)
    settled = settle(passages, titled=titled, chosen=decisions.title_at)
    settled = redecided(known_kinds(settled, kinds), decisions)
    joining = replace(decisions, joins={**source.known.joins, **decisions.joins})
    return Findings(labels, joined_above(settled, joining))


def _labels(source: Source, part: Part, lines: Sequence[Line]) -> list[Label]:
    """Return the labels among `lines`: those that the format tells, and what rules find else."""
    shown = {whole_line(line).start for line in lines}
    told = [label for label in source.known.labels if whole_line(label.line).start in shown]
    if not source.form:
        return with_title(with_export(with_mail(labels_of(lines), lines), lines), lines)
    taken = {whole_line(label.line).start for label in told}
    rest = [line for line in lines if whole_line(line).start not in taken]
    has_title = any(label.value("title") for label in told)
    found = labels_of(rest) if has_title else with_title(labels_of(rest), rest)
    return sorted([*told, *found], key=lambda label: label.line.start)


def _passages(
    source: Source,
    lines: Sequence[Line],
    labels: Sequence[Label],
    apart: Mapping[int, int],
    decisions: Decisions,
) -> list[Passage]:
    starts = [label.line.start for label in labels]
    ends = [label.line.end for label in labels]

    def is_labelled(line: Line) -> bool:
        """Labels stand in order: the first that ends behind the line's start may touch it."""
        index = bisect_right(ends, line.start)
        return index < len(starts) and starts[index] < line.end

    text_lines = [line for line in lines if not is_labelled(line)]
    chunks = chunks_of(text_lines, source.text, apart)
    is_ours = source.known.is_written
    shaping = Shaping(source.text, wrapping_of(chunks), decisions, is_ours=is_ours)
    return [
        passage
        for chunk in merged_lists(chunks, source.text)
        for passage in shaping.passages_of(chunk)
    ]


def _facts(source: Source, findings: Findings, decisions: Decisions) -> dict[str, Fact[Any]]:
    """Return each fact by its name: as the curator set it, else as the rules found it."""
    found = metadata.facts(findings)
    if found["url"].value is None:
        address = origin_fact(source.origin_url)
        published = metadata.published_fact(findings, address)
        found = {**found, "url": address, "published": published}
    return {
        name: curated_fact(name, decisions.facts[name], fact) if name in decisions.facts else fact
        for name, fact in found.items()
    }


def _reading_flags(source: Source) -> list[Flag]:
    damaged = source.text.count(DAMAGED)
    if not source.guessed and not damaged:
        return []
    if damaged:
        note = "Letters that are damaged in the file and shown as “�”: %(count)d."
        return [Flag("damaged", 0, 0, note, {"count": damaged})]
    note = "The encoding was taken to be %(encoding)s."
    return [Flag("encoding_guessed", 0, 0, note, {"encoding": source.encoding})]


def _text_flags(source: Source, flags: Sequence[Flag]) -> list[Flag]:
    """Return the flags without those that tell nothing in a source of this format.

    They guess where a paragraph ends, or find no-break spaces, which pages are full of.
    """
    silent = {"truncated"} if source.known.are_whole else set()
    silent |= {"no_break_spaces"} if source.known.is_written else set()
    return [flag for flag in flags if flag.kind not in silent]


def _date_flags(findings: Findings, published: Fact[PublishedDate]) -> list[Flag]:
    day = "" if published.basis == "curated" else metadata.impossible_day(findings)
    if not day:
        return []
    note = "The article gives “%(day)s” as its date, but there is no such day."
    return [Flag("no_such_day", 0, 0, note, {"day": day})]


def _language_flags(findings: Findings, language: Fact[str]) -> list[Flag]:
    """Return what is doubtful about the language that the source gives."""
    if language.basis == "curated":
        return []
    note = "The source gives “%(language)s” as its language, which is none that is known."
    flags = [
        Flag("no_such_language", 0, 0, note, {"language": said.value})
        for said in findings.said("language")
        if not language_code(said.value)
    ]
    given, is_another = metadata.given_language(findings)
    if given is not None and is_another:
        note = "The source gives “%(language)s” as its language, but its words are in another."
        flags.append(Flag("other_language", 0, 0, note, {"language": given.value}))
    return flags


def _heads(source: str, part: Part, pieces: Sequence[Piece]) -> Iterator[Flag]:
    """Yield the places of the text where another article may begin."""
    shown = [piece for piece in pieces if piece.text_start is not None]
    starts = [piece.start for piece in shown]
    for head in islice(heads_within(source, part), _MOST_HEADS_TOLD):
        piece = shown[max(0, bisect_right(starts, head.title.start) - 1)]
        within = min(max(0, head.title.start - piece.start), piece.end - piece.start - 1)
        start = (piece.text_start or 0) + within
        note = "This may be two articles: if another one begins at “%(title)s”, split it there."
        yield Flag("second_article", start, start + 1, note, {"title": head.title.text})
