"""Annotations as Markdown: quotations with their source, notes, claims and links.

What was quoted is escaped, so that it reads as it stands in the article. Notes are Markdown
and stay so, each inside an item of a list: what is left open in one ends with it.
Source: CommonMark 0.31, sections 2.4 (escapes) and 5 (containers).
"""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from annotations.formats.citations import author_of, publication_of, written_date
from annotations.models import ClaimOccurrence, Link
from annotations.queries.entries import Entry, Row, heading_key
from corpus.models import Article

_SPECIAL = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)")
# At the beginning of a line these make a heading, a rule or a list.
_BEGINNING = re.compile(r"^(?:[#+=-]|\d{1,9}(?=[.)]))")
_LINE_BREAK = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def annotations_as_markdown(
    title: str,
    rows: Iterable[Row],
    origin: str,
    *,
    names_readers: bool,
    links: Iterable[Link] = (),
) -> Iterator[str]:
    """Yield the parts of the file; addresses begin with `origin`, like "https://example.org".

    `rows` stand under the headings of `annotations.queries.entries.grouped`. `names_readers`
    says whether each is told to be whose. `links` come last, under a heading of their own.
    """
    yield f"# {escaped(title)}\n"
    last: tuple[object, ...] = ()
    for row in rows:
        heading = (heading_key(row),)
        if heading != last:
            yield f"\n## {_heading(row)}\n"
            last = heading
        yield "\n" + "\n".join(_entry(row.entry, origin, names_readers=names_readers)) + "\n"
    for number, link in enumerate(links):
        if not number:
            yield "\n## " + _("Other links") + "\n"
        yield "\n" + "\n".join(_other_link(link, origin)) + "\n"


def escaped(text: str) -> str:
    """Return `text` as one line of Markdown that shows its words and nothing else."""
    return _escaped_line(" ".join(text.split()))


def quotation(text: str) -> list[str]:
    """Return the lines of a block quotation of `text`, whose line breaks are kept."""
    lines = (_escaped_line(line.strip()) for line in _LINE_BREAK.split(text))
    return [f"> {line}" if line else ">" for line in lines]


def item(label: str, note: str) -> list[str]:
    """Return the lines of an item of a list that holds `note`, which is Markdown."""
    lines = (f"  {line}" if line.strip() else "" for line in _LINE_BREAK.split(note.rstrip()))
    return [f"- {label}", "", *lines]


def _heading(row: Row) -> str:
    if row.by == "article":
        return escaped(row.entry.article.title)
    return escaped(row.claim.label) if row.claim else _("Without a claim")


def _entry(entry: Entry, origin: str, *, names_readers: bool) -> Iterator[str]:
    annotation = entry.annotation
    if annotation.exact:
        yield from quotation(annotation.exact)
        yield ""
    yield f"— {_citation(entry.article)}. <{origin}{entry.url}>"
    yield ""
    reader = escaped(annotation.creator.profile.display_name) if names_readers else ""
    if annotation.note:
        by = _("Note by %(reader)s:") % {"reader": reader} if reader else _("Note:")
        yield from item(by, annotation.note)
    elif reader:
        yield "- " + _("Marked by %(reader)s") % {"reader": reader}
    stances = dict(ClaimOccurrence.Stance.choices)
    for row in entry.tagged:
        said = f" ({escaped(row.attribution)})" if row.attribution else ""
        claim = {"stance": stances[row.stance], "claim": escaped(row.label)}
        yield "- " + _("Claim, %(stance)s: %(claim)s") % claim + said
    for end in entry.links:
        other = {
            "relation": end.link.get_relation_display(),
            "title": escaped(end.article.title),
        }
        yield from _link_item(_("Link, %(relation)s: %(title)s") % other, end.link, origin)


def _other_link(link: Link, origin: str) -> list[str]:
    first, second = (escaped(article.title) for article in link.articles)
    return _link_item(f"“{first}” {link.get_relation_display()} “{second}”", link, origin)


def _link_item(label: str, link: Link, origin: str) -> list[str]:
    told = f"{label} <{origin}{link.get_absolute_url()}>"
    return item(told, link.note) if link.note else [f"- {told}"]


def _citation(article: Article) -> str:
    parts = (
        escaped(author_of(article)),
        f"“{escaped(article.title)}”",
        escaped(publication_of(article)),
        written_date(article),
    )
    return ", ".join(part for part in parts if part)


def _escaped_line(line: str) -> str:
    return _BEGINNING.sub(_kept_plain, _SPECIAL.sub(r"\\\g<0>", line))


def _kept_plain(beginning: re.Match[str]) -> str:
    """Return a sign so that it begins nothing; of a number the mark behind it is escaped."""
    sign = beginning[0]
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"
