"""The promises of the database: an acknowledged write survives, a wait is not an error."""

import pytest
from django.conf import settings
from django.db import connection

from annotations.project.environment import SQLITE_BUSY_SECONDS, sqlite_options


@pytest.mark.django_db
def test_sqlite_keeps_what_it_acknowledged() -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": SQLITE_BUSY_SECONDS * 1000,
    }
    if connection.vendor != "sqlite":
        assert sqlite_options()["timeout"] == SQLITE_BUSY_SECONDS
        return
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}

    assert found == wanted


def test_only_writes_open_a_transaction() -> None:
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS", False)
    assert sqlite_options()["transaction_mode"] == "IMMEDIATE"
