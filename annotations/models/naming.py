"""How claims are named: comparing labels, cleaning them, making slugs."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from corpus.models.slugs import slug_base
from corpus.text.unseen import as_shown, without_unseen

MAX_LABEL = 100
MAX_FOLDED = 200

# Words that stand in the place of a slug in our addresses.
RESERVED_SLUGS = frozenset({"complete", "matrix", "new", "claim"})

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


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
