"""Why a source cannot be imported: one class a fact, each with one sentence for the person."""


class ImportRefused(Exception):
    """Base of all refusals; `str()` of it is the sentence to show."""


class EmptySource(ImportRefused):
    """The file holds no words."""


class NotText(ImportRefused):
    """The bytes are no text in any encoding that is tried."""


class SourceTooLarge(ImportRefused):
    """The file is larger than MAX_SOURCE_BYTES."""


class CoverageError(ImportRefused):
    """A character of the source is accounted for twice or not at all; `offset` says which one."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(
            f"The import was stopped to lose nothing: {reason} at character {offset} of the source."
        )
        self.offset = offset
        self.reason = reason


class NotDecidable(ImportRefused):
    """A decision that says nothing of the article, or a value that cannot be kept."""


class NothingLeft(ImportRefused):
    """The decisions would leave an article without any text."""


class NoPlaceToSplit(ImportRefused):
    """There is no text on one side of the place."""
