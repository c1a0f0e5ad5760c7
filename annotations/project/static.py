"""How static files are stored: under names that carry their content, compressed once."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from annotations.project.stylesheet import PARTS, STYLESHEET, joined


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Storage that joins the stylesheet and rewrites the imports between ES modules.

    Without the second the entry of a page is hashed and cached for ever while the modules
    it imports are not, so an upgrade could mix old and new scripts.
    """

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Yield (name, hashed name, whether it was processed) of each file; see Django."""
        if not dry_run:
            self._join_stylesheet()
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join_stylesheet(self) -> None:
        texts = []
        for part in PARTS:
            with self.open(part) as file:
                texts.append(file.read().decode())
        self.delete(STYLESHEET)
        self.save(STYLESHEET, ContentFile(joined(texts).encode()))
