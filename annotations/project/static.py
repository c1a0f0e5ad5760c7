"""How static files are collected and stored: joined, under hashed names, compressed once."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from annotations.project.stylesheet import SHEETS, joined


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
    """Storage that joins the stylesheets and rewrites imports between ES modules.

    Without the second the entry of a page is hashed and cached for ever while the modules it
    imports are not, so an upgrade could mix old and new scripts.
    """

    support_js_module_import_aggregation = True
    # Each pass settles one more level of imports; modules that import each other never settle.
    max_post_process_passes = 20

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Yield (name, hashed name, whether it was processed) of each file; see Django."""
        if not dry_run:
            for sheet, parts in SHEETS.items():
                self._join(sheet, parts)
                paths = {**paths, sheet: (self, sheet)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self, sheet: str, parts: tuple[str, ...]) -> None:
        texts = []
        for part in parts:
            with self.open(part) as file:
                texts.append(file.read().decode())
        self.delete(sheet)
        self.save(sheet, ContentFile(joined(texts).encode()))
