"""Characters that show nothing: in a name they make look-alikes, or turn what follows round.

They are the default ignorables of Unicode (chapter 5.21), such as the zero-width space and
the marks of direction, and the three marks of interlinear annotation.
"""

from corpus.text.patterns import when_used

# Joiners and variation selectors change how their neighbours look: scripts and emoji need them.
_JOINERS = r"\u200c\u200d"
_SELECTORS = r"\ufe00-\ufe0f\u180b-\u180d\u180f"

_unseen = when_used(r"[\p{DI}\ufff9-\ufffb]")
_needless = when_used(rf"(?V1)[[\p{{DI}}\ufff9-\ufffb]--[{_JOINERS}{_SELECTORS}]]")
_loose = when_used(
    rf"(?<![^\s{_JOINERS}{_SELECTORS}])[{_JOINERS}{_SELECTORS}]+|[{_JOINERS}][{_JOINERS}{_SELECTORS}]*(?!\S)"
)


def without_unseen(text: str) -> str:
    """Return `text` without any of them: how names are compared."""
    return _unseen().sub("", text)


def as_shown(text: str) -> str:
    """Return `text` with only those that a word needs: how names are stored.

    A joiner between two characters stays, and a variation selector after one.
    """
    return _loose().sub("", _needless().sub("", text))
