"""Settings that come from the environment, read by typed readers.

Each reader takes the variable's name and its default, and raises WrongSetting naming the
variable when the value cannot be used, so that a mistake stops the start instead of showing later.
"""

import ipaddress
import os
import secrets
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import parse_qs, unquote, urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SETTINGS = (
    "POSTIL_DATA",
    "POSTIL_SECRET_KEY",
    "POSTIL_URL",
    "POSTIL_TRUSTED_PROXY",
    "POSTIL_READING",
    "POSTIL_SIGNUP",
    "POSTIL_FETCH",
    "POSTIL_FETCH_HOSTS",
    "POSTIL_EMAIL_URL",
    "POSTIL_EMAIL_FROM",
    "DATABASE_URL",
)
"""Every variable that is read; the README documents each, and a test checks that it does."""

MINIMUM_SECRET_LENGTH = 50
"""Characters; the length below which Django's deployment check warns."""

SQLITE_BUSY_SECONDS = 20
"""How long a writer waits for another before it gives up."""


KEPT_ORIGIN = "address"
"""The file in the data folder that says where the site was last served."""

OWNER_ONLY = 0o700
"""What is in the data folder is private: notes, the secret key, mails with links."""


class WrongSetting(Exception):
    """An environment variable holds a value that cannot be used."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} {problem}")
        self.name = name


@dataclass(frozen=True)
class PublicAddress:
    """Where readers reach the site: `https://read.example.org`, without a path."""

    scheme: Literal["http", "https"]
    host: str
    port: int | None

    @property
    def is_https(self) -> bool:
        """Say whether readers come by https."""
        return self.scheme == "https"

    @property
    def origin(self) -> str:
        """Return scheme, host and port as a browser sends them in its Origin header."""
        return f"{self.scheme}://{host_header(self.host)}" + (f":{self.port}" if self.port else "")


def host_header(host: str) -> str:
    """Return `host` as it stands in a Host header: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


def read_choice(name: str, choices: Sequence[str]) -> str:
    """Return the variable's value, one of `choices`; the first is the default."""
    value = os.environ.get(name) or choices[0]
    if value not in choices:
        raise WrongSetting(name, f"is {value!r}; it must be one of: {', '.join(choices)}.")
    return value


def read_folder(name: str, default: Path) -> Path:
    """Return the folder that the variable names, made absolute; it need not exist yet."""
    folder = Path(os.environ.get(name) or default).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise WrongSetting(name, f"is {str(folder)!r}, which is a file; it must be a folder.")
    return folder


def read_address(name: str, default: str) -> PublicAddress:
    """Return the public address; a path, a user or another scheme is refused."""
    value = os.environ.get(name) or default
    try:
        parts = urlsplit(value.rstrip("/"))
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise WrongSetting(name, f"is {value!r}; it must be like https://read.example.org.")
    if parts.path or parts.query or parts.fragment or parts.username:
        raise WrongSetting(name, f"is {value!r}; it must hold only scheme, host and port.")
    return PublicAddress(cast("Literal['http', 'https']", parts.scheme), host, port)


def keep_origin(data: Path, origin: str) -> None:
    """Keep in `data` the address that the site is served at, for links that commands print."""
    with tempfile.NamedTemporaryFile("w", dir=data, prefix=".address-", delete=False) as fresh:
        fresh.write(origin + "\n")
    Path(fresh.name).replace(data / KEPT_ORIGIN)


def read_link_origin(name: str, data: Path, address: PublicAddress) -> str:
    """Return the origin of links that commands print.

    It is that of `address` when the variable is set, else the one that the site in `data`
    was last served at, else that of `address`, the default.
    """
    if os.environ.get(name):
        return address.origin
    try:
        return (data / KEPT_ORIGIN).read_text().strip() or address.origin
    except OSError:
        return address.origin


def make_data_folder(folder: Path) -> None:
    """Make the folder when it is missing, closed to all but its owner; raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=OWNER_ONLY, exist_ok=True)


def read_networks(name: str) -> tuple[Network, ...]:
    """Return the addresses or networks that the variable lists, separated by commas."""
    found = []
    for part in (os.environ.get(name) or "").split(","):
        if not part.strip():
            continue
        try:
            found.append(ipaddress.ip_network(part.strip(), strict=False))
        except ValueError:
            raise WrongSetting(
                name, f"holds {part.strip()!r}; it must list IP addresses or networks."
            ) from None
    return tuple(found)


def read_hosts(name: str) -> frozenset[tuple[str, int]]:
    """Return the hosts that the variable lists, separated by commas, as pairs of host and port.

    One without a port is listed with the two usual ones, 80 and 443.
    """
    found = set[tuple[str, int]]()
    for part in filter(None, (one.strip() for one in (os.environ.get(name) or "").split(","))):
        try:
            parts = urlsplit(f"//{part}")
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port = None, None
        if not host or parts.path or parts.username is not None or parts.query:
            raise WrongSetting(name, f"holds {part!r}; it must list hosts like wiki.local:8080.")
        found |= {(host, port)} if port else {(host, 80), (host, 443)}
    return frozenset(found)


def read_secret_key(name: str, data: Path) -> str:
    """Return the secret key: the variable's, or the one kept in `data`, made when missing."""
    value = os.environ.get(name)
    if value is None:
        return _kept_secret(name, data / "secret-key")
    if len(value) < MINIMUM_SECRET_LENGTH:
        raise WrongSetting(name, f"is too short; use at least {MINIMUM_SECRET_LENGTH} characters.")
    return value


def read_database(name: str, default: Path) -> dict[str, Any]:
    """Return Django's description of the database, by default the SQLite file `default`."""
    import dj_database_url

    value = os.environ.get(name)
    if not value:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": default,
            "OPTIONS": sqlite_options(),
        }
    try:
        found = dict(dj_database_url.parse(value, conn_max_age=600, conn_health_checks=True))
    except ValueError:
        found = {}
    if found.get("ENGINE") == "django.db.backends.sqlite3":
        return found | {"OPTIONS": sqlite_options()}
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise WrongSetting(name, "must begin with postgres:// or sqlite:// and name a database.")
    return found


def sqlite_options() -> dict[str, Any]:
    """Return the connection options that make an acknowledged write survive a power cut."""
    return {
        "timeout": SQLITE_BUSY_SECONDS,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-16000;"
        ),
    }


def read_email(name: str, outbox: Path) -> dict[str, Any]:
    """Return Django's mail settings; by default mails are files in `outbox`."""
    value = os.environ.get(name)
    if not value:
        return _mail_settings("filebased", {"file_path": outbox})
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise WrongSetting(name, "must be like smtp://user:password@mail.example.org:587/?tls=1.")
    is_smtps = parts.scheme == "smtps"
    options = {
        "host": parts.hostname,
        "port": port or (465 if is_smtps else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": is_smtps,
        "use_tls": not is_smtps and parse_qs(parts.query).get("tls") == ["1"],
        "timeout": 20,
    }
    return _mail_settings("smtp", options)


def _mail_settings(kind: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return `options` of a mail backend under the names of the Django at hand."""
    import django

    backend = f"django.core.mail.backends.{kind}.EmailBackend"
    if django.VERSION >= (6, 1):
        return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options}}}
    older = {"username": "HOST_USER", "password": "HOST_PASSWORD", "host": "HOST", "port": "PORT"}
    return {"EMAIL_BACKEND": backend} | {
        f"EMAIL_{older.get(key, key.upper())}": value for key, value in options.items()
    }


def read_sender(name: str, host: str) -> str:
    """Return the address that mails come from, by default one at the site's host."""
    value = os.environ.get(name) or f"Postil <postil@{host}>"
    if "@" not in value or any(character in value for character in "\r\n"):
        raise WrongSetting(name, f"is {value!r}; it must be an e-mail address.")
    return value


def _kept_secret(name: str, path: Path) -> str:
    """Return the key kept at `path`, readable by its owner only, after making it if needed."""
    if not path.exists():
        _keep_new_secret(path)
    try:
        return path.read_text().strip()
    except OSError as problem:
        raise WrongSetting(
            name, f"is not set and {path} cannot be read: {problem.strerror}."
        ) from None


def _keep_new_secret(path: Path) -> None:
    """Write a new key under another name and link it in place: of two starts one wins whole."""
    try:
        make_data_folder(path.parent)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret-") as fresh:
            fresh.write(secrets.token_urlsafe(MINIMUM_SECRET_LENGTH) + "\n")
            fresh.flush()
            with suppress(FileExistsError):
                os.link(fresh.name, path)
    except OSError as problem:
        raise WrongSetting(
            "POSTIL_DATA", f"is {str(path.parent)!r}, which cannot be written: {problem.strerror}."
        ) from None
