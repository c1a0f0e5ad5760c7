"""Write all articles into a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from corpus.output import write_lines
from corpus.permissions import SYSTEM
from corpus.queries.export import exported_articles


class Command(BaseCommand):
    """Export every article, one JSON object a line."""

    help = "Export all articles as JSON, one object a line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the arguments."""
        parser.add_argument("--format", choices=["jsonl"], default="jsonl")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; it is whole or not there."""
        lines = (json.dumps(row, ensure_ascii=False) for row in exported_articles(SYSTEM))
        count = write_lines(options["output"], lines, unit="article")
        self.stdout.write(f"{count} articles written to {options['output']}.")
