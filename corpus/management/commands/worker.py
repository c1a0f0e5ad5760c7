"""`manage.py worker`: do background work in a process of its own, beside those of `start`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from corpus.worker import work_until_empty, work_until_stopped


class Command(BaseCommand):
    """Run a worker; any number of them may run at once, on one machine or several."""

    help = "Do background work until Ctrl-C. `start` does so by itself; this adds a worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare --once."""
        parser.add_argument("--once", action="store_true", help="Do what is waiting now, then end.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop, or with --once until nothing is left to do."""
        if options["once"]:
            work_until_empty()
            return
        self.stdout.write(_("Waiting for work (Ctrl-C stops it)."))
        self.stdout.flush()
        work_until_stopped()
        self.stdout.write(_("Stopped."))
