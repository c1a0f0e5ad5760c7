"""How static files are collected and stored: hashed names, compressed once."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFiles(StaticFilesConfig):
    """The static files app, leaving out what no page asks for."""

    ignore_patterns = (
        *StaticFilesConfig.ignore_patterns,
        "hx-*.js",  # htmx's extensions: their comments name files that are not there
        "htmx-2-compat*.js",
        "htm*-4*.js",  # the pages are written for htmx 2
        "*.sha256",
    )


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Storage that also rewrites the imports between ES modules to hashed names.

    Without that the entry of a page is hashed and cached for ever while the modules it
    imports are not, so an upgrade could mix old and new scripts.
    """

    support_js_module_import_aggregation = True
