"""Why a source cannot be imported: one class a fact, each with one sentence for the person.

The sentences are English, for the command line. `corpus.import_words` holds all of them and puts
them into the language of a page.
"""


class ImportRefused(Exception):
    """Base of all refusals; `str()` of it is its sentence in English.

    `sentence` has places such as "%(name)s" for `values`.
    """

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence = sentence
        self.values = values


class EmptySource(ImportRefused):
    """The file holds no words."""


class NotText(ImportRefused):
    """The bytes are no text in any encoding that is tried."""


class SourceTooLarge(ImportRefused):
    """The file is larger than MAX_SOURCE_BYTES."""


class NotStorable(ImportRefused):
    """A value in it is none that the database takes."""


class CoverageError(ImportRefused):
    """A character of the source is accounted for twice or not at all; `offset` says which one."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(
            "The import was stopped to lose nothing: %(reason)s at character %(offset)d of the"
            " source.",
            reason=reason,
            offset=offset,
        )
        self.offset = offset
        self.reason = reason


class NotDecidable(ImportRefused):
    """A decision that says nothing of the article, or a value that cannot be kept."""


class NothingLeft(ImportRefused):
    """The decisions would leave an article without any text."""


class NoPlaceToSplit(ImportRefused):
    """There is no text on one side of the place."""
