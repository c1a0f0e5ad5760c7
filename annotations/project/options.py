"""The options of `start`, which have to be known before Django reads its settings."""

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from annotations.project.environment import WrongSetting, host_header

MOST_DEFAULT_WORKERS = 4
PORTS = range(1, 65_536)
EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - recognised here, not bound


@dataclass(frozen=True)
class StartOptions:
    """What was asked of `start`; `data` is None when the environment or the default decides."""

    host: str
    port: int
    data: Path | None
    is_empty: bool
    workers: int

    @classmethod
    def from_parsed(cls, options: Mapping[str, Any]) -> Self:
        """Return the options that an argument parser left in `options`."""
        return cls(
            options["host"],
            options["port"],
            options["data"],
            options["empty"],
            options["workers"],
        )


def add_start_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `start` on `parser`."""
    parser.add_argument("--host", default="127.0.0.1", help="Address to listen on.")
    parser.add_argument("--port", type=int, default=8000, help="Port to listen on.")
    parser.add_argument("--data", type=Path, help="Folder for all run-time data; .data by default.")
    parser.add_argument("--empty", action="store_true", help="Do not import the six articles.")
    parser.add_argument(
        "--workers", type=int, default=_default_workers(), help="Number of server processes."
    )


def read_start_options(arguments: Sequence[str]) -> StartOptions:
    """Return the options in `arguments` (after the command's name); others are left to Django.

    Raises WrongSetting for a number that cannot be used.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_start_options(parser)
    known = StartOptions.from_parsed(vars(parser.parse_known_args(arguments)[0]))
    if known.port not in PORTS:
        raise WrongSetting("--port", f"is {known.port}; it must be from 1 to {PORTS[-1]}.")
    if known.workers < 1:
        raise WrongSetting("--workers", f"is {known.workers}; it must be 1 or more.")
    return known


def put_into_environment(options: StartOptions) -> None:
    """Set the variables that follow from `options`, for this process and the workers.

    POSTIL_URL, when nobody set it, follows the address that is listened on. Raises WrongSetting
    when that is every address, which tells nothing of the name that readers use.
    """
    if options.data is not None:
        os.environ["POSTIL_DATA"] = str(options.data.expanduser().absolute())
    if os.environ.get("POSTIL_URL"):
        return
    if options.host in EVERY_ADDRESS:
        raise WrongSetting(
            "POSTIL_URL",
            f"is not set; with --host {options.host} it names the address readers use.",
        )
    os.environ["POSTIL_URL"] = f"http://{host_header(options.host)}:{options.port}"


def _default_workers() -> int:
    return min(MOST_DEFAULT_WORKERS, os.cpu_count() or 1)
