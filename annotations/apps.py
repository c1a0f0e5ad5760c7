"""The annotations app: it builds on corpus, never the other way round."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    """What readers add to the articles."""

    name = "annotations"
    verbose_name = _("Annotations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of claims that are tagged by taggit's own calls."""
        from annotations.services import tagged

        tagged.connect()
