"""How notes, claims and marked words look where search finds them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access import visible_annotations, visible_claims, visible_occurrences
from annotations.models import Annotation
from annotations.queries.quiet_words import with_words_for
from corpus.extensions import Found, Passage, Tint
from corpus.permissions import Viewer

# Characters of the marked words that are quoted beside a note.
_QUOTED = 60


def found_notes(viewer: Viewer, ids: Sequence[UUID]) -> Mapping[UUID, Found]:
    """Return how the notes among `ids` that `viewer` sees are shown."""
    seen = visible_annotations(viewer).filter(pk__in=ids)
    notes = seen.select_related("article", "creator__profile", "parent")
    slots = slots_of(viewer, ids)
    return {
        note.pk: Found(
            title="",
            url=note.get_absolute_url(),
            text=note.note,
            meta=_where(note),
            slot=slots.get(note.pk, 0),
            article=note.article,
        )
        for note in notes
    }


def found_claims(viewer: Viewer, ids: Sequence[UUID]) -> Mapping[UUID, Found]:
    """Return how the claims among `ids` that `viewer` may know are shown."""
    tallies = {
        claim: (passages, articles)
        for claim, passages, articles in visible_occurrences(viewer)
        .filter(tag_id__in=ids)
        .order_by()
        .values_list("tag_id")
        .annotate(Count("id"), Count("content_object__article", distinct=True))
    }
    known = visible_claims(viewer).filter(pk__in=ids)
    return {
        claim.pk: Found(
            title=claim.label,
            url=claim.get_absolute_url(),
            text=claim.statement or claim.definition,
            meta=_tally(*tallies.get(claim.pk, (0, 0))),
            slot=claim.slot,
        )
        for claim in with_words_for(viewer, visible_occurrences(viewer), known)
    }


def tints_of(viewer: Viewer, passages: Sequence[Passage]) -> list[list[Tint]]:
    """Return the highlights in each of `passages`, the shorter ones first; two queries."""
    wanted = Q(pk__in=[])
    for passage in passages:
        wanted |= Q(version_id=passage.version_id, start__lt=passage.end, end__gt=passage.start)
    touching = visible_annotations(viewer).filter(wanted).order_by()
    rows = touching.values_list("id", "version_id", "start", "end")
    slots = slots_of(viewer, touching.values("id"))
    by_version: dict[UUID, list[Tint]] = defaultdict(list)
    for pk, version, start, end in rows:
        if version is None or start is None or end is None:
            continue
        by_version[version].append(Tint(start, end, slots.get(pk, 0)))
    return [
        sorted(
            (
                tint
                for tint in by_version[passage.version_id]
                if tint.start < passage.end and passage.start < tint.end
            ),
            key=lambda tint: tint.end - tint.start,
        )
        for passage in passages
    ]


def slots_of(
    viewer: Viewer, annotations: Sequence[UUID] | QuerySet[Annotation, Any]
) -> dict[UUID, int]:
    """Return the colour of the first claim of each highlight that has one; one query.

    `annotations` are keys, or a query for them where there may be more than a database
    takes as values.
    """
    rows = (
        visible_occurrences(viewer)
        .filter(content_object_id__in=annotations)
        .order_by("position", "created_at")
        .values_list("content_object_id", "tag__slot")
    )
    slots: dict[UUID, int] = {}
    for annotation, slot in rows:
        slots.setdefault(annotation, slot)
    return slots


def _where(note: Annotation) -> str:
    """Return who wrote it and what it stands beside."""
    words = {"reader": note.creator.profile.display_name, "article": note.article.title}
    if note.parent_id is not None:
        return _("%(reader)s, a reply in %(article)s") % words
    if not note.exact:
        return _("%(reader)s on the whole of %(article)s") % words
    quoted = note.exact if len(note.exact) <= _QUOTED else note.exact[:_QUOTED].rstrip() + "…"
    return _("%(reader)s on “%(words)s” in %(article)s") % {**words, "words": quoted}


def _tally(passages: int, articles: int) -> str:
    marked = ngettext("%(count)d passage", "%(count)d passages", passages) % {"count": passages}
    read = ngettext("%(count)d article", "%(count)d articles", articles) % {"count": articles}
    return f"{marked} · {read}"
