"""From a bare Python to one that has the libraries, then on to Django's commands.

manage.py calls this before anything is installed, so it imports the standard library only. When
the running Python lacks what the lock files name, it makes `.venv` beside manage.py, installs
exactly the locked files (checked by hash) and starts itself again inside.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"
LOCKS = ROOT / ".lock"

SHOWN_LINES = 12
"""How much of pip's output is repeated when it fails."""


class CannotPrepare(Exception):
    """The libraries cannot be installed; the message says why and what to do."""


def main(arguments: Sequence[str]) -> None:
    """Run the command in `arguments` (sys.argv) with the libraries that it needs."""
    group = "test" if arguments[1:2] == ["test"] else "run"
    try:
        _ensure_libraries(group, arguments)
    except CannotPrepare as problem:
        sys.exit(str(problem))
    from annotations.project.commands import run_command

    run_command(list(arguments))


def environment_python(environment: Path) -> Path:
    """Return the path of the interpreter in a virtual environment."""
    if os.name == "nt":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def lock_digest(group: str) -> str:
    """Return the SHA-256 of the lock file of `group`: "run" or "test"."""
    return hashlib.sha256((LOCKS / f"{group}.txt").read_bytes()).hexdigest()


def prepare_environment(environment: Path, group: str) -> None:
    """Make `environment` hold exactly what the lock of `group` names, showing progress.

    Raises CannotPrepare when Python has no venv or the packages cannot be fetched.
    """
    with _one_at_a_time(environment):
        if _is_prepared(environment, group):
            return
        if not _has_pip(environment):
            _make_environment(environment)
        _install(environment, group)
        (environment / f"lock-{group}").write_text(lock_digest(group))


def _ensure_libraries(group: str, arguments: Sequence[str]) -> None:
    if Path(sys.prefix) == ENVIRONMENT:
        if _is_prepared(ENVIRONMENT, group):
            return
    elif _has_libraries(group):
        return
    if not _is_prepared(ENVIRONMENT, group):
        prepare_environment(ENVIRONMENT, group)
    _run_again(environment_python(ENVIRONMENT), arguments)


def _is_prepared(environment: Path, group: str) -> bool:
    """Say whether `environment` was filled from the lock as it is now."""
    marker = environment / f"lock-{group}"
    return (
        environment_python(environment).exists()
        and marker.exists()
        and marker.read_text() == lock_digest(group)
    )


def _has_libraries(group: str) -> bool:
    """Say whether the running Python, not ours, has each library at its least version or newer."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = list(project["dependencies"])
    if group == "test":
        wanted += project["optional-dependencies"]["test"]
    return all(_is_installed(requirement) for requirement in wanted)


def _is_installed(requirement: str) -> bool:
    import importlib.metadata

    name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
    least = re.search(r"[>=]=([\d.]+)", requirement)
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return least is None or _numbers(version) >= _numbers(least[1])


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


@contextmanager
def _one_at_a_time(environment: Path) -> Iterator[None]:
    """Keep two commands that start at once from filling the same environment."""
    environment.parent.mkdir(parents=True, exist_ok=True)
    if os.name == "nt":
        yield
        return
    import fcntl

    with (environment.parent / f"{environment.name}.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        yield


def _has_pip(environment: Path) -> bool:
    python = environment_python(environment)
    if not python.exists():
        return False
    found = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    return found.returncode == 0


def _make_environment(environment: Path) -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise CannotPrepare(
            "This Python cannot make virtual environments: its `venv` or `ensurepip` is missing. "
            "On Debian and Ubuntu, install python3-venv; then run the same command again."
        )
    print(f"Making a virtual environment in {environment.name}/ ...", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", environment],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise CannotPrepare(
            f"Could not make the virtual environment {environment}:\n{made.stdout}{made.stderr}"
        )


def _install(environment: Path, group: str) -> None:
    """Run pip on the lock file; each package that it takes up moves the progress on."""
    lock = LOCKS / f"{group}.txt"
    total = len(set(re.findall(r"^([\w.-]+)==(?!.*win32)", lock.read_text(), re.MULTILINE)))
    command: list[str | Path] = [
        environment_python(environment),
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--require-hashes",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar=off",
        f"--requirement={lock}",
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        said = _show_progress(pip.stdout or (), total)
    if pip.returncode:
        raise CannotPrepare(
            "Could not install the libraries. Is the network reachable? pip said:\n  "
            + "\n  ".join(said[-SHOWN_LINES:])
        )


def _show_progress(lines: Iterable[str], total: int) -> list[str]:
    """Print how many of `total` packages have been taken up; return all lines."""
    said: list[str] = []
    seen = 0
    for line in lines:
        said.append(line.rstrip())
        if line.startswith(("Collecting ", "Processing ", "Requirement already")):
            seen += 1
            _show(f"Installing libraries: {min(seen, total)} of {total}")
        elif line.startswith("Installing collected"):
            _show("Installing libraries: unpacking")
    if sys.stdout.isatty():
        print()
    return said


def _show(message: str) -> None:
    """Print a line of progress, over the last one when somebody is watching."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        print("\r" + message.ljust(width - 1)[: width - 1], end="", flush=True)
    else:
        print(message, flush=True)


def _run_again(python: Path, arguments: Sequence[str]) -> NoReturn:
    """Become the same command under `python`."""
    command = [str(python), *arguments]
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    os.execv(command[0], command)
