"""Settings come from the environment; a wrong one stops the start and is named."""

import os
import re
import runpy
import stat
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import cast

import django
import pytest
from django.core.mail import get_connection
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.test import override_settings

from annotations.project import environment as env
from annotations.project.options import put_into_environment, read_start_options
from tests.site import ROOT, clean_environment

SETTINGS_FILE = str(ROOT / "annotations" / "project" / "settings.py")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POSTIL_READING", "nobody"),
        ("POSTIL_SIGNUP", "yes"),
        ("POSTIL_URL", "read.example.org"),
        ("POSTIL_URL", "https://read.example.org/path"),
        ("POSTIL_URL", "http://read.example.org:port"),
        ("POSTIL_TRUSTED_PROXY", "10.0.0.300"),
        ("POSTIL_FETCH", "everything"),
        ("POSTIL_FETCH_HOSTS", "https://wiki.local/"),
        ("POSTIL_FETCH_HOSTS", "wiki.local:port"),
        ("POSTIL_SECRET_KEY", "short"),
        ("POSTIL_EMAIL_URL", "mail.example.org"),
        ("POSTIL_EMAIL_FROM", "nobody"),
        ("DATABASE_URL", "mysql://localhost/postil"),
        ("DATABASE_URL", "nonsense"),
    ],
)
def test_wrong_value_is_refused_and_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(env.WrongSetting, match=f"^{name} "):
        runpy.run_path(SETTINGS_FILE)


def test_wrong_value_stops_a_command_with_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=clean_environment(tmp_path) | {"POSTIL_READING": "nobody"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "POSTIL_READING is 'nobody'; it must be one of: public, members.\n"


def test_https_address_without_a_proxy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_URL", "https://read.example.org")

    with pytest.raises(env.WrongSetting, match=r"^POSTIL_TRUSTED_PROXY"):
        runpy.run_path(SETTINGS_FILE)


def test_https_address_turns_on_what_https_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_URL", "https://read.example.org")
    monkeypatch.setenv("POSTIL_TRUSTED_PROXY", "127.0.0.1")

    settings = runpy.run_path(SETTINGS_FILE)

    assert settings["ALLOWED_HOSTS"][0] == "read.example.org"
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://read.example.org"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000


def test_every_setting_that_is_read_is_listed_and_documented() -> None:
    read = set()
    for path in (ROOT / "annotations" / "project").rglob("*.py"):
        read |= set(re.findall(r'"(POSTIL_[A-Z_]+|DATABASE_URL)"', path.read_text()))
    readme = (ROOT / "README.md").read_text()

    assert read == set(env.SETTINGS)
    assert [name for name in env.SETTINGS if f"`{name}`" not in readme] == []


def test_secret_key_is_made_once_and_only_its_owner_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POSTIL_SECRET_KEY", raising=False)

    first = env.read_secret_key("POSTIL_SECRET_KEY", tmp_path)
    second = env.read_secret_key("POSTIL_SECRET_KEY", tmp_path)

    assert first == second
    assert len(first) >= env.MINIMUM_SECRET_LENGTH
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_data_that_cannot_be_written_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POSTIL_SECRET_KEY", raising=False)
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(env.WrongSetting, match=r"^POSTIL_DATA is .*cannot be written"):
        env.read_secret_key("POSTIL_SECRET_KEY", tmp_path / "file" / "data")


def test_public_address_keeps_scheme_host_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_URL", "http://[::1]:8001/")

    address = env.read_address("POSTIL_URL", "")

    assert address.origin == "http://[::1]:8001"
    assert not address.is_https


def test_smtp_address_becomes_djangos_mail_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_EMAIL_URL", "smtp://me:p%40ss@mail.example.org:587/?tls=1")

    with override_settings(**env.read_email("POSTIL_EMAIL_URL", Path("outbox"))):
        server = cast(SmtpBackend, _mailer())

    assert (server.host, server.port) == ("mail.example.org", 587)
    assert (server.username, server.password) == ("me", "p@ss")
    assert server.use_tls
    assert not server.use_ssl


def test_mails_are_files_when_no_server_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("POSTIL_EMAIL_URL", raising=False)

    with override_settings(**env.read_email("POSTIL_EMAIL_URL", tmp_path / "mail")):
        files = cast(FileBackend, _mailer())

    assert Path(files.file_path) == tmp_path / "mail"


def test_start_options_set_the_data_folder_and_the_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("POSTIL_DATA", "elsewhere")
    monkeypatch.setenv("POSTIL_URL", "")

    put_into_environment(read_start_options(["--port", "8005", "--data", str(tmp_path)]))

    assert os.environ["POSTIL_DATA"] == str(tmp_path)
    assert os.environ["POSTIL_URL"] == "http://127.0.0.1:8005"


def test_a_given_address_wins_over_the_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_URL", "https://read.example.org")

    put_into_environment(read_start_options(["--host", "0.0.0.0"]))

    assert os.environ["POSTIL_URL"] == "https://read.example.org"


def test_listening_everywhere_asks_for_the_readers_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POSTIL_URL", "")

    with pytest.raises(env.WrongSetting, match=r"^POSTIL_URL"):
        put_into_environment(read_start_options(["--host", "0.0.0.0"]))


@pytest.mark.parametrize(
    ("option", "value"),
    [("--workers", "0"), ("--workers", "-1"), ("--port", "0"), ("--port", "99999")],
)
def test_number_that_cannot_be_used_is_refused_and_named(option: str, value: str) -> None:
    with pytest.raises(env.WrongSetting, match=rf"^{option} is {value};"):
        read_start_options([option, value])


def test_new_data_folder_is_closed_to_others_and_an_old_one_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir(mode=0o755)

    for name in ("old", "new"):
        env.make_data_folder(tmp_path / name)

    rights = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("old", "new")]
    assert rights == [0o755, 0o700]


def test_commands_print_links_to_where_the_site_was_last_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POSTIL_URL", raising=False)
    default = env.read_address("POSTIL_URL", "http://127.0.0.1:8000")
    assert env.read_link_origin("POSTIL_URL", tmp_path, default) == "http://127.0.0.1:8000"

    env.keep_origin(tmp_path, "http://127.0.0.1:8301")
    assert env.read_link_origin("POSTIL_URL", tmp_path, default) == "http://127.0.0.1:8301"

    monkeypatch.setenv("POSTIL_URL", "https://read.example.org")
    given = env.read_address("POSTIL_URL", "")
    assert env.read_link_origin("POSTIL_URL", tmp_path, given) == "https://read.example.org"


def _mailer() -> object:
    """Return the mail backend of the settings, as the Django at hand makes it."""
    if django.VERSION >= (6, 1):
        return import_module("django.core.mail").mailers.default
    return get_connection()
