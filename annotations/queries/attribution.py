"""Who says what a passage says of a claim, in words."""

from annotations.models import ClaimOccurrence


def attribution(speaker: str | None, voice: str, mode: str) -> str:
    """Return who says it, in what voice and as what; "" for the author's own plain word.

    `voice` and `mode` are values of ClaimOccurrence, "" where nothing was said of them.
    """
    is_told = bool(speaker) or voice != ClaimOccurrence.Voice.AUTHOR
    said = [
        speaker or "",
        ClaimOccurrence.Voice(voice).label if voice and is_told else "",
        ClaimOccurrence.Mode(mode).label if mode else "",
    ]
    return " · ".join(str(part) for part in said if part)
