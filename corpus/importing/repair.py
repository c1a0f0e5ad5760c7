"""From chunks of lines to passages: join wrapped lines, follow links, keep verse and lists."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.importing.passages import Chunk, Fragment, Passage, Shape, whole_line
from corpus.importing.proposal import Repair
from corpus.importing.unwrap import Wrapping, is_wrapped
from corpus.importing.weave import Weaver
from corpus.text.spans import is_blank

# Lines up to this long that are not wrapped prose stand as they are: verse, addresses, signatures.
_VERSE_WIDTH = 72
_INDENT = "    "
_FEWEST_ITEMS = 2

_BULLET = re.compile(r"[-*•‣·–][ \u00a0\t]+(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})[.)][ \u00a0\t]+(?=\S)")
_QUOTED = re.compile(r">[ \t]?(?=\S)")
_HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")


def passages_of(chunk: Chunk, source: str, wrapping: Wrapping) -> list[Passage]:
    """Return the passages that the lines of `chunk` hold, in order; `source` is the whole text."""
    if len(chunk) > 1 and all(line.text.startswith((_INDENT, "\t")) for line in chunk):
        return [_kept(chunk, source, "preformatted")]
    lines = [whole_line(line) for line in chunk]
    if all(_QUOTED.match(line.text) for line in lines):
        return [_quoted(lines, source)]
    heading = _HASHES.match(lines[0].text)
    if heading:
        first = _joined(lines[:1], source, heading.end(), shape="heading")
        title = replace(first, level=len(heading.group(1)))
        return [title, *(passages_of(chunk[1:], source, wrapping) if chunk[1:] else [])]
    items = _items(lines)
    if items:
        return [
            _joined(item, source, _bullet_size(item[0].text), shape="list_item") for item in items
        ]
    if len(lines) == 1 or is_wrapped(chunk, wrapping):
        bare = wrapping.soft_breaks_show
        return [_joined(lines, source, 0, bare_breaks_tell=bare)]
    if max(len(line.text) for line in lines) <= _VERSE_WIDTH:
        return [_kept(lines, source, "verse")]
    return [_joined([line], source, 0) for line in lines]


def merged_lists(chunks: Sequence[Chunk], source: str) -> list[Chunk]:
    """Return the chunks with list items that only blank lines part brought together again."""
    merged: list[Chunk] = []
    for chunk in chunks:
        between = source[merged[-1][-1].end : chunk[0].start] if merged else ""
        if merged and is_blank(between) and _continues_list(merged[-1], chunk):
            merged[-1] = [*merged[-1], *chunk]
        else:
            merged.append(chunk)
    return merged


def _continues_list(chunk: Chunk, following: Chunk) -> bool:
    lines = [whole_line(line).text for line in chunk]
    first = whole_line(following[0]).text
    if _BULLET.match(lines[0]) and _BULLET.match(first):
        return True
    number = _NUMBER.match(first)
    before = [match for line in lines if (match := _NUMBER.match(line))]
    return (
        number is not None
        and _NUMBER.match(lines[0]) is not None
        and int(number.group(1)) == int(before[-1].group(1)) + 1
    )


def _items(lines: Chunk) -> list[Chunk]:
    """Return the lines grouped under bullets or rising numbers, or nothing when it is no list."""
    starts = [i for i, line in enumerate(lines) if _BULLET.match(line.text)]
    if not starts:
        found = [(i, match) for i, line in enumerate(lines) if (match := _NUMBER.match(line.text))]
        numbers = [int(match.group(1)) for _, match in found]
        rising = all(later == number + 1 for number, later in pairwise(numbers))
        starts = [i for i, _ in found] if rising else []
    if len(starts) < _FEWEST_ITEMS or starts[0] != 0:
        return []
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _bullet_size(text: str) -> int:
    """Return the length of a bullet to take off; numbers say something and stay."""
    bullet = _BULLET.match(text)
    return bullet.end() if bullet else 0


def _kept(lines: Chunk, source: str, shape: Shape) -> Passage:
    """Return the lines as one passage with its line breaks."""
    start, end = lines[0].start, whole_line(lines[-1]).end
    return Passage((Fragment(start, end, "text", source[start:end]),), shape)


def _quoted(lines: Chunk, source: str) -> Passage:
    """Return lines behind `>` signs as one quoted passage without the signs."""
    weaver = Weaver(source, bare_breaks_tell=False)
    for index, line in enumerate(lines):
        sign = _QUOTED.match(line.text)
        size = sign.end() if sign else 0
        if index:
            weaver.space(lines[index - 1].end, line.start)
        weaver.unmark(line.start, line.start + size, "the sign of a quoted line")
        weaver.weave(line.start + size, line.end)
    return weaver.passage("quoted")


def _joined(
    lines: Chunk,
    source: str,
    mark_size: int,
    *,
    shape: Shape = "prose",
    bare_breaks_tell: bool = False,
) -> Passage:
    """Return the lines as one passage, without `mark_size` characters of mark-up at its start."""
    weaver = Weaver(source, bare_breaks_tell=bare_breaks_tell)
    start = lines[0].start
    if mark_size:
        weaver.unmark(start, start + mark_size, "the sign of a heading or list item")
    weaver.weave(start + mark_size, lines[-1].end)
    if len(lines) > 1:
        weaver.repairs.append(
            Repair("unwrapped", start, lines[-1].end, f"{len(lines)} lines", "1 paragraph", "")
        )
    return weaver.passage(shape)
