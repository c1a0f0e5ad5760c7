"""What claims are set against: articles, speakers, outlets or years."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, get_args

from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from corpus.models import Agent, Article, Outlet

By = Literal["articles", "speakers", "outlets", "years"]
BYS: tuple[By, ...] = get_args(By)

# What stands in an address for the passages without a speaker, an outlet or a date: no slug.
ABSENT = "_none"

# Stands for a slug in an address that is made once for all.
_ANY = "any-article"

_ARTICLE = "content_object__article__"
_YEARS = range(1, 10_000)


@dataclass(frozen=True)
class Column:
    """One thing that claims are set against; `key` stands in addresses, `url` may be "".

    `detail` is what is said of it beside its name: the date of an article.
    """

    key: str
    label: str
    order: tuple[Any, ...]
    url: str = ""
    detail: str = ""
    is_absent: bool = False

    @property
    def title(self) -> str:
        """Return its name with what is said of it."""
        return f"{self.label} · {self.detail}" if self.detail else self.label


@dataclass(frozen=True)
class _Kind:
    """One way to make columns: by which value, and what the columns of these values are.

    `one` returns the condition of a column whose key is given, None where it cannot be one.
    """

    value: Any
    columns: Callable[[Sequence[Any]], Iterable[tuple[Any, Column]]]
    one: Callable[[str], Q | None]
    absent: Callable[[], str]


def columns_of(by: By, values: Iterable[Any]) -> dict[Any, Column]:
    """Return the column of each of `values`, what `value_of` is in the rows, in order.

    Articles and years stand by date, the others by name; what is absent comes last.
    """
    given = {*values}
    kind = _KINDS[by]
    made = dict(kind.columns([value for value in given if value is not None]))
    if None in given:
        made[None] = Column(ABSENT, kind.absent(), (), is_absent=True)
    return dict(sorted(made.items(), key=lambda item: (item[1].is_absent, item[1].order)))


def value_of(by: By) -> Any:
    """Return the expression over tagged claims that tells them apart by column."""
    return _KINDS[by].value


def passages_in(by: By, key: str) -> Q | None:
    """Return the condition of the passages in the column `key`, None when there is none such."""
    if by != "articles" and key == ABSENT:
        return Q(**{f"{_FIELDS[by]}__isnull": True})
    return _KINDS[by].one(key)


def filters_for(by: By, column: Column) -> str:
    """Return the parameters by which the page of a claim shows this column alone, or ""."""
    if column.is_absent:
        return ""
    if by == "years":
        year = int(column.key)
        return urlencode({"since": f"{date(year, 1, 1)}", "until": f"{date(year, 12, 31)}"})
    return urlencode({by.removesuffix("s"): column.key})


def _articles(values: Sequence[Any]) -> Iterable[tuple[Any, Column]]:
    fields = ("title", "slug", "published_on", "published_precision")
    bounds = ("published_not_before", "published_not_after")
    # One for all: there are hundreds of columns.
    address = reverse("article", args=[_ANY])
    for article in Article.objects.only(*fields, *bounds).filter(slug__in=values):
        bound = article.published_not_before or article.published_not_after
        order = (article.published_on or bound or date.max, article.title, article.slug)
        url, day = address.replace(_ANY, article.slug), _day(article)
        yield article.slug, Column(article.slug, article.title, order, url, day)


def _day(article: Article) -> str:
    if article.published_on is None:
        return ""
    formats = {"day": "j M Y", "month": "M Y", "year": "Y"}
    return date_format(article.published_on, formats[article.published_precision])


def _speakers(values: Sequence[Any]) -> Iterable[tuple[Any, Column]]:
    for agent in Agent.objects.filter(slug__in=values):
        url = reverse("speaker", args=[agent.slug])
        yield agent.slug, Column(agent.slug, agent.name, (agent.folded,), url)


def _outlets(values: Sequence[Any]) -> Iterable[tuple[Any, Column]]:
    library = reverse("library")
    for outlet in Outlet.objects.filter(slug__in=values):
        url = f"{library}?{urlencode({'outlet': outlet.slug})}"
        yield (
            outlet.slug,
            Column(outlet.slug, outlet.name, (outlet.name.casefold(), outlet.slug), url),
        )


def _years(values: Sequence[Any]) -> Iterable[tuple[Any, Column]]:
    for year in values:
        yield year, Column(str(year), str(year), (year,))


def _in_year(key: str) -> Q | None:
    is_number = key.isascii() and key.isdigit() and len(key) <= len("9999")
    if not is_number or int(key) not in _YEARS:
        return None
    return Q(**{f"{_ARTICLE}published_on__year": int(key)})


_FIELDS: Mapping[By, str] = MappingProxyType(
    {
        "articles": f"{_ARTICLE}slug",
        "speakers": "speaker",
        "outlets": f"{_ARTICLE}outlet",
        "years": f"{_ARTICLE}published_on",
    }
)
_KINDS: Mapping[By, _Kind] = MappingProxyType(
    {
        "articles": _Kind(
            F(f"{_ARTICLE}slug"),
            _articles,
            lambda key: Q(**{f"{_ARTICLE}slug": key}),
            lambda: "",
        ),
        "speakers": _Kind(
            F("speaker__slug"),
            _speakers,
            lambda key: Q(speaker__slug=key),
            lambda: _("No speaker named"),
        ),
        "outlets": _Kind(
            F(f"{_ARTICLE}outlet__slug"),
            _outlets,
            lambda key: Q(**{f"{_ARTICLE}outlet__slug": key}),
            lambda: _("No outlet known"),
        ),
        "years": _Kind(
            ExtractYear(f"{_ARTICLE}published_on"), _years, _in_year, lambda: _("No date known")
        ),
    }
)
