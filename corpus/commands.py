"""What the palette of commands leads to; apps add to these lists in AppConfig.ready().

The menu of the top bar shows the same places, and what single keys do stands in
`corpus.shortcuts`: nothing is listed twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from corpus.permissions import Viewer
from corpus.registry import Registry
from corpus.shortcuts import Label

Visitors = Literal["readers", "staff"]


@dataclass(frozen=True)
class Place:
    """A page in the menu of an account; `key` is the name of its URL, `who` has a use for it."""

    key: str
    label: Label
    order: int
    who: Visitors = "readers"


@dataclass(frozen=True)
class Match:
    """A thing whose name was typed: where it is, what tells it from others, and its colour."""

    name: str
    url: str
    meta: str = ""
    slot: int = 0


@dataclass(frozen=True)
class Finder:
    """Finds things of one kind by a part of their names, of those that the viewer may know."""

    key: str
    label: Label
    order: int
    matches: Callable[[Viewer, str], Sequence[Match]]


places: Registry[Place] = Registry()
finders: Registry[Finder] = Registry()


def places_for(*, is_staff: bool) -> list[Place]:
    """Return the pages in the menu of an account."""
    return [place for place in places if place.who == "readers" or is_staff]


def register() -> None:
    """Add the pages of this app; called once, when it is ready."""
    places.add(Place("groups", _("Groups"), 11))
    places.add(Place("account_change_password", _("Change password"), 30))
    places.add(Place("admin:index", _("Admin"), 50, "staff"))
    places.add(Place("jobs", _("Background work"), 60, "staff"))
    places.add(Place("exports", _("Exports"), 70, "staff"))
    places.add(Place("copies", _("Near copies"), 80, "staff"))
