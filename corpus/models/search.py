"""The index that search reads; services write it in the transaction of what it tells of."""

from django.db import models

from corpus.models.article import Article


class SearchEntry(models.Model):
    """One thing that search can find: an article, a passage of it, or what an app adds.

    `kind` is a key of the kinds of search ("articles", "passages", …) and `subject_id` the
    UUID of what is found: for both of these the article's. A passage is a block, or a part
    of a long one: `block` is its number from 1, `start` and `end` are code points,
    half-open, in the text of the article's current version. Rebuilt by `reindex`.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    article = models.ForeignKey(
        Article, null=True, on_delete=models.CASCADE, related_name="search_entries"
    )
    block = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "kind"], name="search_entry_of_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class SearchWords(models.Model):
    """The words of an entry, in the full-text table of the database in use.

    Made by a migration, since Django has no model for such a table; see corpus.search.
    """

    entry = models.OneToOneField(
        SearchEntry,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="words",
    )

    class Meta:
        managed = False
        db_table = "corpus_search_words"

    def __str__(self) -> str:
        return f"words of {self.entry_id}"
