"""The page on which a curator checks a proposed article, as far as it is shown at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from corpus.access import current_version, visible_articles, visible_stubs
from corpus.extensions import Label
from corpus.importing.decisions import SPLIT
from corpus.importing.proposal import Proposal
from corpus.importing.steps import JOINED, TARGET, Step
from corpus.models import Article, ImportCandidate
from corpus.permissions import Viewer
from corpus.queries.differences import ShownDifference, shown_difference
from corpus.queries.review import Review, candidate_review
from corpus.queries.review_rows import Row
from corpus.queries.source import FACTS
from corpus.queries.steps import last_step
from corpus.text.blocks import blocks_from_data
from corpus.text.states import NewText

ROWS_A_PAGE = 300
"""Pieces that a page shows at once: a long article has fewer, a book stays within reach."""

LONGEST_SHOWN = 20_000
"""Characters of one piece that are shown: what has more is no article, and shows as cut."""


_STEPS: Mapping[str, Label] = {
    "block": _("what a piece is"),
    "line": _("what a line is"),
    "join": _("two pieces joined"),
    "repair": _("a repair"),
    SPLIT: _("split in two articles"),
    JOINED: _("joined with the article before"),
    TARGET: _("which article this is"),
}


@dataclass(frozen=True)
class Compared:
    """A known article beside the proposed one, with what is different."""

    article: Article
    difference: ShownDifference


@dataclass(frozen=True)
class ReviewPage:
    """What the page shows.

    `rows` are some of the review's; `last_step` is the key of what Undo takes back, and
    `last_words` says what that is, both "" for none. `can_decide` is False once the article is
    applied or rejected.
    """

    review: Review
    rows: Page[Row]
    last_step: str
    last_words: Label
    can_decide: bool


def review_page(candidate: ImportCandidate, page: str, only: str = "") -> ReviewPage:
    """Return page number `page` of the review, among those in the part `only` of the import."""
    review = candidate_review(candidate, only)
    step = last_step(candidate)
    return ReviewPage(
        review=review,
        rows=Paginator(review.rows, ROWS_A_PAGE).get_page(page),
        last_step=step.key if step else "",
        last_words=_words_of(step) if step else "",
        can_decide=candidate.state == ImportCandidate.State.PENDING,
    )


def compared_or_404(viewer: Viewer, candidate: ImportCandidate, article_id: UUID) -> Compared:
    """Return the article beside the proposed text; raises Http404 where there is none."""
    article = _readable(viewer, article_id)
    version = current_version(article)
    proposal = Proposal.from_data(candidate.proposal)
    difference = shown_difference(
        NewText(version.text, blocks_from_data(version.blocks)),
        NewText(proposal.text, proposal.blocks),
    )
    return Compared(article, difference)


def article_meant(viewer: Viewer, words: str) -> Article | None:
    """Return the article that a curator names by its address, here or elsewhere, or its title.

    It may be one that is only linked to. None when there is none or the title is that of
    several.
    """
    words = words.strip()
    slug = words.partition("/articles/")[2].partition("/")[0] or words
    ways = (Q(slug=slug), Q(canonical_url=words), Q(title__iexact=words)) if words else ()
    for way in ways:
        for known in (visible_articles(viewer), visible_stubs(viewer)):
            few = list(known.filter(way)[:2])
            if len(few) == 1:
                return few[0]
    return None


def anchor_of(key: str) -> str:
    """Return where on the page the thing stands that a decision's `key` names, "" for none."""
    what, _colon, place = key.partition(":")
    if key == TARGET:
        return TARGET
    if not place:
        return ""
    if what == "join":
        return f"fix-join-{place}"
    if what == "repair":
        return f"fix-{place.replace(':', '-')}"
    return f"fact-{place}" if what == "fact" else f"r{place}"


def _words_of(step: Step) -> Label:
    return FACTS[step.key.partition(":")[2]] if step.kind == "fact" else _STEPS[step.kind]


def _readable(viewer: Viewer, article_id: UUID) -> Article:
    article = visible_articles(viewer).select_related("current_version").filter(pk=article_id)
    found = article.first()
    if found is None:
        raise Http404
    return found
