"""Write for each article those most like it into a file."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from corpus.output import write_lines
from corpus.permissions import SYSTEM
from corpus.related import export_related

DEFAULT_LIMIT = 5


class Command(BaseCommand):
    """`export_related`: one JSON object a line, {"id", "related": [{"id", "reason", "score"}]}."""

    help = "Export the related articles of every article as JSON, one object a line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the arguments."""
        parser.add_argument("--limit", type=_positive, default=DEFAULT_LIMIT, metavar="N")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; it is whole or not there."""
        rows = export_related(SYSTEM, options["limit"])
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        count = write_lines(options["output"], lines, unit="article")
        self.stdout.write(f"{count} articles written to {options['output']}.")


def _positive(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise ArgumentTypeError(f"{value!r} is not a number from 1 up")
    return int(value)
