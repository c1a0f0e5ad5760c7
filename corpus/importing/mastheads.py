"""Heads of articles within a text: a line like a title above a by-line, a date or an address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.importing.blocks import could_be_title, lacks_its_end
from corpus.importing.clean import is_opener
from corpus.importing.dates import MONTHS, dates_in
from corpus.importing.labels import label_of
from corpus.importing.mail import announces, mail_heads
from corpus.importing.passages import Line, whole_line
from corpus.importing.signs import ADDRESS_LINE
from corpus.text.names import PERSON
from corpus.text.spans import is_blank

# Lines that tell who wrote or when are short, and few stand together.
_LONGEST_SIGN = 160
_MOST_SIGNS = 4
_LONGEST_STANDFIRST = 300
_FEWEST_TITLE_WORDS = 2
# A line right above a title has no more words when it names a part of the paper.
_MOST_TOPIC_WORDS = 3
# Heads with less between them are one: that of a mail, of a site and of the article.
_ONE_HEAD = 200
# Signs weigh one or two; a head of this weight is sure.
_SURE = 2
_SENTENCES_END = (".", "!", "?", "”", "’", '"')
_TELLING = frozenset(["by_line", "date_line", "named_field"])
# What the page puts between a title and the by-line, or above both.
_OF_THE_PAGE = frozenset(["page_interface"])
_MAY_TELL = re.compile(
    r"(?i:by|words|written|author|published|posted|updated|first|last|date|load-date|url|link"
    rf"|https?://|\d|mon|tue|wed|thu|fri|sat|sun|{'|'.join(month[:3] for month in MONTHS)})"
)
_WHAT_HAPPENED = re.compile(r"(?i:\b(?:published|posted|updated|date)\b)")
_MARKS = re.compile(r"(?:>[ \t]?)+")


@dataclass(frozen=True)
class Masthead:
    """The head of an article that begins at `start`, with the line of its title.

    `is_sure` says that what stands under the title is hardly found in the middle of an article,
    `is_whole` that the line holds the whole title.
    """

    start: int
    title: Line
    is_sure: bool
    is_whole: bool


@dataclass(frozen=True)
class _Row:
    """A shown line without the signs of quoted mail; `apart` says that a blank is above it."""

    start: int
    line: Line
    apart: bool

    @property
    def text(self) -> str:
        return self.line.text


def heads_of_articles(lines: Sequence[Line]) -> list[Masthead]:
    """Return where articles may begin among the lines: heads of mail or of pages, in order.

    What stands close together is one head.
    """
    plain = [Line(row.start, row.line.end, row.text) for row in _rows(lines)]
    mail = [
        Masthead(head.start, head.lines[0], head.is_sure, is_whole=False)
        for head in mail_heads(plain)
    ]
    found: list[Masthead] = []
    for head in sorted([*mail, *mastheads(lines)], key=lambda head: head.start):
        last = found[-1] if found else None
        if last is None or head.title.start - last.title.end > _ONE_HEAD:
            found.append(head)
        else:
            title = head.title if head.is_sure or not last.is_whole else last.title
            sure = last.is_sure or head.is_sure
            found[-1] = replace(last, title=title, is_sure=sure)
    return found


def mastheads(lines: Sequence[Line]) -> Iterator[Masthead]:
    """Yield the heads of articles among the lines, in order; offsets as those of the lines."""
    rows = list(_rows(lines))
    reached = 0
    for index in range(1, len(rows)):
        if index < reached or not _may_tell(rows[index].text):
            continue
        weight, end = _signs(rows, index)
        if not weight or _goes_on(rows, end):
            continue
        reached = end
        named = any(_names_author(row.line) for row in rows[index:end])
        found = _head(rows, index, weight, named=named)
        if found is not None:
            yield found


def _rows(lines: Sequence[Line]) -> Iterator[_Row]:
    before = -1
    for line in lines:
        mark = _MARKS.match(line.text)
        size = mark.end() if mark else 0
        if is_blank(line.text[size:]):
            continue
        shown = whole_line(Line(line.start + size, line.end, line.text[size:]))
        yield _Row(line.start, shown, before + 1 != line.start)
        before = line.end


def _may_tell(text: str) -> bool:
    return len(text) <= _LONGEST_SIGN and _MAY_TELL.match(text) is not None


def _signs(rows: Sequence[_Row], index: int) -> tuple[int, int]:
    """Return the weight of the signs that stand together from `index` on, and where they end."""
    weight, end = 0, index
    while end < min(index + _MOST_SIGNS, len(rows)):
        own = _weight(rows[end].line) if _may_tell(rows[end].text) else 0
        if not own and (end == index or not _is_of_the_page(rows[end].line)):
            break
        weight += own
        end += 1
    return weight, end


def _weight(line: Line) -> int:
    if ADDRESS_LINE.fullmatch(line.text):
        return 1
    label = label_of(line, in_head=True)
    if label is None or label.rule not in _TELLING:
        return 0
    if label.value("author"):
        return 1 if line.text.startswith("by") else _SURE
    date = label.value("date") or label.value("updated")
    if not date:
        return 1
    is_day = any(found.day for found in dates_in(date))
    return is_day + (_WHAT_HAPPENED.search(line.text) is not None)


def _goes_on(rows: Sequence[_Row], end: int) -> bool:
    """Say whether the lines before rows[end] are part of a sentence, or nothing follows them."""
    return end == len(rows) or (not rows[end].apart and rows[end].text[0].islower())


def _names_author(line: Line) -> bool:
    label = label_of(line, in_head=True)
    return label is not None and bool(label.value("author"))


def _head(rows: Sequence[_Row], index: int, weight: int, *, named: bool) -> Masthead | None:
    above = _above(rows, index)
    if not named and above and re.fullmatch(PERSON, rows[above].text):
        # Who wrote it may stand above the date without a word that says so.
        higher = _above(rows, above)
        above = above if _title_at(rows, higher) is None else higher
    found, is_near = _title_at(rows, above), True
    if found is None and above and _is_standfirst(rows[above].text):
        found = _title_at(rows, above - 1)
        is_near = not rows[above].apart and not rows[index].apart
        above -= 1
    if found is None:
        return None
    first, title = found
    while first > 0 and ADDRESS_LINE.fullmatch(rows[first - 1].text):
        first -= 1
    is_sure = is_near and weight >= _SURE
    return Masthead(rows[first].start, rows[title].line, is_sure, is_whole=title == above)


def _above(rows: Sequence[_Row], index: int) -> int:
    """Return the line above rows[index] that is none of the page around the article."""
    above = index - 1
    while above > 0 and _is_of_the_page(rows[above].line):
        above -= 1
    return above


def _title_at(rows: Sequence[_Row], index: int) -> tuple[int, int] | None:
    """Return which lines down to `index` are the first of a head, and of its title, or None."""
    if not _is_title(rows[index].text):
        return None
    if _stands_apart(rows, index):
        return index, index
    above = index - 1
    if not _is_topic(rows[above].text) or not _stands_apart(rows, above):
        return None
    is_short = len(rows[above].text.split()) <= _MOST_TOPIC_WORDS
    return above, index if is_short else above


def _stands_apart(rows: Sequence[_Row], index: int) -> bool:
    """Say whether no sentence of the line above goes on in the line."""
    if index == 0 or rows[index].apart:
        return True
    above = rows[index - 1]
    return (
        not lacks_its_end(above.text)
        or is_opener(above.text)
        or ADDRESS_LINE.fullmatch(above.text) is not None
        or label_of(above.line, in_head=False) is not None
    )


def _is_title(text: str) -> bool:
    return len(text.split()) >= _FEWEST_TITLE_WORDS and _is_topic(text)


def _is_topic(text: str) -> bool:
    """Say whether the line may be a title, or the name of what the article belongs to."""
    return (
        could_be_title(text)
        and not text[0].islower()
        and not is_opener(text)
        and not _may_be_sign(text)
    )


def _may_be_sign(text: str) -> bool:
    line = Line(0, len(text), text)
    is_label = label_of(line, in_head=_may_tell(text)) is not None
    return is_label or "://" in text or announces(text)


def _is_standfirst(text: str) -> bool:
    return len(text) <= _LONGEST_STANDFIRST and text.endswith(_SENTENCES_END)


def _is_of_the_page(line: Line) -> bool:
    label = label_of(line, in_head=False)
    return label is not None and label.rule in _OF_THE_PAGE
