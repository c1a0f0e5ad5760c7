"""What stands in the rail beside an article: its claims, its readers, what it is linked to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from annotations.models import Annotation, ClaimOccurrence
from annotations.queries.margin_rows import LinkEnd, far_end, link_rows
from corpus.models import Article
from corpus.permissions import Viewer


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
    annotations: Sequence[Annotation],
    tagged: Mapping[UUID, Sequence[ClaimOccurrence]],
    chosen: str,
) -> list[Tally]:
    """Return the claims tagged on `annotations`, the most frequent first."""
    seen = [row for item in annotations for row in tagged.get(item.id, ())]
    counts = Counter(row.tag_id for row in seen)
    claims = {row.tag_id: row.tag for row in seen}
    tallies = [
        Tally(claim.slug, claim.label, claim.slot, counts[key], claim.slug == chosen)
        for key, claim in claims.items()
    ]
    return sorted(tallies, key=lambda tally: (-tally.count, tally.name))


def readers_here(annotations: Sequence[Annotation], chosen: str) -> list[Tally]:
    """Return the readers who made `annotations`, the most active first."""
    counts = Counter(item.creator_id for item in annotations)
    creators = {item.creator_id: item.creator for item in annotations}
    tallies = []
    for key, user in creators.items():
        profile = user.profile
        is_chosen = user.username == chosen
        tallies.append(
            Tally(
                user.username,
                profile.display_name,
                profile.person_slot,
                counts[key],
                is_chosen,
                profile.initials,
            )
        )
    return sorted(tallies, key=lambda tally: (-tally.count, tally.name))


def linked_articles(viewer: Viewer, article: Article) -> list[LinkedArticle]:
    """Return the articles that `article` is linked to by readers, the newest link first."""
    ends: dict[UUID, list[LinkEnd]] = {}
    for link in link_rows(viewer, article):
        end = far_end(link, article)
        ends.setdefault(end.article.id, []).append(end)
    return [
        LinkedArticle(rows[0].article, len(rows), rows[0].link.get_relation_display(), rows[0])
        for rows in ends.values()
    ]
