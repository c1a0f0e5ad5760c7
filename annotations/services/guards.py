"""What every write checks first: who writes, what is written, and that nothing is stale."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.access import Contributed, permitted
from annotations.errors import NotFound
from annotations.models import Audience
from annotations.permissions import can_annotate
from annotations.services import profiles
from corpus.errors import Invalid, SignInNeeded, Stale
from corpus.models import Group
from corpus.permissions import Viewer
from corpus.text.spans import is_blank

MAX_NOTE = 20_000

_SURROGATES = range(0xD800, 0xE000)


def writer_id(viewer: Viewer) -> int:
    """Return the account that writes, with a profile; raises SignInNeeded for nobody."""
    if viewer.user_id is None or not can_annotate(viewer):
        raise SignInNeeded
    profiles.ensure(viewer.user_id)
    return viewer.user_id


def clean_note(text: str, *, limit: int = MAX_NOTE) -> str:
    """Return `text` as it is stored: line feeds, and "" for what shows nothing.

    Raises Invalid when it is longer than `limit` characters or holds what cannot be
    stored or shown: NUL, half of a surrogate pair.
    """
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in kept or any(ord(character) in _SURROGATES for character in kept):
        raise Invalid(
            _("The text holds a character that cannot be stored. Take it out and save again."),
            note=_("This holds a character that cannot be stored."),
        )
    if len(kept) > limit:
        sentence = _("This is %(length)d characters long; at most %(limit)d can be kept.")
        sentence %= {"length": len(kept), "limit": limit}
        raise Invalid(sentence, note=sentence)
    return "" if is_blank(kept) else kept


def needed_note(text: str, *, is_needed: bool) -> str:
    """Return `text` as it is stored; raises Invalid when it is needed and empty."""
    kept = clean_note(text)
    if is_needed and not kept:
        raise Invalid(_("Write something first."), note=_("Write something first."))
    return kept


def checked_audience(viewer: Viewer, audience: str, group_ids: frozenset[UUID]) -> str:
    """Return `audience`; raises Invalid unless the viewer may write for it."""
    if audience not in Audience.values:
        raise Invalid(_("Choose who may see this."), audience=_("Choose who may see this."))
    if audience == Audience.GROUPS and not (group_ids and group_ids <= viewer.group_ids):
        raise Invalid(_("Choose groups that you belong to."), audience=_("Choose your groups."))
    return audience


def groups_of(group_ids: frozenset[UUID]) -> QuerySet[Group]:
    """Return the groups with these ids."""
    return Group.objects.filter(pk__in=group_ids)


def checked_choice(value: str, allowed: list[str], field: str) -> str:
    """Return `value`, one of `allowed`; raises Invalid, naming `field`, when it is not."""
    if value not in allowed:
        sentence = _("“%(value)s” is none of the choices.") % {"value": value[:40]}
        raise Invalid(sentence, **{field: sentence})
    return value


def locked(viewer: Viewer, thing: Contributed, action: str) -> Contributed:
    """Return `thing` as it is stored now, locked until the transaction ends.

    `action` is a key of PERMISSIONS. Raises NotFound when the viewer may not even see it,
    NotAllowed when they may not do this.
    """
    rows = type(thing).objects.select_related(*thing.STANDS_ON).select_for_update(of=("self",))
    stored = rows.filter(pk=thing.pk).first()
    if stored is None:
        raise NotFound
    return permitted(viewer, stored, action)


def check_counter(stored: int, seen: int, current: Mapping[str, object]) -> None:
    """Raise Stale with the `current` state when the writer saw another counter."""
    if stored != seen:
        raise Stale({**current, "counter": stored})
