"""Which articles were looked through for suggestions."""

from django.db import models

from corpus.models import Article, ArticleVersion


class LookedThrough(models.Model):
    """The version of an article that suggestions were last looked for in."""

    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.CASCADE, related_name="looked_through"
    )
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"looked through {self.version_id}"
