"""Texts of words that can be told apart however they are written, and edits of such texts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from corpus.text.spans import Span

COMMON = ["the", "of", "and", "said", "a", "to", "in", "was", "he", "party"]
_SELDOM = [f"word{number}" for number in range(60)]
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-"})
_PARAGRAPH = 25


@dataclass(frozen=True)
class Piece:
    """A word with its own identity; `ends` says whether its paragraph ends with it."""

    identity: int
    word: str
    ends: bool = False


def pieces_of(choose: random.Random, length: int) -> list[Piece]:
    """Return `length` words, many of them the same, in paragraphs."""
    return [
        Piece(identity, _word(choose), ends=choose.random() < 1 / _PARAGRAPH)
        for identity in range(length)
    ]


def edited(
    choose: random.Random, pieces: list[Piece], rate: float, added: Sequence[str] = (*COMMON, "new")
) -> list[Piece]:
    """Return the pieces after a share of `rate` was taken out, replaced or put a word before.

    The words that come in are some of `added`.
    """
    fresh = count(-1, -1)
    result: list[Piece] = []
    for piece in pieces:
        if choose.random() >= rate:
            result.append(piece)
            continue
        kind = choose.choice(["taken out", "replaced", "put before"])
        if kind != "taken out":
            result.append(Piece(next(fresh), choose.choice(added)))
        if kind == "put before":
            result.append(piece)
    return result


def with_moved_paragraph(choose: random.Random, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with one paragraph put in another place."""
    paragraphs = _paragraphs(pieces)
    taken = paragraphs.pop(choose.randrange(len(paragraphs)))
    paragraphs.insert(choose.randrange(len(paragraphs) + 1), taken)
    return [piece for paragraph in paragraphs for piece in paragraph]


def straightened(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with plain quotes and dashes."""
    return [replace(piece, word=piece.word.translate(_STRAIGHT)) for piece in pieces]


def written(pieces: list[Piece]) -> tuple[str, dict[int, Span]]:
    """Return the text of the pieces, and where each stands in it."""
    places = {}
    text = ""
    for piece in pieces:
        start = len(text)
        text += piece.word
        places[piece.identity] = Span(start, len(text))
        text += "\n\n" if piece.ends else " "
    return text.rstrip(), places


def _word(choose: random.Random) -> str:
    word = choose.choice([*COMMON, *_SELDOM])
    if choose.random() < 0.1:
        word = choose.choice(["“{}”", "{},", "{}.", "{}’s", "{} –"]).format(word)
    return word


def _paragraphs(pieces: list[Piece]) -> list[list[Piece]]:
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        paragraphs[-1].append(piece)
        if piece.ends:
            paragraphs.append([])
    # The last one too ends with a break, or two would run into one where it is put.
    whole = [paragraph for paragraph in paragraphs if paragraph]
    return [[*paragraph[:-1], replace(paragraph[-1], ends=True)] for paragraph in whole]
