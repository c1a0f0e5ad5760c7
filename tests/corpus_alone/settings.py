"""The site without what readers add: `corpus` has to run alone."""

from typing import Any

from tests.settings import *  # noqa: F403 - the settings of the tests
from tests.settings import INSTALLED_APPS as ALL_APPS
from tests.settings import TEMPLATES as ALL_TEMPLATES

INSTALLED_APPS = [app for app in ALL_APPS if not app.startswith("annotations")] + [
    "django.contrib.staticfiles"
]
ROOT_URLCONF = "tests.corpus_alone.urls"
ACCOUNT_FORMS = {}  # the form that asks for a name to show is of annotations
_engine: dict[str, Any] = ALL_TEMPLATES[0]
_options = {
    name: [one for one in value if not one.startswith("annotations.")]
    for name, value in _engine["OPTIONS"].items()
}
TEMPLATES = [_engine | {"OPTIONS": _options}]
