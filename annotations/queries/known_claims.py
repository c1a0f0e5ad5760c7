"""Which claims everybody may know, and whose name few know."""

from django.db.models import QuerySet

from annotations.models import Annotation, Audience, Claim, ClaimOccurrence, Moderation
from corpus.models import Article
from corpus.permissions import Viewer


def is_known_to_all(claim: Claim) -> bool:
    """Say whether everybody may know `claim`: by its status, or by a passage that all see."""
    is_proposed = claim.status == Claim.Status.PROPOSED
    return not is_proposed or open_among(claim.occurrences.all()).exists()


def is_name_private(viewer: Viewer, claim: Claim) -> bool:
    """Say whether only others than `viewer` know `claim`: all its highlights are their own."""
    is_own = claim.created_by_id == viewer.user_id
    return not is_own and claim.occurrences.exists() and not is_known_to_all(claim)


def is_open(annotation: Annotation) -> bool:
    """Say whether everybody sees `annotation`: it is for all, and so is its article."""
    article = annotation.article
    is_shown = annotation.audience == Audience.PUBLIC and annotation.deleted_at is None
    is_readable = not article.is_hidden and article.access != Article.Access.GROUPS
    return is_shown and is_readable and annotation.moderation == Moderation.APPROVED


def reach_of(annotation: Annotation) -> str:
    """Return the audience of the names that `annotation` says first.

    What everybody might see stands for few as long as its article is for few, or it waits.
    """
    is_for_all = annotation.audience == Audience.PUBLIC
    return Audience.GROUPS if is_for_all and not is_open(annotation) else annotation.audience


def open_among(rows: QuerySet[ClaimOccurrence]) -> QuerySet[ClaimOccurrence]:
    """Return those of `rows` that stand in nobody's own highlights and in no group's articles."""
    article = "content_object__article"
    shown = {f"{article}__is_hidden": False}
    open_rows = shared_among(rows).filter(**shown)
    return open_rows.exclude(**{f"{article}__access": Article.Access.GROUPS})


def shared_among(rows: QuerySet[ClaimOccurrence]) -> QuerySet[ClaimOccurrence]:
    """Return those of `rows` that stand in nobody's own highlights."""
    return rows.filter(
        content_object__audience=Audience.PUBLIC,
        content_object__moderation=Moderation.APPROVED,
        content_object__deleted_at__isnull=True,
    )
