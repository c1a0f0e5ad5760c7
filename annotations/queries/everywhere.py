"""Where else in an article the same words stand, and which of those places are marked already."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from annotations.access import kept_annotations, visible_annotations
from annotations.excerpts import Excerpt, excerpt
from annotations.models import Annotation, Link
from corpus.models import Article, ArticleVersion, Event
from corpus.permissions import Viewer
from corpus.text.blocks import blocks_from_data
from corpus.text.recurrences import Alike, recurrences
from corpus.text.spans import Span

MADE = "annotation.created"


@dataclass(frozen=True)
class Place:
    """A place where the words stand, with the sentence around it."""

    span: Span
    excerpt: Excerpt

    @property
    def key(self) -> str:
        """Return its offsets as a form sends them: "120-160"."""
        return f"{self.span.start}-{self.span.end}"


@dataclass(frozen=True)
class Places:
    """The first places that a reader has not marked yet, in order.

    `free` is how many such places there are, `marked` how many the reader has marked.
    """

    shown: Sequence[Place]
    free: int
    marked: int


def places_with(
    viewer: Viewer,
    article: Article,
    version: ArticleVersion,
    words: str,
    alike: Alike,
    *,
    most: int,
) -> Places:
    """Return where `words` stand in `version` of `article`, for `viewer` to mark.

    No more than `most` places are shown.
    """
    spans = recurrences(version.text, words, alike)
    own = own_spans(viewer, article, version) if spans else {}
    blocks = blocks_from_data(version.blocks)
    free = [span for span in spans if span not in own]
    shown = [Place(span, excerpt(version.text, blocks, *span)) for span in free[:most]]
    return Places(shown, len(free), len(spans) - len(free))


def own_spans(viewer: Viewer, article: Article, version: ArticleVersion) -> dict[Span, UUID]:
    """Return which words of `version` highlights of `viewer` mark, with the id of one of each."""
    marks = visible_annotations(viewer).filter(
        article=article, version=version, creator_id=viewer.user_id
    )
    placed = marks.exclude(anchor_state=Annotation.AnchorState.ORPHAN)
    rows = placed.values_list("start", "end", "pk")
    return {Span(start or 0, end or 0): pk for start, end, pk in rows}


def highlight_numbered(viewer: Viewer, article: Article, number: str) -> Annotation | None:
    """Return the highlight of `article` with this number that `viewer` sees, or None."""
    if not (number.isascii() and number.isdigit() and len(number) <= Annotation.NUMBER_DIGITS):
        return None
    marks = visible_annotations(viewer).filter(article=article, number=number, start__isnull=False)
    return marks.select_related("version", "article").first()


def made_together(viewer: Viewer, article: Article, together: UUID) -> list[Annotation]:
    """Return the highlights that `viewer` made by one press, deleted ones too, in their order."""
    events = Event.objects.filter(
        article=article, verb=MADE, actor_id=viewer.user_id, after__together=str(together)
    )
    made = kept_annotations(viewer).filter(
        id__in=[*events.values_list("subject_id", flat=True)], creator_id=viewer.user_id
    )
    return list(made.select_related("article", "version").order_by("start", "number"))


def written_on(made: Sequence[Annotation]) -> set[UUID]:
    """Return the ids of those of `made` that were edited, tagged, answered or linked since."""
    found = {annotation.pk for annotation in made if annotation.counter > 1}
    answered = Annotation.objects.filter(parent__in=made).values_list("parent", flat=True)
    found |= {pk for pk in answered if pk}
    for end in ("from_annotation", "to_annotation"):
        linked = Link.objects.filter(**{f"{end}__in": made}, deleted_at__isnull=True)
        found |= set(linked.values_list(end, flat=True))
    return found
