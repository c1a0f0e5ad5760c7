"""From a bare Python to one that has the libraries."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from annotations.project import bootstrap
from tests.site import ROOT

LOCKS = ["run", "test"]


def test_an_old_python_can_read_manage_to_be_told_so() -> None:
    source = (ROOT / "manage.py").read_text()

    assert ast.parse(source, feature_version=(3, 4))
    assert source.index("sys.exit(") < source.index("from annotations")


def test_bootstrap_needs_the_standard_library_only() -> None:
    program = "import annotations.project.bootstrap, annotations.project.options"

    done = subprocess.run(  # -S: without site-packages
        [sys.executable, "-S", "-c", program],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("group", LOCKS)
def test_lock_names_no_host_and_a_hash_for_every_package(group: str) -> None:
    lock = (ROOT / ".lock" / f"{group}.txt").read_text()
    packages = re.split(r"^(?=[a-z])", lock, flags=re.MULTILINE)[1:]

    assert len(packages) > 20
    assert not re.search(r"://|--index|--find-links|file:", lock)
    assert [package for package in packages if "--hash=sha256:" not in package] == []


@pytest.mark.parametrize("group", LOCKS)
def test_lock_has_each_library_that_the_project_names(group: str) -> None:
    lock = (ROOT / ".lock" / f"{group}.txt").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    libraries = list(project["dependencies"])
    if group == "test":
        libraries += project["optional-dependencies"]["test"]

    names = [re.split(r"[^\w-]", library)[0] for library in libraries]

    assert [name for name in names if f"\n{name}==" not in "\n" + lock] == []


def test_both_locks_agree_on_versions() -> None:
    run, test = (
        set(re.findall(r"^([\w.-]+==\S+)", (ROOT / ".lock" / f"{group}.txt").read_text(), re.M))
        for group in LOCKS
    )

    assert run <= test


def test_the_npm_lock_names_no_host() -> None:
    lock = (ROOT / ".lock" / "package-lock.json").read_text()

    assert "://" not in lock
    assert '"integrity"' in lock


def test_an_environment_of_another_lock_is_not_taken_as_prepared(tmp_path: Path) -> None:
    python = bootstrap.environment_python(tmp_path)
    python.parent.mkdir()
    python.touch()

    (tmp_path / "lock-run").write_text("an older lock")
    assert not bootstrap._is_prepared(tmp_path, "run")

    (tmp_path / "lock-run").write_text(bootstrap.lock_digest("run"))
    assert bootstrap._is_prepared(tmp_path, "run")


def test_running_python_is_used_when_it_has_the_libraries() -> None:
    assert bootstrap._has_libraries("test")
    assert not bootstrap._is_installed("a-library-that-nobody-wrote>=1")
    assert not bootstrap._is_installed("django>=99")
    assert bootstrap._is_installed("django>=5.2,<6.2")


def test_python_without_venv_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(bootstrap.CannotPrepare, match="python3-venv"):
        bootstrap.prepare_environment(tmp_path / "environment", "run")


def test_failing_install_repeats_what_pip_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = tmp_path / "locks"
    locks.mkdir()
    (locks / "run.txt").write_text(f"nothing==1.0 --hash=sha256:{'0' * 64}\n")
    monkeypatch.setattr(bootstrap, "LOCKS", locks)
    monkeypatch.setattr(bootstrap, "environment_python", lambda environment: Path(sys.executable))
    for name, value in {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(locks)}.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(bootstrap.CannotPrepare, match=r"(?s)network.*nothing==1\.0"):
        bootstrap._install(tmp_path, "run")


def test_progress_counts_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["Collecting django==5.2", "  Using cached django", "Collecting taggit==6.1"]

    said = bootstrap._show_progress(lines, 2)

    assert said == lines
    assert "2 of 2" in capsys.readouterr().out
