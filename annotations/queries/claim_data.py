"""What of a claim goes out as linked data."""

from uuid import UUID

from annotations.access import visible_occurrences
from annotations.models import Claim, ClaimOccurrence
from annotations.queries.claim_page import ClaimPage
from corpus.models import Article
from corpus.permissions import Viewer

PAGE_SIZE = 200
# Articles named as where a claim appears, in one document and on its page.
ARTICLES_A_PAGE = 500
MOST_ON_PAGE = 20


def articles_with(viewer: Viewer, claim: Claim, after: str) -> tuple[list[Article], str]:
    """Return the articles in which `viewer` sees `claim`, with outlet and authors, by slug.

    They are those behind the slug `after`, "" for the first; with them comes the slug that the
    next ones stand behind, "" when there are none.
    """
    tagged = visible_occurrences(viewer).filter(tag=claim).values("content_object__article")
    found = Article.objects.filter(id__in=tagged, slug__gt=after).select_related("outlet")
    whole = found.prefetch_related("authorships__agent").order_by("slug")
    rows = list(whole[: ARTICLES_A_PAGE + 1])
    shown = rows[:ARTICLES_A_PAGE]
    return shown, shown[-1].slug if len(rows) > ARTICLES_A_PAGE else ""


def articles_shown(page: ClaimPage) -> list[Article]:
    """Return the first of the articles that `page` quotes, with outlet and authors, by slug."""
    keys = {passage.article.pk for column in page.columns for passage in column.passages}
    found = Article.objects.filter(id__in=keys).select_related("outlet")
    return list(found.prefetch_related("authorships__agent").order_by("slug")[:MOST_ON_PAGE])


def occurrences_after(
    viewer: Viewer, claim: Claim, after: UUID | None
) -> tuple[list[ClaimOccurrence], UUID | None]:
    """Return the tags of `claim` behind the key `after`, and the cursor of the next, or None."""
    found = visible_occurrences(viewer).filter(tag=claim).order_by("id")
    if after is not None:
        found = found.filter(id__gt=after)
    whole = found.select_related(
        "speaker", "content_object__article", "content_object__creator__profile"
    )
    rows = list(whole[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return shown, shown[-1].id if len(rows) > PAGE_SIZE else None
