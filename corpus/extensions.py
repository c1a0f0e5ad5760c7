"""Places where another app adds to the pages of this one; filled in its AppConfig.ready().

The arrow points one way: corpus offers these lists and knows none of their entries.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.registry import Registry
from corpus.text.difference import Piece

# Words that are translated when they are shown.
Label = str | Promise
# A query for the keys of articles.
ArticleIds = QuerySet[Any, UUID]


@dataclass(frozen=True)
class NavigationEntry:
    """A link in the top bar; `key` is the name of its URL, `within` of those below it."""

    key: str
    label: Label
    order: int
    within: Sequence[str] = ()
    is_for_staff: bool = False


@dataclass(frozen=True)
class Found:
    """How a thing that search found is shown: `text` is searched for the words again.

    `article` says where it stands, if it stands in one; `slot` is its colour, 0 without.
    """

    title: str
    url: str
    text: str
    meta: str = ""
    slot: int = 0
    article: Article | None = None


@dataclass(frozen=True)
class EntryText:
    """What the index holds of one thing: the words of its title, about it, and in it."""

    subject_id: UUID
    article_id: UUID | None
    heading: str = ""
    about: str = ""
    body: str = ""


@dataclass(frozen=True)
class SearchKind:
    """A kind of thing that search finds beside articles and passages.

    `visible` returns what the viewer may see, as a queryset whose primary key is the
    subject_id of the index; `show` tells how some of them look, absent ones left out;
    `entries` yields everything for a rebuild. `among` returns those that the viewer may see
    in the articles with these keys; without it they are those that stand in one of them.
    """

    key: str
    label: Label
    order: int
    visible: Callable[[Viewer], QuerySet[Any]]
    show: Callable[[Viewer, Sequence[UUID]], Mapping[UUID, Found]]
    entries: Callable[[], Iterator[EntryText]]
    among: Callable[[Viewer, ArticleIds], QuerySet[Any]] | None = None


@dataclass(frozen=True)
class RelatedBoost:
    """Articles that readers related by hand: they rank above what is computed.

    `reasons` maps the id of each to why, in words that follow the title.
    """

    key: str
    order: int
    reasons: Callable[[Viewer, Article], Mapping[UUID, str]]


@dataclass(frozen=True)
class Choice:
    """One value of a facet: `value` stands in the address, `count` is how many there are of it.

    In the library these are articles. `slot` is its colour, 0 without.
    """

    value: str
    label: str
    count: int
    slot: int = 0


@dataclass(frozen=True)
class LibraryFacet:
    """A way to narrow the library; `key` is its name in the address.

    `narrow` returns the articles with a value, none of them for an unknown one; `choices`
    the values among some articles, most frequent first.
    """

    key: str
    label: Label
    order: int
    narrow: Callable[[Viewer, QuerySet[Article], str], QuerySet[Article]]
    choices: Callable[[Viewer, QuerySet[Article]], Sequence[Choice]]


@dataclass(frozen=True)
class LibrarySort:
    """An order of the library; `key` is its name in the address."""

    key: str
    label: Label
    order: int
    arrange: Callable[[Viewer, QuerySet[Article]], QuerySet[Article]]


@dataclass(frozen=True)
class Tick:
    """A highlight in a density strip: where it begins and how long it is, in thousandths."""

    x: int
    width: int
    slot: int


@dataclass(frozen=True)
class RowMarks:
    """What a row of the library says of the marks in an article."""

    ticks: Sequence[Tick]
    counts: str


@dataclass(frozen=True)
class RowMarksSource:
    """Finds the marks of a page of articles in a fixed number of queries."""

    key: str
    order: int
    of: Callable[[Viewer, Sequence[UUID]], Mapping[UUID, RowMarks]]


@dataclass(frozen=True)
class Passage:
    """A stretch of an article version; code points, half-open."""

    version_id: UUID
    start: int
    end: int


@dataclass(frozen=True)
class Tint:
    """Words of a version that somebody marked, with the colour to show them in."""

    start: int
    end: int
    slot: int


@dataclass(frozen=True)
class PassageTints:
    """Finds the marks in the passages that search shows: a list for each, in one query."""

    key: str
    order: int
    of: Callable[[Viewer, Sequence[Passage]], Sequence[Sequence[Tint]]]


@dataclass(frozen=True)
class BuiltOn:
    """Says on which of some articles people built, so that they are not to be taken out.

    `among` takes ids of articles and returns those; `marked` only those whose text people
    marked or made notes on, which cannot do without it.
    """

    key: str
    order: int
    among: Callable[[Set[UUID]], Set[UUID]]
    marked: Callable[[Set[UUID]], Set[UUID]]


@dataclass(frozen=True)
class VersionNote:
    """What became of something in a version, in a few words, and the page that tells more."""

    text: str
    url: str


@dataclass(frozen=True)
class VersionNotes:
    """Tells of versions, by their number, what became of other things in them.

    The versions are of one article and without their texts; all in a fixed number of queries.
    """

    key: str
    order: int
    of: Callable[[Viewer, Article, Sequence[ArticleVersion]], Mapping[int, VersionNote]]


@dataclass(frozen=True)
class ForetoldChange:
    """One thing that a new text would change: which, how, and its words before and after."""

    name: str
    url: str
    label: Label
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Foretold:
    """What a new text would do to other things: sentences, and those that it changes.

    Each thing is counted in one sentence alone. `left_out` is how many changed ones more
    there are than `changes` holds.
    """

    title: str
    sentences: Sequence[str]
    changes: Sequence[ForetoldChange] = ()
    left_out: int = 0


@dataclass(frozen=True)
class TextForecast:
    """Says what would become of other things if a version got a new text; None of nothing."""

    key: str
    order: int
    of: Callable[[Viewer, ArticleVersion, str], Foretold | None]


@dataclass(frozen=True)
class AccountNames:
    """Finds what accounts are called by others, by their id; absent ones are left out."""

    key: str
    order: int
    of: Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True)
class LimitedPage:
    """A page that `?in=` limits to a collection; `key` is the name of its URL."""

    key: str
    label: Label
    order: int


@dataclass(frozen=True)
class ChosenAction:
    """What can be done with articles chosen in a list; `key` is the name of its URL.

    Their slugs come to it as the parameters `article`, the list's address as `back`.
    One that `is_for_accounts` is offered to who is signed in alone.
    """

    key: str
    label: Label
    order: int
    is_for_accounts: bool = False


navigation_entries: Registry[NavigationEntry] = Registry()
search_kinds: Registry[SearchKind] = Registry()
related_boosts: Registry[RelatedBoost] = Registry()
library_facets: Registry[LibraryFacet] = Registry()
library_sorts: Registry[LibrarySort] = Registry()
row_marks: Registry[RowMarksSource] = Registry()
passage_tints: Registry[PassageTints] = Registry()
built_on: Registry[BuiltOn] = Registry()
version_notes: Registry[VersionNotes] = Registry()
text_forecasts: Registry[TextForecast] = Registry()
account_names: Registry[AccountNames] = Registry()
limited_pages: Registry[LimitedPage] = Registry()
chosen_actions: Registry[ChosenAction] = Registry()
