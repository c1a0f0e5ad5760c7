"""What has to be true before the site is served; each step does nothing when it already is."""

import compileall
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from annotations.project.environment import make_data_folder

Say = Callable[[str], None]


class CannotStart(Exception):
    """The site cannot start; the message is one sentence for the person at the terminal."""


def prepare(*, is_empty: bool, say: Say) -> None:
    """Bring the writable data folder, the database and the static files up to date.

    On the first start the seeds and the starter annotations are imported, unless `is_empty`.
    Raises CannotStart when the database cannot be used or is newer than this code.
    """
    from annotations.project.static_build import build_static_files

    unfinished = settings.DATA_DIR / "first-start-unfinished"
    executor = _migrations()
    check_database_is_not_newer(executor.loader)
    if not executor.loader.applied_migrations and not is_empty:
        unfinished.touch()
    _migrate(executor, say)
    build_static_files(say)
    keep_compiled_modules()
    if unfinished.exists():
        from annotations.project.first_import import import_first_articles

        import_first_articles(say)
        unfinished.unlink()


def check_data_folder(folder: Path) -> None:
    """Make the data folder; raise CannotStart when it cannot be written."""
    try:
        make_data_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        raise CannotStart(
            f"The data folder {folder} cannot be written: {problem.strerror}. "
            "Choose another with --data or POSTIL_DATA."
        ) from None


def keep_compiled_modules() -> None:
    """Compile our modules where Python is told to keep nothing: the next start is twice as fast.

    Containers often set PYTHONDONTWRITEBYTECODE; pip compiles the libraries all the same. In a
    folder that cannot be written nothing is kept and nothing is said.
    """
    if sys.dont_write_bytecode:
        for package in ("annotations", "corpus"):
            compileall.compile_dir(settings.BASE_DIR / package, quiet=2)


def check_database_is_not_newer(loader: MigrationLoader) -> None:
    """Raise CannotStart when a newer version of the site has changed the tables already."""
    ours = {config.label for config in apps.get_app_configs()}
    known = set(loader.disk_migrations) | {
        old for migration in loader.replacements.values() for old in migration.replaces
    }
    unknown = sorted(
        key for key in loader.applied_migrations if key[0] in ours and key not in known
    )
    if unknown:
        label, name = unknown[-1]
        raise CannotStart(
            f"The database was written by a newer version (it has the change {label} {name}); "
            "start that version, or choose another data folder with --data."
        )


def _migrations() -> MigrationExecutor:
    try:
        return MigrationExecutor(connection)
    except DatabaseError as problem:
        reason = " ".join(str(problem).split())
        raise CannotStart(f"The database cannot be used: {reason}") from None


def _migrate(executor: MigrationExecutor, say: Say) -> None:
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)
