"""Pages that texts cite, as articles: those that were imported and those that were not."""

from django.db import models

from corpus.models.article import Article


class CitedPage(models.Model):
    """A page that a text cited before it was here; `article` is it, a stub until it is imported.

    `key` is that of `corpus.text.addresses`. The row outlives the stub: whoever cites the page
    later means the same article, even if a curator gave it another address since.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.BigIntegerField(unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="cited_pages")

    def __str__(self) -> str:
        return f"page {self.key}"
