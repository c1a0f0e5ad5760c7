"""What its owners say of a group, what of it can be stored, and who may do something to it."""

from dataclasses import dataclass
from typing import Any
from unicodedata import category

from django.utils.translation import gettext as _

from corpus.access import in_groups
from corpus.errors import Invalid, NotAllowed, NotFound, SignInNeeded, Stale
from corpus.models import Event, Group
from corpus.permissions import GROUP_PERMISSIONS, Viewer, can_keep_group
from corpus.services.events import record

MAX_NAME = 120
MAX_PURPOSE = 2_000


@dataclass(frozen=True)
class GroupDetails:
    """All that is said of a group; `kind` is one of Group.Kind."""

    name: str
    purpose: str = ""
    kind: str = Group.Kind.CLOSED


def checked(details: GroupDetails) -> GroupDetails:
    """Return `details` as they are stored; raises Invalid, naming the fields."""
    kept = GroupDetails(
        " ".join(details.name.split()),
        details.purpose.replace("\r\n", "\n").strip(),
        details.kind,
    )
    wrong = {}
    if not 1 <= len(kept.name) <= MAX_NAME or not any(map(str.isalnum, kept.name)):
        sentence = _("A name has 1 to %(limit)d characters, among them a letter or a number.")
        wrong["name"] = sentence % {"limit": MAX_NAME}
    elif _is_unstorable(kept.name):
        wrong["name"] = _("This holds a character that cannot be stored.")
    if len(kept.purpose) > MAX_PURPOSE:
        wrong["purpose"] = _("At most %(limit)d characters can be kept.") % {"limit": MAX_PURPOSE}
    elif _is_unstorable(" ".join(kept.purpose.split())):
        wrong["purpose"] = _("This holds a character that cannot be stored.")
    if kept.kind not in Group.Kind.values:
        wrong["kind"] = _("Choose how people come in.")
    if wrong:
        raise Invalid(_("Some of this cannot be stored. Nothing was changed."), **wrong)
    return kept


def told_of(stored: Group) -> dict[str, Any]:
    """Return the details of `stored` as JSON values."""
    return {"name": stored.name, "purpose": stored.purpose, "kind": stored.kind}


def account_of(viewer: Viewer) -> int:
    """Return the account of `viewer`; raises SignInNeeded for nobody."""
    if viewer.user_id is None:
        raise SignInNeeded
    return viewer.user_id


def locked(viewer: Viewer, group: Group, action: str) -> tuple[Group, Viewer]:
    """Return the group as it is stored and `viewer` as they stand in it, both now.

    The row is locked until the transaction ends, so that whoever changes who is in the group
    does it one after the other. `action` is a key of GROUP_PERMISSIONS. Raises NotFound when
    the viewer may not know of the group, NotAllowed when they may not do this.
    """
    stored = Group.objects.select_for_update(of=("self",)).filter(pk=group.pk).first()
    if stored is None:
        raise NotFound
    now = in_groups(viewer)
    if not can_keep_group(now, stored):
        raise NotFound
    if not GROUP_PERMISSIONS[action](now, stored):
        raise NotAllowed
    return stored, now


def check_counter(stored: Group, seen: int) -> None:
    """Raise Stale, with what is stored, when the writer saw another counter."""
    if stored.counter != seen:
        raise Stale({**told_of(stored), "counter": stored.counter})


def tell(
    viewer: Viewer,
    verb: str,
    group: Group,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Leave the Event of `verb` on `group`, for its members."""
    groups = Event.Audience.GROUPS
    record(viewer.user_id, verb, group, audience=groups, before=before, after=after)


def _is_unstorable(text: str) -> bool:
    return any(category(character) in {"Cs", "Cc"} for character in text)
