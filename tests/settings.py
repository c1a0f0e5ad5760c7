"""Settings of the tests: the site's own, on data of their own, without the slow parts."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "POSTIL_TEST_DATA" not in os.environ:
    # The first process of a run makes the folder; the workers of xdist inherit its name.
    os.environ["POSTIL_TEST_DATA"] = tempfile.mkdtemp(prefix="postil-tests-")
    atexit.register(shutil.rmtree, os.environ["POSTIL_TEST_DATA"], ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("POSTIL_")]:
    if _name != "POSTIL_TEST_DATA":
        del os.environ[_name]
os.environ["POSTIL_DATA"] = os.environ["POSTIL_TEST_DATA"]

from annotations.project.settings import *  # noqa: E402, F403 - the settings under test
from annotations.project.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402

# A file, never memory: locks and journals behave as they do for readers.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}

# Hashed names need the files collected first; test_static_files.py tests that by itself.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
(Path(DATA_DIR) / "static").mkdir(exist_ok=True)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
