"""Articles with the same words in a row as another: near-copies of it, and quotations.

Runs of words are looked up by the fingerprints that `corpus.services.comparison` keeps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, QuerySet, Subquery

from corpus.access import readable_q, visible_articles
from corpus.models import Article, TextRun
from corpus.permissions import Viewer
from corpus.related.rarity import rare_limit
from corpus.text.cut import CutText

# So much of a seed is left when one word in twelve is replaced, or half of its paragraphs
# are; two seeds that report one event share nothing.
NEAR = 0.5
# With fewer fingerprints, some twenty words, a share says nothing.
FEWEST_RUNS = 4
# Values asked for at a time: SQLite takes no more than 999 in a statement everywhere.
_ASKED = 900


@dataclass(frozen=True)
class NearCopy:
    """An article whose text is nearly the same; `share` is 0 to 1, of the shorter text."""

    article: Article
    share: float


@dataclass
class Overlap:
    """What the text of an article shares with that of another.

    `places` maps where a rare run begins in our text to where it begins in theirs.
    """

    article_id: UUID
    our_runs: int
    their_runs: int
    shared: int
    places: dict[int, int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """Return how much of the shorter text the other has, 0 to 1."""
        return _share(self.shared, self.our_runs, self.their_runs)

    @property
    def is_near_copy(self) -> bool:
        """Say whether one text is nearly the same as the other, or as a part of it."""
        return self.share >= NEAR

    @property
    def are_of_a_size(self) -> bool:
        """Say whether neither text is more than twice as long as the other."""
        return max(self.our_runs, self.their_runs) <= 2 * min(self.our_runs, self.their_runs)


def held_runs(hashes: Sequence[int]) -> dict[int, int]:
    """Return those of the fingerprints `hashes` that stored texts have, and how many have each.

    Whoever may read them: it tells what is worth asking for, and is shown to nobody. Asked
    without the ORM, which takes ten times as long over so many values.
    """
    held: dict[int, int] = {}
    with connection.cursor() as cursor:
        for first in range(0, len(hashes), _ASKED):
            some = hashes[first : first + _ASKED]
            places = ", ".join(["%s"] * len(some))
            cursor.execute(
                f"SELECT hash, COUNT(*) FROM corpus_textrun WHERE hash IN ({places}) GROUP BY hash",  # noqa: S608 - placeholders
                some,
            )
            held.update(cursor.fetchall())
    return held


def near_copies(viewer: Viewer, text: CutText) -> list[NearCopy]:
    """Return the articles that `viewer` may read whose text is nearly `text`, the nearest first.

    `text` need not be stored: the words are what counts, not how they are spaced or quoted.
    A text of fewer than about twenty words has no near-copies.
    """
    hashes = [run.hash for run in text.runs]
    asked = list(held_runs(hashes))
    shared: dict[tuple[UUID, int], int] = {}
    for first in range(0, len(asked), _ASKED):
        rows = _readable_runs(viewer).filter(hash__in=asked[first : first + _ASKED])
        counted = rows.order_by().values_list("text__article_id", "text__runs")
        for article_id, runs, count in counted.annotate(shared=Count("id")):
            shared[article_id, runs] = shared.get((article_id, runs), 0) + count
    shares = {
        article_id: _share(count, len(hashes), runs) for (article_id, runs), count in shared.items()
    }
    near = [article_id for article_id, share in shares.items() if share >= NEAR]
    if not near:
        return []
    found = visible_articles(viewer).filter(id__in=near).select_related("outlet")
    copies = [NearCopy(article, shares[article.id]) for article in found]
    return sorted(copies, key=lambda copy: (-copy.share, str(copy.article.id)))


def overlaps(viewer: Viewer, article: Article) -> list[Overlap]:
    """Return what the articles that `viewer` may read share with `article`, in no order.

    Those that share no run are left out. Where near-copies share runs is not read. Three
    queries, four when a common run is shared.
    """
    ours = _runs_of(article)
    if all(articles == 1 for _start, articles, _runs in ours.values()):
        return []
    rows = _readable_runs(viewer).exclude(text__article=article).order_by()
    same = TextRun.objects.filter(text__article=article).order_by().values("hash")
    counted = rows.filter(hash__in=same).values_list("text__article_id", "text__runs")
    our_runs = next(runs for _start, _articles, runs in ours.values())
    found = {
        other: Overlap(other, our_runs, their_runs, shared)
        for other, their_runs, shared in counted.annotate(shared=Count("id"))
    }
    near = [other for other, overlap in found.items() if overlap.is_near_copy]
    _place(rows.exclude(text__article__in=near), ours, found)
    return list(found.values())


def _place(
    rows: QuerySet[TextRun],
    ours: Mapping[int, tuple[int, int, int]],
    found: Mapping[UUID, Overlap],
) -> None:
    """Note in `found` where the rare ones of our runs stand in `rows`."""
    rare = rare_limit(max(articles for _start, articles, _runs in ours.values()))
    asked = [run_hash for run_hash, (_, articles, _) in ours.items() if 1 < articles <= rare]
    for first in range(0, len(asked), _ASKED):
        some = rows.filter(hash__in=asked[first : first + _ASKED])
        for other, run_hash, start in some.values_list("text__article_id", "hash", "start"):
            found[other].places[ours[run_hash][0]] = start


def _runs_of(article: Article) -> dict[int, tuple[int, int, int]]:
    """Return for each fingerprint its start, how many articles have it, and our runs in all."""
    same = TextRun.objects.filter(hash=OuterRef("hash")).order_by().values("hash")
    held = Subquery(same.annotate(articles=Count("id")).values("articles"))
    rows = TextRun.objects.filter(text__article=article).annotate(articles=held)
    columns = rows.order_by().values_list("hash", "start", "articles", "text__runs")
    return {run_hash: (start, articles, runs) for run_hash, start, articles, runs in columns}


def _readable_runs(viewer: Viewer) -> QuerySet[TextRun]:
    return TextRun.objects.filter(
        readable_q(viewer, "text__article__"), text__article__is_stub=False
    )


def _share(shared: int, our_runs: int, their_runs: int) -> float:
    fewer = min(our_runs, their_runs)
    return shared / fewer if fewer >= FEWEST_RUNS else 0.0
