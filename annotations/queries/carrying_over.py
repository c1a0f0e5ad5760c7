"""How far the highlights of an article are carried over to its current version."""

from dataclasses import dataclass

from django.db.models import Count, Q

from annotations.access import visible_annotations
from annotations.models import Annotation
from corpus.models import Article
from corpus.permissions import Viewer


@dataclass(frozen=True)
class CarryingOver:
    """Of `total` highlights, `waiting` are still being looked for; orphans do not count."""

    waiting: int
    total: int

    @property
    def placed(self) -> int:
        """Return how many are shown already."""
        return self.total - self.waiting


def carrying_over(viewer: Viewer, article: Article) -> CarryingOver:
    """Return how far those are that `viewer` sees; one query."""
    marks = visible_annotations(viewer).filter(article=article, start__isnull=False)
    here = marks.exclude(anchor_state=Annotation.AnchorState.ORPHAN).order_by()
    behind = ~Q(version=article.current_version_id)
    counted = here.aggregate(total=Count("pk"), waiting=Count("pk", filter=behind))
    return CarryingOver(counted["waiting"], counted["total"])
