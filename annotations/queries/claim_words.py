"""What was done to claims, in sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.consistency import MUTUAL
from annotations.models import Claim, ClaimRelation
from annotations.models.naming import shown_label
from corpus.models import Event
from corpus.verbs import in_words

Told = Mapping[str, Any]
Names = Mapping[UUID, str]

# The values of a claim that an Event names, as readers know them.
_LABELS = {field.name: field for field in Claim._meta.fields}


@dataclass(frozen=True)
class Change:
    """One value of a claim before and after; "" where there was or is none."""

    label: str
    before: str
    after: str


def sentence(event: Event, names: Names) -> str:
    """Return what the Event on a claim tells; `names` are those of claims by their keys."""
    say = _SENTENCES.get(event.verb)
    return say(event.before, event.after, names) if say else in_words(event.verb)


def changes(event: Event, names: Names) -> list[Change]:
    """Return the values that an edit changed, without claims that `names` do not hold."""
    return [
        Change(
            str(_LABELS[name].verbose_name).capitalize(),
            _value(name, event.before[name], names),
            _value(name, event.after.get(name), names),
        )
        for name in event.before
        if name in _LABELS and (name != "broader" or _are_named(event, names))
    ]


def _are_named(event: Event, names: Names) -> bool:
    keys = (event.before["broader"], event.after.get("broader"))
    return all(UUID(key) in names for key in keys if key)


def _created(_before: Told, after: Told, _names: Names) -> str:
    return _("Made the claim “%(name)s”.") % {"name": shown_label(after["name"])}


def _edited(_before: Told, _after: Told, _names: Names) -> str:
    return _("Edited the claim.")


def _absorbed(before: Told, _after: Told, _names: Names) -> str:
    said = _("“%(name)s”, which few knew, became this claim: others use these words too, for all.")
    return said % {"name": shown_label(before["name"])}


def _kept_back(_before: Told, _after: Told, _names: Names) -> str:
    return _("What was written about it was kept back: others use these words now too.")


def _merged(before: Told, after: Told, _names: Names) -> str:
    named = {"name": shown_label(before["name"]), "into": shown_label(after["into_name"])}
    said = [_("Merged “%(name)s” into “%(into)s”.") % named]
    # Of those that few see nothing is told, and what was told before they were told apart.
    if "shown" in after and (after["shown"] or after["doubled"]):
        said.append(_count(after))
    return " ".join(said)


def _merge_undone(_before: Told, after: Told, _names: Names) -> str:
    named = {"name": shown_label(after["name"]), "from": shown_label(after["from_name"])}
    return _("Took the merge of “%(name)s” into “%(from)s” back.") % named


def _split(before: Told, after: Told, _names: Names) -> str:
    named = {"name": shown_label(before["name"]), "to": shown_label(after["to_name"])}
    return _("Split “%(to)s” off “%(name)s”.") % named + " " + _count(after)


def _passages_moved(before: Told, after: Told, _names: Names) -> str:
    named = {"name": shown_label(before["name"]), "to": shown_label(after["to_name"])}
    return _("Moved passages from “%(name)s” to “%(to)s”.") % named + " " + _count(after)


def _move_undone(_before: Told, after: Told, _names: Names) -> str:
    named = {"from": shown_label(after["from_name"])}
    said = _("Took the move of passages to “%(from)s” back.") % named
    if after.get("is_removed"):
        said += " " + _("“%(from)s”, which nothing else had come to, is gone.") % named
    return said


def _placed_again(_before: Told, after: Told, names: Names) -> str:
    above = names.get(UUID(after["broader"]))
    if above is None:
        return _("Put it back to its place below a broader claim.")
    return _("Put it back to its place below “%(name)s”.") % {"name": above}


def _related(_before: Told, after: Told, names: Names) -> str:
    return _("Said that %(what)s.") % {"what": _relation(after, names)}


def _unrelated(before: Told, _after: Told, names: Names) -> str:
    return _("Said no more that %(what)s.") % {"what": _relation(before, names)}


def _alias_added(_before: Told, after: Told, _names: Names) -> str:
    return _("Gave it the further name “%(name)s”.") % {"name": after["alias"]}


def _alias_removed(before: Told, _after: Told, _names: Names) -> str:
    return _("Took the further name “%(name)s” away.") % {"name": before["alias"]}


def _relation_restored(_before: Told, after: Told, names: Names) -> str:
    return _("Said again that %(what)s.") % {"what": _relation(after, names)}


def _alias_restored(_before: Told, after: Told, _names: Names) -> str:
    return _("Gave the further name “%(name)s” back.") % {"name": after["alias"]}


_SENTENCES: Mapping[str, Callable[[Told, Told, Names], str]] = {
    "claim.absorbed": _absorbed,
    "claim.alias_added": _alias_added,
    "claim.alias_removed": _alias_removed,
    "claim.alias_restored": _alias_restored,
    "claim.created": _created,
    "claim.edited": _edited,
    "claim.kept_back": _kept_back,
    "claim.merge_undone": _merge_undone,
    "claim.merged": _merged,
    "claim.move_undone": _move_undone,
    "claim.passages_moved": _passages_moved,
    "claim.place_restored": _placed_again,
    "claim.related": _related,
    "claim.relation_restored": _relation_restored,
    "claim.split": _split,
    "claim.unrelated": _unrelated,
}


def _count(told: Told) -> str:
    count = told.get("shown", len(told.get("moved", [])))
    doubled = told.get("doubled", 0)
    moved = ngettext("%(count)d passage moved.", "%(count)d passages moved.", count)
    both = ngettext(
        "%(count)d highlight carried both.", "%(count)d highlights carried both.", doubled
    )
    words = moved % {"count": count}
    return f"{words} {both % {'count': doubled}}" if doubled else words


def _relation(told: Told, names: Names) -> str:
    here = shown_label(told["name"])
    other = names.get(UUID(told["other"]), shown_label(told["other_name"]))
    is_from_here = told.get("is_from_here", True) or told["kind"] in MUTUAL
    first, second = (here, other) if is_from_here else (other, here)
    return f"“{first}” {ClaimRelation.Kind(told['kind']).label} “{second}”"


def _value(name: str, value: Any, names: Names) -> str:
    if value in (None, ""):
        return ""
    match name:
        case "name":
            return shown_label(value)
        case "broader":
            return names[UUID(value)]
        case "status":
            return str(Claim.Status(value).label)
        case "outcome":
            return str(Claim.Outcome(value).label)
        case "evidence":
            return _("a passage")
    return str(value)
