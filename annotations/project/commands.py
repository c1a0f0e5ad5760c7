"""From sys.argv to a Django command, with every early mistake told in one sentence."""

import os
import sys

from annotations.project.environment import WrongSetting
from annotations.project.options import put_into_environment, read_start_options

PIPE_CLOSED = 141
"""The exit code of a program that SIGPIPE ends, as a shell tells it: 128 + 13."""


def run_command(arguments: list[str]) -> None:
    """Run the Django command that `arguments` (sys.argv) names; exit 1 on a wrong setting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotations.project.settings")
    from django.core.management import execute_from_command_line

    try:
        if arguments[1:2] == ["start"]:
            put_into_environment(read_start_options(arguments[2:]))
        execute_from_command_line(arguments)
        sys.stdout.flush()
    except WrongSetting as wrong:
        sys.exit(str(wrong))
    except BrokenPipeError:
        # Who read it, such as `head`, has enough. Python flushes once more on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PIPE_CLOSED)
