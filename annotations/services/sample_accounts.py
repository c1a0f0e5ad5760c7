"""The accounts of the sample readers: named as samples, and closed to sign-in."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from annotations.services import profiles
from annotations.starter.w3c import StarterReader
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.permissions import Viewer


def ensure_sample_account(reader: StarterReader) -> Viewer:
    """Return the sample reader as a viewer; the account is made when it is not there yet.

    It is inactive, without a password or an address, so that there is no way to sign in.
    Raises Invalid when a person has an account of that name.
    """
    account = get_user_model().objects.filter(username=reader.username).first()
    if account is None:
        account = _made(reader)
    elif not profiles.ensure(account.pk).is_sample:
        raise Invalid(
            _("The account “%(name)s” belongs to a person. No samples were loaded.")
            % {"name": reader.username}
        )
    return viewer_of(account)


def _made(reader: StarterReader) -> User:
    account = get_user_model()(username=reader.username, is_active=False)
    account.set_unusable_password()
    account.save()
    profile = profiles.ensure(account.pk)
    profile.display_name = reader.name
    profile.is_sample = True
    profile.save(update_fields=["display_name", "is_sample"])
    return account
