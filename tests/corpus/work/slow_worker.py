"""Run by test_worker.py in a process of its own: a worker that knows the slow kinds of work.

Arguments: the name of the test's database, the id of the worker and, if it stands in for one
that is gone, that one's.
"""

import os
import sys
from uuid import UUID


def main(database: str, worker: str, gone: str | None = None) -> None:
    """Do what the database says, until told to stop."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from corpus.worker import work_until_stopped
    from tests.corpus.work import slow_kinds  # noqa: F401 - importing it makes them known

    work_until_stopped(UUID(worker), gone=UUID(gone) if gone else None)


main(*sys.argv[1:])
