"""What a page's own head says about its article, each with the words that say it.

For each fact the rules are asked in order: JSON-LD, meta elements, elements of the text. The
date is never that of a footer or of the day on which the page was saved.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from lxml import html

from corpus.importing.told import Name, Told, first_told, told
from corpus.text.folding import fold

_MOST_AUTHORS = 12
_ARTICLE_TYPES = re.compile(
    r"(?:\w*Article|BlogPosting|Report\w*|Review\w*|\w*Posting|WebPage|CreativeWork)$"
)
_WEAK_TYPES = frozenset({"WebPage", "CreativeWork", "ItemPage"})
_META: Mapping[Name, Sequence[str]] = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title"),
    "author": (
        *("author", "article:author", "og:article:author", "byl", "parsely-author"),
        *("sailthru.author", "dc.creator", "dcterms.creator", "citation_author"),
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "citation_journal_title"),
    "date": (
        *("article:published_time", "og:article:published_time", "parsely-pub-date"),
        *("sailthru.date", "datepublished", "pubdate", "publishdate", "publish_date"),
        *("dc.date.issued", "dcterms.issued", "dc.date", "citation_publication_date", "date"),
    ),
    "url": ("og:url",),
    "section": ("article:section", "og:article:section", "parsely-section", "section"),
    "topics": (
        *("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "sailthru.tags"),
        *("keywords", "dc.subject", "dcterms.subject", "citation_keywords"),
    ),
    "language": (
        *("og:locale", "content-language", "dc.language", "dcterms.language"),
        *("citation_language", "parsely-language", "language"),
    ),
}
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.|@|^/")
_TITLE_ENDS = re.compile(r"\s+[|•·»–—-]\s+|\s*::\s*")


def told_by(tree: html.HtmlElement) -> dict[Name, Told]:
    """Return what the page tells of its article, at most one for each fact."""
    known = first_told(_all_told(tree))
    title = known.get("title")
    if title is not None and title.rule == "title_element":
        known["title"] = _without_site(title, known.get("outlet"))
    return known


def _all_told(tree: html.HtmlElement) -> Iterator[Told]:
    nodes = list(_linked_data(tree))
    for node in sorted(nodes, key=lambda node: bool(_types(node) & _WEAK_TYPES)):
        yield from _of_node(node, nodes)
    yield from _of_root(tree)
    yield from _of_meta(tree)
    yield from _of_elements(tree)


def _linked_data(tree: html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Yield the nodes of the page's JSON-LD that are articles or pages."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if any(map(_ARTICLE_TYPES.search, _types(node))):
                yield node


def _nodes(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    deepest = 4
    if isinstance(data, list) and depth < deepest:
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if depth < deepest:
                yield from _nodes(data.get(key), depth + 1)


def _types(node: Mapping[str, Any]) -> set[str]:
    types = node.get("@type")
    return {str(one) for one in types} if isinstance(types, list) else {str(types or "")}


def _of_node(node: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]]) -> Iterator[Told]:
    if not _types(node) & _WEAK_TYPES:
        yield from told("title", _text(node.get("headline") or node.get("name")), "json_ld")
        yield from told("author", ", ".join(_names(node.get("author"))), "json_ld")
        publisher = next(iter(_names(node.get("publisher"))), "")
        yield from told("outlet", publisher, "json_ld")
    yield from told("date", _text(node.get("datePublished")), "json_ld")
    yield from told("url", _text(node.get("url")), "json_ld")
    yield from told("language", next(iter(_names(node.get("inLanguage"))), ""), "json_ld")
    for name, key in (("section", "articleSection"), ("topics", "keywords")):
        yield from told(cast(Name, name), "; ".join(_names(node.get(key))), "json_ld")


def _of_root(tree: html.HtmlElement) -> Iterator[Told]:
    """Yield the language that the page is marked with, or that of its only article."""
    articles = [one for one in tree.iter("article") if one.get("lang")]
    for element in (*(articles if len(articles) == 1 else ()), tree, *tree.iter("body")):
        words = element.get("lang") or element.get("xml:lang") or ""
        yield from told("language", words, "page_language")


def _names(value: Any) -> list[str]:
    """Return the names of people or organisations that JSON-LD gives in one of its ways."""
    if isinstance(value, list):
        return [name for one in value[:_MOST_AUTHORS] for name in _names(one)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    name = _text(value)
    return [name] if name and not _ADDRESS.search(name) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _of_meta(tree: html.HtmlElement) -> Iterator[Told]:
    given: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        key = key or meta.get("http-equiv") or ""
        given.setdefault(key.strip().lower(), []).append(meta.get("content") or "")
    for name, keys in _META.items():
        for key in keys:
            values = [value for value in given.get(key, ()) if value.strip()]
            if name == "author":
                values = [value for value in values if not _ADDRESS.search(value.strip())]
                values = [", ".join(dict.fromkeys(values[:_MOST_AUTHORS]))]
            if name == "topics":
                values = ["; ".join(values)]
            for value in values[:1]:
                yield from told(name, value, "meta")


def _of_elements(tree: html.HtmlElement) -> Iterator[Told]:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield from told("url", link.get("href") or "", "canonical_link")
    yield from told("author", _author_element(tree), "author_element")
    for time in tree.iter("time"):
        if time.get("datetime") and not _is_aside(time):
            yield from told("date", time.get("datetime"), "time_element")
    headings = [heading.text_content() for heading in tree.iter("h1") if not _is_aside(heading)]
    title = tree.findtext(".//title") or ""
    if len(headings) == 1 and not _names_site(tree, headings[0], title):
        yield from told("title", headings[0], "only_heading")
    elif len(headings) == 1:
        yield from told("outlet", headings[0], "title_element")
    yield from told("title", title, "title_element")


def _names_site(tree: html.HtmlElement, heading: str, title: str) -> bool:
    """Say whether the heading is the site's: it ends the page's title, and another one begins it.

    So a blog heads each of its pages with its own name, and the article with a lower heading.
    """
    signs = list(_TITLE_ENDS.finditer(title))
    if not signs or fold(title[signs[-1].end() :]) != fold(heading):
        return False
    before = fold(title[: signs[-1].start()])
    lower = (other for other in tree.iter("h2", "h3") if not _is_aside(other))
    return any(fold(other.text_content()) == before for other in lower)


def _author_element(tree: html.HtmlElement) -> str:
    """Return whom the page marks as its author by rel or itemprop, "" for nobody or for many."""
    marked = [
        element
        for element in tree.xpath('//*[@rel="author" or @itemprop="author"]')
        if not _is_aside(element)
    ]
    names = dict.fromkeys(fold(element.text_content()) for element in marked)
    return next(iter(names)) if len(names) == 1 else ""


def _is_aside(element: html.HtmlElement) -> bool:
    """Say whether the element belongs to the page around the article: its foot, its side."""
    return any(around.tag in ("footer", "aside", "nav") for around in element.iterancestors())


def _without_site(title: Told, outlet: Told | None) -> Told:
    """Return the title without the name of the site that stands behind a sign at its end."""
    signs = list(_TITLE_ENDS.finditer(title.value))
    if not signs:
        return title
    before, behind = title.value[: signs[-1].start()], title.value[signs[-1].end() :]
    is_site = outlet is not None and fold(behind).lower() == fold(outlet.value).lower()
    return replace(title, value=before) if is_site or len(behind) < len(before) else title
