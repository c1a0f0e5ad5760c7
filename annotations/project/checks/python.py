"""The checks of the Python code and of Django's own, each a command that counts as one test."""

import os
import subprocess
import sys

from annotations.project.bootstrap import ROOT
from annotations.project.checks.surroundings import HTTPS
from annotations.project.checks.tally import Tally, tally_of_exit


def lint() -> Tally:
    """Check style and layout."""
    return _module("ruff", "check", "--quiet") + _module("ruff", "format", "--check", "--quiet")


def check_types() -> Tally:
    """Check the types, strictly."""
    return _module("mypy", "--no-error-summary")


def check_layers() -> Tally:
    """Check who imports whom."""
    return _run(
        sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"
    )


def check_migrations() -> Tally:
    """Check that the migrations say what the models say."""
    return _manage("makemigrations", "--check", "--dry-run")


def check_deployment() -> Tally:
    """Run Django's checks for a site that readers reach by https."""
    return _manage("check", "--deploy", "--fail-level=WARNING", **HTTPS)


def _module(*arguments: str) -> Tally:
    return _run(sys.executable, "-m", *arguments)


def _manage(*arguments: str, **settings: str) -> Tally:
    return _run(sys.executable, "manage.py", *arguments, **settings)


def _run(*command: str, **settings: str) -> Tally:
    done = subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=False)
    return tally_of_exit(done.returncode)
