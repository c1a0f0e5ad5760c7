"""What an address asks to see side by side, and what can stand there instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from annotations.queries.beside import Address, By, query_address
from annotations.queries.link_targets import link_targets
from annotations.queries.panes import Side
from corpus.access import known_or_404, moved_article, version_or_404
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.related import related_articles

RELATED = 6
_STEP_DIGITS = 4


@dataclass(frozen=True)
class Asked:
    """The two sides that are asked for, None where one is missing, and what is wrong with them.

    `missing` is the name of the side to choose. `is_found` is False when the address names
    what is not there, or not for this viewer: nobody is told which.
    """

    first: Side | None
    second: Side | None
    problem: str
    is_found: bool
    missing: str

    @property
    def kept(self) -> Side | None:
        """Return the side beside which another is to be chosen."""
        return self.second if self.missing == "first" else self.first

    @property
    def versions_of(self) -> Article | None:
        """Return the article whose versions may have been meant, if there is something wrong."""
        side = self.first if self.missing == "first" else self.second
        meant = side or self.kept
        has_more = meant is not None and meant.article.versions.count() > 1
        return meant.article if self.problem and meant is not None and has_more else None


@dataclass(frozen=True)
class Offer:
    """An article to choose, where it leads, and why it is offered, "" for no reason."""

    article: Article
    url: str
    why: str = ""


def sides_asked(viewer: Viewer, fields: Mapping[str, str]) -> Asked:
    """Return the sides that `fields`, the parameters of an address, ask for."""
    found: dict[str, Side | None] = {}
    problems: dict[str, str] = {}
    for name in ("first", "second"):
        found[name], problem = _side(
            viewer, fields.get(name, ""), fields.get(f"{name}_version", "")
        )
        if problem:
            problems[name] = problem
    first, second = found["first"], found["second"]
    missing = next(iter(problems), "") or ("first" if first is None else "second")
    if problems:
        return Asked(first, second, problems[missing], is_found=False, missing=missing)
    if fields.get("change") in found:
        return Asked(first, second, "", is_found=True, missing=fields["change"])
    same = first is not None and first == second and fields.get("by") != "links"
    told = _("That is the same text twice. Choose another one beside it.") if same else ""
    return Asked(first, None if same else second, told, is_found=True, missing=missing)


def address_asked(asked: Asked, fields: Mapping[str, str], back: str) -> Address | None:
    """Return the address of both sides with the step that `fields` name, None without both."""
    if asked.first is None or asked.second is None or asked.problem or "change" in fields:
        return None
    kinds: dict[str, By] = {"links": "links", "words": "words", "changes": "changes"}
    typed = fields.get("step", "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _STEP_DIGITS
    step = max(1, int(typed)) if is_number else 1
    return Address(asked.first, asked.second, kinds.get(fields.get("by", ""), ""), step, back)


def offers(viewer: Viewer, asked: Asked, words: str, back: str) -> Sequence[Offer]:
    """Return the articles that `words` find, or those related to the other side, then new ones."""
    kept = asked.kept
    targets = link_targets(
        viewer, words, kind="articles", without=kept.article.slug if kept else ""
    )
    articles = [target.article for target in targets.found]
    reasons: dict[str, str] = {}
    if kept is not None and kept.version is not None and not words.strip():
        related = related_articles(viewer, kept.article, limit=RELATED)
        reasons = {item.article.slug: str(item.reasons[0].text) for item in related if item.reasons}
        near = [item.article for item in related]
        articles = [*near, *(article for article in articles if article not in near)]
    return [
        Offer(article, _chosen(asked, article, back), reasons.get(article.slug, ""))
        for article in articles
    ]


def _chosen(asked: Asked, article: Article, back: str) -> str:
    """Return the address once `article` is chosen; with the other side missing, that comes next."""
    kept = asked.kept
    other = "second" if asked.missing == "first" else "first"
    values = {asked.missing: article.slug, "back": back}
    if kept is not None:
        values[other] = kept.article.slug
    return query_address({name: values.get(name, "") for name in ("first", "second", "back")})


def _side(viewer: Viewer, slug: str, number: str) -> tuple[Side | None, str]:
    """Return the side that is asked for, None for none, and what is wrong with it, or ""."""
    if not slug:
        return None, ""
    article = _article(viewer, slug)
    if article is None:
        return None, _("There is nothing to read at one of the two addresses.")
    if article.is_stub or article.current_version is None:
        return Side(article, None), ""
    try:
        return Side(article, version_or_404(article, number)), ""
    except Http404:
        told = _("“%(title)s” has no version %(number)s.")
        return Side(article, None), told % {"title": article.title, "number": number}


def _article(viewer: Viewer, slug: str) -> Article | None:
    try:
        return known_or_404(viewer, slug)
    except Http404:
        return moved_article(viewer, slug)
