"""The highlights that wait for somebody to put them on the right words, in all articles."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import DateTimeField, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Substr

from annotations.access import visible_annotations
from annotations.models import Annotation
from corpus.errors import NotAllowed
from corpus.models import ArticleVersion
from corpus.permissions import Viewer, allowed

PER_PAGE = 20


def orphan_queue(viewer: Viewer, number: str) -> dict[str, Any]:
    """Return page `number` of the orphans in articles that readers see, last lost first.

    An article that is only linked to again has no words to put them on.
    Each row has `lost_at` and `lost_in`, when and in which version its words went, and
    `guessed`, the words it may belong to or "". Those of one version stand in the order of
    its text. Raises NotAllowed for who does not look after articles.
    """
    if not allowed(viewer, "article.edit"):
        raise NotAllowed
    orphans = visible_annotations(viewer).filter(
        anchor_state=Annotation.AnchorState.ORPHAN,
        article__is_hidden=False,
        article__is_stub=False,
    )
    page: Page[Annotation] = Paginator(_told(orphans), PER_PAGE).get_page(number)
    return {"page": page, "rows": list(page)}


def _told(orphans: QuerySet[Annotation]) -> QuerySet[Annotation]:
    # It stays in the last version that had its words: they went with the next one.
    later = ArticleVersion.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("version__number")
    ).order_by("number")
    told = orphans.annotate(
        lost_at=Subquery(later.values("created_at")[:1], output_field=DateTimeField()),
        lost_in=Subquery(later.values("number")[:1], output_field=IntegerField()),
        guessed=Substr(
            "article__current_version__text",
            F("guess_start") + 1,
            F("guess_end") - F("guess_start"),
        ),
        present=F("article__current_version__number"),
    )
    rows = told.select_related("article", "creator__profile").defer("selectors")
    return rows.order_by(F("lost_at").desc(nulls_last=True), "article__title", "start", "number")
