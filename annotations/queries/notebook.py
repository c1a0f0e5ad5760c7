"""A reader's own highlights, notes and replies in all articles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from annotations.access import visible_occurrences
from annotations.models import Annotation
from annotations.models.naming import shown_label
from annotations.queries.entries import (
    Group,
    Grouping,
    Row,
    excerpts_of,
    grouped,
    ranked,
    read_rows,
    rows_behind,
)
from annotations.timeline import Stance
from corpus.access import article_ids_in, readable_q, visible_collections
from corpus.extensions import Choice
from corpus.models import Collection, CollectionItem
from corpus.permissions import Viewer

PAGE_SIZE = 30
# Claims and collections that are offered; those with fewest of the reader's marks are left out.
_MOST_CHOICES = 200


@dataclass(frozen=True)
class Wanted:
    """What of a notebook is asked for: "" and None ask for everything.

    `since` and `until` are the days on which it was written, both of them included;
    `has_note` asks for what has a note of the reader's, or has none.
    """

    words: str = ""
    claim: str = ""
    stance: Stance | None = None
    within: Collection | None = None
    has_note: bool | None = None
    since: date | None = None
    until: date | None = None
    by: Grouping = "article"

    @property
    def is_narrowed(self) -> bool:
        """Say whether less is asked for than everything."""
        return replace(self, by="article") != Wanted()


@dataclass(frozen=True)
class Notebook:
    """A page of a notebook; `count` is how many annotations there are in all as asked for.

    `after` is the cursor of the next page, None on the last one.
    """

    groups: Sequence[Group]
    count: int
    after: UUID | None


def notebook_page(viewer: Viewer, wanted: Wanted, *, after: UUID | None = None) -> Notebook:
    """Return what follows the cursor `after` of the own notes of `viewer`, who is signed in.

    The number of queries does not grow with the notes, nor with where the page stands.
    """
    own = ranked(own_annotations(viewer), wanted.by)
    following = rows_behind(own, notebook_rows(viewer, wanted), wanted.by, after)
    rows, further = read_rows(viewer, following, wanted.by, PAGE_SIZE)
    count = own_annotations_wanted(viewer, wanted).count()
    return Notebook(grouped(_in_context(rows)), count, further)


def own_annotations(viewer: Viewer) -> QuerySet[Annotation]:
    """Return what `viewer` wrote in what they may read; nobody: nothing.

    A reply is theirs also where the thread is no longer for them, as in a group that they left.
    """
    if viewer.user_id is None:
        return Annotation.objects.none()
    own = Annotation.objects.filter(creator_id=viewer.user_id, deleted_at__isnull=True)
    return own.filter(readable_q(viewer, "article__"))


def own_annotations_wanted(viewer: Viewer, wanted: Wanted) -> QuerySet[Annotation]:
    """Return the own annotations as `wanted`, each once, in no order."""
    return _narrowed(viewer, own_annotations(viewer), wanted)


def notebook_rows(viewer: Viewer, wanted: Wanted) -> QuerySet[Annotation]:
    """Return the own annotations as `wanted`, in order, for `annotations.queries.entries`.

    By claim, only the rows of the claim and the stance that are asked for are left.
    """
    rows = ranked(own_annotations_wanted(viewer, wanted), wanted.by)
    if wanted.by == "claim" and wanted.claim:
        rows = rows.filter(Q(("claim_slug", wanted.claim)))
    if wanted.by == "claim" and wanted.stance:
        rows = rows.filter(Q(("as_stance", wanted.stance)))
    return rows


def written_between(since: date | None, until: date | None) -> Q:
    """Return the condition of being made from `since` to the end of `until`, None for ever."""
    condition = Q()
    if since is not None:
        condition &= Q(created_at__gte=_midnight(since))
    if until is not None and until < date.max:
        condition &= Q(created_at__lt=_midnight(until + timedelta(days=1)))
    return condition


def own_claims(viewer: Viewer) -> list[Choice]:
    """Return the claims on the own highlights, on most of them first."""
    rows = (
        visible_occurrences(viewer)
        .filter(content_object__in=own_annotations(viewer).order_by().values("id"))
        .order_by()
        .values_list("tag__slug", "tag__name", "tag__slot")
        .annotate(found=Count("id"))
        .order_by("-found", "tag__name")[:_MOST_CHOICES]
    )
    return [Choice(slug, shown_label(name), found, slot) for slug, name, slot, found in rows]


def own_collections(viewer: Viewer) -> list[Choice]:
    """Return the collections with articles in which the viewer wrote, with how many of them."""
    marked = own_annotations(viewer).filter(article=OuterRef("article"))
    items = CollectionItem.objects.filter(
        Exists(marked), collection__in=visible_collections(viewer).order_by().values("id")
    )
    rows = (
        items.order_by()
        .values_list("collection__slug", "collection__title")
        .annotate(found=Count("id"))
        .order_by("collection__title")[:_MOST_CHOICES]
    )
    return [Choice(slug, title, found) for slug, title, found in rows]


def _narrowed(
    viewer: Viewer, annotations: QuerySet[Annotation], wanted: Wanted
) -> QuerySet[Annotation]:
    if wanted.words:
        named = visible_occurrences(viewer).filter(
            content_object=OuterRef("pk"), tag__name__icontains=wanted.words
        )
        said = Q(note__icontains=wanted.words) | Q(exact__icontains=wanted.words)
        annotations = annotations.filter(said | Q(Exists(named)))
    if wanted.claim or wanted.stance:
        tagged = visible_occurrences(viewer).filter(content_object=OuterRef("pk"))
        if wanted.claim:
            tagged = tagged.filter(tag__slug=wanted.claim)
        if wanted.stance:
            tagged = tagged.filter(stance=wanted.stance)
        annotations = annotations.filter(Exists(tagged))
    if wanted.within is not None:
        annotations = annotations.filter(article_id__in=article_ids_in(wanted.within))
    if wanted.has_note is not None:
        without = Q(note="")
        annotations = annotations.filter(~without if wanted.has_note else without)
    return annotations.filter(written_between(wanted.since, wanted.until))


def _midnight(day: date) -> datetime:
    """Return the beginning of `day` where the site is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _in_context(rows: Sequence[Row]) -> list[Row]:
    excerpts = excerpts_of([row.entry for row in rows])
    return [
        replace(row, entry=replace(row.entry, excerpt=excerpts.get(row.entry.annotation.id)))
        for row in rows
    ]
