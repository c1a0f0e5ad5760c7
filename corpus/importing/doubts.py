"""What a curator may want to look at in a proposed article, told by its stored proposal."""

from collections.abc import Mapping
from enum import IntFlag
from typing import Any


class Doubt(IntFlag):
    """Reasons to look at a proposed article before it is added; none of them is sure."""

    NONE = 0
    TITLE = 1
    AUTHOR = 2
    OUTLET = 4
    DATE = 8
    PLACES = 16
    COPY = 32
    UPDATE = 64


_GUESSED = ("derived", "inferred")


def doubts_in(proposal: Mapping[str, Any]) -> Doubt:
    """Return the doubts about what `proposal` (`Proposal.to_data()`) says.

    COPY and UPDATE, about its likeness to what is in the library, are not among them.
    A title is doubtful where the source gives none; author, outlet and date where they are
    unknown; PLACES where the reading left something to look at.
    """
    facts = proposal["facts"]
    found = Doubt.NONE
    if facts["title"]["basis"] in _GUESSED or not facts["title"]["value"]:
        found |= Doubt.TITLE
    if not facts["authors"]["value"]:
        found |= Doubt.AUTHOR
    if not facts["outlet"]["value"]:
        found |= Doubt.OUTLET
    if not (facts["published"]["value"] or {}).get("date"):
        found |= Doubt.DATE
    if proposal["flags"]:
        found |= Doubt.PLACES
    return found
