"""Why an article is out of sight of readers, since when, and who took it out."""

from dataclasses import dataclass
from datetime import datetime

from corpus.models import Article, Event, ImportBatch, NearPair
from corpus.permissions import Viewer, allowed
from corpus.queries.accounts import names_for

# What the Event of an article says that was hidden with the rest of its import.
IMPORT_UNDONE = "its import was undone"


@dataclass(frozen=True)
class OutOfSight:
    """What staff are told of an article that readers do not see.

    `is_import_undone` says that its import was undone, `batch` which one if that is known;
    `pair` is the verdict that it is the same article as another. Without any of these a
    curator hid it. `at` is None and `who` "" when that is not known.
    """

    at: datetime | None
    who: str
    is_import_undone: bool = False
    batch: ImportBatch | None = None
    pair: NearPair | None = None


def out_of_sight(viewer: Viewer, article: Article) -> OutOfSight | None:
    """Return why readers do not see `article`; None when they do, and for who may not know."""
    if not article.is_hidden or not allowed(viewer, "article.hide"):
        return None
    event = last_change_of_sight(article)
    pair = _verdict(article)
    if pair is not None and pair.decided_at and not (event and event.at > pair.decided_at):
        return OutOfSight(pair.decided_at, _name(viewer, pair.decided_by_id), pair=pair)
    hidden = event if event is not None and event.verb == "article.hidden" else None
    at, who = (hidden.at, _name(viewer, hidden.actor_id)) if hidden else (None, "")
    is_undone = article.is_withdrawn or bool(hidden and hidden.after.get("why") == IMPORT_UNDONE)
    batch = _undone_import(article) if is_undone else None
    return OutOfSight(at, who, is_import_undone=is_undone, batch=batch)


def last_change_of_sight(article: Article) -> Event | None:
    """Return the Event that last hid or showed `article`; verdicts on copies are not among them."""
    events = Event.objects.filter(
        subject_type=Article._meta.label_lower,
        subject_id=article.pk,
        verb__in=("article.hidden", "article.shown"),
    )
    return events.order_by("-id").first()


def _verdict(article: Article) -> NearPair | None:
    said = NearPair.objects.filter(second=article, verdict=NearPair.Verdict.SAME, did_hide=True)
    return said.select_related("first").order_by("-decided_at").first()


def _undone_import(article: Article) -> ImportBatch | None:
    undone = ImportBatch.objects.filter(candidates__article=article, undone_at__isnull=False)
    return undone.order_by("-undone_at").first()


def _name(viewer: Viewer, account: int | None) -> str:
    return names_for(viewer, [account]).get(account or 0, "")
