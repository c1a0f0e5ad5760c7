"""Articles as databases of newspapers export them, each below a count of documents.

Below "2 of 30 DOCUMENTS" stand the paper, the day and perhaps the edition, then the title, and
fields such as "BYLINE: …"; more fields stand below the text.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.importing.labels import LONGEST_HEAD_LINE, Label
from corpus.importing.passages import Line, whole_line
from corpus.importing.signs import DOCUMENT_COUNT
from corpus.text.blocks import ParatextKind
from corpus.text.spans import is_blank

_FIELD = re.compile(
    r"(?P<name>BYLINE|SECTION|LENGTH|DATELINE|HEADLINE|HIGHLIGHT|BODY|LOAD-DATE|LANGUAGE|GRAPHIC"
    r"|PUBLICATION-TYPE|DOCUMENT-TYPE|JOURNAL-CODE|ACC-NO|ISSN|SERIES|DISTRIBUTION|CORRECTION-DATE"
    r"|SUBJECT|PERSON|ORGANIZATION|COMPANY|TICKER|INDUSTRY|GEOGRAPHIC|CITY|STATE|COUNTRY)"
    r":(?: |$)(?P<value>.*)"
)
# These begin words of the article, which stay in its text.
_OF_TEXT = frozenset({"HIGHLIGHT"})
# So many lines may stand above the first field.
_MOST_ABOVE = 10
_EXPORT = "exported_head"
_IS_TITLE = "it is the title"
_IS_FIELD = "it is a field of the database that it was exported from"


def with_export(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the labels of one article with those of the database that it was exported from.

    They are returned as they are where no count of documents stands above the article.
    """
    shown = [line for line in lines if not is_blank(line.text)]
    if not shown or not DOCUMENT_COUNT.fullmatch(shown[0].text.strip()):
        return list(labels)
    fields = list(_fields([whole_line(line) for line in shown]))
    found = [*(_head(shown, labels, fields) if fields else ()), *fields]
    told = {label.line.start: label for label in labels if label.rule == "named_field"}
    own = [told.get(label.line.start, label) for label in found]
    rest = [label for label in labels if not any(_touch(label.line, one.line) for one in own)]
    return sorted([*rest, *own], key=lambda label: label.line.start)


def _head(
    shown: Sequence[Line], labels: Sequence[Label], fields: Sequence[Label]
) -> Iterator[Label]:
    """Yield the paper, what stands between it and the title, and the title.

    The lines right above the first field, with no blank between them, are the title, unless a
    field tells it.
    """
    above = [line for line in shown[1:] if line.start < fields[0].line.start]
    known = {label.line.start for label in labels}
    free = [line for line in above if whole_line(line).start not in known]
    if len(above) > _MOST_ABOVE or any(len(line.text) > LONGEST_HEAD_LINE for line in free):
        return
    has_title = any(label.value("title") for label in fields)
    title = [] if has_title else list(_right_above(free))
    names = [whole_line(line) for line in free[: len(free) - len(title)]]
    for line in names[:1]:
        yield Label(line, "source_line", _EXPORT, "it is the paper", (("outlet", line.text),))
    for line in names[1:]:
        yield Label(line, "boilerplate", _EXPORT, _IS_FIELD)
    if title and names:
        parts = [whole_line(line) for line in title]
        words = " ".join(part.text for part in parts)
        whole = Line(parts[0].start, parts[-1].end, words)
        yield Label(whole, "title", _EXPORT, _IS_TITLE, (("title", words),))


def _right_above(free: Sequence[Line]) -> Iterator[Line]:
    """Yield the last lines that stand right below each other and begin at the same place."""
    first = len(free) - 1
    while first > 0 and free[first - 1].end + 1 == free[first].start:
        if _indent(free[first - 1]) != _indent(free[first]):
            break
        first -= 1
    yield from free[max(first, 0) :]


def _indent(line: Line) -> int:
    return whole_line(line).start - line.start


def _fields(shown: Sequence[Line]) -> Iterator[Label]:
    """Yield the lines of fields; one below the text goes on down to a blank line."""
    end = -1
    is_begun = is_below = False
    for line in shown:
        field = _FIELD.match(line.text)
        if field is not None and field["name"] not in _OF_TEXT:
            is_begun, end = True, line.end
            yield _field(line, field)
        elif is_below and end + 1 == line.start:
            end = line.end
            yield Label(line, "boilerplate", _EXPORT, _IS_FIELD)
        else:
            is_below = is_begun


def _field(line: Line, field: re.Match[str]) -> Label:
    kind: ParatextKind = "boilerplate"
    says: tuple[tuple[str, str], ...] = ()
    if field["name"] == "BYLINE" and field["value"]:
        kind, says = "by_line", (("author", field["value"]),)
    elif field["name"] == "HEADLINE" and field["value"]:
        kind, says = "title", (("title", field["value"]),)
    return Label(line, kind, _EXPORT, _IS_FIELD, says)


def _touch(one: Line, other: Line) -> bool:
    return one.start < other.end and other.start < one.end
