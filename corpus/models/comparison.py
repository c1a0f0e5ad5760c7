"""What texts that share words or addresses are found by; rebuilt by `reindex`."""

from django.db import models

from corpus.models.article import Article
from corpus.models.version import ArticleVersion


class ComparedText(models.Model):
    """The version that an article is compared by: its current one.

    `runs` counts the fingerprints of its text, those that are too common to be kept too.
    """

    id = models.BigAutoField(primary_key=True)
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="compared_text")
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="+")
    runs = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.runs} runs of {self.version_id}"


class TextRun(models.Model):
    """A fingerprint of a text: a run of words by its hash, and where it first stands.

    `start` and `end` are code points, half-open, in the text of the compared version. See
    `corpus.text.runs` for the hash and for which runs are kept.
    """

    id = models.BigAutoField(primary_key=True)
    text = models.ForeignKey(ComparedText, on_delete=models.CASCADE, related_name="text_runs")
    hash = models.BigIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["text", "start"]
        constraints = [models.UniqueConstraint(fields=["hash", "text"], name="text_run_once")]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


class PageAddress(models.Model):
    """A page that a text cites or, when `is_own`, the one that the article itself stands on.

    `key` is that of `corpus.text.addresses`: the same for all addresses of a page.
    """

    id = models.BigAutoField(primary_key=True)
    text = models.ForeignKey(ComparedText, on_delete=models.CASCADE, related_name="addresses")
    key = models.BigIntegerField()
    is_own = models.BooleanField()

    class Meta:
        ordering = ["text", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "text", "is_own"], name="page_address_once")
        ]

    def __str__(self) -> str:
        return f"page {self.key}"
