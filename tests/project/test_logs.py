"""A value from outside cannot break or forge a log line."""

import logging

from hypothesis import given
from hypothesis import strategies as st

from annotations.project.logs import OneLineFormatter


def line_of(message: str, *arguments: object) -> str:
    """Return what the site would log for `message`."""
    record = logging.LogRecord("corpus", logging.INFO, "", 0, message, arguments, None)
    return OneLineFormatter().format(record)


@given(st.text())
def test_any_value_stays_on_one_line(value: str) -> None:
    assert len(line_of("Imported %s.", value).splitlines()) == 1


def test_line_break_is_shown_as_its_escape() -> None:
    line = line_of("Signed in %s.", "eve\n2026-01-01 INFO corpus Signed in ada.")

    assert r"eve\n2026-01-01" in line


def test_traceback_is_marked_line_by_line() -> None:
    try:
        raise ValueError("first\n2026-01-01 INFO corpus forged")
    except ValueError as error:
        record = logging.LogRecord(
            "corpus", logging.ERROR, "", 0, "Failed.", (), (type(error), error, None)
        )

    _, *traceback = OneLineFormatter().format(record).splitlines()

    assert traceback
    assert all(line.startswith("  | ") for line in traceback)
