"""The site without what readers add: `corpus` has to run alone."""

from tests.settings import *  # noqa: F403 - the settings of the tests
from tests.settings import INSTALLED_APPS as ALL_APPS

INSTALLED_APPS = [app for app in ALL_APPS if not app.startswith("annotations")] + [
    "django.contrib.staticfiles"
]
ROOT_URLCONF = "tests.corpus_alone.urls"
ACCOUNT_FORMS = {}  # the form that asks for a name to show is of annotations
