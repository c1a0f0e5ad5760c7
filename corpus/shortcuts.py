"""Everything that a single key does, in one list: the settings, the list of keys and the scripts
read it, and apps add to it in AppConfig.ready().

A key is one printed character as `KeyboardEvent.key` has it, so "J" is J with Shift. Keys
that are the same in every browser and product (Enter, Escape, Ctrl+K) are shown beside them
and cannot be changed. Source: WCAG 2.2, 2.1.4.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corpus.registry import Registry

# Words that are translated when they are shown.
Label = str | Promise
# The scope whose keys stand beside those of every other one.
EVERYWHERE = "everywhere"
COOKIE = "keys"


@dataclass(frozen=True)
class KeyGroup:
    """Some shortcuts that are shown together; `scope` says where they may stand beside others.

    Two groups of one scope share pages, so none of their keys may be the same. `needs` names
    the shortcut without which a page has no use for the group, "" for none.
    """

    key: str
    label: Label
    scope: str
    order: int
    needs: str = ""


@dataclass(frozen=True)
class Shortcut:
    """What one key does: `key` is its lasting name, `usual` the key unless a reader changed it."""

    key: str
    usual: str
    label: Label
    group: str
    order: int


@dataclass(frozen=True)
class FixedKey:
    """Keys that do something and stay as they are: `caps` is what stands on them."""

    key: str
    caps: Sequence[str]
    label: Label
    group: str
    order: int


key_groups: Registry[KeyGroup] = Registry()
shortcuts: Registry[Shortcut] = Registry()
fixed_keys: Registry[FixedKey] = Registry()


@dataclass(frozen=True)
class Keys:
    """The keys of one reader: the changed ones by the name of the shortcut, "" for none."""

    changed: Mapping[str, str] = field(default_factory=dict)
    is_off: bool = False

    def of(self, name: str) -> str:
        """Return the key of the shortcut called `name`, "" when it has none."""
        shortcut = shortcuts.get(name)
        if shortcut is None:
            return ""
        return self.changed.get(name, shortcut.usual)

    def __str__(self) -> str:
        """Return the names with their keys as scripts read them: "next:j previous:k"."""
        pairs = ((shortcut.key, self.of(shortcut.key)) for shortcut in shortcuts)
        return " ".join(f"{name}:{key}" for name, key in pairs if key)


def keys_from(data: Mapping[str, Any]) -> Keys:
    """Return the keys that were stored as `data`; what cannot be a key counts as unchanged."""
    stored = data.get("keys")
    changed = stored if isinstance(stored, dict) else {}
    known = {
        name: key
        for name, key in changed.items()
        if shortcuts.get(name) is not None and isinstance(key, str) and (not key or is_key(key))
    }
    return Keys(known, is_off=data.get("off") is True)


def changes_in(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return what of `chosen`, keys by the names of shortcuts, is not as usual."""
    known = {shortcut.key: shortcut.usual for shortcut in shortcuts}
    return {name: key for name, key in chosen.items() if known.get(name, key) != key}


def is_key(text: str) -> bool:
    """Say whether `text` is one character that a key can print, other than a space."""
    return len(text) == 1 and not text.isspace() and unicodedata.category(text)[0] in "LNPS"


def problems_in(changed: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with `changed`, keys by the names of shortcuts: a sentence for each.

    A key may do one thing on a page: it is wrong for two shortcuts that may stand on the same.
    """
    wrong = {
        name: gettext("This is not one key. Type a single letter, digit or sign, or nothing.")
        for name, key in changed.items()
        if key and not is_key(key)
    }
    return wrong | {
        one.key: gettext("“%(key)s” does “%(label)s” already. Choose another key for one of them.")
        % {"key": changed.get(one.key, one.usual), "label": other.label}
        for one, other in _rivals(Keys(changed))
        if one.key not in wrong
    }


def without_problems(changed: Mapping[str, str]) -> dict[str, str]:
    """Return `changed` without the keys that are wrong; these shortcuts have their usual ones.

    Keys may come to be wrong by themselves: when another one is as usual again, or a new
    version gives a new shortcut a key that a reader put elsewhere.
    """
    kept = dict(changed)
    while wrong := kept.keys() & problems_in(kept).keys():
        kept = {name: key for name, key in kept.items() if name not in wrong}
    return kept


def _rivals(keys: Keys) -> Iterator[tuple[Shortcut, Shortcut]]:
    every = [shortcut for shortcut in shortcuts if keys.of(shortcut.key)]
    for one in every:
        for other in every:
            is_same_key = keys.of(one.key) == keys.of(other.key)
            if one is not other and is_same_key and _share_pages(one, other):
                yield one, other


def _share_pages(one: Shortcut, other: Shortcut) -> bool:
    scopes = {_scope(one), _scope(other)}
    return len(scopes) == 1 or EVERYWHERE in scopes


def _scope(shortcut: Shortcut) -> str:
    group = key_groups.get(shortcut.group)
    return group.scope if group else EVERYWHERE


def register() -> None:
    """Add what this app itself offers; called once, when it is ready."""
    key_groups.add(KeyGroup("site", _("On every page"), EVERYWHERE, 10))
    key_groups.add(KeyGroup("moving", _("Going through an article"), "reading", 20))
    key_groups.add(KeyGroup("lists", _("In lists of articles"), "lists", 60))
    key_groups.add(KeyGroup("checking", _("Checking a proposed article"), "checking", 70))
    fixed_keys.add(FixedKey("palette", ("Ctrl", "K"), _("find anything, do anything"), "site", 30))
    fixed_keys.add(FixedKey("close", ("Esc",), _("close what is open"), "site", 40))
    for order, (name, usual, label, group) in enumerate(_OWN):
        shortcuts.add(Shortcut(name, usual, label, group, 10 * order))


_OWN: Sequence[tuple[str, str, Label, str]] = (
    ("search", "/", _("search"), "site"),
    ("help", "?", _("list of keys"), "site"),
    ("previous-article", "[", _("previous article of the collection"), "moving"),
    ("next-article", "]", _("next article of the collection"), "moving"),
    ("next-row", "j", _("next article of the list"), "lists"),
    ("previous-row", "k", _("previous article of the list"), "lists"),
    ("choose-row", "x", _("choose this article"), "lists"),
    ("next-piece", "j", _("next piece"), "checking"),
    ("previous-piece", "k", _("previous piece"), "checking"),
    ("toggle-piece", "x", _("leave the piece or line out, or take it in"), "checking"),
    ("kind", "e", _("say what the piece is"), "checking"),
    ("split", "s", _("begin another article here"), "checking"),
    ("join", "m", _("join with the piece above"), "checking"),
    ("undo", "u", _("undo the last decision"), "checking"),
    ("apply", "a", _("add the article to the library"), "checking"),
)
