"""The head of a mail that brought an article: who sent it, when, under which subject."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.importing.blocks import could_be_title
from corpus.importing.dates import dates_in
from corpus.importing.labels import HEAD_LINES, LONGEST_HEAD_LINE, Label
from corpus.importing.passages import Line, whole_line
from corpus.text.spans import is_blank

_FIELD = re.compile(
    r"\*?(?P<name>From|To|Cc|CC|Bcc|Sent|Date|Subject|Reply-To|Message-ID)\s?:\*?\s*(?P<value>.*)"
)
_SENT = ("Date", "Sent")
_TELLING = frozenset(["From", "Subject", *_SENT])
_FEWEST_TELLING = 2
# A mail that is sent on is announced so.
_SENT_ON = re.compile(
    r"(?i:-{3,} ?(?:original|forwarded) message ?-{3,}|begin forwarded message:?)"
)
_LONGEST_ANNOUNCEMENT = 240
_WROTE = re.compile(r"On .*\b(?P<sign>\d\d?[:.]\d\d|\S+@\S+)\b.* wrote:")
_PREFIXES = re.compile(r"(?i:(?:fwd?|re|aw|wg)\s?:\s*)+")


@dataclass(frozen=True)
class MailHead:
    """The lines of one head; `is_sure` says that it has sender, subject and date."""

    lines: Sequence[Line]
    is_sure: bool

    @property
    def start(self) -> int:
        """Where the head begins."""
        return self.lines[0].start


def mail_heads(lines: Sequence[Line]) -> Iterator[MailHead]:
    """Yield the heads of mail among the lines, in order."""
    found: list[Line] = []
    for line in lines:
        if is_blank(line.text):
            continue
        if not announces(line.text):
            yield from _head(found)
            found = []
            continue
        if found and found[-1].end + 1 != line.start and is_field(found[-1].text):
            yield from _head(found)
            found = []
        found.append(line)
    yield from _head(found)


def announces(text: str) -> bool:
    """Say whether the line announces a mail or is one of the lines of its head."""
    return len(text) <= _LONGEST_ANNOUNCEMENT and (
        is_field(text)
        or _SENT_ON.fullmatch(text.strip()) is not None
        or _WROTE.fullmatch(text.strip()) is not None
    )


def is_field(text: str) -> bool:
    """Say whether the line has the form of one in the head of a mail."""
    return _FIELD.match(text.lstrip()) is not None


def with_mail(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the labels of one article with those of the mail that it came in, if it did."""
    top = _top(lines)
    head = next(mail_heads(top), None)
    if head is None or not _begins(head, top, labels):
        return list(labels)
    taken = {line.start for line in head.lines}
    why = "it belongs to the mail that the text came in"
    own = [Label(line, "boilerplate", "mail_head", why, _says(line.text)) for line in head.lines]
    rest = [label for label in labels if label.line.start not in taken]
    return sorted([*rest, *own], key=lambda label: label.line.start)


def _top(lines: Sequence[Line]) -> list[Line]:
    """Return the shown lines that may be above or in the head of a mail."""
    top: list[Line] = []
    for line in lines:
        if is_blank(line.text):
            continue
        is_long = len(line.text) > LONGEST_HEAD_LINE and not announces(line.text)
        if is_long or len(top) == 2 * HEAD_LINES:
            break
        top.append(whole_line(line))
    return top


def _begins(head: MailHead, top: Sequence[Line], labels: Sequence[Label]) -> bool:
    """Say whether nothing but a word of the sender stands above the head."""
    known = {label.line.start for label in labels}
    above = [line for line in top if line.start < head.start and line.start not in known]
    return len(above) <= 1 and all(could_be_title(line.text) for line in above)


def _head(lines: Sequence[Line]) -> Iterator[MailHead]:
    names = {match["name"] for line in lines if (match := _FIELD.match(line.text.lstrip()))}
    announced = any(not is_field(line.text) for line in lines)
    if len(names & _TELLING) < _FEWEST_TELLING and not announced:
        return
    is_sure = {"From", "Subject"} <= names and not names.isdisjoint(_SENT)
    yield MailHead([whole_line(line) for line in lines], is_sure)


def _says(text: str) -> tuple[tuple[str, str], ...]:
    match = _FIELD.match(text)
    value = match["value"].strip() if match else ""
    if match and match["name"] == "Subject":
        subject = _PREFIXES.sub("", value, count=1).strip()
        return (("subject", subject),) if subject else ()
    is_sent = match["name"] in _SENT if match else _WROTE.fullmatch(text) is not None
    found = next(dates_in(text), None) if is_sent else None
    return (("mail_date", text[found.start : found.end]),) if found else ()
