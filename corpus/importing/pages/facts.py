"""What a page's own head says about its article, each with the words that say it.

For each fact the rules are asked in order: JSON-LD, meta elements, elements of the text. The
date is never that of a footer or of the day on which the page was saved.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any, cast

from lxml import html

from corpus.importing.facts import MOST_AUTHORS
from corpus.importing.pages.names import (
    heading_titles,
    home_names,
    is_aside,
    is_site_itself,
    is_title,
    names_site,
    own_title,
    sites_of,
)
from corpus.importing.told import Name, Told, first_told, told
from corpus.text.folding import fold

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
_ADDRESS = re.compile(r"^(?:https?:)?//|\bwww\.|@|^/")
_TITLE_ENDS = re.compile(r"\s+[|•·»–—-]\s+|\s*::\s*")


def told_by(tree: html.HtmlElement, address: str = "") -> dict[Name, Told]:
    """Return what the page, from `address` if that is known, tells of its article.

    There is at most one for each fact. The name of the site is no part of the title, nor is the
    site itself the author.
    """
    found = list(_all_told(tree))
    addresses = [address, *(one.value for one in found if one.name == "url")]
    outlets = [one.value for one in found if one.name == "outlet"]
    sites = sites_of([*outlets, *home_names(tree)], addresses)
    known = first_told(one for one in found if not _is_no_fact(one, sites))
    if "title" in known:
        title = known["title"]
        headings = [words for words in heading_titles(tree) if not names_site(words, sites)]
        value = own_title(title.value, headings, sites)
        is_whole = title.rule != "title_element" or value != title.value
        known["title"] = replace(title, value=value if is_whole else _without_end(value))
    return known


def _is_no_fact(one: Told, sites: Collection[str]) -> bool:
    if one.name == "title":
        return not is_title(one.value)
    return one.name == "author" and is_site_itself(one.value, sites)


def _all_told(tree: html.HtmlElement) -> Iterator[Told]:
    nodes = list(_linked_data(tree))
    titles = [tree.findtext(".//title") or "", *heading_titles(tree)]
    shown = [fold(title).casefold() for title in titles]
    for node in sorted(nodes, key=lambda node: bool(_types(node) & _WEAK_TYPES)):
        yield from _of_node(node, shown)
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


def _of_node(node: Mapping[str, Any], shown: Sequence[str]) -> Iterator[Told]:
    """Yield what a node of JSON-LD tells; of its names first what is `shown` as a title."""
    if not _types(node) & _WEAK_TYPES:
        titles = [title for key in ("headline", "name") if (title := _text(node.get(key)))]
        titles.sort(key=lambda title: not any(fold(title).casefold() in words for words in shown))
        for title in titles[:1]:
            yield from told("title", title, "json_ld")
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
        return [name for one in value[:MOST_AUTHORS] for name in _names(one)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    name = _text(value)
    return [name] if name and not _ADDRESS.search(name) else []


def _text(value: Any) -> str:
    return unescape(value) if isinstance(value, str) else ""


def _of_meta(tree: html.HtmlElement) -> Iterator[Told]:
    given: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        key = key or meta.get("http-equiv") or ""
        given.setdefault(key.strip().lower(), []).append(unescape(meta.get("content") or ""))
    for name, keys in _META.items():
        for key in keys:
            values = [value for value in given.get(key, ()) if value.strip()]
            if name == "author":
                values = [value for value in values if not _ADDRESS.search(value.strip())]
                values = [", ".join(dict.fromkeys(values[:MOST_AUTHORS]))]
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
        if time.get("datetime") and not is_aside(time):
            yield from told("date", time.get("datetime"), "time_element")
    title = tree.findtext(".//title") or ""
    headings, homes = heading_titles(tree), home_names(tree)
    if len(headings) == 1 and not _heads_others(tree, headings[0], title):
        yield from told("title", headings[0], "only_heading")
    elif len(headings) == 1:
        homes += headings
    for home in homes[:1]:
        if fold(home) in fold(title):
            yield from told("outlet", home, "title_element")
    yield from told("title", title, "title_element")


def _heads_others(tree: html.HtmlElement, heading: str, title: str) -> bool:
    """Say whether the heading is that of a site or a part of it, as it names no page of it.

    So a blog heads each of its pages with its own name, and the article with a lower heading,
    with which the title of the page begins.
    """
    signs = list(_TITLE_ENDS.finditer(title))
    parts = [fold(title)] + [fold(title[: sign.start()]) for sign in signs]
    if fold(heading) in parts:
        return False
    lower = (other for other in tree.iter("h2", "h3") if not is_aside(other))
    return any(fold(other.text_content()) in parts for other in lower)


def _author_element(tree: html.HtmlElement) -> str:
    """Return whom the page marks as its author by rel or itemprop, "" for nobody or for many."""
    marked = [
        element
        for element in tree.xpath('//*[@rel="author" or @itemprop="author"]')
        if not is_aside(element)
    ]
    names = dict.fromkeys(fold(element.text_content()) for element in marked)
    return next(iter(names)) if len(names) == 1 else ""


def _without_end(title: str) -> str:
    """Return the title of a page without what is short behind a sign at its end."""
    signs = list(_TITLE_ENDS.finditer(title))
    if not signs:
        return title
    before, behind = title[: signs[-1].start()], title[signs[-1].end() :]
    return before if len(behind) < len(before) else title
