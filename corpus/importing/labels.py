"""Lines that say something about an article and are none of its text, known by their form alone."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.importing.bylines import names_in_by_line
from corpus.importing.dates import day_in_numbers
from corpus.importing.navigation import is_bar, is_menu, leads_away
from corpus.importing.passages import Line, whole_line
from corpus.importing.signs import ADDRESS_LINE, DOCUMENT_COUNT, ROW
from corpus.importing.told_dates import is_of_dates, told_dates
from corpus.text.blocks import ParatextKind
from corpus.text.names import PERSON
from corpus.text.spans import is_blank

# By-lines, dates and labels stand in the head: this many shown lines, ended by the first long one.
HEAD_LINES = 8
LONGEST_HEAD_LINE = 160
_LONGEST_LABEL = 240
_LONGEST_CREDIT = 120

_SOURCE_LINE_START = re.compile(
    r"(?:This|The) (?:article|piece|story|essay|column|interview|review|post)\b[^.]{0,40}?"
    r"\b(?:appeared|appears|published|ran)\b"
)
_SOURCE_LINE = re.compile(rf"{_SOURCE_LINE_START.pattern} (?:in|on|by|at) (?P<rest>.+)$")
_ISSUE = re.compile(
    r"the (?P<date>[^,]{1,40}?) (?:issue|edition) of (?:the )?(?P<outlet>[^,.;]+)"
    r"(?:, (?P<issue>.+))?$"
)
_PUBLISHER = re.compile(r"(?:the )?(?P<outlet>[A-Z][^,.;]*?)(?:,? on (?P<date>[^.]+))?\.?$")
_AGENCY = (
    r"(?i:getty|reuters|afp|alamy|shutterstock|anadolu|ap photo|pa images|pa wire|press association"
    r"|rex features|epa|corbis|flickr|wikimedia|unsplash|istock)"
)
_CREDIT = re.compile(
    rf"(?:(?i:photo(?:graph)?s?|images?|pictures?|illustrations?|credits?)(?: (?:by|credit))?:.+"
    rf"|[^a-z.]*\b{_AGENCY}\b[^a-z.]*|.{{2,60}}(?:/|via ){_AGENCY}(?i: images)?|[©].{{3,}})"
)
_COPYRIGHT = re.compile(
    r"(?i:(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s*)?(?:\d{4}\b.*|.+\ball rights reserved\b.*)"
    r"|copyright:? \d{4}\b.*|copyright .+\ball rights reserved\b.*|all rights reserved\.?)"
)
_INTERFACE = re.compile(
    r"(?i:(?:show|hide)(?: hide)? (?:image|caption|comments?)s?|advertisement|sponsored"
    r"|print this page|skip to (?:content|main content)|share (?:this|on) .{3,40}"
    r"|(?:view|see) (?:all )?comments?)"
)
# A sentence that ends with these goes on with the address below it.
_LEADS_ON = re.compile(r"(?:[:,(]|\b(?i:at|on|in|to|of|by|from|is|and|or|see|here|visit))$")
_LONGEST_LEADING_WORD = 10
_RULE_ROW = re.compile(r"[=_]{8,}|(?:[=_] ){4,}[=_]")
_BY = re.compile(
    rf"(?:By|BY|by|Words by|Written by|Par|Von|Por) "
    rf"(?P<names>{PERSON}(?:(?:,| and| et| und| &|, and) {PERSON})*)"
    r"(?:,? (?i:in|for|of)\b.{0,60}|, .{0,60})?"
)
# "By JANE SMITH FOR THE HERALD": who the names wrote for is none of them.
_WROTE_FOR = re.compile(r" (?:FOR|IN|OF) ")
# Where a line that tells who wrote and when may be cut.
_CUT = re.compile(
    r"\s*[|·•]\s*|\s+[–—-]\s+|[,;]?\s+(?=(?i:(?:first |last )?(?:published|posted|updated))\b)"
    r"|\s+(?=[Bb]y [A-ZÀ-ÖØ-Þ])|[,;]?\s+(?=[0-3]?\d(?:st|nd|rd|th)? [A-Z])|,\s+(?=[A-Z][a-z]+ \d)"
)
_NAMED = re.compile(
    r"(?i:(?P<label>by-?line|authors?|by|date|published(?: on)?|load-date|source|url|link"
    r"|outlet|publication|title|headline))\s*:\s*(?P<value>\S.*)"
)
_FIELDS = {
    "by": "author", "byline": "author", "by-line": "author", "author": "author",
    "authors": "author", "date": "date", "published": "date", "published on": "date",
    "load-date": "date", "source": "outlet", "outlet": "outlet", "publication": "outlet",
    "url": "url", "link": "url", "title": "title", "headline": "title",
}  # fmt: skip

_FIELD_KINDS: dict[str, ParatextKind] = {"author": "by_line", "title": "title"}


@dataclass(frozen=True)
class Label:
    """A line kept as paratext; `says` holds pairs of field (title, author, date …) and value."""

    line: Line
    kind: ParatextKind
    rule: str
    why: str
    says: tuple[tuple[str, str], ...] = ()

    def value(self, field: str) -> str:
        """Return what the line says about `field`, or an empty string."""
        return dict(self.says).get(field, "")


def with_source_lines_joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with a source line that was wrapped made one (the same length as before)."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.end + 1 == line.start
            and not is_blank(line.text)
            and len(last.text) + len(line.text) < _LONGEST_LABEL
            and _SOURCE_LINE_START.match(last.text)
        ):
            joined[-1] = Line(last.start, line.end, f"{last.text} {line.text}")
        else:
            joined.append(line)
    return joined


def labels_of(lines: Sequence[Line]) -> list[Label]:
    """Return the labels among the lines of one article."""
    found: list[Label] = []
    in_head = True
    logical = with_source_lines_joined(lines)
    shown = [whole_line(line) for line in logical if not is_blank(line.text)]
    # Menus may be long and many: they are none of the lines of the head.
    menus = frozenset(line.start for line in shown if is_menu(line.text))
    number = 0
    for line, beside in zip(shown, _neighbours(shown), strict=True):
        number += line.start not in menus
        long = len(line.text) > LONGEST_HEAD_LINE and line.start not in menus
        in_head = in_head and number <= HEAD_LINES and not long
        label = label_of(line, in_head=in_head)
        if label is not None and label.rule == "row_of_signs" and all(beside):
            # Lines right above and below it may be those of a table.
            continue
        if label is None and in_head:
            label = _by_its_place(line, beside)
        if label is not None:
            found.append(label)
    return found


def _neighbours(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Yield for each line the texts of the lines right above and below it, "" for none."""
    for index, line in enumerate(lines):
        above, below = lines[max(0, index - 1) : index], lines[index + 1 : index + 2]
        yield (
            "".join(other.text for other in above if other.end + 1 == line.start),
            "".join(other.text for other in below if line.end + 1 == other.start),
        )


def _by_its_place(line: Line, beside: tuple[str, str]) -> Label | None:
    """Return the label of a line in the head, told by the lines right above and below it too."""
    if is_bar(line.text):
        return None if any(map(is_bar, beside)) else _of_the_page(line)
    is_address = ADDRESS_LINE.fullmatch(line.text) is not None
    above, below = beside
    if not is_address or any(map(ADDRESS_LINE.fullmatch, beside)):
        return None
    if _LEADS_ON.search(above[-_LONGEST_LEADING_WORD:]) or below[:1].islower():
        return None
    why = "it is the address of the article"
    return Label(line, "source_line", "address_line", why, (("url", line.text),))


def label_of(line: Line, *, in_head: bool) -> Label | None:
    """Return what the line is a label of, or None for a line of text."""
    if is_menu(line.text):
        return _of_the_page(line)
    if len(line.text) > _LONGEST_LABEL:
        return None
    rules = (*_ANYWHERE, *_IN_HEAD) if in_head else _ANYWHERE
    return next((label for rule in rules if (label := rule(line)) is not None), None)


def ends_article(line: Line) -> bool:
    """Say whether the line tells where the text above it appeared."""
    label = label_of(whole_line(line), in_head=False)
    return label is not None and label.rule == "source_line"


def begins_article(line: Line) -> bool:
    """Say whether the line parts the articles of a dump: a row of signs or a count of documents."""
    text = line.text.strip()
    return DOCUMENT_COUNT.fullmatch(text) is not None or _RULE_ROW.fullmatch(text) is not None


def _source_line(line: Line) -> Label | None:
    match = _SOURCE_LINE.match(" ".join(line.text.split()))
    told = match and (_ISSUE.match(match["rest"]) or _PUBLISHER.match(match["rest"]))
    if not told:
        return None
    says = {name: value.strip() for name, value in told.groupdict().items() if value}
    return Label(
        line,
        "source_line",
        "source_line",
        "it says where the article appeared",
        tuple(says.items()),
    )


def _copyright(line: Line) -> Label | None:
    if len(line.text) > _LONGEST_CREDIT or not _COPYRIGHT.fullmatch(line.text):
        return None
    return Label(line, "boilerplate", "copyright", "it is a copyright notice")


def _credit(line: Line) -> Label | None:
    if len(line.text) > _LONGEST_CREDIT or not _CREDIT.fullmatch(line.text):
        return None
    return Label(line, "credit", "image_credit", "it credits an image")


def _interface(line: Line) -> Label | None:
    is_known = _INTERFACE.fullmatch(line.text) is not None or leads_away(line.text)
    return _of_the_page(line) if is_known else None


def _of_the_page(line: Line) -> Label:
    return Label(
        line, "boilerplate", "page_interface", "it belongs to the web page around the article"
    )


def _separator(line: Line) -> Label | None:
    if not begins_article(line):
        return None
    return Label(line, "boilerplate", "separator", "it parts the articles of the file")


def _row_of_signs(line: Line) -> Label | None:
    if not ROW.fullmatch(line.text):
        return None
    return Label(line, "boilerplate", "row_of_signs", "it parts the sections of the text")


def _doubled_name(line: Line) -> Label | None:
    """Know a by-line that a page prints twice, once for the picture and once for the words."""
    words = line.text.split()
    half = len(words) // 2
    name = " ".join(words[:half])
    if len(words) % 2 or words[:half] != words[half:] or not re.fullmatch(PERSON, name):
        return None
    return Label(
        line, "by_line", "doubled_by_line", "it is the by-line, printed twice", (("author", name),)
    )


def _by_line(line: Line) -> Label | None:
    match = _BY.fullmatch(line.text)
    names = _WROTE_FOR.split(match["names"])[0] if match else names_in_by_line(line.text)
    if not names:
        return None
    return Label(line, "by_line", "by_line", "it is the by-line", (("author", names),))


def _by_line_with_date(line: Line) -> Label | None:
    """Know a line that tells both who wrote the article and when it was published."""
    author = ""
    rest: list[str] = []
    for part in _CUT.split(line.text):
        by = _by_line(Line(line.start, line.end, part.strip()))
        if by is not None and not author:
            author = by.value("author")
            continue
        if not is_of_dates(part):
            return None
        rest.append(part)
    dates = told_dates(" ".join(rest))
    if not author or not dates:
        return None
    says = (("author", author), *dates)
    return Label(line, "by_line", "by_line", "it is the by-line", says)


def _named_field(line: Line) -> Label | None:
    match = _NAMED.fullmatch(line.text)
    if match is None:
        return None
    field = _FIELDS[match["label"].lower()]
    kind = _FIELD_KINDS.get(field, "source_line")
    return Label(
        line, kind, "named_field", "it names a fact of the article", ((field, match["value"]),)
    )


def _date_line(line: Line) -> Label | None:
    numbers = day_in_numbers(line.text)
    if numbers is not None:
        says = (("date", numbers),) if numbers else ()
        return Label(line, "source_line", "date_line", "it is the date", says)
    dates = told_dates(line.text)
    if not dates or not is_of_dates(line.text):
        return None
    return Label(line, "source_line", "date_line", "it is the date", dates)


_Rule = Callable[[Line], Label | None]
_ANYWHERE: tuple[_Rule, ...] = (
    *(_source_line, _copyright, _credit, _interface, _separator, _row_of_signs, _doubled_name),
)
_IN_HEAD: tuple[_Rule, ...] = (_by_line_with_date, _by_line, _named_field, _date_line)
