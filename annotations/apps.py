"""The annotations app: it builds on corpus, never the other way round."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    """What readers add to the articles."""

    name = "annotations"
    verbose_name = _("Annotations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add to the pages of corpus; hear of what taggit's own calls and others store."""
        from annotations import (
            admin,  # noqa: F401 - importing it registers its pages
            extensions,
            shortcuts,
        )
        from annotations.services import (
            carrying,
            mailing,  # noqa: F401 - importing it, and what it builds on, tells workers what it does
            search_index,
            speakers,
            stub_links,
            suggesting,  # noqa: F401 - importing it tells workers what it does
            tagged,
        )

        extensions.register()
        shortcuts.register()
        search_index.connect()
        tagged.connect()
        carrying.connect()
        stub_links.connect()
        speakers.connect()
