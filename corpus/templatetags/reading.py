"""How an article's text and date are written in a page."""

from datetime import date

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from corpus.models import Article, Collection
from corpus.queries.collections import address_within
from corpus.queries.reading import ReadingBlock
from corpus.text.addresses import shown_address
from corpus.text.progress import minutes_to_read

register = template.Library()


@register.simple_tag
def block_words(block: ReadingBlock) -> SafeString:
    """Return the words of `block` as HTML; the one place where text is marked as safe.

    `corpus.text.markup` escaped them and wrote every element in them.
    """
    return mark_safe(block.inner_html)  # noqa: S308 - escaped by the renderer, see above


@register.filter
def minutes(word_count: int) -> int:
    """Return the minutes that reading `word_count` words takes."""
    return minutes_to_read(word_count)


@register.filter
def published(article: Article) -> str:
    """Return the date as far as it is known, in full: "23 March 2017", "after 13 January 2017"."""
    return _written(article, {"day": "j F Y", "month": "F Y", "year": "Y"})


@register.filter
def published_short(article: Article) -> str:
    """Return the date as far as it is known, short: "23 Mar 2017", "after 13 Jan 2017"."""
    return _written(article, {"day": "j M Y", "month": "M Y", "year": "Y"})


@register.filter
def read_in(address: str, collection: Collection | None) -> str:
    """Return `address`, of an article, so that it is read in `collection`, if one is given."""
    return address_within(address, collection) if collection else address


@register.filter
def page_in_short(url: str) -> str:
    """Return the address of a page in short: of a long one the host and the end of the path."""
    return shown_address(url)


def _written(article: Article, formats: dict[str, str]) -> str:
    if article.published_on is not None:
        return format_date(article.published_on, formats[article.published_precision])
    earliest = _day(article.published_not_before, formats)
    latest = _day(article.published_not_after, formats)
    if earliest and latest:
        return _("between %(earliest)s and %(latest)s") % {"earliest": earliest, "latest": latest}
    if earliest:
        return _("not before %(day)s") % {"day": earliest}
    if latest:
        return _("not after %(day)s") % {"day": latest}
    return _("date unknown")


def _day(day: date | None, formats: dict[str, str]) -> str:
    return format_date(day, formats["day"]) if day else ""
