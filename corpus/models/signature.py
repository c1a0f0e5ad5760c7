"""What articles are about, as words with weights: the ground of related articles."""

from django.db import models

from corpus.models.article import Article
from corpus.models.version import ArticleVersion


class Term(models.Model):
    """A folded word of the corpus; `articles` counts those whose current text has it."""

    id = models.BigAutoField(primary_key=True)
    word = models.CharField(max_length=40, unique=True)
    articles = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word


class SignatureTerm(models.Model):
    """One of the heaviest words of an article; the weights of all words have length 1."""

    id = models.BigAutoField(primary_key=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="signature")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="signatures")
    weight = models.FloatField()

    class Meta:
        ordering = ["article", "-weight"]
        constraints = [
            models.UniqueConstraint(fields=["term", "article"], name="signature_term_once")
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.weight:.2f}"


class Signature(models.Model):
    """What is known of the text of one version: the one an article is compared by.

    `version` is the one whose words are counted in Term. `names` lists the names in it as
    they are written, most frequent first: they explain a relation, they do not rank.
    """

    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.CASCADE, related_name="text_signature"
    )
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="+")
    names = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"signature of {self.version_id}"
