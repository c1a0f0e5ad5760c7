"""What the reading page tells its scripts of the source that a quote is copied with."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from annotations.formats.citations import known_date, publication_of
from corpus.models import Article

register = template.Library()


@register.simple_tag
def cited(article: Article, authors: Iterable[object]) -> SafeString:
    """Return the attributes that name who wrote `article`, where and when, as far as is known.

    `authors` are those that the page shows.
    """
    facts = {
        "by": article.byline or ", ".join(map(str, authors)),
        "in": publication_of(article),
        "on": known_date(article),
    }
    known = ((name, value) for name, value in facts.items() if value)
    return format_html_join("", ' data-cited-{}="{}"', known)
