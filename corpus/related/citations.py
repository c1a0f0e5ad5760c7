"""Articles that cite the same pages as another, or that one of the two cites."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from corpus.access import readable_q
from corpus.models import Article, ArticleVersion, PageAddress
from corpus.permissions import Viewer
from corpus.related.rarity import rare_limit
from corpus.related.reasons import Evidence, Reason
from corpus.text.addresses import address_key, shown_address
from corpus.text.spans import Span

# How strongly each relates: standing at the same address, citing, citing the same page.
_SAME_PAGE = 0.9
_CITES = 0.5
_BOTH_CITE = 0.3
# Pages that a reason gives.
_MOST_GIVEN = 2
# Pages of one article that are looked up: more make a list of links, not a text.
_MOST_PAGES = 300


def citations(viewer: Viewer, article: Article) -> Mapping[UUID, list[Evidence]]:
    """Return for each article that `viewer` may read how addresses relate it to `article`.

    Pages that many articles cite relate nobody. One query, two when a page is cited often.
    """
    own = address_key(article.canonical_url)
    cited = _cited(article)
    keys = [*([] if own is None else [own]), *cited]
    if not keys:
        return {}
    rows = _citing(viewer, article, keys)
    rare = rare_limit(max((articles for *_rest, articles in rows), default=0))
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    shared: dict[UUID, list[str]] = defaultdict(list)
    for other, key, is_own, articles in rows:
        if key == own:
            found[other].append(_same_page() if is_own else _cites_this())
        if key in cited and is_own:
            found[other].append(_cited_here())
        elif key in cited and articles <= rare:
            shared[other].append(cited[key])
    for other, pages in shared.items():
        found[other].append(_both_cite(pages))
    return found


@dataclass(frozen=True)
class SharedPage:
    """A page that an article links to at `span` of its text, and the article `article_id` too."""

    article_id: UUID
    url: str
    span: Span

    @property
    def shown(self) -> str:
        """Return its address as it is shown."""
        return shown_address(self.url)

    def span_in(self, version: ArticleVersion) -> Span | None:
        """Return where `version` links to the page, or None when it does not."""
        places = _places(version)
        return places.get(address_key(self.url) or 0, (None, ""))[0]


def shared_pages(viewer: Viewer, article: Article) -> list[SharedPage]:
    """Return the pages that `article` and others that `viewer` may read both link to.

    Pages that many articles cite are left out. In the order of the text.
    """
    if article.current_version is None:
        return []
    places = _places(article.current_version)
    found = _citing(viewer, article, list(places))
    rare = rare_limit(max((articles for *_rest, articles in found), default=0))
    pages = [
        SharedPage(other, places[key][1], places[key][0])
        for other, key, is_own, articles in found
        if articles <= rare and not is_own
    ]
    return sorted(pages, key=lambda page: (page.span, str(page.article_id)))


def _citing(
    viewer: Viewer, article: Article, keys: Sequence[int]
) -> list[tuple[UUID, int, bool, int]]:
    """Return which other articles have the pages `keys`.

    For each the article, the key, whether it is its own page, and how many articles cite it.
    """
    citing = PageAddress.objects.filter(key=OuterRef("key"), is_own=False).order_by()
    articles = Subquery(citing.values("key").annotate(articles=Count("id")).values("articles"))
    return list(
        PageAddress.objects.filter(readable_q(viewer, "text__article__"), key__in=keys)
        .exclude(text__article=article)
        .annotate(articles=Coalesce(articles, 0))
        .order_by("id")
        .values_list("text__article_id", "key", "is_own", "articles")
    )


def _places(version: ArticleVersion) -> dict[int, tuple[Span, str]]:
    """Return where the text first links to each page, by its key, and the address there."""
    found: dict[int, tuple[Span, str]] = {}
    for mark in version.marks:
        key = address_key(mark["url"]) if mark["kind"] == "link" else None
        if key is not None and len(found) < _MOST_PAGES:
            found.setdefault(key, (Span(mark["start"], mark["end"]), mark["url"]))
    return found


def _cited(article: Article) -> dict[int, str]:
    """Return the addresses that the article cites by their keys, in the order of the text."""
    if article.current_version is None:
        return {}
    return {key: url for key, (_span, url) in _places(article.current_version).items()}


def _same_page() -> Evidence:
    return Evidence(_SAME_PAGE, Reason("same_address"))


def _cites_this() -> Evidence:
    return Evidence(_CITES, Reason("cites_this"))


def _cited_here() -> Evidence:
    return Evidence(_CITES, Reason("cited_here"))


def _both_cite(pages: Sequence[str]) -> Evidence:
    given = tuple(shown_address(page) for page in pages[:_MOST_GIVEN])
    return Evidence(_BOTH_CITE, Reason("both_cite", given))
