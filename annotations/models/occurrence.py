"""The passages that claims are tagged on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from annotations.models.claim import Claim
from corpus.models import Agent
from corpus.models.base import Identified


class ClaimOccurrence(ItemBase, Identified):
    """A claim tagged on one highlight; whose it is is the highlight's creator.

    It is the through model of taggit, whose field names are fixed. `note` says why the
    passage was tagged so; `voice_basis` whether a person confirmed the voice or only the
    quotation marks speak for it. Source: QDA coding.
    """

    class Stance(models.TextChoices):
        """What the passage does to the claim."""

        SUPPORTS = "supports", _("supports")
        DISPUTES = "disputes", _("disputes")
        CONTEXT = "context", _("context")

    class Voice(models.TextChoices):
        """In whose voice it is said."""

        UNKNOWN = "", _("not said")
        AUTHOR = "author", _("author")
        QUOTED = "quoted", _("quoted")
        REPORTED = "reported", _("reported")

    class Mode(models.TextChoices):
        """As what it is said."""

        UNKNOWN = "", _("not said")
        FACT = "fact", _("fact")
        PREDICTION = "prediction", _("prediction")
        DEMAND = "demand", _("demand")
        PLEDGE = "pledge", _("pledge")

    class VoiceBasis(models.TextChoices):
        """How the voice is known."""

        NONE = "", _("not said")
        GUESSED = "guessed", _("guessed from the quotation marks")
        CONFIRMED = "confirmed", _("confirmed")

    class Confidence(models.TextChoices):
        """How sure its reader is of the tagging."""

        UNKNOWN = "", _("not said")
        SURE = "sure", _("sure")
        LIKELY = "likely", _("likely")
        UNSURE = "unsure", _("unsure")

    tag = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="occurrences"
    )
    content_object = models.ForeignKey(
        "annotations.Annotation",
        verbose_name=_("highlight"),
        on_delete=models.CASCADE,
        related_name="occurrences",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    stance = models.CharField(
        _("stance"), max_length=10, choices=Stance.choices, default=Stance.SUPPORTS
    )
    voice = models.CharField(_("voice"), max_length=10, choices=Voice.choices, blank=True)
    voice_basis = models.CharField(
        _("how the voice is known"), max_length=10, choices=VoiceBasis.choices, blank=True
    )
    mode = models.CharField(_("mode"), max_length=12, choices=Mode.choices, blank=True)
    speaker = models.ForeignKey(
        Agent,
        verbose_name=_("speaker"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="occurrences",
    )
    confidence = models.CharField(
        _("confidence"), max_length=10, choices=Confidence.choices, blank=True
    )
    note = models.TextField(_("note on the tagging"), blank=True)
    created_at = models.DateTimeField(_("tagged"), auto_now_add=True)

    class Meta:
        verbose_name = _("tagged claim")
        verbose_name_plural = _("tagged claims")
        ordering = ["content_object", "position", "created_at"]
        # Where the passages of a claim stand and with which stance is told by the index alone.
        indexes = [
            models.Index(fields=["tag", "content_object", "stance"], name="stances_of_claim"),
            models.Index(fields=["tag", "created_at"], name="claim_first_made"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="claim_once_per_highlight"
            ),
            models.CheckConstraint(
                condition=Q(stance__in=["supports", "disputes", "context"]),
                name="occurrence_stance_known",
            ),
            models.CheckConstraint(
                condition=Q(voice__in=["", "author", "quoted", "reported"]),
                name="occurrence_voice_known",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=["", "fact", "prediction", "demand", "pledge"]),
                name="occurrence_mode_known",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["", "sure", "likely", "unsure"]),
                name="occurrence_confidence_known",
            ),
            models.CheckConstraint(
                condition=Q(voice="", voice_basis="")
                | ~Q(voice="") & Q(voice_basis__in=["guessed", "confirmed"]),
                name="occurrence_voice_has_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} ({self.stance})"
