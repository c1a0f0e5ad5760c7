"""The closing line of `manage.py test` counts what ran."""

import sys
import time
from pathlib import Path

import pytest

from annotations.project.checks import runner
from annotations.project.checks.tally import Tally, tally_of_exit, tally_of_report
from annotations.project.checks.tests import run_bounded

REPORT = (
    '<testsuites><testsuite tests="9" failures="1" errors="2" skipped="1"></testsuite></testsuites>'
)


def test_report_of_pytest_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    assert tally_of_report(report, 1) == Tally(5, 3)


@pytest.mark.parametrize("code", [2, 3, 4, 5])
def test_run_that_broke_off_or_collected_nothing_is_a_failure(code: int, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"

    assert tally_of_report(report, code) == Tally(0, 1)
    report.write_text(REPORT.replace('"1"', '"0"').replace('"2"', '"0"'))
    assert tally_of_report(report, code) == Tally(9, 1)


def test_tool_counts_as_one_test() -> None:
    assert tally_of_exit(0) + tally_of_exit(1) + tally_of_exit(0) == Tally(2, 1)


def test_run_ends_with_the_line_of_counts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = {"good": lambda: Tally(3, 0), "bad": lambda: Tally(1, 2)}
    monkeypatch.setattr(runner, "CHECKS", checks)

    total = runner.run_checks([], [])

    said = capsys.readouterr().out.splitlines()
    assert total == Tally(4, 2)
    assert said[-2:] == ["Failed: bad", "4 passed, 2 failed"]


def test_only_the_named_check_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = {"good": lambda: Tally(3, 0), "bad": lambda: Tally(1, 2)}
    monkeypatch.setattr(runner, "CHECKS", checks)

    assert runner.run_checks(["good"], []) == Tally(3, 0)


def test_run_that_waits_for_ever_is_ended_with_what_it_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waits = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    code = run_bounded([sys.executable, "-c", waits, _beat(tmp_path / "told")], {}, 3)

    assert code == 1
    assert "did not finish within 3 s" in capsys.readouterr().out
    assert not _beats(tmp_path / "told")


def test_run_that_ends_leaves_nothing_behind(tmp_path: Path) -> None:
    told = tmp_path / "told"
    leaves = (
        "import os, subprocess, sys, time\n"
        "told = open(sys.argv[2], 'w')\n"
        "subprocess.Popen([sys.executable, '-c', sys.argv[1]])\n"
        "while not os.path.getsize(sys.argv[2]): time.sleep(0.05)"
    )
    code = run_bounded([sys.executable, "-c", leaves, _beat(told), str(told)], {}, 60)

    assert code == 0
    assert not _beats(told)


def _beat(told: Path) -> str:
    """Return a program that writes to `told` for ever."""
    return f"import time\nwhile True: open({str(told)!r}, 'a').write('.'); time.sleep(0.05)"


def _beats(told: Path) -> bool:
    """Say whether that program still runs, which has written something."""
    size = told.stat().st_size
    assert size
    time.sleep(0.5)
    return told.stat().st_size != size
