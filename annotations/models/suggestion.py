"""What a machine proposes, with its reason; people decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corpus.models.base import Identified


class Suggestion(Identified):
    """That `subject` and `object` belong together as `kind` says; nothing is applied by it.

    Both are the keys of the rows that `kind` is about. `reason` holds the evidence and both
    snippets as JSON. `fingerprint` is made of what stays the same when the same thing is
    found once more, also after a re-import: a rejected suggestion never comes back. `topic` is
    the same for all that are alike; one rejection that `is_silencing` keeps all of them away.
    `made` says what an acceptance made, so that it can be undone.
    """

    class Kind(models.TextChoices):
        """What is proposed."""

        RELATED_ARTICLE = "related_article", _("related article")
        SAME_QUOTATION = "same_quotation", _("same quotation elsewhere")
        SAME_URL = "same_url", _("same address cited")
        CLAIM_PASSAGE = "claim_passage", _("passage that words a claim")
        DUPLICATE_CLAIM = "duplicate_claim", _("claims that say the same")
        AGENT_ALIAS = "agent_alias", _("names of one speaker")

    # What an accepted suggestion of these kinds makes is a link between two articles.
    LINKING = (Kind.RELATED_ARTICLE, Kind.SAME_QUOTATION, Kind.SAME_URL)

    # What one is accepted by is a merge, which shows first what moves.
    MERGING = (Kind.DUPLICATE_CLAIM, Kind.AGENT_ALIAS)

    class State(models.TextChoices):
        """What was decided about it."""

        PENDING = "pending", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    subject_id = models.UUIDField(_("subject"))
    object_id = models.UUIDField(_("object"))
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    topic = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    score = models.FloatField(_("score"), default=0.0)
    reason = models.JSONField(_("reason"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    is_silencing = models.BooleanField(_("never again"), default=False)
    made = models.JSONField(_("what was made of it"), default=dict, blank=True)
    created_at = models.DateTimeField(_("found"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-score", "created_at"]
        indexes = [
            models.Index(fields=["state", "kind", "-score"], name="suggestion_to_decide"),
            models.Index(fields=["subject_id"], name="suggestion_subject"),
            models.Index(fields=["object_id"], name="suggestion_object"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "related_article",
                        "same_quotation",
                        "same_url",
                        "claim_passage",
                        "duplicate_claim",
                        "agent_alias",
                    ]
                ),
                name="suggestion_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    state__in=["accepted", "rejected"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="suggestion_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_silencing=False) | Q(state="rejected"),
                name="suggestion_silencing_is_rejected",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject_id} {self.object_id} ({self.state})"
