"""The corpus app: it runs alone, without annotations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorpusConfig(AppConfig):
    """Articles and where they came from."""

    name = "corpus"
    verbose_name = _("Corpus")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the ways to narrow and to order the library."""
        from corpus.queries.facets import register

        register()
