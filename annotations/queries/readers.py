"""How readers are called by others."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from annotations.models import Profile
from corpus.permissions import Viewer

# Colour 0 is nobody's: of who never wrote no colour is known.
_NO_COLOUR = 0


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


def profile_of(user: User, *, is_own: bool = False) -> Profile:
    """Return the profile of an account, or what stands for it before its first write.

    That tells nobody but its reader the name to sign in with. It asks a query, unless the
    profile was read with the account.
    """
    found: Profile | None = getattr(user, "profile", None)
    name = user.get_full_name() or (user.get_username() if is_own else _("a reader"))
    return found or Profile(user=user, display_name=name, person_slot=_NO_COLOUR)
