"""Whether a proposed article is known: the same text, the same page, or nearly the same words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef

from corpus.importing.proposal import Proposal
from corpus.models import Article, ArticleVersion, ImportCandidate, SourceFile
from corpus.permissions import Viewer
from corpus.queries.pages import articles_at
from corpus.related.copies import NearCopy, near_copies
from corpus.text.addresses import address_key
from corpus.text.cut import CutText

# Values asked for at a time: SQLite takes no more than 999 in a statement everywhere.
_ASKED = 900
# Of the same page, neither text is more than so many times as long as the other.
_OF_A_SIZE = 2
_NOT_ADDED = (ImportCandidate.State.PENDING, ImportCandidate.State.REJECTED)

BY_ADDRESS, BY_SOURCE, BY_CURATOR, BY_TEXT = "url", "source", "curator", "text"
"""Why an article is taken to be a new version of another."""


@dataclass(frozen=True)
class Incoming:
    """A proposed article, at `position` of `source`; its text cut into words, and its digest."""

    proposal: Proposal
    source: SourceFile
    position: int
    cut: CutText
    digest: str

    @property
    def page(self) -> int | None:
        """Return the key of the page that it names, or that its file came from."""
        return address_key(
            self.proposal.url.value or (self.source.origin_url if self.position == 1 else "")
        )


@dataclass(frozen=True)
class Recognised:
    """What a proposal seems to be: a new version of `updates`, why, and what it is nearly."""

    updates: Article | None
    reason: str
    near: Sequence[NearCopy]


UNKNOWN = Recognised(None, "", ())
"""What is nothing that is here."""


def articles_with_texts(digests: Iterable[str]) -> dict[str, Article]:
    """Return by digest the articles that have or had one of these texts, word for word.

    Not those that are only linked to again.
    """
    asked = sorted(set(digests))
    found: dict[str, Article] = {}
    for first in range(0, len(asked), _ASKED):
        rows = ArticleVersion.objects.filter(
            digest__in=asked[first : first + _ASKED], article__is_stub=False
        )
        oldest_last = rows.select_related("article").order_by("-article__created_at", "number")
        found |= {row.digest: row.article for row in oldest_last}
    return found


def articles_that_had(digests: Iterable[str]) -> dict[str, Article]:
    """Return by digest the articles that had one of these texts until an import was undone.

    They have another text now, or none, and what was undone was not added again.
    """
    asked = sorted(set(digests))
    found: dict[str, Article] = {}
    for first in range(0, len(asked), _ASKED):
        rows = ImportCandidate.objects.filter(
            digest__in=asked[first : first + _ASKED],
            state__in=_NOT_ADDED,
            article=None,
            updates__versions__digest=F("digest"),
        )
        now_so = Article.objects.filter(current_version__digest=OuterRef("digest"))
        for row in rows.exclude(Exists(now_so)).select_related("updates").only("digest", "updates"):
            if row.updates is not None:
                found[row.digest] = row.updates
    return found


def article_with_text_of(candidate: ImportCandidate) -> Article | None:
    """Return the article whose text the candidate has, word for word; None for none.

    A new text of an article is known only where it is a current one: what an undone import
    took back is a former text of the article, and can be added again.
    """
    if candidate.updates is None:
        return articles_with_texts([candidate.digest]).get(candidate.digest)
    having = Article.objects.filter(current_version__digest=candidate.digest)
    return having.filter(pk=candidate.updates.pk).first() or having.order_by("created_at").first()


def recognised(viewer: Viewer, one: Incoming) -> Recognised:
    """Return what is known of a proposed article.

    It is the same article when it names the same address, or when a file of this name had at
    this position nearly the same words.
    """
    near = [copy for copy in near_copies(viewer, one.cut) if not copy.article.is_withdrawn]
    at_address = None if one.page is None else articles_at([one.page]).get(one.page)
    if at_address is not None:
        return Recognised(at_address, BY_ADDRESS, near)
    if not near:
        return UNKNOWN
    before = ImportCandidate.objects.filter(
        source__name=one.source.name,
        position=one.position,
        article__in=[copy.article for copy in near],
    )
    known = set(before.order_by().values_list("article_id", flat=True))
    for copy in near:
        if copy.article.id in known and _are_of_a_size(copy.article, one.proposal):
            return Recognised(copy.article, BY_SOURCE, near)
    return Recognised(None, "", near)


def has_open_question(candidate: ImportCandidate) -> bool:
    """Say whether a curator has to say first if a near copy is the same article.

    Not when it is a new version of an article; a stub has no text that could be nearly the same.
    """
    is_aimed = candidate.updates is not None and not candidate.updates.is_stub
    if is_aimed or candidate.updates_reason == BY_CURATOR:
        return False
    return any(not row["verdict"] for row in candidate.near)


def _are_of_a_size(article: Article, proposal: Proposal) -> bool:
    version = article.current_version
    sizes = (len(version.text) if version else 0, len(proposal.text))
    return max(sizes) <= _OF_A_SIZE * min(sizes)
