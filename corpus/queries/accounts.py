"""What accounts are called in pages."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from corpus.extensions import account_names
from corpus.permissions import Viewer


def names_for(viewer: Viewer, ids: Iterable[int | None]) -> dict[int, str]:
    """Return what `viewer` may call the accounts with these keys, by key; None is left out.

    The name that somebody signs in with is for staff alone.
    """
    wanted = sorted({pk for pk in ids if pk is not None})
    found: dict[int, str] = {}
    for entry in account_names if wanted else ():
        found.update(entry.of(wanted))
    unnamed = [pk for pk in wanted if pk not in found]
    if not viewer.is_staff:
        return {**found, **dict.fromkeys(unnamed, _("a curator"))}
    accounts = get_user_model().objects.filter(pk__in=unnamed)
    return {**found, **{user.pk: user.get_full_name() or user.get_username() for user in accounts}}
