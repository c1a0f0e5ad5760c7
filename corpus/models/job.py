"""Work that nobody waits for: what is to be done, how far it is, and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corpus.models.base import Identified


class Job(Identified):
    """One piece of background work; `kind` and `arguments` say what (see corpus.tasks).

    The library's queue only wakes a worker; this row is the truth: who holds the job
    (`lease`, with a `heartbeat`), how often it was tried, how far it is and what came of it.
    `subject` is the id of what it works on, such as an import.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(_("what"), max_length=60)
    arguments = models.JSONField(_("with"), default=dict, blank=True)
    subject = models.UUIDField(null=True, blank=True, db_index=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), null=True, blank=True)
    told = models.CharField(_("what it says"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease = models.UUIDField(null=True, blank=True, editable=False)
    heartbeat = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    run_after = models.DateTimeField(_("not before"), null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    finished_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "heartbeat"], name="job_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=Q(state="waiting") & ~Q(fingerprint=""),
                name="job_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]),
                name="job_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen to it."""
        return self.state in {self.State.DONE, self.State.FAILED}
