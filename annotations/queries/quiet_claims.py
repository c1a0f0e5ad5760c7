"""Which of the claims that were made where few see them somebody knows by their words."""

from annotations.access import visible_claims, visible_occurrences
from annotations.models import Claim
from annotations.models.claim import Find
from annotations.queries.quiet_names import knew
from corpus.permissions import Viewer


def known_to(viewer: Viewer) -> Find:
    """Return what finds the quiet claim with some folded words that `viewer` knows, the oldest.

    It may have been merged away by a curator since.
    """

    def find(folded: str) -> Claim | None:
        rows = Claim.objects.filter(is_quiet=True, folded=folded).order_by("created_at", "pk")
        here = visible_claims(viewer).filter(pk__in=rows.order_by().values("pk"))
        seen = visible_occurrences(viewer)
        merged = rows.filter(merged_into__isnull=False).select_related("merged_into")
        found: Claim | None = here.order_by("created_at", "pk").first()
        return found or next((gone for gone in merged if knew(viewer, seen, gone)), None)

    return find
