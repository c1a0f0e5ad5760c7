"""Where the blocks of a proposed text begin in their source."""

from corpus.importing.proposal import Proposal
from corpus.text.spans import BLANKS


def starts_of_blocks(proposal: Proposal) -> list[int]:
    """Return where each block begins in the source, without blanks before it.

    A sign that was taken off, such as that of a list item, is part of its block; those of quoted
    mail are not.
    """
    starts: list[int] = []
    sign: int | None = None
    for piece in proposal.coverage:
        if piece.role == "quote_sign":
            continue
        if piece.text_start is None:
            is_sign = piece.role == "repair" and piece.start < piece.end
            sign = (piece.start if sign is None else sign) if is_sign else None
            continue
        if len(starts) < len(proposal.blocks):
            block = proposal.blocks[len(starts)]
            if piece.text_start >= block.start:
                words = proposal.text[block.start : block.end]
                blanks = len(words) - len(words.lstrip(BLANKS))
                starts.append(piece.start + blanks if sign is None else sign)
        sign = None
    return starts
