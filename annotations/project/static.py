"""How static files are stored: under names that carry their content, compressed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Storage that also rewrites the imports between ES modules to hashed names.

    Without that the entry of a page is hashed and cached for ever while the modules it
    imports are not, so an upgrade could mix old and new scripts.
    """

    support_js_module_import_aggregation = True
