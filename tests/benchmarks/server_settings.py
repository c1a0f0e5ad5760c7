"""The site's own settings with the one page of server_site.py."""

from annotations.project.settings import *  # noqa: F403 - the settings under measurement

ROOT_URLCONF = "tests.benchmarks.server_site"
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}}
]
