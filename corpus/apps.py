"""The corpus app: it runs alone, without annotations."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _

WORK = (
    "corpus.services.rebuilding",
    "corpus.services.proposing",
    "corpus.services.fetching",
    "corpus.services.following",
    "corpus.services.applying",
    "corpus.services.rejecting",
    "corpus.services.undoing",
    "corpus.services.exporting",
)
"""The modules that hold background work (corpus.services.work)."""


class CorpusConfig(AppConfig):
    """Articles and where they came from."""

    name = "corpus"
    verbose_name = _("Corpus")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the ways to narrow and to order the library; bring admin pages and work."""
        from corpus import (
            admin,  # noqa: F401 - importing it registers its pages
            commands,
            shortcuts,
        )
        from corpus.queries import commands as finding
        from corpus.queries.facets import register
        from corpus.views import preferred

        register()
        shortcuts.register()
        commands.register()
        finding.register()
        preferred.connect()
        for module in WORK:
            import_module(module)


class AdminConfig(admin_apps.SimpleAdminConfig):
    """Django's admin with a frame of our own, and with no pages but those of our apps."""

    default = False
    default_site = "corpus.admin.site.CurationSite"
