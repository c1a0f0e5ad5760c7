"""What is rare enough to relate the articles that share it."""

from corpus.models import ComparedText

# In a small corpus what stands in so many articles is rare; in a larger one, in so large a
# share of them. What more have is boilerplate, an idiom, or a page that everybody cites.
_FEW = 3
_SHARE = 0.01


def rare_limit(most: int) -> int:
    """Return in how many articles a rare thing stands at most; `most` is what was met.

    The articles are counted, in one query, only when it matters.
    """
    if most <= _FEW:
        return _FEW
    return max(_FEW, int(_SHARE * ComparedText.objects.count()))
