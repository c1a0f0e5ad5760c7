"""What an import proposes, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpus.import_words import in_words
from corpus.models.base import Identified
from corpus.models.source import SourceFile


class ImportBatch(Identified):
    """One import: the files given together, and the `collection` that was made of its articles."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    collection = models.ForeignKey(
        "corpus.Collection",
        verbose_name=_("collection"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.note}".strip()


class ImportFile(Identified):
    """One file or pasted text of an import, kept from the moment it arrives.

    A file that holds many sources, such as a data set, is opened: each is a file `within` it.

    Of a data set `columns` says which of its columns means what, {} where that was guessed, and
    `columns_key` is a digest of their names, by which others with the same are found.

    `problem` is a sentence of corpus.import_words, in English, and `problem_values` are what
    stands in its places.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waiting")
        READ = "read", _("read")
        OPENED = "opened", _("opened")
        REFUSED = "refused", _("refused")

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.PROTECT, related_name="files"
    )
    source = models.ForeignKey(
        SourceFile, verbose_name=_("source"), on_delete=models.PROTECT, related_name="arrivals"
    )
    name = models.CharField(_("file name"), max_length=255)
    position = models.PositiveIntegerField(_("position"))
    within = models.ForeignKey(
        "self",
        verbose_name=_("within"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    columns = models.JSONField(default=dict, blank=True, editable=False)
    columns_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    problem = models.CharField(_("why it was refused"), max_length=500, blank=True)
    problem_values = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="file_place_once_per_batch")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def problem_in_words(self) -> str:
        """Return why it was refused, in the language of the page; "" when it was not."""
        return in_words(self.problem, self.problem_values)


class ImportCandidate(Identified):
    """One article that an import proposes; `proposal` is `Proposal.to_data()`.

    `decisions` is what a curator decided about it (corpus.importing.decisions), from which
    the proposal is made again. `updates` is the article that it would be a new version of,
    and `updates_reason` why; `near` lists articles with nearly the same text, as
    {"article": id, "share": 0..1, "verdict": "" | "same" | "different"}. `sketch` is that of
    its text (corpus.text.sketches), by which those of an import are compared. `doubts` is a
    `corpus.importing.doubts.Doubt`: why a curator may want to look at it.
    """

    class State(models.TextChoices):
        """What became of it."""

        PENDING = "pending", _("waiting")
        APPLIED = "applied", _("applied")
        REJECTED = "rejected", _("rejected")
        DUPLICATE = "duplicate", _("already there")

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.PROTECT, related_name="candidates"
    )
    source = models.ForeignKey(
        SourceFile, verbose_name=_("source"), on_delete=models.PROTECT, related_name="candidates"
    )
    position = models.PositiveIntegerField(_("position in the file"))
    proposal = models.JSONField(_("proposal"))
    digest = models.CharField(max_length=64, db_index=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    article = models.ForeignKey(
        "corpus.Article",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="candidates",
    )
    decisions = models.JSONField(_("decisions"), default=dict, blank=True)
    near = models.JSONField(_("nearly the same"), default=list, blank=True)
    updates = models.ForeignKey(
        "corpus.Article",
        verbose_name=_("new version of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    updates_reason = models.CharField(max_length=20, blank=True)
    sketch = models.JSONField(default=list, blank=True, editable=False)
    doubts = models.PositiveSmallIntegerField(default=0, editable=False)
    counter = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("proposed article")
        verbose_name_plural = _("proposed articles")
        ordering = ["batch", "source", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "source", "position"], name="candidate_once_per_batch"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source.name} #{self.position}"
