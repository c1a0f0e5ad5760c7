"""Build the index of search and the signatures of articles anew."""

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from corpus.services.rebuilding import rebuild


class Command(BaseCommand):
    """`reindex`: needed only after a change of the rules by which words are folded."""

    help = "Build the search index and the ground of related articles anew."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild thing by thing; readers find everything all the while."""
        count = sum(1 for _step in self._shown(rebuild()))
        self.stdout.write(_("%(count)d things indexed.") % {"count": count})

    def _shown(self, steps: Iterator[str]) -> Iterator[str]:
        yield from tqdm(steps, unit="thing", disable=not sys.stderr.isatty())
