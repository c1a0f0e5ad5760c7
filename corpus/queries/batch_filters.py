"""Parts of an import that can be looked at by themselves: by doubt, and by what became of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corpus.importing.doubts import Doubt
from corpus.models import ImportBatch, ImportCandidate, ImportFile

_State = ImportCandidate.State

_DOUBTS: Mapping[str, Doubt] = {
    "title": Doubt.TITLE,
    "author": Doubt.AUTHOR,
    "outlet": Doubt.OUTLET,
    "date": Doubt.DATE,
    "places": Doubt.PLACES,
    "copy": Doubt.COPY,
    "update": Doubt.UPDATE,
}
_STATES: Mapping[str, str] = {
    "waiting": _State.PENDING,
    "added": _State.APPLIED,
    "known": _State.DUPLICATE,
    "rejected": _State.REJECTED,
}
REFUSED = "refused"
"""The part that holds files which could not be read, and no articles."""

_LABELS: Mapping[str, str | Promise] = {
    "": _("All"),
    "waiting": _("To check"),
    "sure": _("Without doubt"),
    "title": _("Title derived"),
    "author": _("Author unknown"),
    "outlet": _("Outlet unknown"),
    "date": _("Date unknown"),
    "places": _("Places to look at"),
    "copy": _("Nearly the same as another"),
    "update": _("New versions"),
    "added": pgettext_lazy("articles of an import", "In the library"),
    "known": _("There already"),
    "rejected": _("Rejected"),
    REFUSED: _("Not read"),
}


@dataclass(frozen=True)
class PartOfBatch:
    """A part of an import that can be chosen by `only`, with how much is in it."""

    only: str
    label: str | Promise
    count: int
    is_chosen: bool


def part_of(only: str) -> str:
    """Return `only` when it names a part, else "", which is the whole."""
    return only if only in _LABELS else ""


def in_part(only: str) -> Q:
    """Return the condition of being an article in the part."""
    if only in _STATES:
        return Q(state=_STATES[only])
    if only == "sure":
        return Q(state=_State.PENDING, doubts=Doubt.NONE)
    if only in _DOUBTS:
        # There are few kinds: naming them works alike in every database.
        doubt = _DOUBTS[only]
        having = [kind for kind in range(2 * max(Doubt)) if kind & doubt]
        return Q(state=_State.PENDING, doubts__in=having)
    return Q(pk__in=[]) if only == REFUSED else Q()


def is_in_part(only: str) -> Callable[[str, int], bool]:
    """Return what says of a state and doubts whether an article with them is in the part."""
    pending = _State.PENDING.value

    def is_in(state: str, doubts: int) -> bool:
        if only in _STATES:
            return state == _STATES[only]
        if only == "sure":
            return state == pending and not doubts
        if only in _DOUBTS:
            return state == pending and bool(doubts & _DOUBTS[only])
        return only != REFUSED

    return is_in


def parts_of(batch: ImportBatch, only: str) -> list[PartOfBatch]:
    """Return the parts of the import in which something is, in two queries; `only` is chosen."""
    rows = ImportCandidate.objects.filter(batch=batch).order_by().values("state", "doubts")
    kinds = list(rows.annotate(count=Count("pk")).values_list("state", "doubts", "count"))
    refused = batch.files.filter(state=ImportFile.State.REFUSED).count()
    parts: list[PartOfBatch] = []
    for name, label in _LABELS.items():
        is_in = is_in_part(name)
        count = sum(count for state, doubts, count in kinds if is_in(state, doubts))
        if name == REFUSED:
            count = refused
        # Where all of it waits, that is no part.
        is_whole = name == "waiting" and parts[0].count == count
        if (count and not is_whole) or name in {"", only}:
            parts.append(PartOfBatch(name, label, count, name == only))
    return parts
