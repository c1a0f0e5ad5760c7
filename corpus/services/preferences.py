"""Keeping how a reader likes the product to look and to be worked.

A reader's settings are theirs alone: the Events of them are too, and a setting that is
chosen again as it is leaves none.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.appearance import Appearance, appearance_from, as_values, is_choice
from corpus.errors import Invalid, SignInNeeded
from corpus.models import Event, Preferences
from corpus.permissions import Viewer
from corpus.services.events import record
from corpus.shortcuts import problems_in, shortcuts

_VERBS = {"appearance": "appearance.kept", "keys": "keys.kept"}


def keep_appearance(
    viewer: Viewer, changes: Mapping[str, str], *, begun: Appearance | None = None
) -> Preferences:
    """Keep `changes`, settings by name, of how pages look to the viewer; return the row.

    Settings not named stay as they are; those of a reader who chose none so far as they are
    in `begun`. Raises SignInNeeded, and Invalid for a name or value that does not exist.
    """
    wrong = [name for name, value in changes.items() if not is_choice(name, value)]
    if wrong:
        raise Invalid(_("There is no such setting. Nothing was changed."))
    with transaction.atomic():
        stored = _locked(viewer)
        before = appearance_from(stored.appearance) if stored.appearance else begun or Appearance()
        return _keep(viewer, stored, "appearance", as_values(before) | dict(changes))


def take_over(viewer: Viewer, appearance: Appearance) -> Preferences:
    """Keep `appearance`, chosen before signing in, unless the viewer chose one before.

    Raises SignInNeeded.
    """
    with transaction.atomic():
        stored = _locked(viewer)
        if stored.appearance:
            return stored
        return _keep(viewer, stored, "appearance", as_values(appearance))


def keep_keys(viewer: Viewer, keys: Mapping[str, str], *, off: bool = False) -> Preferences:
    """Keep which keys the viewer works with; return the row.

    `keys` holds, by action, every key that is not the usual one, "" where the action has
    none; `off` says that single keys do nothing. Raises SignInNeeded, and Invalid, whose
    fields are named by the actions, for what is no key and for a key of two actions.
    """
    _check_keys(keys)
    with transaction.atomic():
        stored = _locked(viewer)
        return _keep(viewer, stored, "keys", {"off": off, "keys": dict(keys)})


def _locked(viewer: Viewer) -> Preferences:
    if viewer.user_id is None:
        raise SignInNeeded
    Preferences.objects.get_or_create(user_id=viewer.user_id)
    return Preferences.objects.select_for_update().get(user_id=viewer.user_id)


def _keep(viewer: Viewer, stored: Preferences, field: str, after: dict[str, Any]) -> Preferences:
    before = getattr(stored, field)
    if after == before:
        return stored
    setattr(stored, field, after)
    stored.save(update_fields=[field])
    record(
        viewer.user_id,
        _VERBS[field],
        stored,
        audience=Event.Audience.PRIVATE,
        before=before,
        after=after,
    )
    return stored


def _check_keys(keys: Mapping[str, str]) -> None:
    if any(shortcuts.get(name) is None for name in keys):
        raise Invalid(_("These are no keys of this page. Nothing was changed."))
    wrong = problems_in(keys)
    if wrong:
        raise Invalid(_("Some keys cannot be kept. Nothing was changed."), **wrong)
