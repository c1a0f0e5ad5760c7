"""Counting what passed and what failed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from xml.etree import ElementTree


@dataclass(frozen=True)
class Tally:
    """How many tests, or checks that count as one test each, passed and failed."""

    passed: int = 0
    failed: int = 0

    def __add__(self, other: Self) -> "Tally":
        """Return both together."""
        return Tally(self.passed + other.passed, self.failed + other.failed)


def tally_of_exit(code: int) -> Tally:
    """Return one passed check for exit code 0, else one failed."""
    return Tally(passed=1) if code == 0 else Tally(failed=1)


def tally_of_report(report: Path, code: int) -> Tally:
    """Return the counts in pytest's JUnit report; a run that failed otherwise counts once.

    A skipped test is neither: it did not run. `code` is pytest's exit code, which is not 0 when
    it collected nothing or broke off.
    """
    tally = Tally()
    if report.exists():
        suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 - we wrote it
        tally = _sum(_tally_of_suite(suite) for suite in suites)
    if code != 0 and tally.failed == 0:
        return Tally(tally.passed, 1)
    return tally


def _tally_of_suite(suite: ElementTree.Element) -> Tally:
    total, failures, errors, skipped = (
        int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
    )
    return Tally(total - failures - errors - skipped, failures + errors)


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total += tally
    return total
