"""Why nothing could be fetched: one class a kind of fact, each with one sentence."""

from corpus.importing.errors import ImportRefused


class NotFetched(ImportRefused):
    """Base of all: nothing came of the address."""


class NotAsked(NotFetched):
    """The address, or one that it leads to, is none that may be asked."""


class NoAnswer(NotFetched):
    """No server was found there, or it gave no whole answer."""


class TooMuch(NotFetched):
    """The answer takes more time or is larger than what is waited for."""


class NoPage(NotFetched):
    """The answer holds nothing that can be read."""


class Gone(NoPage):
    """Its server says that the page was taken away for good."""
