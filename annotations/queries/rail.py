"""What stands in the rail beside an article: its claims, its readers, what it is linked to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.models import Audience, ClaimOccurrence, Link
from annotations.models.profile import initials_of
from annotations.queries.limits import Filters, passes
from annotations.queries.margin_rows import OF_GROUP, LinkEnd, Row, Tagged, far_end
from corpus.models import Article, Group
from corpus.permissions import Viewer


@dataclass(frozen=True)
class Tally:
    """A row of the rail: what may be chosen, how often it is here, whether it is chosen.

    `count` is of the highlights that it would show, with what else is chosen; `is_off` says
    that something else is chosen in its place, or that it would show nothing.
    """

    key: str
    name: str
    slot: int
    count: int
    is_chosen: bool
    is_off: bool
    initials: str = ""


@dataclass(frozen=True)
class Limit:
    """One thing that the address asks for: its key and value there, and its row of the rail.

    Where nothing here has it there is no row, and `missing` says so.
    """

    key: str
    value: str
    row: Tally | None
    missing: str = ""


@dataclass(frozen=True)
class Rail:
    """What the marks of the page can be limited to, and what they are limited to."""

    claims: list[Tally] = field(default_factory=list)
    readers: list[Tally] = field(default_factory=list)
    stances: list[Tally] = field(default_factory=list)
    audiences: list[Tally] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)

    @property
    def missing(self) -> list[Limit]:
        """Return what the address asks for and nothing here has."""
        return [limit for limit in self.limits if limit.row is None]


@dataclass(frozen=True)
class LinkedArticle:
    """An article at the far end of links, and how many of them lead there."""

    article: Article
    count: int
    relation: str
    link: LinkEnd


_Claims = Mapping[int, Sequence[Tagged]]


def rail_of(viewer: Viewer, rows: Sequence[Row], tagged: _Claims, chosen: Filters) -> Rail:
    """Return the rows of the rail beside `rows`, and what `chosen` names, each with its row."""
    claims = _claims_here(viewer, rows, tagged, chosen)
    readers = _readers_here(viewer, rows, tagged, chosen)
    stances = _stances_here(viewer, rows, tagged, chosen)
    audiences = _audiences_here(viewer, rows, tagged, chosen)
    limits = [
        Limit("claim", chosen.claim, _chosen(claims), _no_claim(chosen.claim)),
        Limit("by", chosen.by, _chosen(readers), _no_reader(chosen.by)),
        Limit("stance", chosen.stance, _chosen(stances), _no_stance(chosen.stance)),
        *(Limit("for", one, _at(audiences, one), _no_audience(one)) for one in chosen.seen_by),
    ]
    return Rail(claims, readers, stances, audiences, [each for each in limits if each.value])


def linked_articles(links: Iterable[Link], article: Article) -> list[LinkedArticle]:
    """Return the articles that `links` join to `article`, in the order of the links."""
    ends: dict[UUID, list[LinkEnd]] = {}
    for link in links:
        end = far_end(link, article)
        ends.setdefault(end.article.id, []).append(end)
    return [
        LinkedArticle(rows[0].article, len(rows), rows[0].link.get_relation_display(), rows[0])
        for rows in ends.values()
    ]


def _claims_here(
    viewer: Viewer, rows: Sequence[Row], tagged: _Claims, chosen: Filters
) -> list[Tally]:
    """Return the claims tagged on `rows`, the most frequent first, whatever is chosen."""
    others = replace(chosen, claim="")
    here = [item for row in rows for item in tagged.get(row.number, ())]
    shown = _tagged_on(_showing(viewer, rows, tagged, others), tagged, others)
    counts = Counter(item.slug for item in shown)
    order = Counter(item.slug for item in here)
    claims = {item.slug: item for item in here}
    return [
        _tally(slug, claims[slug].label, claims[slug].slot, counts[slug], chosen.claim)
        for slug in sorted(claims, key=lambda slug: (-order[slug], claims[slug].label))
    ]


def _readers_here(
    viewer: Viewer, rows: Sequence[Row], tagged: _Claims, chosen: Filters
) -> list[Tally]:
    """Return the readers who made `rows`, the most active first, whatever is chosen."""
    shown = _showing(viewer, rows, tagged, replace(chosen, by=""))
    counts = Counter(row.username for row in shown)
    order = Counter(row.username for row in rows)
    readers = {row.username: row for row in rows}
    tallies = [
        replace(
            _tally(name, row.reader, row.person, counts[name], chosen.by),
            initials=initials_of(row.reader),
        )
        for name, row in readers.items()
    ]
    return sorted(tallies, key=lambda tally: (-order[tally.key], tally.name))


def _stances_here(
    viewer: Viewer, rows: Sequence[Row], tagged: _Claims, chosen: Filters
) -> list[Tally]:
    """Return what highlights do to their claims, all of it or, where none has a claim, nothing."""
    if not any(tagged.get(row.number) for row in rows):
        return []
    others = replace(chosen, stance="")
    shown = _showing(viewer, rows, tagged, others)
    counts = Counter(
        stance
        for row in shown
        for stance in {item.stance for item in tagged.get(row.number, ()) if others.fits(item)}
    )
    return [
        _tally(stance.value, str(stance.label), 0, counts[stance.value], chosen.stance)
        for stance in ClaimOccurrence.Stance
    ]


def _audiences_here(
    viewer: Viewer, rows: Sequence[Row], tagged: _Claims, chosen: Filters
) -> list[Tally]:
    """Return who sees what is on `rows`, everyone first; nothing where that is everyone alone."""
    here = {key for row in rows for key in row.seen_by}
    if here <= {Audience.PUBLIC.value} and not chosen.seen_by:
        return []
    shown = _showing(viewer, rows, tagged, replace(chosen, seen_by=()))
    counts = Counter(key for row in shown for key in row.seen_by)
    names = _names_of_audiences(viewer, {*here, *chosen.seen_by})
    tallies = [_tally(key, name, 0, counts[key], "") for key, name in names.items()]
    return [
        replace(
            one,
            is_chosen=one.key in chosen.seen_by,
            is_off=one.key not in chosen.seen_by and (bool(chosen.seen_by) or one.is_off),
        )
        for one in tallies
    ]


def _names_of_audiences(viewer: Viewer, keys: Set[str]) -> dict[str, str]:
    """Return what those of `keys` are called that the viewer may know of, in their order."""
    slugs = [key.removeprefix(OF_GROUP) for key in keys if key.startswith(OF_GROUP)]
    groups = Group.objects.filter(pk__in=viewer.group_ids, slug__in=slugs) if slugs else ()
    named = {
        Audience.PUBLIC.value: _("Everyone"),
        **{f"{OF_GROUP}{group.slug}": group.name for group in groups},
        Audience.PRIVATE.value: _("Only you"),
    }
    return {key: name for key, name in named.items() if key in keys}


def _showing(viewer: Viewer, rows: Iterable[Row], tagged: _Claims, chosen: Filters) -> list[Row]:
    """Return those of `rows` that `chosen` shows; all of them when it names nothing.

    The rail tells of all that is here: also to who reads without highlights.
    """
    if not chosen:
        return list(rows)
    return [row for row in rows if passes(viewer, row, tagged.get(row.number, ()), chosen)]


def _tagged_on(rows: Iterable[Row], tagged: _Claims, chosen: Filters) -> list[Tagged]:
    return [item for row in rows for item in tagged.get(row.number, ()) if chosen.fits(item)]


def _tally(key: str, name: str, slot: int, count: int, chosen: str) -> Tally:
    is_chosen = key == chosen
    return Tally(key, name, slot, count, is_chosen, not is_chosen and (bool(chosen) or not count))


def _at(tallies: Iterable[Tally], key: str) -> Tally | None:
    return next((tally for tally in tallies if tally.key == key), None)


def _chosen(tallies: Iterable[Tally]) -> Tally | None:
    return next((tally for tally in tallies if tally.is_chosen), None)


def _no_claim(slug: str) -> str:
    return _("No highlight here has the claim “%(claim)s”.") % {"claim": slug}


def _no_reader(name: str) -> str:
    return _("No reader who signs in as “%(name)s” has marked this article.") % {"name": name}


def _no_stance(stance: str) -> str:
    words = _("Highlights support a claim, dispute it or give context; “%(stance)s” is no stance.")
    return words % {"stance": stance}


def _no_audience(key: str) -> str:
    return _("You are in no group “%(group)s”.") % {"group": key.removeprefix(OF_GROUP)}
