"""`manage.py start`, as the person who runs the site meets it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from annotations.project.serving import WATCH_SECONDS
from tests.site import FIRST_START, ROOT, SECONDS_TO_STOP, clean_environment, free_port, running


@pytest.fixture
def data(prepared_data: Path, tmp_path: Path) -> Path:
    """Return a data folder of its own, as a first start left it."""
    return shutil.copytree(prepared_data, tmp_path / "data")


def start_in_vain(data: Path, *options: str, **settings: str) -> str:
    """Return the one sentence that `start` leaves with, after checking that its exit code is 1."""
    done = subprocess.run(
        [sys.executable, "manage.py", "start", f"--data={data}", *options],
        cwd=ROOT,
        env=clean_environment(data) | {"DATABASE_URL": ""} | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_first_start_leads_to_six_articles_and_the_samples(data: Path) -> None:
    with running(data, DATABASE_URL="") as site:
        counts = site.run_python(
            "from corpus.models import Article; from annotations.models import Annotation;"
            "print(Article.objects.filter(is_stub=False).count(), Annotation.objects.count() > 70)"
        )

    assert counts.split() == ["6", "True"]
    said = (data / FIRST_START).read_text().splitlines()
    assert "6 articles are in the library, with notes of three sample readers." in said
    assert not any("added" in line for line in said)


def test_second_start_imports_nothing(data: Path) -> None:
    with running(data, DATABASE_URL="") as site:
        counts = site.run_python(
            "from corpus.models import Article;print(Article.objects.filter(is_stub=False).count())"
        )

    assert counts.split() == ["6"]


def test_empty_start_has_no_articles(tmp_path: Path, data: Path) -> None:
    empty = tmp_path / "empty"
    for folder in ("static", "fonts"):  # built already; the database is what is new
        shutil.copytree(data / folder, empty / folder)

    with running(empty, "--empty", DATABASE_URL="") as site:
        counts = site.run_python(
            "from corpus.models import Article; print(Article.objects.count())"
        )

    assert counts.split() == ["0"]


def test_start_names_the_address(data: Path) -> None:
    site = running(data, DATABASE_URL="")
    with site:
        pass

    assert f"http://127.0.0.1:{site.port}/" in site.said
    assert "Stopped." in site.said


def test_ctrl_c_ends_cleanly(data: Path) -> None:
    site = running(data, DATABASE_URL="")
    with site:
        pass

    assert site.process.returncode == 0
    assert "Traceback" not in site.said


def test_taken_port_is_told_in_one_sentence(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = start_in_vain(data, f"--port={port}")

    assert f"port {port}" in said
    assert "--port" in said


def test_second_server_of_a_data_folder_is_refused_in_one_sentence(data: Path) -> None:
    served = running(data, DATABASE_URL="")
    with served as site:
        said = start_in_vain(data, f"--port={free_port()}")
        site.manage("samples", "list")  # other commands work beside the server

    assert f"{data} already at http://127.0.0.1:{served.port}/" in said
    assert "--data" in said


def test_killed_server_leaves_no_lock_behind(data: Path) -> None:
    killed = running(data, DATABASE_URL="")
    with killed:
        killed.process.kill()
        killed.process.wait(SECONDS_TO_STOP)

        after = running(data, DATABASE_URL="")
        with after:
            pass

    assert f"http://127.0.0.1:{after.port}/" in after.said


def test_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    said = start_in_vain(tmp_path / "file" / "data", f"--port={free_port()}")

    assert str(tmp_path / "file" / "data") in said
    assert "cannot be written" in said


def test_invitation_leads_to_where_the_site_is_served(data: Path) -> None:
    started = running(data, DATABASE_URL="")
    with started as site:
        link = site.manage("invite").split()[-1]

    assert link.startswith(f"http://127.0.0.1:{started.port}/account/invitation/")


def test_what_the_site_makes_is_readable_by_its_owner_only(data: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    fresh.mkdir(mode=0o700)
    for folder in ("static", "fonts"):
        shutil.copytree(data / folder, fresh / folder)

    with running(fresh, "--empty", DATABASE_URL=""):
        pass

    files = [path for path in fresh.iterdir() if path.is_file()]
    assert fresh / "postil.sqlite3" in files
    assert [path.name for path in (fresh, *files) if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("option", ["--workers=0", "--port=99999"])
def test_number_that_cannot_be_used_is_told_in_one_sentence(data: Path, option: str) -> None:
    said = start_in_vain(data, option)

    assert said.startswith(option.partition("=")[0])


def test_reader_of_the_output_may_stop_early(data: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "manage.py", "import_articles", "--dry-run", "seeds"],
        cwd=ROOT,
        env=clean_environment(data) | {"DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stdout
        assert command.stderr
        command.stdout.close()
        said = command.stderr.read()

    assert (command.returncode, said) == (141, b"")


def test_read_only_folder_is_told_in_one_sentence(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotations.project import preparing

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)

    with pytest.raises(preparing.CannotStart, match="Read-only file system"):
        preparing.check_data_folder(data)


def test_database_of_a_newer_version_is_told_in_one_sentence(data: Path) -> None:
    import sqlite3

    with sqlite3.connect(data / "postil.sqlite3") as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('corpus', '9999_of_a_later_version', '2026-01-01')"
        )
    connection.close()

    said = start_in_vain(data, f"--port={free_port()}")

    assert "newer version" in said
    assert "9999_of_a_later_version" in said


def test_file_that_is_no_database_is_told_in_one_sentence(data: Path) -> None:
    (data / "postil.sqlite3").write_bytes(b"this is not a database" * 100)

    said = start_in_vain(data, f"--port={free_port()}")

    assert "database" in said


def test_killed_parent_leaves_no_worker_behind(data: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "start", f"--port={port}", "--workers=2"],
        cwd=ROOT,
        env=clean_environment(data) | {"DATABASE_URL": ""},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for_answer(port)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(SECONDS_TO_STOP)

    until = time.monotonic() + WATCH_SECONDS + SECONDS_TO_STOP
    while group_lives(process.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert not group_lives(process.pid)


def wait_for_answer(port: int) -> None:
    """Return once the site on `port` answers; raise TimeoutError after a while."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(port)


def group_lives(group: int) -> bool:
    """Say whether any process of the process group is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
