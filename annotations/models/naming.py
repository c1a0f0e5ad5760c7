"""How claims are named: comparing labels, making slugs, finding a claim by any of its names."""

import unicodedata
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from taggit.models import NaturalKeyManager

from corpus.models.slugs import first_free, slug_base
from corpus.text.unseen import as_shown, without_unseen

if TYPE_CHECKING:
    from annotations.models.claim import Claim

MAX_LABEL = 100
MAX_FOLDED = 200

# Words that stand in the place of a slug in our addresses.
RESERVED_SLUGS = frozenset({"complete", "matrix", "new", "claim"})

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})

# Each try fails only when another writer took the same slug since it was looked for.
_TRIES = 20


def folded_label(label: str) -> str:
    """Return `label` as it is compared: no case, one kind of quote, dash and space, none unseen."""
    plain = unicodedata.normalize("NFKC", without_unseen(label)).translate(_SAME)
    return " ".join(plain.split()).casefold()


def clean_label(label: str) -> str:
    """Return `label` as it is stored: NFC, single spaces, without what shows nothing.

    Raises ValidationError unless it has 1 to MAX_LABEL characters, among them a letter,
    a number or a pictograph, and no control character.
    """
    kept = " ".join(unicodedata.normalize("NFC", as_shown(label)).split())
    kinds = {unicodedata.category(character) for character in kept}
    if not any(kind[0] in "LN" or kind == "So" for kind in kinds):
        raise ValidationError(_("A claim needs at least one letter or number."))
    if kinds & {"Cc", "Cs"}:
        raise ValidationError(_("A claim holds a character that cannot be shown."))
    if len(kept) > MAX_LABEL or len(folded_label(kept)) > MAX_FOLDED:
        raise ValidationError(
            _("A claim is a short label of at most %(limit)d characters.") % {"limit": MAX_LABEL}
        )
    return kept


def claim_slug(label: str) -> str:
    """Return the slug that a claim called `label` would like: never empty."""
    return slug_base(label, "claim")


def shown_label(label: str) -> str:
    """Return `label` as it is shown: its first letter raised."""
    return label[:1].upper() + label[1:]


class ClaimManager(NaturalKeyManager, models.Manager["Claim"]):
    """Finds and makes claims by their names."""

    def find(self, label: str) -> "Claim | None":
        """Return the claim that has `label` as its name or alias, or None.

        Case, quotes, dashes and spaces do not count; of merged claims it is the one
        that they were merged into.
        """
        folded = folded_label(label)
        # In no order, and merges fetched when there is one: every tagged highlight asks this.
        rows = self.order_by()
        claim = rows.filter(folded=folded).first() or rows.filter(aliases__folded=folded).first()
        return (claim.merged_into or claim) if claim else None

    def find_or_make(self, label: str, **values: Any) -> "tuple[Claim, bool]":
        """Return the claim with this label and whether it was made now, with `values`.

        Writers who make the same claim at once all get the one that is stored.
        Raises ValidationError as `clean_label` does.
        """
        name = clean_label(label)
        for _attempt in range(_TRIES):
            claim = self.find(name)
            if claim is not None:
                return claim, False
            try:
                with transaction.atomic():
                    return self.create(name=name, **values), True
            except IntegrityError:
                continue
        raise IntegrityError(f"no free slug for a claim after {_TRIES} tries")

    def free_slug(self, label: str) -> str:
        """Return a slug for `label` that no claim has or had, and that is no address of ours."""
        base = claim_slug(label)
        taken = set(self.filter(slug__startswith=base).values_list("slug", flat=True))
        former = self.filter(former_slugs__slug__startswith=base)
        taken |= set(former.values_list("former_slugs__slug", flat=True)) | RESERVED_SLUGS
        return first_free(base, taken)
