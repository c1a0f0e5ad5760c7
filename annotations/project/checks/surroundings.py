"""The environment variables that the checks run under: none of the site's settings leak in."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HTTPS = {
    "POSTIL_URL": "https://read.example.org",
    "POSTIL_TRUSTED_PROXY": "127.0.0.1",
    "POSTIL_EMAIL_URL": "smtp://mail.example.org:587/?tls=1",
}
"""Settings of a site that readers reach by https through a proxy, and that sends its mails."""


@contextmanager
def clean_surroundings() -> Iterator[Path]:
    """Give a folder for the data of the run, with the site's settings out of the environment."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="postil-checks-", ignore_cleanup_errors=True) as folder:
        for name in [*os.environ]:
            if name.startswith("POSTIL_") or name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
                del os.environ[name]
        os.environ["POSTIL_DATA"] = folder
        try:
            yield Path(folder)
        finally:
            os.environ.clear()
            os.environ.update(before)
