"""Giving readers the name and colour that others see."""

import unicodedata

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from annotations.models import Profile
from corpus.errors import Invalid, SignInNeeded
from corpus.permissions import Viewer
from corpus.services.events import record
from corpus.text.unseen import as_shown

PERSON_SLOTS = range(1, 9)
MAX_NAME = 80


def ensure(user_id: int) -> Profile:
    """Return the profile of the account, made when this is its first write.

    It begins with the account's full name, or the name it signs in with, and the colour
    that the fewest readers have. Raises User.DoesNotExist when there is no such account.
    """
    found = Profile.objects.filter(user_id=user_id).first()
    if found is not None:
        return found
    user = get_user_model().objects.get(pk=user_id)
    name = user.get_full_name() or user.get_username()
    profile, _made = Profile.objects.get_or_create(
        user=user, defaults={"display_name": name[:MAX_NAME], "person_slot": least_used_slot()}
    )
    return profile


def introduce(user_id: int, display_name: str) -> Profile:
    """Return the profile of a new account under the name that its reader chose.

    It leaves the Event of the account, which the accounts library made.
    """
    with transaction.atomic():
        profile = ensure(user_id)
        profile.display_name = clean_name(display_name)
        profile.save(update_fields=["display_name"])
        record(user_id, "account.created", profile.user, after={"role": "reader"})
        return profile


def clean_name(name: str) -> str:
    """Return `name` as it is stored: NFC, single spaces, without what shows nothing.

    Raises Invalid unless it has 1 to MAX_NAME characters, among them a letter or a number.
    """
    kept = " ".join(unicodedata.normalize("NFC", as_shown(name)).split())
    if not any(character.isalnum() for character in kept):
        sentence = _("A name needs at least one letter or number.")
        raise Invalid(sentence, display_name=sentence)
    if len(kept) > MAX_NAME:
        sentence = _("A name has at most %(limit)d characters.") % {"limit": MAX_NAME}
        raise Invalid(sentence, display_name=sentence)
    return kept


def rename(viewer: Viewer, display_name: str) -> Profile:
    """Give the viewer another name that others see; return the profile as stored.

    The same name again changes nothing. Raises SignInNeeded, and Invalid as `clean_name`.
    """
    if viewer.user_id is None:
        raise SignInNeeded
    name = clean_name(display_name)
    with transaction.atomic():
        ensure(viewer.user_id)
        profile = Profile.objects.select_for_update().get(user_id=viewer.user_id)
        before = profile.display_name
        if name == before:
            return profile
        profile.display_name = name
        profile.save(update_fields=["display_name"])
        record(
            viewer.user_id,
            "profile.renamed",
            profile,
            before={"display_name": before},
            after={"display_name": name},
        )
        return profile


def least_used_slot() -> int:
    """Return the colour, 1 to 8, that the fewest readers have; the lowest of several."""
    counts = dict(Profile.objects.order_by().values_list("person_slot").annotate(Count("pk")))
    return min(PERSON_SLOTS, key=lambda slot: (counts.get(slot, 0), slot))
