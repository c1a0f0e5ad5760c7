"""Giving readers the name and colour that others see."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count

from annotations.models import Profile
from corpus.services.events import record

PERSON_SLOTS = range(1, 9)


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
        user=user, defaults={"display_name": name[:80], "person_slot": least_used_slot()}
    )
    return profile


def introduce(user_id: int, display_name: str) -> Profile:
    """Return the profile of a new account under the name that its reader chose.

    It leaves the Event of the account, which the accounts library made.
    """
    with transaction.atomic():
        profile = ensure(user_id)
        profile.display_name = display_name
        profile.save(update_fields=["display_name"])
        record(user_id, "account.created", profile.user, after={"role": "reader"})
        return profile


def least_used_slot() -> int:
    """Return the colour, 1 to 8, that the fewest readers have; the lowest of several."""
    counts = dict(Profile.objects.order_by().values_list("person_slot").annotate(Count("pk")))
    return min(PERSON_SLOTS, key=lambda slot: (counts.get(slot, 0), slot))
