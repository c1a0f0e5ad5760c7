"""Make a link to a new password, for an administrator to hand over."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse


class Command(BaseCommand):
    """Print a link with which somebody chooses a new password."""

    help = "Print a link with which somebody chooses a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the arguments."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link; raises CommandError for an account that is absent or closed."""
        name = options["username"]
        user = get_user_model().objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {name} that can sign in.")
        key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        path = reverse("account_reset_password_from_key", kwargs=key)
        self.stdout.write(settings.LINK_ORIGIN + path)
