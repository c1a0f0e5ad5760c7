"""All checks in the order in which a mistake is cheapest to find."""

import time
from collections.abc import Callable, Sequence

from annotations.project.checks import python, scripts, tests
from annotations.project.checks.surroundings import clean_surroundings
from annotations.project.checks.tally import Tally

CHECKS: dict[str, Callable[[], Tally]] = {
    "lint": python.lint,
    "types": python.check_types,
    "layers": python.check_layers,
    "script-types": scripts.check_types,
    "migrations": python.check_migrations,
    "deployment": python.check_deployment,
    "sqlite": tests.run_on_sqlite,
    "postgres": tests.run_on_postgres,
    "browser": tests.run_in_browser,
    "browser-postgres": tests.run_in_browser_on_postgres,
}


def run_checks(only: Sequence[str], pytest_arguments: Sequence[str]) -> Tally:
    """Run the checks named in `only`, or all; with `pytest_arguments` only pytest, with those.

    Prints a heading before each and ends with the line "N passed, N failed".
    """
    chosen = {name: check for name, check in CHECKS.items() if not only or name in only}
    if pytest_arguments:
        chosen = {"tests": lambda: tests.run_pytest(pytest_arguments)}
    total = Tally()
    failed = []
    with clean_surroundings():
        for number, (name, check) in enumerate(chosen.items(), start=1):
            print(f"\n[{number}/{len(chosen)}] {name}", flush=True)
            began = time.monotonic()
            tally = check()
            total += tally
            failed += [name] if tally.failed else []
            print(f"{_in_words(tally)} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll passed.")
    print(_in_words(total), flush=True)
    return total


def _in_words(tally: Tally) -> str:
    return f"{tally.passed} passed, {tally.failed} failed"
