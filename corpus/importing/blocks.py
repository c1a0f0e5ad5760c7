"""What each passage of an article is: title, standfirst, heading, paragraph, paratext …"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import cast

from corpus.importing.clean import author_note, boilerplate_start
from corpus.importing.decisions import BLOCK_KINDS, CURATOR, PARATEXT_KINDS, Decisions
from corpus.importing.navigation import is_bar
from corpus.importing.passages import Passage, Shape
from corpus.text.blocks import BlockKind, ParatextKind

_LONGEST_TITLE = 150
_LONGEST_STANDFIRST = 300
_FEWEST_STANDFIRST_WORDS = 3
# Chinese and Japanese signs are counted one by one.
_FIRST_UNPARTED = "\u2e80"
_FEWEST_STANDFIRST_SIGNS = 8
# What introduces something, leads back, names who wrote it or says how long it is: no standfirst.
_NO_STANDFIRST = re.compile(
    r":$|\s[>›]\s|©|^(?:by|von|par|por)\s+(?-i:[A-ZÀ-Þ])"
    r"|^\d+\s?(?:min|minutes?)\b|\b\d+ (?:comments?|Kommentare|Ergänzungen|commentaires)\b"
    r"|^(?:Bild vergrößern|Enlarge image|Expand image)$",
    re.IGNORECASE,
)
_LONGEST_HEADING = 80
_MOST_HEADING_WORDS = 12
# Running text under a title or heading is longer than it by this factor.
_PROSE_FACTOR = 1.5
# A standfirst is clearly shorter than the paragraphs under it.
_STANDFIRST_SHARE = 0.6
_HEADING_LEVEL = 2

_INNER_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+[\"“‘(]?[A-ZÀ-ÖØ-Þ]")
_NO_TITLE_END = tuple(".:;,…")
_NO_HEADING_END = (*_NO_TITLE_END, "!", "?", "”", "’", '"', "'", "-", "–", "—")
_CORRECTION = re.compile(
    r"(?:(?i:corrections?|clarifications?|erratum|amendment)\b ?[:.–—-]"
    r"|(?:This|The) article (?:was|has been) (?:amended|corrected)\b"
    r"|An earlier version of this (?:article|piece|story)\b)"
)
_CLOSERS = {"“": "”", "‘": "’", '"': '"', "«": "»", "„": "“"}
_SHAPED: dict[Shape, BlockKind] = {
    "quoted": "quotation",
    "list_item": "list_item",
    "verse": "verse",
    "preformatted": "preformatted",
    "heading": "heading",
}


@dataclass(frozen=True)
class Settled:
    """A passage with what it is; `why` says in a few words why it is no text, if it is none."""

    passage: Passage
    kind: BlockKind | ParatextKind
    level: int = 0
    rule: str = "paragraph"
    why: str = ""

    @property
    def is_text(self) -> bool:
        """Whether the passage belongs to the article's text."""
        return self.kind not in PARATEXT_KINDS


def settle(
    passages: Sequence[Passage], *, titled: bool, chosen: int | None = None
) -> list[Settled]:
    """Return the passages of one article with their kinds, in order.

    `titled` says that the title is known from elsewhere, so that none is looked for; `chosen`
    where the one begins that a curator chose, instead of what looks like one. When the rules
    would leave no text at all, every passage is a paragraph.
    """
    opens = passages[0].first_shown == chosen
    title_end = 1 if opens or (not titled and _has_title(passages)) else 0
    tail = boilerplate_start(passages)
    body = list(passages[title_end:tail])
    note = author_note(body)
    is_titled = titled or chosen is not None or title_end == 1
    settled = [
        _title(passage, is_replaced=chosen is not None and not opens)
        for passage in passages[:title_end]
    ]
    quotations = _quotations(body)
    for index, passage in enumerate(body):
        if note is not None and index == note[0]:
            settled.append(
                Settled(passage, "author_note", 0, "author_note", "it is about the author")
            )
        elif index in quotations and passage.shape == "prose":
            settled.append(Settled(passage, "quotation", rule="wholly_quoted"))
        else:
            settled.append(_settle_one(body, index, titled=is_titled))
    settled += [
        Settled(passage, "boilerplate", 0, "tail", "it is the page’s, not the article’s")
        for passage in passages[tail:]
    ]
    if any(one.is_text for one in settled):
        return settled
    return [Settled(passage, _SHAPED.get(passage.shape, "paragraph")) for passage in passages]


def known_kinds(settled: Sequence[Settled], kinds: Mapping[int, BlockKind]) -> list[Settled]:
    """Return the passages with the kinds that the format of the source tells, by their starts."""
    return [
        Settled(one.passage, kind, rule="format") if kind and one.is_text else one
        for one in settled
        for kind in [kinds.get(one.passage.first_shown)]
    ]


def redecided(settled: Sequence[Settled], decisions: Decisions) -> list[Settled]:
    """Return the passages with the kinds that a curator gave them."""
    again = [_redecided(one, decisions.block_at(one.passage.first_shown)) for one in settled]
    if any(one.kind == "standfirst" and one.rule == CURATOR for one in again):
        # What a rule took for the standfirst is none once a curator chose another one.
        return [
            replace(one, kind="paragraph")
            if one.kind == "standfirst" and one.rule != CURATOR
            else one
            for one in again
        ]
    return again


def _title(passage: Passage, *, is_replaced: bool) -> Settled:
    if is_replaced:
        why = "it was taken for the title before another line was chosen"
        return Settled(passage, "boilerplate", rule="replaced_title", why=why)
    return Settled(passage, "title", rule="first_line", why="it is the title")


def _redecided(settled: Settled, kind: str) -> Settled:
    if not kind:
        return settled
    level = max(settled.level, _HEADING_LEVEL) if kind == "heading" else 0
    chosen = cast(BlockKind | ParatextKind, kind)
    why = "" if kind in BLOCK_KINDS else "a curator said so"
    return Settled(settled.passage, chosen, level, CURATOR, why)


def lacks_its_end(text: str) -> bool:
    """Say whether a sentence seems cut off: no sign that ends one."""
    return not re.search(r"[.!?:][\"”’)\]]*$", text.strip())


def could_be_title(text: str) -> bool:
    """Say whether a line has the form of a title: short, with letters, and no whole sentences."""
    return (
        len(text) <= _LONGEST_TITLE
        and not is_bar(text)
        and any(char.isalpha() for char in text)
        and not text.endswith(_NO_TITLE_END)
        and _INNER_SENTENCE_END.search(text) is None
    )


def _has_title(passages: Sequence[Passage]) -> bool:
    first, rest = passages[0], passages[1:]
    if not rest:
        return False
    text = first.text.strip()
    if first.shape == "heading":
        return True
    return (
        first.shape in ("prose", "list_item")
        and could_be_title(text)
        and max(len(passage.text) for passage in rest) > _PROSE_FACTOR * len(text)
    )


def _settle_one(body: Sequence[Passage], index: int, *, titled: bool) -> Settled:
    passage = body[index]
    if passage.shape == "heading":
        level = max(passage.level, _HEADING_LEVEL)
        return Settled(passage, "heading", level, "marked_heading")
    if passage.shape in _SHAPED:
        return Settled(passage, _SHAPED[passage.shape], rule=f"shape_{passage.shape}")
    if titled and index == 0 and _is_standfirst(body):
        return Settled(passage, "standfirst", rule="short_first_paragraph")
    if _CORRECTION.match(passage.text):
        return Settled(passage, "correction", rule="correction")
    if _is_heading(body, index):
        return Settled(passage, "heading", _HEADING_LEVEL, "short_line")
    return Settled(passage, "paragraph")


def _is_standfirst(body: Sequence[Passage]) -> bool:
    following = [len(passage.text) for passage in body[1:6] if passage.shape == "prose"]
    text = body[0].text
    if not following or len(text) > _LONGEST_STANDFIRST or is_bar(text):
        return False
    if _NO_STANDFIRST.search(text) or _has_few_words(text):
        return False
    # Section headings below would make the paragraphs look shorter than they are.
    prose = [length for length in following if length > _LONGEST_HEADING] or following
    return len(text) < _STANDFIRST_SHARE * median(prose)


def _has_few_words(text: str) -> bool:
    """Say whether a text is too short for a standfirst; some scripts part no words."""
    is_unparted = max(text) >= _FIRST_UNPARTED and len(text) >= _FEWEST_STANDFIRST_SIGNS
    return len(text.split()) < _FEWEST_STANDFIRST_WORDS and not is_unparted


def _is_heading(body: Sequence[Passage], index: int) -> bool:
    text = body[index].text.strip()
    if len(text) > _LONGEST_HEADING or len(text.split()) > _MOST_HEADING_WORDS:
        return False
    if index + 1 == len(body) or text.endswith(_NO_HEADING_END) or not text[0].isalnum():
        return False
    following = body[index + 1]
    return (
        any(char.isalpha() for char in text)
        and not text[0].islower()
        and following.shape == "prose"
        and len(following.text) > _PROSE_FACTOR * len(text)
        and not lacks_its_end(following.text)
    )


def _quotations(body: Sequence[Passage]) -> frozenset[int]:
    """Return the indexes of paragraphs that are quotations by themselves.

    Such a one is introduced by a colon, or it is one of a run that goes over paragraph ends.
    """
    found: set[int] = set()
    first = 0
    for index, passage in enumerate(body):
        if index + 1 < len(body) and _runs_on(passage.text, body[index + 1].text):
            continue
        introduced = first > 0 and body[first - 1].text.rstrip().endswith(":")
        if (introduced or first < index) and _is_wholly_quoted(passage.text):
            found.update(range(first, index + 1))
        first = index + 1
    return frozenset(found)


def _runs_on(text: str, following: str) -> bool:
    """Say whether a quotation opens `text`, is not closed there, and opens `following` again."""
    opener = text[:1]
    return opener in _CLOSERS and following[:1] == opener and not list(_closings(text))


def _is_wholly_quoted(text: str) -> bool:
    closings = list(_closings(text))
    return text[:1] in _CLOSERS and closings[:1] == [len(text.rstrip()) - 1]


def _closings(text: str) -> list[int]:
    """Return where the quotation that opens `text` is closed; apostrophes do not close it."""
    closer = _CLOSERS.get(text[:1])
    return [
        offset
        for offset, char in enumerate(text)
        if offset and char == closer and (closer != "’" or text[offset - 1] in ".,!?…;—–")
    ]
