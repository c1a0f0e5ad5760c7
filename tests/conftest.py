"""What every test may use; the cast of people is in people.py, the running site in site.py."""

import pytest

pytest_plugins = ["tests.people", "tests.samples", "tests.site"]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the run on PostgreSQL leave out what no database can change."""
    parser.addoption(
        "--database-only", action="store_true", help="Run only the tests that use the database."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep, with --database-only, the tests that ask for the database."""
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser"):
        return False
    names = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or names & DATABASE_FIXTURES)
