"""An old version of an article with the highlights that it had."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F

from annotations.access import visible_annotations
from annotations.marks import Highlight, HighlightOverlay
from annotations.models import Annotation, FormerTarget
from annotations.queries.margin_rows import occurrences
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.queries.versions import version_context

_PLACE = ("number", "start", "end", "exact", "creator__profile__person_slot", "creator_id")


class Stood(NamedTuple):
    """A highlight, by its number, as it stood in a version, with its reader and their slot."""

    number: int
    start: int
    end: int
    words: str
    person: int
    creator_id: int


@dataclass(frozen=True)
class FormerHighlight:
    """A highlight as it stood in an old version: its words there, and where it stands now."""

    annotation: Annotation
    words: str
    slot: int


def old_version_context(
    viewer: Viewer, article: Article, version: ArticleVersion
) -> dict[str, Any]:
    """Return what the page of an old version shows: its text, marked, and who marked it."""
    stood = stood_in(viewer, article, version)
    tagged = occurrences(viewer, article)
    slots = {number: tagged[number][0].slot for number in tagged}
    overlay = HighlightOverlay(
        Highlight(
            number=row.number,
            start=row.start,
            end=row.end,
            slot=slots.get(row.number, 0),
            person=row.person,
            label="",
            has_note=False,
        )
        for row in stood
    )
    words = {row.number: row.words for row in stood}
    marks = article.annotations.filter(number__in=[*words]).select_related(
        "creator__profile", "article"
    )
    by_number = {mark.number: mark for mark in marks.defer("exact", "selectors")}
    return {
        **version_context(viewer, article, version, overlay),
        "former": [
            FormerHighlight(by_number[number], exact, slots.get(number, 0))
            for number, exact in words.items()
            if number in by_number
        ],
    }


def stood_in(viewer: Viewer, article: Article, version: ArticleVersion) -> list[Stood]:
    """Return the highlights that stood in `version`, or stand there, in the order of its text."""
    seen = visible_annotations(viewer).filter(article=article, start__isnull=False)
    formers = FormerTarget.objects.filter(version=version, annotation__in=seen).values_list(
        F("annotation__number"),
        "start",
        "end",
        "exact",
        "annotation__creator__profile__person_slot",
        "annotation__creator_id",
    )
    found = {row[0]: Stood(*row) for row in formers}
    # What is still being looked for in the current version has not left this one yet.
    for row in seen.filter(version=version).values_list(*_PLACE):
        found.setdefault(row[0], Stood(*row))
    return sorted(found.values(), key=lambda row: (row.start, row.end, row.number))
