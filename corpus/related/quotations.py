"""Rare words that stand in the same order in two articles, with where they stand."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import F

from corpus.models import Article, ArticleVersion
from corpus.related.copies import Overlap
from corpus.related.reasons import Reason
from corpus.text.blocks import block_at, blocks_from_data
from corpus.text.frequencies import share_of_articles
from corpus.text.runs import GUARANTEED, SharedRun, longest_run_between, shared_runs
from corpus.text.spans import Span

# Words of a quotation that a reason gives.
_MOST_GIVEN = 20
# Words that stand in fewer than this share of all articles tell something.
_COMMONPLACE = 0.05
# A short run with fewer telling words is a turn of phrase: "at the end of the day it was".
_FEWEST_TELLING = 2


def quotations(article: Article, overlaps: Sequence[Overlap], limit: int) -> dict[UUID, Reason]:
    """Return the longest quotation that `article` shares with each of `overlaps`, as a reason.

    Of those the `limit` with most shared runs are read, in one query; who shares only a turn
    of phrase is left out.
    """
    most = sorted(
        (overlap for overlap in overlaps if overlap.places),
        key=lambda overlap: (-len(overlap.places), str(overlap.article_id)),
    )[:limit]
    if not most or article.current_version is None:
        return {}
    ours = article.current_version
    theirs = _current_versions(overlap.article_id for overlap in most)
    found = {}
    for overlap in most:
        version = theirs.get(overlap.article_id)
        if version is None:
            continue
        run = longest_run_between(ours.text, version.text, list(overlap.places.items()))
        if run is not None and _is_telling(run):
            found[overlap.article_id] = Reason(
                "quotation",
                (_given(ours.text, run),),
                here=_address(article, ours, Span(run.start, run.end)),
                there=_address(version.article, version, Span(run.their_start, run.their_end)),
            )
    return found


def shared_passages(our_text: str, their_text: str) -> list[SharedRun]:
    """Return the words in a row that both texts have, turns of phrase left out, in our order."""
    return [run for run in shared_runs(our_text, their_text) if _is_telling(run)]


def _is_telling(run: SharedRun) -> bool:
    """Say whether `run` is more than a turn of phrase: long, or with words that are rare."""
    if len(run.words) >= GUARANTEED:
        return True
    telling = [word for word in set(run.words) if share_of_articles(word) < _COMMONPLACE]
    return len(telling) >= _FEWEST_TELLING


def _current_versions(article_ids: Iterable[UUID]) -> Mapping[UUID, ArticleVersion]:
    current = ArticleVersion.objects.filter(
        article_id__in=list(article_ids), id=F("article__current_version_id")
    )
    return {version.article_id: version for version in current.select_related("article")}


def _given(text: str, run: SharedRun) -> str:
    """Return the words of `run` as our text writes them, in one line and not too many."""
    words = text[run.start : run.end].split()
    given = " ".join(words[:_MOST_GIVEN])
    return given if len(words) <= _MOST_GIVEN else f"{given} …"


def _address(article: Article, version: ArticleVersion, span: Span) -> str:
    """Return the address that opens `article` on the passage `span` of `version`."""
    number = block_at(blocks_from_data(version.blocks), span.start) + 1
    return f"{article.get_absolute_url()}?t={span.start},{span.end}#p{number}"
