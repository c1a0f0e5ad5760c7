"""`manage.py test`: everything that has to hold, in place of Django's own test command."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from annotations.project.checks.runner import CHECKS, run_checks


class Command(BaseCommand):
    """Run all checks and tests, or with pytest's arguments only those tests."""

    help = "Run every check and test; further arguments go to pytest, which then runs alone."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare --only; what is not declared is handed to pytest."""
        parser.add_argument(
            "--only", action="append", choices=list(CHECKS), default=[], help="Run this check only."
        )

    def run_from_argv(self, argv: list[str]) -> None:
        """Run the checks and leave with exit code 1 when one failed."""
        parser = self.create_parser(argv[0], argv[1])
        known, rest = parser.parse_known_args(argv[2:])
        sys.exit(1 if run_checks(known.only, rest).failed else 0)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the checks when called from code; raises SystemExit when one failed."""
        if run_checks(options["only"], args).failed:
            sys.exit(1)
