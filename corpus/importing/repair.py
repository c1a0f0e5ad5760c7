"""From chunks of lines to passages: join wrapped lines, follow links, keep verse and lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.importing.blocks import lacks_its_end
from corpus.importing.clean import is_opener
from corpus.importing.decisions import BLOCK_KINDS, NOTHING_DECIDED, Decisions
from corpus.importing.passages import Chunk, Fragment, Line, Passage, Shape, whole_line
from corpus.importing.proposal import Repair
from corpus.importing.ragged import Run
from corpus.importing.signs import BULLET, HASHES, NUMBER, QUOTED
from corpus.importing.unwrap import Wrapping, runs_of
from corpus.importing.weave import Weaver
from corpus.text.spans import is_blank

# Lines up to this long that are not wrapped prose stand as they are: verse, addresses, signatures.
_VERSE_WIDTH = 72
_INDENT = "    "
_FEWEST_ITEMS = 2
# Kinds of block that keep their lines; a passage that is said to be of another kind is joined.
_LINED: tuple[Shape, ...] = ("verse", "preformatted")
_JOINED = frozenset(BLOCK_KINDS) - frozenset(_LINED)
_ADDRESS_SIGN = "://"


@dataclass(frozen=True)
class Shaping:
    """How the lines of one article become passages; `source` is the whole text.

    `decisions` say which repairs are not made, and which lines are to be joined or kept; what
    signs mean is certain in a text that `is_ours`.
    """

    source: str
    wrapping: Wrapping
    decisions: Decisions = NOTHING_DECIDED
    is_ours: bool = False

    def passages_of(self, chunk: Chunk) -> list[Passage]:
        """Return the passages that the lines of `chunk` hold, in order."""
        end = _closing_start(chunk)
        runs = self._runs(chunk[:end]) if end else []
        closing = [Run([line], is_wrapped=False) for line in chunk[end:]]
        return [passage for run in [*runs, *closing] for passage in self._shaped(run)]

    def _runs(self, chunk: Chunk) -> list[Run]:
        """Return the paragraphs of wrapped prose; what its signs tell of stays together."""
        lines = [whole_line(line) for line in chunk]
        is_signed = HASHES.match(lines[0].text) or all(QUOTED.match(line.text) for line in lines)
        if len(chunk) == 1 or is_signed or _is_indented(chunk) or _items(lines):
            return [Run(chunk, is_wrapped=False)]
        return runs_of(chunk, self.wrapping)

    def _shaped(self, run: Run) -> list[Passage]:
        chunk, lines = run.lines, [whole_line(line) for line in run.lines]
        decided = self.decisions.block_at(lines[0].start)
        if decided in _LINED and len(chunk) > 1:
            return [self._lined(chunk, lines, decided)]
        if _is_indented(chunk) and decided not in _JOINED:
            return [self._lined(chunk, lines, "preformatted")]
        if all(QUOTED.match(line.text) for line in lines):
            return [self._quoted(lines)]
        heading = HASHES.match(lines[0].text)
        if heading:
            first = self._joined(lines[:1], heading.end(), shape="heading")
            title = replace(first, level=len(heading.group(1)))
            return [title, *(self.passages_of(chunk[1:]) if chunk[1:] else [])]
        items = _items(lines)
        if items:
            return [
                self._joined(item, _bullet_size(item[0].text), shape="list_item") for item in items
            ]
        return self._prose(run, lines, decided)

    def _prose(self, run: Run, lines: Chunk, decided: str) -> list[Passage]:
        """Return one paragraph that was wrapped, lines of verse, or a paragraph a line."""
        fits = max(len(line.text) for line in lines) <= _VERSE_WIDTH
        if self.decisions.is_undone("unwrapped", lines[0].start):
            joins = False
            fits = fits and not any(_ADDRESS_SIGN in line.text for line in lines)
        else:
            kept = fits or _is_indented(run.lines)
            joins = run.is_wrapped or (kept and decided in _JOINED)
        if len(lines) == 1 or joins:
            bare = self.wrapping.soft_breaks_show
            return [self._joined(lines, 0, bare_breaks_tell=bare)]
        if fits:
            return [self._lined(run.lines, lines, "verse")]
        return [self._joined([line], 0) for line in lines]

    def _lined(self, chunk: Chunk, lines: Chunk, shape: str) -> Passage:
        """Return the lines as one passage with its line breaks."""
        end = lines[-1].end
        if shape == "preformatted":
            start = chunk[0].start
            kept = Fragment(start, end, "text", self.source[start:end])
            return Passage((kept,), "preformatted")
        weaver = self._weaver()
        weaver.keep(lines[0].start, end)
        return weaver.passage("verse")

    def _quoted(self, lines: Chunk) -> Passage:
        """Return lines behind `>` signs as one quoted passage without the signs."""
        weaver = self._weaver()
        for index, line in enumerate(lines):
            sign = QUOTED.match(line.text)
            size = sign.end() if sign else 0
            if index:
                weaver.space(lines[index - 1].end, line.start)
            weaver.unmark(line.start, line.start + size, "the sign of a quoted line")
            weaver.weave(line.start + size, line.end)
        return weaver.passage("quoted")

    def _weaver(self, *, bare_breaks_tell: bool = False) -> Weaver:
        return Weaver(self.source, bare_breaks_tell, self.decisions, self.is_ours)

    def _joined(
        self,
        lines: Chunk,
        mark_size: int,
        *,
        shape: Shape = "prose",
        bare_breaks_tell: bool = False,
    ) -> Passage:
        """Return the lines as one passage, without `mark_size` characters of mark-up before it."""
        weaver = self._weaver(bare_breaks_tell=bare_breaks_tell)
        start, end = lines[0].start, lines[-1].end
        if mark_size:
            weaver.unmark(start, start + mark_size, "the sign of a heading or list item")
        if self.decisions.is_undone("unwrapped", start):
            _weave_apart(weaver, lines, mark_size)
            return weaver.passage(shape)
        weaver.weave(start + mark_size, end)
        if len(lines) > 1:
            weaver.repairs.append(
                Repair("unwrapped", start, end, f"{len(lines)} lines", "1 paragraph", "")
            )
        return weaver.passage(shape)


def _closing_start(chunk: Chunk) -> int:
    """Return which lines at the end of `chunk` open what a page shows under an article.

    Each stands by itself, below a line that ends a sentence or is another such line.
    """
    end = len(chunk)
    while end and _opens_closing(whole_line(chunk[end - 1]).text):
        end -= 1
    return len(chunk) if end and lacks_its_end(chunk[end - 1].text) else end


def _opens_closing(text: str) -> bool:
    return not text[0].islower() and not text.endswith((".", ",")) and is_opener(text)


def _weave_apart(weaver: Weaver, lines: Chunk, mark_size: int) -> None:
    """Take in the lines with the breaks between them."""
    for index, line in enumerate(lines):
        if index:
            weaver.space(lines[index - 1].end, line.start, "\n")
        weaver.weave(line.start + (0 if index else mark_size), line.end)


def merged_lists(chunks: Sequence[Chunk], source: str) -> Sequence[Chunk]:
    """Return the chunks with list items that only blank lines part brought together again."""
    merged: list[list[Line]] = []
    for chunk in chunks:
        between = source[merged[-1][-1].end : chunk[0].start] if merged else ""
        if merged and is_blank(between) and _continues_list(merged[-1], chunk):
            merged[-1].extend(chunk)
        else:
            merged.append(list(chunk))
    return merged


def _continues_list(chunk: Chunk, following: Chunk) -> bool:
    opening, first = whole_line(chunk[0]).text, whole_line(following[0]).text
    if BULLET.match(opening) and BULLET.match(first):
        return True
    number = NUMBER.match(first)
    if number is None or NUMBER.match(opening) is None:
        return False
    before = (NUMBER.match(whole_line(line).text) for line in reversed(chunk))
    last = next(match for match in before if match is not None)
    return int(number.group(1)) == int(last.group(1)) + 1


def _is_indented(chunk: Chunk) -> bool:
    return len(chunk) > 1 and all(line.text.startswith((_INDENT, "\t")) for line in chunk)


def _items(lines: Chunk) -> list[Chunk]:
    """Return the lines grouped under bullets or rising numbers, or nothing when it is no list."""
    starts = [i for i, line in enumerate(lines) if BULLET.match(line.text)]
    if not starts:
        found = [(i, match) for i, line in enumerate(lines) if (match := NUMBER.match(line.text))]
        numbers = [int(match.group(1)) for _, match in found]
        rising = all(later == number + 1 for number, later in pairwise(numbers))
        starts = [i for i, _ in found] if rising else []
    if len(starts) < _FEWEST_ITEMS or starts[0] != 0:
        return []
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _bullet_size(text: str) -> int:
    """Return the length of a bullet to take off; numbers say something and stay."""
    bullet = BULLET.match(text)
    return bullet.end() if bullet else 0
