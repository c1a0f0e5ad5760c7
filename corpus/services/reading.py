"""Keeping how far readers read, each for themselves alone.

Where somebody is in a text is a position, not a contribution: noting it is cheap, may be sent
any number of times, and leaves no Event. Saying by hand that an article is read or unread is a
decision: it leaves an Event that nobody else sees, and can be undone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from corpus.access import current_version
from corpus.errors import Invalid, NotFound, SignInNeeded
from corpus.models import Article, ArticleVersion, Event, Reading
from corpus.permissions import Viewer, can_read_article
from corpus.services.events import record
from corpus.text.blocks import blocks_from_data
from corpus.text.progress import (
    CarryOver,
    Progress,
    Text,
    joined,
    numbers_in,
    percent_of,
    written,
)

FINISHED, REOPENED, UNDONE = "reading.finished", "reading.reopened", "reading.undone"

# Who saw the end and no less than this much of the blocks has read the article.
READ_THROUGH = 90
# What is stored was checked when it was noted: every number in it counts.
_ALL = 10**6


@dataclass(frozen=True)
class Noted:
    """What a page tells of its reader, in the text of the version with the number `version`.

    `place` is the number of the first block in sight, None while the reader went nowhere;
    `seen` the blocks that stood long enough before their eyes, written as "1-4,7".
    """

    version: int
    place: int | None
    seen: str


def note(viewer: Viewer, article: Article, noted: Noted) -> Reading | None:
    """Keep where the viewer is in `article`; return the row, None while nothing was seen.

    Whatever pages tell, in whichever order: what was seen stays seen and `furthest` only goes
    on. Who comes to the end has read it. Raises SignInNeeded; NotFound for what they may not
    read; Invalid for what is no version or no set of blocks.
    """
    reader_id = _reader(viewer, article)
    version = _version(article, noted.version)
    told = _progress(noted, version)
    with transaction.atomic():
        stored = _locked(reader_id, article)
        if stored is None and not told.seen:
            return None
        stored = stored or _begun(reader_id, article, version.number)
        _add(stored, told, version)
        return stored


def mark_read(viewer: Viewer, article: Article) -> bool:
    """Say that the viewer has read `article`; return whether that is new. Twice is harmless.

    How far they came stays as it is. Raises SignInNeeded, and NotFound for what they may not
    read.
    """
    with transaction.atomic():
        stored = _to_mark(viewer, article)
        if stored.finished_at is not None:
            return False
        before = _told(stored)
        stored.finished_at = timezone.now()
        _save(stored, article, FINISHED, before)
        return True


def mark_unread(viewer: Viewer, article: Article) -> bool:
    """Say that `article` is as if the viewer had never opened it; return whether that is new.

    Twice is harmless. Raises as `mark_read` does.
    """
    with transaction.atomic():
        stored = _to_mark(viewer, article)
        if stored.finished_at is None and not stored.seen:
            return False
        before = _told(stored)
        stored.finished_at = None
        _keep(stored, Progress(), len(current_version(article).blocks))
        _save(stored, article, REOPENED, before)
        return True


def undo(viewer: Viewer, article: Article) -> None:
    """Take back what the viewer said last of `article`; what was read since then stays read.

    Raises SignInNeeded, NotFound, and Invalid when there is nothing to take back.
    """
    with transaction.atomic():
        stored = _to_mark(viewer, article)
        said = Event.objects.filter(subject_id=stored.pk, actor_id=stored.reader_id)
        last = said.order_by("-id").first()
        if last is None or last.verb == UNDONE:
            raise Invalid(_("There is nothing to undo. Nothing was changed."))
        before = _told(stored)
        _put_back(stored, article, last.before)
        _save(stored, article, UNDONE, before)


def carry_readings(before: ArticleVersion, after: ArticleVersion) -> None:
    """Take where readers are in the text of `before` over to that of `after`.

    Part of the transaction that makes `after`; the two texts are aligned once for all.
    """
    rows = Reading.objects.select_for_update().filter(
        article=after.article_id, version=before.number
    )
    found = list(rows.order_by("pk"))
    if not found:
        return
    over = CarryOver(_text(before), _text(after))
    for stored in found:
        stored.version = after.number
        _keep(stored, over.progress(_stored_progress(stored)), len(after.blocks))
    Reading.objects.bulk_update(
        found, ["version", "place", "furthest", "seen", "percent"], batch_size=100
    )


def _reader(viewer: Viewer, article: Article) -> int:
    """Return the account of the viewer, who may read `article`; raises SignInNeeded, NotFound."""
    if viewer.user_id is None:
        raise SignInNeeded
    is_of_groups = article.access == Article.Access.GROUPS
    groups = article.groups.values_list("pk", flat=True) if is_of_groups else ()
    if article.is_stub or not can_read_article(viewer, article, frozenset(groups)):
        raise NotFound
    return viewer.user_id


def _to_mark(viewer: Viewer, article: Article) -> Reading:
    """Return the locked row of what the viewer may read, made where there is none."""
    reader_id = _reader(viewer, article)
    number = current_version(article).number
    return _locked(reader_id, article) or _begun(reader_id, article, number)


def _locked(reader_id: int, article: Article) -> Reading | None:
    rows = Reading.objects.select_for_update().filter(reader_id=reader_id, article=article)
    return rows.first()


def _begun(reader_id: int, article: Article, version: int) -> Reading:
    """Return a new row, or the one that another tab has made at the same moment."""
    now = timezone.now()
    stored, _made = Reading.objects.select_for_update().get_or_create(
        reader_id=reader_id,
        article=article,
        defaults={"version": version, "opened_at": now, "seen_at": now},
    )
    return stored


def _version(article: Article, number: int) -> ArticleVersion:
    present = current_version(article)
    version = (
        present if present.number == number else article.versions.filter(number=number).first()
    )
    if version is None:
        raise Invalid(_("There is no such version of this article."))
    return version


def _progress(noted: Noted, version: ArticleVersion) -> Progress:
    blocks = version.blocks
    try:
        seen = numbers_in(noted.seen, len(blocks))
    except ValueError as error:
        raise Invalid(_("These are no blocks of this article.")) from error
    if noted.place is None or not 0 < noted.place <= len(blocks):
        return Progress(seen=seen)
    place = blocks[noted.place - 1]["start"]
    return Progress(place, place, seen)


def _add(stored: Reading, told: Progress, version: ArticleVersion) -> None:
    """Store what was `told` of `version` with what is known; the row is locked."""
    known = _stored_progress(stored)
    if stored.version != version.number:
        # A page that was opened before the text changed, or a row that no change took along.
        known, told, version = _in_one_text(stored, known, told, version)
    after = joined(known, told)
    if not after.seen or (after == known and stored.version == version.number):
        return
    was_through = _is_through(known, version)
    stored.version, stored.seen_at = version.number, timezone.now()
    if not stored.seen:
        stored.opened_at = stored.seen_at
    if stored.finished_at is None and _is_through(after, version) and not was_through:
        stored.finished_at = stored.seen_at
    _keep(stored, after, len(version.blocks))
    stored.save()


def _in_one_text(
    stored: Reading, known: Progress, told: Progress, version: ArticleVersion
) -> tuple[Progress, Progress, ArticleVersion]:
    """Return both as they stand in the newer of their versions, and that version."""
    other = version.article.versions.filter(number=stored.version).first()
    if other is None:
        return Progress(), told, version
    if other.number > version.number:
        return known, CarryOver(_text(version), _text(other)).progress(told), other
    return CarryOver(_text(other), _text(version)).progress(known), told, version


def _is_through(read: Progress, version: ArticleVersion) -> bool:
    count = len(version.blocks)
    return count in read.seen and percent_of(read.seen, count) >= READ_THROUGH


def _keep(stored: Reading, read: Progress, count: int) -> None:
    """Set how far the article, which has `count` blocks, was read; the caller saves it."""
    stored.place, stored.furthest = read.place or 0, read.furthest
    stored.seen, stored.percent = written(read.seen), percent_of(read.seen, count)


def _stored_progress(stored: Reading) -> Progress:
    return Progress(stored.place, stored.furthest, numbers_in(stored.seen, _ALL))


def _text(version: ArticleVersion) -> Text:
    return Text(version.text, blocks_from_data(version.blocks))


def _told(stored: Reading) -> dict[str, Any]:
    """Return the row as an Event keeps it, enough to put it back."""
    return {
        "version": stored.version,
        "place": stored.place,
        "furthest": stored.furthest,
        "seen": stored.seen,
        "finished_at": stored.finished_at.isoformat() if stored.finished_at else None,
    }


def _put_back(stored: Reading, article: Article, before: Mapping[str, Any]) -> None:
    """Let the row be what it was `before`, and what was read since then be read as well.

    Who came to the end since then has read the article, whatever they said before.
    """
    then = _version(article, before["version"])
    known = Progress(before["place"], before["furthest"], numbers_in(before["seen"], _ALL))
    since = _stored_progress(stored) if stored.seen else Progress()
    version = then
    if stored.version != then.number:
        since, known, version = _in_one_text(stored, since, known, then)
    stored.version = version.number
    read = joined(known, since)
    _keep(stored, read, len(version.blocks))
    stored.finished_at = parse_datetime(before["finished_at"]) if before["finished_at"] else None
    has_come = _is_through(read, version) and not _is_through(known, version)
    if stored.finished_at is None and has_come:
        stored.finished_at = stored.seen_at


def _save(stored: Reading, article: Article, verb: str, before: Mapping[str, Any]) -> None:
    stored.save()
    record(
        stored.reader_id,
        verb,
        stored,
        article=article,
        audience=Event.Audience.PRIVATE,
        before=before,
        after=_told(stored),
    )
