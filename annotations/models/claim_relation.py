"""What claims have to do with each other."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from corpus.models.base import Identified, Made


class ClaimRelation(Identified, Made):
    """That one claim stands to another as `kind` says.

    Of the kinds that read the same both ways, "equivalent" and "contradicts", the claim
    with the lower key comes first, so that each pair has one row. That a claim is narrower
    than another is its `broader`: it has one place in the codebook.
    Source: SKOS mapping properties; Argdown.
    """

    class Kind(models.TextChoices):
        """What the first claim does to the second."""

        EQUIVALENT = "equivalent", _("says the same as")
        SUPPORTS = "supports", _("supports")
        CONTRADICTS = "contradicts", _("contradicts")
        UNDERCUTS = "undercuts", _("undercuts")

    from_claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="relations_from"
    )
    to_claim = models.ForeignKey(
        Claim, verbose_name=_("other claim"), on_delete=models.CASCADE, related_name="relations_to"
    )
    kind = models.CharField(_("relation"), max_length=12, choices=Kind.choices)

    class Meta:
        verbose_name = _("relation of two claims")
        verbose_name_plural = _("relations of claims")
        ordering = ["kind", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_claim", "to_claim", "kind"], name="claim_relation_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_claim=F("to_claim")), name="claim_relation_not_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["equivalent", "supports", "contradicts", "undercuts"]),
                name="claim_relation_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["equivalent", "contradicts"])
                | Q(from_claim__lt=F("to_claim")),
                name="claim_relation_of_a_pair_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_claim} {self.kind} {self.to_claim}"
