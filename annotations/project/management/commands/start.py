"""`manage.py start`: prepare the site and serve it."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from annotations.project.background import worker_beside
from annotations.project.environment import keep_origin
from annotations.project.one_server import only_server
from annotations.project.options import StartOptions, add_start_options
from annotations.project.preparing import CannotStart, check_data_folder, prepare
from annotations.project.serving import check_port_is_free, serve
from annotations.project.welcome import welcome

OTHERS_GET_NOTHING = 0o077
"""The rights that no file of the site is made with: those of other accounts of the machine."""


class Command(BaseCommand):
    """Prepare the data folder and the database, say where the site is, and serve it."""

    help = "Set up what is missing and serve the site until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options; bootstrap has read the same ones before the settings."""
        add_start_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Start, or leave with exit code 1 and one sentence saying why not."""
        chosen = StartOptions.from_parsed(options)
        os.umask(OTHERS_GET_NOTHING)
        try:
            check_port_is_free(chosen.host, chosen.port)
            check_data_folder(settings.DATA_DIR)
            with _as_only_server():
                prepare(is_empty=chosen.is_empty, say=self.say)
                keep_origin(settings.DATA_DIR, settings.PUBLIC_ADDRESS.origin)
                self.say(welcome())
                with worker_beside():
                    serve(chosen.host, chosen.port, chosen.workers)
        except CannotStart as problem:
            sys.exit(str(problem))
        self.say("Stopped.")

    def say(self, message: str) -> None:
        """Write a line at once, also when the output is a file."""
        self.stdout.write(message)
        self.stdout.flush()


def _as_only_server() -> AbstractContextManager[None]:
    """Return the lock of a site on SQLite; servers on PostgreSQL may be several."""
    if connection.vendor == "sqlite":
        return only_server(settings.DATA_DIR)
    return nullcontext()
