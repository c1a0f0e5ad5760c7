"""`manage.py samples`: load, list or remove the starter annotations."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.queries.samples import sample_listing
from annotations.services import samples
from corpus.errors import Refused
from corpus.permissions import SYSTEM


class Command(BaseCommand):
    """Load, list or remove the annotations of the sample readers."""

    help = (
        "Load the starter annotations, list them, or remove them. Loading twice adds nothing; "
        "a removal leaves what people replied to, linked or tagged."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the action."""
        parser.add_argument("action", choices=["load", "list", "remove"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the action; ends with exit code 1 and one sentence when it was refused."""
        self._is_quiet = options["verbosity"] == 0
        actions = {"load": self._load, "list": self._list, "remove": self._remove}
        try:
            actions[options["action"]]()
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _load(self) -> None:
        loaded = samples.load()
        if not self._is_quiet:
            self.stdout.write(
                f"{loaded.added} added, {loaded.restored} brought back, "
                f"{loaded.present} already there, {len(loaded.left_out)} left out."
            )
        for sentence in loaded.left_out:
            self.stderr.write(f"left out: {sentence}")

    def _list(self) -> None:
        listing = sample_listing()
        for reader in listing.readers:
            self.stdout.write(
                f"{reader.name} ({reader.username}): highlights {reader.highlights}, "
                f"notes on articles {reader.notes}, replies {reader.replies}, links {reader.links}"
            )
        self.stdout.write(f"claims: {len(listing.claims)}")
        for annotation in listing.kept_annotations:
            self.stdout.write(f"would stay, people built on it: {annotation}")
        for claim in listing.kept_claims:
            self.stdout.write(f"would stay, people use it: {claim.name}")

    def _remove(self) -> None:
        removed = samples.remove(SYSTEM)
        self.stdout.write(
            f"removed: annotations {removed.annotations}, links {removed.links}, "
            f"claims {removed.claims}; left because people built on them: "
            f"annotations {removed.kept_annotations}, claims {removed.kept_claims}"
        )
