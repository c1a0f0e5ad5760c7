"""Who speaks in the passages: all of them, and what one is recorded as saying."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from annotations.access import visible_agents, visible_occurrences
from annotations.models import Claim, ClaimOccurrence, Follow
from annotations.queries.claims import Counts, counts_by_claim
from annotations.queries.passages import Passage, passages_at
from annotations.queries.timeline import time_line_among
from annotations.timeline import STANCES, Stance, TimeLine
from corpus.access import visible_articles
from corpus.models import Agent, Article, Authorship
from corpus.permissions import Viewer
from corpus.queries.curation import shown_aliases
from corpus.queries.merges import merges_of
from corpus.queries.sealing import seal

CLAIMS_A_PAGE = 20
# Passages of one stance that are shown of a claim.
MOST_PASSAGES = 6
ARTICLES_A_PAGE = 50
# Who is offered for a merge, at most; words of a name that say nothing of whose it is.
_MOST = 20
_SHORT = 2


@dataclass(frozen=True)
class SpeakerRow:
    """A person or an organisation in the list."""

    agent: Agent
    aliases: Sequence[str]
    passages: int
    claims: int
    articles: int


@dataclass(frozen=True)
class Said:
    """What a speaker is recorded as saying of one claim.

    `passages` are the first of each stance by the date of the article, in the order of STANCES.
    """

    claim: Claim
    counts: Counts
    passages: Sequence[tuple[Stance, Sequence[Passage]]]

    @property
    def is_disputed(self) -> bool:
        """Say whether sources have the speaker both for the claim and against it."""
        return bool(self.counts.of("supports") and self.counts.of("disputes"))


@dataclass(frozen=True)
class Merge:
    """Who was merged into an agent and when, with the sealed key by which they are parted."""

    name: str
    at: datetime
    key: str


@dataclass(frozen=True)
class SpeakerPage:
    """All that the page of a speaker shows.

    `articles` are a page of those that they wrote. `said` is of the claims of `page`, of all
    claims those in dispute first. `merges` are for curators: what was merged into the agent and
    can be parted again.
    """

    agent: Agent
    aliases: Sequence[str]
    passages: int
    sources: int
    line: TimeLine
    counts: Counts
    said: Sequence[Said]
    page: "Page[UUID]"
    articles: "Page[Article]"
    merges: Sequence[Merge]
    is_followed: bool


def speaker_rows(viewer: Viewer, *, words: str = "", sort: str = "name") -> list[SpeakerRow]:
    """Return who `viewer` may know, in the order `sort`, a key of SORTS.

    `words` have to stand in the name or an alias; "" keeps all.
    """
    found = visible_agents(viewer)
    if words:
        alias = Q(aliases__name__icontains=words, aliases__is_quiet=False)
        named = Q(name__icontains=words) | alias
        found = found.filter(id__in=found.filter(named).values("id"))
    said, wrote = _said_counts(viewer), _article_counts(viewer)
    rows = [
        SpeakerRow(
            agent,
            [alias.name for alias in agent.aliases.all()],
            *said.get(agent.id, (0, 0)),
            wrote.get(agent.id, 0),
        )
        for agent in found.order_by("folded").prefetch_related(shown_aliases())
    ]
    return sorted(rows, key=SORTS[sort])


def _by_name(row: SpeakerRow) -> Any:
    return row.agent.folded


def _by_passages(row: SpeakerRow) -> Any:
    return -row.passages, row.agent.folded


def _by_articles(row: SpeakerRow) -> Any:
    return -row.articles, row.agent.folded


SORTS: Mapping[str, Callable[[SpeakerRow], Any]] = MappingProxyType(
    {"name": _by_name, "passages": _by_passages, "articles": _by_articles}
)


def speaker_page(
    viewer: Viewer, agent: Agent, *, page: str | None = None, wrote_page: str | None = None
) -> SpeakerPage:
    """Return what the page of `agent` shows, in a fixed number of queries.

    `page` is the number of the page of claims, `wrote_page` that of the articles.
    """
    found = visible_occurrences(viewer).filter(speaker=agent)
    counts = counts_by_claim(found)
    claims = Claim.objects.in_bulk(counts)
    ordered = sorted(counts, key=lambda key: _first_disputed(claims[key], counts[key]))
    part = Paginator(ordered, CLAIMS_A_PAGE).get_page(page)
    passages = _first_passages(found, list(part.object_list))
    said = [Said(claims[key], counts[key], passages[key]) for key in part.object_list]
    stances = tuple(sum(each.stances[n] for each in counts.values()) for n in range(len(STANCES)))
    wrote = visible_articles(viewer).filter(authorships__agent=agent).select_related("outlet")
    sources = found.order_by().values("content_object__article").distinct().count()
    return SpeakerPage(
        agent=agent,
        aliases=list(agent.aliases.filter(is_quiet=False).values_list("name", flat=True)),
        passages=sum(stances),
        sources=sources,
        line=time_line_among(found),
        counts=Counts(sum(stances), sources, 0, stances),
        said=said,
        page=part,
        articles=Paginator(wrote.defer("facts"), ARTICLES_A_PAGE).get_page(wrote_page),
        merges=_merges(agent) if viewer.is_staff else [],
        is_followed=viewer.is_signed_in
        and Follow.objects.filter(agent=agent, reader_id=viewer.user_id).exists(),
    )


def _merges(agent: Agent) -> list[Merge]:
    return [Merge(told.before["name"], told.at, seal(str(told.pk))) for told in merges_of(agent)]


def _first_disputed(claim: Claim, counts: Counts) -> tuple[bool, int, str]:
    is_disputed = counts.of("supports") and counts.of("disputes")
    return not is_disputed, -counts.passages, claim.folded


def _first_passages(
    found: QuerySet[ClaimOccurrence], claims: Sequence[UUID]
) -> dict[UUID, list[tuple[Stance, list[Passage]]]]:
    """Return the first MOST_PASSAGES of each claim and stance, by the date of the article."""
    article = "content_object__article"
    order = [
        F(f"{article}__published_on").asc(nulls_last=True),
        F(f"{article}__slug").asc(),
        F("content_object__start").asc(),
        F("id").asc(),
    ]
    place = Window(RowNumber(), partition_by=[F("tag_id"), F("stance")], order_by=order)
    near = found.filter(tag_id__in=claims).annotate(rank=place).filter(rank__lte=MOST_PASSAGES)
    rows = list(near.order_by("rank").values_list("id", "tag_id", "stance"))
    passages = {passage.id: passage for passage in passages_at([key for key, *_rest in rows])}
    by_stance: dict[tuple[UUID, str], list[Passage]] = defaultdict(list)
    for key, claim_id, stance in rows:
        by_stance[claim_id, stance].append(passages[key])
    return {
        claim: [
            (stance, by_stance[claim, stance]) for stance in STANCES if by_stance[claim, stance]
        ]
        for claim in claims
    }


def _said_counts(viewer: Viewer) -> dict[UUID | None, tuple[int, int]]:
    """Return in how many passages, and on how many claims, each is recorded."""
    said = visible_occurrences(viewer).filter(speaker__isnull=False).order_by()
    rows = said.values_list("speaker_id").annotate(Count("id"), Count("tag_id", distinct=True))
    return {key: (passages, claims) for key, passages, claims in rows}


def _article_counts(viewer: Viewer) -> dict[UUID, int]:
    readable = visible_articles(viewer).order_by().values("id")
    rows = Authorship.objects.filter(article__in=readable).order_by()
    return dict(rows.values_list("agent_id").annotate(Count("id")))


def merge_choices(viewer: Viewer, agent: Agent, words: str) -> list[SpeakerRow]:
    """Return who `agent` may turn out to be: with `words` in a name, or else like theirs.

    Without words they are those who share a word of their name with the agent.
    """
    if words:
        return [row for row in speaker_rows(viewer, words=words) if row.agent != agent][:_MOST]
    parts = {word for word in agent.folded.split() if len(word) > _SHORT}
    alike = [
        row
        for row in speaker_rows(viewer, sort="passages")
        if row.agent != agent and parts & set(row.agent.folded.split())
    ]
    return alike[:_MOST]
