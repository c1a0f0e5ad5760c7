"""A text cut into words: once for all that is made of them."""

from functools import cached_property

from corpus.text.runs import Fingerprint, compared_words, fingerprints
from corpus.text.sketches import sketch_of
from corpus.text.words import Word, words_with_offsets


class CutText:
    """What a text is found and compared by; each part is made when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    def prepare(self) -> None:
        """Make all parts now: what is slow is done before others have to wait."""
        _ = self.folded, self.runs

    @cached_property
    def words(self) -> list[Word]:
        """The words in order."""
        return list(words_with_offsets(self.text))

    @cached_property
    def folded(self) -> list[str]:
        """The words in order as they are compared."""
        return [word.folded for word in self.words]

    @cached_property
    def runs(self) -> list[Fingerprint]:
        """The fingerprints in reading order."""
        return fingerprints(self.text, compared_words(self.text, self.words))

    @cached_property
    def sketch(self) -> list[int]:
        """The sketch, by which many texts are compared at once."""
        return sketch_of(self.runs)
