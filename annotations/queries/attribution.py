"""Who says what a passage says of a claim, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import ClaimOccurrence

_DOUBTS = {
    ClaimOccurrence.Confidence.LIKELY.value: gettext_lazy("tagged as likely"),
    ClaimOccurrence.Confidence.UNSURE.value: gettext_lazy("tagged in doubt"),
}


def attribution(
    speaker: str | None, voice: str, mode: str, confidence: str = "", *, is_guess: bool = False
) -> str:
    """Return who says it, in what voice and as what; "" for the author's own plain word.

    `voice`, `mode` and `confidence` are values of ClaimOccurrence, "" where nothing was said of
    them; a guess is a voice that nobody has confirmed. Of a reader who is sure nothing is told.
    """
    how = beside_speaker(speaker, voice, mode, confidence, is_guess=is_guess)
    return " · ".join(part for part in (speaker, how) if part)


def beside_speaker(
    speaker: str | None, voice: str, mode: str, confidence: str = "", *, is_guess: bool = False
) -> str:
    """Return what `attribution` tells behind the name of the speaker."""
    is_told = bool(speaker) or voice != ClaimOccurrence.Voice.AUTHOR
    return manner(voice if is_told else "", mode, confidence, is_guess=is_guess)


def manner(voice: str, mode: str, confidence: str = "", *, is_guess: bool = False) -> str:
    """Return in what voice it is said, as what, and how sure its reader is; "" for neither."""
    said = [
        _voice(voice, is_guess=is_guess) if voice else "",
        ClaimOccurrence.Mode(mode).label if mode else "",
        _DOUBTS.get(confidence, ""),
    ]
    return " · ".join(str(part) for part in said if part)


def _voice(voice: str, *, is_guess: bool) -> str:
    label = str(ClaimOccurrence.Voice(voice).label)
    return _("%(voice)s (a guess)") % {"voice": label} if is_guess else label
