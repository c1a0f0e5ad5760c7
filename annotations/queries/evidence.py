"""The evidence chain of a claim: what supports and disputes its passages, and what those.

Links are followed STEPS far from the passages that the claim is tagged on, in either direction.
What was followed once is pointed to from then on, so that circles end.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from annotations.access import visible_links, visible_occurrences
from annotations.models import Annotation, Claim, ClaimOccurrence, Link
from annotations.queries.group_names import name_groups
from annotations.timeline import Stance
from corpus.models import Article
from corpus.permissions import Viewer

STEPS = 2
# Passages that the chain begins at, and links of one step, at most.
MOST_PASSAGES = 100
MOST_LINKS = 400

_AGREEING = frozenset({Link.Relation.SUPPORTS.value})
_OPPOSING = frozenset({Link.Relation.CONTRADICTS.value, Link.Relation.CORRECTS.value})
_TURNED: dict[Stance, Stance] = {"supports": "disputes", "disputes": "supports"}


class End(NamedTuple):
    """An end of a link: a passage, or an article as a whole."""

    article_id: UUID
    annotation_id: UUID | None

    @property
    def anchor(self) -> str:
        """Return its name within the page."""
        return f"e-{self.annotation_id or self.article_id}"


@dataclass(frozen=True)
class Step:
    """A link of the chain and what it leads to.

    `effect` says what that does to the claim, None where it follows from nothing: what a
    passage supports is no evidence for the passage. `is_again` is set where the page shows
    the end, with what follows from it, elsewhere: at its anchor.
    """

    link: Link
    words: str
    end: End
    article: Article
    annotation: Annotation | None
    effect: Stance | None
    is_again: bool
    steps: Sequence["Step"] = field(default_factory=list)


@dataclass(frozen=True)
class Root:
    """A passage that the claim is tagged on, with what is linked to it."""

    occurrence: ClaimOccurrence
    end: End
    steps: Sequence[Step]


@dataclass(frozen=True)
class Evidence:
    """The chain: its beginnings, and how many passages have no such link.

    `is_cut` says that there is more than is shown.
    """

    roots: Sequence[Root]
    unlinked: int
    is_cut: bool


def evidence_of(viewer: Viewer, claim: Claim) -> Evidence:
    """Return the evidence chain of `claim` in a fixed number of queries."""
    links = visible_links(viewer).filter(relation__in=_AGREEING | _OPPOSING)
    tagged = visible_occurrences(viewer).filter(tag=claim)
    at_one = Q(from_annotation=OuterRef("content_object"))
    at_one |= Q(to_annotation=OuterRef("content_object"))
    linked = tagged.filter(Exists(links.filter(at_one)))
    found = list(_in_order(linked)[: MOST_PASSAGES + 1])
    chain = _Chain(links, found[:MOST_PASSAGES])
    name_groups(viewer, chain.links)
    roots = [chain.root(row) for row in found[:MOST_PASSAGES]]
    unlinked = tagged.count() - linked.count()
    return Evidence(roots, unlinked, len(found) > MOST_PASSAGES or chain.is_cut)


class _Chain:
    """The links about some passages, read step by step and then followed."""

    def __init__(self, links: QuerySet[Link], roots: Sequence[ClaimOccurrence]) -> None:
        self._links = links
        self._at: dict[End, dict[UUID, Link]] = defaultdict(dict)
        self.is_cut = False
        self._followed = {_end_of(row) for row in roots}
        reached = set(self._followed)
        for _step in range(STEPS):
            reached = self._read(reached) - reached

    @property
    def links(self) -> list[Link]:
        """Return the links that were read."""
        return list({key: link for at in self._at.values() for key, link in at.items()}.values())

    def root(self, row: ClaimOccurrence) -> Root:
        """Return a passage with all that follows from it."""
        end = _end_of(row)
        stance: Stance | None = next((each for each in _TURNED if each == row.stance), None)
        return Root(row, end, self._steps(end, stance, (), STEPS))

    def _steps(
        self, end: End, stance: Stance | None, path: tuple[UUID, ...], left: int
    ) -> list[Step]:
        """Return what is linked to `end`, except by the links of `path`, `left` steps far."""
        links = [link for key, link in self._at[end].items() if key not in path]
        return [self._step(link, end, stance, path, left) for link in links] if left else []

    def _step(
        self, link: Link, end: End, stance: Stance | None, path: tuple[UUID, ...], left: int
    ) -> Step:
        start, finish = _ends(link)
        is_evidence = finish == end
        far = start if is_evidence else finish
        effect = _effect(link, stance) if is_evidence else None
        is_again = far in self._followed
        self._followed.add(far)
        follow = () if is_again else self._steps(far, effect, (*path, link.id), left - 1)
        return Step(
            link,
            _said(link, is_evidence=is_evidence),
            far,
            link.from_article if is_evidence else link.to_article,
            link.from_annotation if is_evidence else link.to_annotation,
            effect,
            is_again,
            follow,
        )

    def _read(self, ends: Iterable[End]) -> set[End]:
        """Read the links at `ends` and return what they lead to."""
        marks = {end.annotation_id for end in ends} - {None}
        wholes = {end.article_id for end in ends if end.annotation_id is None}
        touching = Q(from_annotation__in=marks) | Q(to_annotation__in=marks)
        touching |= Q(from_annotation=None, from_article__in=wholes)
        touching |= Q(to_annotation=None, to_article__in=wholes)
        whole = self._links.filter(touching).select_related(
            *Link.STANDS_ON, "from_article__outlet", "to_article__outlet", "creator__profile"
        )
        rows = list(whole.order_by("created_at", "id")[: MOST_LINKS + 1])
        self.is_cut |= len(rows) > MOST_LINKS
        for link in rows[:MOST_LINKS]:
            for end in _ends(link):
                self._at[end][link.id] = link
        return {end for link in rows[:MOST_LINKS] for end in _ends(link)}


def _in_order(rows: QuerySet[ClaimOccurrence]) -> QuerySet[ClaimOccurrence]:
    article = "content_object__article"
    whole = rows.select_related("content_object__creator__profile", f"{article}__outlet")
    day = F(f"{article}__published_on").asc(nulls_last=True)
    return whole.order_by(day, f"{article}__slug", "content_object__start", "id")


def _end_of(row: ClaimOccurrence) -> End:
    return End(row.content_object.article_id, row.content_object_id)


def _ends(link: Link) -> tuple[End, End]:
    return (
        End(link.from_article_id, link.from_annotation_id),
        End(link.to_article_id, link.to_annotation_id),
    )


def _effect(link: Link, stance: Stance | None) -> Stance | None:
    """Return what is said of the claim by what supports or disputes something of `stance`."""
    if stance is None or link.relation in _AGREEING:
        return stance
    return _TURNED[stance]


def _said(link: Link, *, is_evidence: bool) -> str:
    """Return how the end that one comes from stands to the other."""
    if link.relation == Link.Relation.SUPPORTS:
        return _("is supported by") if is_evidence else _("supports")
    if link.relation == Link.Relation.CORRECTS:
        return _("is corrected by") if is_evidence else _("corrects")
    return _("is contradicted by") if is_evidence else _("contradicts")
