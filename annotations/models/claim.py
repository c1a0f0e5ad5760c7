"""Claims: what passages say, under their names and addresses."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import NaturalKeyManager, TagBase

from annotations.models.naming import (
    RESERVED_SLUGS,
    claim_slug,
    clean_label,
    folded_label,
    shown_label,
)
from corpus.models.base import Identified, Made
from corpus.models.slugs import first_free

# Finds a claim by its folded label.
Find = Callable[[str], "Claim | None"]

# The order in which colours are given: of each pair that a reader with
# deuteranopia confuses, one comes in the first half. Source: design brief 3.
SLOT_ORDER = (1, 4, 2, 6, 3, 5, 7, 8)


# Each try fails only when another writer took the same slug since it was looked for.
_TRIES = 20


class ClaimManager(NaturalKeyManager, models.Manager["Claim"]):
    """Finds and makes claims by their names."""

    def find(self, label: str, few: "Find | None" = None) -> "Claim | None":
        """Return the claim for all that has `label` as its name or alias, or None.

        Case, quotes, dashes and spaces do not count; of merged claims it is the one
        that they were merged into. `few` finds among the quiet ones where there is none.
        """
        folded = folded_label(label)
        # In no order, and merges fetched when there is one: every tagged highlight asks this.
        rows = self.filter(is_quiet=False).order_by()
        claim = rows.filter(folded=folded).first() or rows.filter(aliases__folded=folded).first()
        if claim is None and few is not None:
            claim = few(folded)
        return (claim.merged_into or claim) if claim else None

    def find_or_make(
        self, label: str, few: "Find | None" = None, **values: Any
    ) -> "tuple[Claim, bool]":
        """Return the claim with this label and whether it was made now, with `values`.

        Writers who make the same claim at once all get the one that is stored; it is kept
        from being merged away until the transaction ends, which there has to be. `few` finds
        as in `find`. Raises ValidationError as `clean_label` does.
        """
        name = clean_label(label)
        for _attempt in range(_TRIES):
            claim = self.find(name, few)
            if claim is not None:
                return self.standing(claim), False
            try:
                with transaction.atomic():
                    return self.create(name=name, **values), True
            except IntegrityError:
                continue
        raise IntegrityError(f"no free slug for a claim after {_TRIES} tries")

    def standing(self, claim: "Claim") -> "Claim":
        """Return `claim`, or the one it was merged into, locked while the transaction lasts.

        Else a passage could be tagged with a claim that somebody merges at that moment.
        """
        stored = self.select_for_update(no_key=True).order_by().get(pk=claim.pk)
        return stored if stored.merged_into is None else self.standing(stored.merged_into)

    def free_slug(self, label: str) -> str:
        """Return a slug for `label` that no claim has or had, and that is no address of ours."""
        base = claim_slug(label)
        taken = set(self.filter(slug__startswith=base).values_list("slug", flat=True))
        former = self.filter(former_slugs__slug__startswith=base)
        taken |= set(former.values_list("former_slugs__slug", flat=True)) | RESERVED_SLUGS
        return first_free(base, taken)


class Claim(TagBase, Made):
    """What passages say: a short label with an optional full statement.

    It is the tag of taggit. `examples` holds one example a line; `evidence` is the passage
    that shows the outcome of a prediction. One that is quiet was made where few see it: others,
    who cannot know it, make their own of the same words. Of those that are not, words are one.
    Source: QDA code; schema.org Claim.
    """

    class Status(models.TextChoices):
        """How far curators have come with it."""

        PROPOSED = "proposed", _("proposed")
        REVIEWED = "reviewed", _("reviewed")
        CANONICAL = "canonical", _("canonical")

    class Outcome(models.TextChoices):
        """What became of a prediction."""

        NONE = "", _("not a prediction")
        OPEN = "open", _("open")
        BORNE_OUT = "borne_out", _("borne out")
        NOT_BORNE_OUT = "not_borne_out", _("not borne out")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100)
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    is_quiet = models.BooleanField(default=False, editable=False)
    statement = models.TextField(_("statement"), blank=True)
    definition = models.TextField(_("definition"), blank=True)
    examples = models.TextField(_("examples"), blank=True)
    slot = models.PositiveSmallIntegerField(
        _("colour"), validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    broader = models.ForeignKey(
        "self",
        verbose_name=_("broader claim"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="narrower",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED
    )
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome.choices, blank=True)
    evidence = models.ForeignKey(
        "annotations.Annotation",
        verbose_name=_("evidence of the outcome"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence_of",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    is_sample = models.BooleanField(_("sample"), default=False)
    counter = models.PositiveIntegerField(default=1, editable=False)

    natural_key_fields = ["slug"]
    objects: ClassVar[ClaimManager] = ClaimManager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["folded"], condition=Q(is_quiet=False), name="claim_words_are_one"
            ),
            models.CheckConstraint(condition=Q(slot__gte=1, slot__lte=8), name="claim_slot_1_to_8"),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="claim_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | ~Q(outcome=""),
                name="claim_evidence_of_an_outcome",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the claim's page."""
        return reverse("claim", args=[self.slug])

    @property
    def label(self) -> str:
        """Return the name as it is shown: its first letter raised."""
        return shown_label(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the claim, folded for comparing, with a colour and a slug if it has none."""
        self.folded = folded_label(self.name)
        if not self.slug:
            self.slug = Claim.objects.free_slug(self.name)
        if not self.slot:
            self.slot = least_used_slot(self.created_by_id)
        super().save(*args, **kwargs)  # type: ignore[no-untyped-call]  # taggit has no types


class ClaimAlias(Identified):
    """Another name of a claim: given by hand or left by a merge."""

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("name"), max_length=100)
    folded = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        verbose_name = _("alias of a claim")
        verbose_name_plural = _("aliases of claims")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the alias, folded for comparing."""
        self.folded = folded_label(self.name)
        super().save(*args, **kwargs)


class ClaimSlug(models.Model):
    """A former address of a claim; it redirects for ever."""

    slug = models.SlugField(max_length=100, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = _("former address of a claim")
        verbose_name_plural = _("former addresses of claims")

    def __str__(self) -> str:
        return self.slug


def least_used_slot(maker_id: int | None) -> int:
    """Return the colour slot, 1 to 8, that the fewest claims have, in SLOT_ORDER.

    What others than the account `maker_id` made for few does not count: the colour of the next
    claim would tell of it.
    """
    known = Q(is_quiet=False)
    if maker_id is not None:
        known |= Q(created_by_id=maker_id)
    counts = dict(
        Claim.objects.filter(known, merged_into__isnull=True)
        .order_by()
        .values_list("slot")
        .annotate(models.Count("id"))
    )
    return min(SLOT_ORDER, key=lambda slot: (counts.get(slot, 0), SLOT_ORDER.index(slot)))
