"""Why one article is related to another: facts, which are worded when they are shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Kind = Literal[
    "said",
    "same_size",
    "within",
    "around",
    "much_the_same",
    "quotation",
    "names",
    "words",
    "same_address",
    "cites_this",
    "cited_here",
    "both_cite",
]


@dataclass(frozen=True)
class Reason:
    """A reason of `kind`: `told` holds the words, names or addresses that it is about.

    One that is `said` is worded by who gave it. `here` and `there` are the addresses of the
    same words in the article that is read and in the related one, "" when the reason is not
    about a passage.
    """

    kind: Kind
    told: tuple[str, ...] = ()
    here: str = ""
    there: str = ""

    @property
    def text(self) -> str:
        """Return it in the language of who reads, as words that follow the related title."""
        return _WORDED[self.kind](self.told)

    def as_json(self) -> dict[str, Any]:
        """Return what `reason_from_json` makes it of again, without the addresses."""
        return {"kind": self.kind, "told": list(self.told)}


@dataclass(frozen=True)
class Evidence:
    """What tells that an article is related: `weight` is 0 to 1, more is stronger."""

    weight: float
    reason: Reason


def reason_from_json(stored: Mapping[str, Any]) -> Reason:
    """Return the reason that `Reason.as_json` gave; raises KeyError when it is none."""
    kind: Kind = stored["kind"]
    _WORDED[kind]  # a kind that nobody can word is refused here, not when it is shown
    return Reason(kind, tuple(stored["told"]))


def _listed(told: Sequence[str]) -> str:
    return ", ".join(told)


def _words(told: Sequence[str]) -> str:
    said = ngettext("both use the word %(words)s", "both use the words %(words)s", len(told))
    return said % {"words": _listed(told)}


_WORDED: Mapping[Kind, Callable[[Sequence[str]], str]] = {
    "said": _listed,
    "same_size": lambda _told: _("nearly the same text"),
    "within": lambda _told: _("has nearly all of this text"),
    "around": lambda _told: _("nearly all of its text stands here"),
    "much_the_same": lambda _told: _("has much of the same text"),
    "quotation": lambda told: _("both quote “%(words)s”") % {"words": _listed(told)},
    "names": lambda told: _("both mention %(names)s") % {"names": _listed(told)},
    "words": _words,
    "same_address": lambda _told: _("from the same address"),
    "cites_this": lambda _told: _("links to this article"),
    "cited_here": lambda _told: _("this article links to it"),
    "both_cite": lambda told: _("both link to %(pages)s") % {"pages": _listed(told)},
}
