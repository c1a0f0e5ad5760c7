"""Why one article is related to another, in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A reason in words that follow the title of the related article.

    `here` and `there` are the addresses of the same words in the article that is read and
    in the related one, "" when the reason is not about a passage.
    """

    text: str
    here: str = ""
    there: str = ""


@dataclass(frozen=True)
class Evidence:
    """What tells that an article is related: `weight` is 0 to 1, more is stronger."""

    weight: float
    reason: Reason
