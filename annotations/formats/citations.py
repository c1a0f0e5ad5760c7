"""Articles as they are cited."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from corpus.models import Article

_DATES = {"day": "j F Y", "month": "F Y", "year": "Y"}


def author_of(article: Article) -> str:
    """Return the by-line of `article`, the names of its authors without one, "" for neither."""
    names = (row.agent.name for row in article.authorships.all())
    return article.byline or ", ".join(names)


def publication_of(article: Article) -> str:
    """Return the name of the outlet of `article`, "" where it is not known."""
    return article.outlet.name if article.outlet else ""


def written_date(article: Article) -> str:
    """Return the date of `article` in words as far as it is known: "23 March 2017"."""
    return known_date(article) or _("date unknown")


def known_date(article: Article) -> str:
    """Return the date of `article` in words as far as it is known, "" where it is not."""
    if article.published_on is None:
        return ""
    return date_format(article.published_on, _DATES[article.published_precision])
