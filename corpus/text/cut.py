"""A text cut into words: once for all that is made of them."""

from collections import Counter
from functools import cached_property
from typing import Any

from corpus.text.names import names_told
from corpus.text.runs import Fingerprint, compared_words, fingerprints
from corpus.text.sketches import sketch_of
from corpus.text.words import Word, counted, words_with_offsets


class CutText:
    """What a text is found and compared by; each part is made when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    def prepare(self) -> None:
        """Make all parts now: what is slow is done before others have to wait."""
        _ = self.folded, self.starts, self.runs, self.times, self.names

    @cached_property
    def words(self) -> list[Word]:
        """The words in order."""
        return list(words_with_offsets(self.text))

    @cached_property
    def folded(self) -> list[str]:
        """The words in order as they are compared."""
        return [word.folded for word in self.words]

    @cached_property
    def starts(self) -> list[int]:
        """Where in the text the words begin, in order."""
        return [word.start for word in self.words]

    @cached_property
    def times(self) -> Counter[str]:
        """How often each word comes that tells what the text is about."""
        return counted(self.folded)

    @cached_property
    def names(self) -> list[str]:
        """The names in it that relations are explained with, the most frequent first."""
        return names_told(self.text)

    @cached_property
    def runs(self) -> list[Fingerprint]:
        """The fingerprints in reading order."""
        return fingerprints(self.text, compared_words(self.text, self.words))

    @cached_property
    def sketch(self) -> list[int]:
        """The sketch, by which many texts are compared at once."""
        return sketch_of(self.runs)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the words out, and let the runs be plain: other processes get it twice as fast."""
        state = {name: part for name, part in vars(self).items() if name != "words"}
        if "runs" in state:
            state["runs"] = [tuple(run) for run in self.runs]
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        if "runs" in state:
            self.runs = [Fingerprint._make(run) for run in state["runs"]]
