"""Pages that entries of a feed link to, fetched in place of their summaries."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from corpus.importing.charsets import in_utf8
from corpus.importing.errors import ImportRefused
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.records import (
    SUMMARY_COLUMNS,
    column_key,
    fields_of_json,
    text_column,
    told_by_columns,
)
from corpus.importing.web.errors import NotFetched
from corpus.importing.web.fetching import fetch
from corpus.models import ImportBatch, ImportFile
from corpus.permissions import Viewer
from corpus.services.fetching import hosts_asked, name_of
from corpus.services.sources import SourceBytes, kept_source, sum_of
from corpus.services.work import Progress
from corpus.text.spans import word_count

MOST_PAGES = 20
"""So many pages are fetched at one look at a feed, in so many seconds."""
_SECONDS = 120

_TOO_MANY = "Only %(limit)d linked pages are fetched at one look at a feed, and this is one more."
_TOO_SLOW = "The pages before this one took too long, so that it was not fetched."
_NO_MORE = "%(url)s shows no more words than the summary; it is not taken."
_LONGEST_NAME = 255


@dataclass(frozen=True)
class Linked:
    """The summary that a feed gives, and the page that it links to, or `why` it is not taken."""

    entry: SourceBytes
    page: SourceBytes | None = None
    why: ImportRefused | None = None


def linked_pages(entries: Sequence[SourceBytes], progress: Progress) -> list[Linked]:
    """Return the pages that those of `entries` link to which are only summaries, in their order."""
    found: list[Linked] = []
    until = time.monotonic() + _SECONDS
    for entry in entries:
        url, words = _summary_in(entry)
        if not url:
            continue
        progress.step(0, told=url)
        try:
            if len(found) == MOST_PAGES:
                raise NotFetched(_TOO_MANY, limit=MOST_PAGES)
            if time.monotonic() > until:
                raise NotFetched(_TOO_SLOW)
            found.append(Linked(entry, page=_fetched(url, words)))
        except ImportRefused as refusal:
            found.append(Linked(entry, why=refusal))
    return found


def keep_linked(viewer: Viewer, batch: ImportBatch, linked: Sequence[Linked]) -> None:
    """Let the pages be read in place of the summaries that `batch` holds; say why others are not.

    Each lies within the entry that it belongs to, which is not proposed itself then.
    """
    files = {file.source.sha256: file for file in batch.files.select_related("source")}
    there = {file.source_id for file in files.values()}
    last = batch.files.aggregate(last=Max("position"))["last"] or 0
    for one in linked:
        file = files.get(sum_of(one.entry))
        if file is None:
            continue
        if one.why is not None:
            file.problem, file.problem_values = one.why.sentence, dict(one.why.values)
        elif one.page is not None:
            source = kept_source(viewer, one.page)
            if source.pk in there:
                continue
            there.add(source.pk)
            last += 1
            name = one.page.name[:_LONGEST_NAME]
            ImportFile.objects.create(
                batch=batch, within=file, source=source, name=name, position=last
            )
            file.state = ImportFile.State.OPENED
        file.save(update_fields=["state", "problem", "problem_values"])


def _summary_in(entry: SourceBytes) -> tuple[str, int]:
    """Return where the article stands that an entry sums up, and the words of that summary.

    The address is "" for an entry that holds its text, or tells no address.
    """
    fields = fields_of_json(entry.content.decode("utf-8", "replace")) or {}
    column = text_column(fields)
    if column_key(column) not in SUMMARY_COLUMNS:
        return "", 0
    told = told_by_columns(fields, column).get("url")
    return (told.value if told else ""), word_count(fields[column])


def _fetched(url: str, words: int) -> SourceBytes:
    """Return the page at `url`; raises ImportRefused for what has no more than so many words."""
    page = fetch(url, hosts_asked())
    if page is None:
        raise NotFetched(_NO_MORE, url=url)
    content = in_utf8(page.content, page.media_type)
    source = SourceBytes(name_of(page.url), content, page.url)
    proposals = read_and_interpret(content, source.name, origin_url=page.url)
    if sum(word_count(proposal.text) for proposal in proposals) <= words:
        raise NotFetched(_NO_MORE, url=url)
    return source
