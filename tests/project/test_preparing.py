"""What `start` gets ready before it serves."""

import sys
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from annotations.project.preparing import keep_compiled_modules


@pytest.fixture
def module(tmp_path: Path, settings: Settings) -> Path:
    """Return a module of an app that was never imported."""
    settings.BASE_DIR = tmp_path
    found = tmp_path / "corpus" / "reading.py"
    found.parent.mkdir()
    found.write_text("WORDS = 1\n")
    return found


def test_modules_are_compiled_where_python_keeps_nothing(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    keep_compiled_modules()

    assert [path.suffix for path in (module.parent / "__pycache__").iterdir()] == [".pyc"]


def test_nothing_is_compiled_where_python_does_it(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    keep_compiled_modules()

    assert not (module.parent / "__pycache__").exists()
