"""Make an invitation from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from corpus.errors import Invalid
from corpus.models import Invitation
from corpus.permissions import SYSTEM
from corpus.services import invitations


class Command(BaseCommand):
    """Print a link with which one person can make an account."""

    help = "Print a link with which one person can make an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the arguments."""
        parser.add_argument("--role", choices=Invitation.Role.values, default="reader")
        parser.add_argument("--note", default="", help="for whom it is")
        parser.add_argument("--days", type=int, default=invitations.DEFAULT_DAYS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the invitation and print its link, which is not stored."""
        try:
            _, secret = invitations.create(
                SYSTEM, role=options["role"], note=options["note"], days=options["days"]
            )
        except Invalid as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(settings.LINK_ORIGIN + reverse("invitation", args=[secret]))
