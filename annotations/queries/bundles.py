"""What happened, gathered by day, person and article, as lists of activity show it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.markdown import words_of
from annotations.models import Annotation, Audience, Claim, Link, Profile
from annotations.queries.items import Did, Item, Thing
from corpus.models import Article

# So many of what one person did in one article on one day are quoted; the others are counted.
MOST_QUOTED = 3
_MOST_LETTERS = 160


@dataclass(frozen=True)
class Quoted:
    """One thing of a bundle with its opening words; `slot` is the colour of a claim, else 0.

    `is_quote` says that the words are the article's own.
    """

    words: str
    url: str
    slot: int = 0
    is_quote: bool = False
    audience: str = Audience.PUBLIC.value


@dataclass(frozen=True)
class Bundle:
    """What one reader did in one article on one day, the latest first, each thing once.

    `reader` is None where nobody is named; `article` where it stands in no article, or is
    about several.
    """

    reader: Profile | None
    article: Article | None
    items: Sequence[Item]

    @property
    def said(self) -> str:
        """Return what was done, counted, in words that follow a name: "marked 4 passages"."""
        counts = {did: sum(item.did == did for item in self.items) for did in _SAID}
        return ", ".join(_SAID[did](n) % {"n": n} for did, n in counts.items() if n)

    @property
    def quoted(self) -> list[Quoted]:
        """Return the latest things, but for the article that the bundle names itself."""
        return [quoted(item) for item in self._told_apart[:MOST_QUOTED]]

    @property
    def more(self) -> int:
        """Return how many more there are."""
        return max(0, len(self._told_apart) - MOST_QUOTED)

    @property
    def _told_apart(self) -> list[Item]:
        once: dict[Thing, Item] = {}
        for item in self.items:
            if item.thing != self.article:
                once.setdefault(item.thing, item)
        return list(once.values())


@dataclass(frozen=True)
class Day:
    """A day with what was done on it, the latest bundle first."""

    day: date
    bundles: Sequence[Bundle] = field(default_factory=list)


def by_day(items: Iterable[Item]) -> list[Day]:
    """Return `items`, which are the latest first, by day, person and article."""
    days = groupby(items, key=lambda item: timezone.localdate(item.at))
    return [Day(day, _bundles(done)) for day, done in days]


def quoted(item: Item) -> Quoted:
    """Return the opening words of what `item` tells of."""
    thing = item.thing
    if isinstance(thing, Annotation):
        is_quote = thing.is_highlight
        words = thing.exact if is_quote else words_of(thing.note)
        return Quoted(_opening(words), item.url, 0, is_quote, thing.audience)
    if isinstance(thing, Link):
        relation = str(thing.get_relation_display())
        words = f"{relation[:1].upper()}{relation[1:]}: {thing.to_article.title}"
        return Quoted(words, item.url, audience=thing.audience)
    if isinstance(thing, Claim):
        return Quoted(thing.label, item.url, thing.slot)
    return Quoted(str(thing), item.url)


def _opening(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(_MOST_LETTERS, truncate="…")


def _bundles(done: Iterable[Item]) -> list[Bundle]:
    alike: dict[tuple[object, ...], list[Item]] = {}
    for item in done:
        alike.setdefault(_key(item), []).append(item)
    return [_bundle(items) for items in alike.values()]


def _key(item: Item) -> tuple[object, ...]:
    """Return what the items of a bundle have in common; added articles are told together."""
    reader = item.by.user_id if item.by else None
    if item.article is None or item.did == "added":
        return reader, item.did
    return reader, item.article.pk


def _bundle(items: Sequence[Item]) -> Bundle:
    first = items[0]
    once = {(item.did, item.thing): item for item in reversed(items)}
    marked = {item.thing for item in items if item.did == "marked"}
    kept = [
        item
        for item in items
        if once[item.did, item.thing] is item
        # What was marked on that day is not told again for its claims.
        and not (item.did == "tagged" and item.thing in marked)
    ]
    return Bundle(first.by, None if first.did == "added" else first.article, kept)


def _marked(n: int) -> str:
    return ngettext("marked %(n)d passage", "marked %(n)d passages", n)


def _noted(n: int) -> str:
    return ngettext("wrote %(n)d note", "wrote %(n)d notes", n)


def _replied(n: int) -> str:
    return ngettext("replied once", "replied %(n)d times", n)


def _tagged(n: int) -> str:
    return ngettext("tagged claims on %(n)d passage", "tagged claims on %(n)d passages", n)


def _linked(n: int) -> str:
    return ngettext("made %(n)d link", "made %(n)d links", n)


def _resolved(n: int) -> str:
    return ngettext("resolved %(n)d thread", "resolved %(n)d threads", n)


def _made(n: int) -> str:
    return ngettext("made %(n)d claim", "made %(n)d claims", n)


def _renamed(n: int) -> str:
    return ngettext("renamed %(n)d claim", "renamed %(n)d claims", n)


def _judged(n: int) -> str:
    return ngettext("reviewed %(n)d claim", "reviewed %(n)d claims", n)


def _merged(n: int) -> str:
    return ngettext("merged %(n)d claim", "merged %(n)d claims", n)


def _added(n: int) -> str:
    return ngettext("%(n)d article added", "%(n)d articles added", n)


def _changed(_n: int) -> str:
    return _("New text of")


def _collected(n: int) -> str:
    return ngettext("%(n)d collection made", "%(n)d collections made", n)


def _joined(n: int) -> str:
    return ngettext("joined a group", "joined %(n)d groups", n)


_SAID: Mapping[Did, Callable[[int], str]] = {
    "marked": _marked,
    "noted": _noted,
    "replied": _replied,
    "tagged": _tagged,
    "linked": _linked,
    "resolved": _resolved,
    "made_claim": _made,
    "renamed_claim": _renamed,
    "judged_claim": _judged,
    "merged_claim": _merged,
    "added": _added,
    "changed": _changed,
    "collected": _collected,
    "joined": _joined,
}
