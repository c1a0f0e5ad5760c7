"""What a passage can be linked to: passages and articles found by words, or by their claim."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.access import visible_annotations, visible_claims, visible_occurrences
from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.models.naming import folded_label
from annotations.queries.claims import claims_with_alias
from annotations.queries.stub_targets import stubs_called
from corpus import search
from corpus.access import visible_articles
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.search.snippets import Piece

Kind = Literal["passages", "articles", "claims"]
KINDS: tuple[Kind, ...] = ("passages", "articles", "claims")
MOST_TARGETS = 20
RECENT_ARTICLES = 8


@dataclass(frozen=True)
class Target:
    """What a link can lead to: an article, or words of it.

    `start`, `end` and `exact` are those of the words in `version` (its number), None and ""
    for a whole article; `annotation` is the highlight that marks them already, if one does.
    """

    article: Article
    pieces: tuple[Piece, ...]
    version: int | None = None
    start: int | None = None
    end: int | None = None
    exact: str = ""
    paragraph: int | None = None
    annotation: UUID | None = None
    claim: Claim | None = None


@dataclass(frozen=True)
class Targets:
    """The targets of one kind, and how many there are of each, in the order of KINDS.

    Without words to look for they are the articles added last, and nothing is counted. Of
    passages and articles at most search.MOST_COUNTED + 1 are counted.
    """

    kind: Kind
    words: str
    counts: tuple[int, ...]
    found: list[Target]

    @property
    def tallies(self) -> list[tuple[Kind, str]]:
        """Return each kind with how many there are in words: "12", or "1000+" for too many.

        The words are empty when nothing was looked for.
        """
        if not self.counts:
            return [(kind, "") for kind in KINDS]
        most = search.MOST_COUNTED
        return [
            (kind, f"{most}+" if count > most else str(count))
            for kind, count in zip(KINDS, self.counts, strict=True)
        ]


def link_targets(viewer: Viewer, words: str, *, kind: Kind, without: str = "") -> Targets:
    """Return what `words` find, except in the article whose slug is `without`.

    Articles that are only linked to come after those that can be read.
    """
    excluded = visible_articles(viewer).filter(slug=without).values_list("id", flat=True).first()
    if not words.strip():
        return Targets(kind, "", (), _recent(viewer, excluded))
    tagged = _tagged(viewer, words, excluded)
    stubs = stubs_called(viewer, words)
    counts = (
        search.count(viewer, "passages", words, exclude_article=excluded),
        search.count(viewer, "articles", words, exclude_article=excluded) + stubs.count(),
        tagged.order_by().aggregate(passages=Count("id"))["passages"],
    )
    if kind == "articles":
        hits = search.articles(viewer, words, exclude_article=excluded, limit=MOST_TARGETS)
        found = [Target(hit.article, hit.pieces) for hit in hits]
        found += [Target(stub, ()) for stub in stubs[: MOST_TARGETS - len(found)]]
    elif kind == "claims":
        found = [_tagged_target(row) for row in tagged[:MOST_TARGETS]]
    else:
        found = _passages(viewer, words, excluded)
    return Targets(kind, words, counts, found)


def _recent(viewer: Viewer, excluded: UUID | None) -> list[Target]:
    articles = visible_articles(viewer).select_related("outlet").order_by("-created_at", "id")
    if excluded is not None:
        articles = articles.exclude(id=excluded)
    return [Target(article, ()) for article in articles[:RECENT_ARTICLES]]


def _passages(viewer: Viewer, words: str, excluded: UUID | None) -> list[Target]:
    hits = search.passages(viewer, words, exclude_article=excluded, limit=MOST_TARGETS)
    marked = _highlights_in(viewer, {hit.version_id for hit in hits})
    return [
        Target(
            article=hit.article,
            pieces=hit.pieces,
            version=hit.version,
            start=hit.start,
            end=hit.end,
            exact=hit.exact,
            paragraph=hit.block,
            annotation=_marking(hit, marked),
        )
        for hit in hits
    ]


def _highlights_in(viewer: Viewer, version_ids: Iterable[UUID]) -> Sequence[Annotation]:
    found = visible_annotations(viewer).filter(version__in=[*version_ids], start__isnull=False)
    return list(found.only("id", "version", "start", "end", "exact").order_by("start", "number"))


def _marking(hit: search.PassageHit, marked: Sequence[Annotation]) -> UUID | None:
    """Return the first highlight within the sentence that holds all the words found in it."""
    wanted = {piece.text.casefold() for piece in hit.pieces if piece.is_match}
    for item in marked:
        if item.version_id != hit.version_id or item.start is None or item.end is None:
            continue
        is_inside = hit.start <= item.start and item.end <= hit.end
        if is_inside and all(word in item.exact.casefold() for word in wanted):
            return item.id
    return None


def _tagged(viewer: Viewer, words: str, excluded: UUID | None) -> QuerySet[ClaimOccurrence]:
    """Return the tagged passages of the claims that have `words` in a name."""
    folded = folded_label(words)
    named = Q(folded__contains=folded) | Q(id__in=claims_with_alias(folded))
    claims = visible_claims(viewer).filter(named)
    found = visible_occurrences(viewer).filter(tag__in=claims, content_object__start__isnull=False)
    return (
        found.exclude(content_object__article=excluded)
        .select_related("tag", "content_object__article", "content_object__version")
        .defer("content_object__version__text", "content_object__version__marks")
        .order_by("tag__folded", "-created_at", "id")
    )


def _tagged_target(row: ClaimOccurrence) -> Target:
    annotation = row.content_object
    return Target(
        article=annotation.article,
        pieces=(Piece(annotation.exact, is_match=False, slot=row.tag.slot),),
        version=annotation.version.number if annotation.version else None,
        start=annotation.start,
        end=annotation.end,
        exact=annotation.exact,
        annotation=annotation.id,
        claim=row.tag,
    )
