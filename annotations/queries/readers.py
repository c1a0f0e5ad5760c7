"""How readers are called by others."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User

from annotations.models import Profile
from corpus.permissions import Viewer


def name_of(viewer: Viewer) -> str:
    """Return the name that others see, or will see after the first write; "" for nobody."""
    if viewer.user_id is None:
        return ""
    profile = Profile.objects.filter(user_id=viewer.user_id).first()
    if profile is not None:
        return profile.display_name
    user = User.objects.get(pk=viewer.user_id)
    return user.get_full_name() or user.get_username()


def names_of(user_ids: Sequence[int]) -> Mapping[int, str]:
    """Return the names that others see, by account; those who never wrote are left out."""
    profiles = Profile.objects.filter(user_id__in=user_ids)
    return dict(profiles.values_list("user_id", "display_name"))
