"""What stands in the rail beside an article: its claims, its readers, what it is linked to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from annotations.models import Link
from annotations.models.profile import initials_of
from annotations.queries.margin_rows import LinkEnd, Row, Tagged, far_end
from corpus.models import Article


@dataclass(frozen=True)
class Tally:
    """A row of the rail: what may be chosen, how often it is here, whether it is chosen."""

    key: str
    name: str
    slot: int
    count: int
    is_chosen: bool
    initials: str = ""


@dataclass(frozen=True)
class LinkedArticle:
    """An article at the far end of links, and how many of them lead there."""

    article: Article
    count: int
    relation: str
    link: LinkEnd


def claims_here(
    rows: Iterable[Row], tagged: Mapping[int, Sequence[Tagged]], chosen: str
) -> list[Tally]:
    """Return the claims tagged on `rows`, the most frequent first."""
    seen = [item for row in rows for item in tagged.get(row.number, ())]
    counts = Counter(item.slug for item in seen)
    claims = {item.slug: item for item in seen}
    tallies = [
        Tally(slug, claim.label, claim.slot, counts[slug], slug == chosen)
        for slug, claim in claims.items()
    ]
    return sorted(tallies, key=lambda tally: (-tally.count, tally.name))


def readers_here(rows: Sequence[Row], chosen: str) -> list[Tally]:
    """Return the readers who made `rows`, the most active first."""
    counts = Counter(row.username for row in rows)
    readers = {row.username: row for row in rows}
    tallies = [
        Tally(
            key=name,
            name=row.reader,
            slot=row.person,
            count=counts[name],
            is_chosen=name == chosen,
            initials=initials_of(row.reader),
        )
        for name, row in readers.items()
    ]
    return sorted(tallies, key=lambda tally: (-tally.count, tally.name))


def linked_articles(links: Iterable[Link], article: Article) -> list[LinkedArticle]:
    """Return the articles that `links` join to `article`, in the order of the links."""
    ends: dict[UUID, list[LinkEnd]] = {}
    for link in links:
        end = far_end(link, article)
        ends.setdefault(end.article.id, []).append(end)
    return [
        LinkedArticle(rows[0].article, len(rows), rows[0].link.get_relation_display(), rows[0])
        for rows in ends.values()
    ]
