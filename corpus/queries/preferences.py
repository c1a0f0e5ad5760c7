"""The settings that an account keeps on the server."""

from corpus.models import Preferences


def preferences_of(user_id: int) -> Preferences | None:
    """Return what the account `user_id` chose, or None when it chose nothing yet; one query."""
    return Preferences.objects.filter(pk=user_id).first()
