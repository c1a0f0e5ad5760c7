"""A web server and a book of names for the tests of fetching."""

import socket
from collections.abc import Iterator

import pytest

from tests.corpus.web.serving import Site, served


class Names:
    """What names lead to in a test; each look-up takes the next answer, the last one for ever."""

    def __init__(self) -> None:
        self.answers: dict[str, list[list[str]]] = {}
        self.looked_up: list[str] = []

    def lead(self, name: str, *answers: list[str]) -> None:
        """Let the look-ups of `name` give these numbers, one list after the other."""
        self.answers[name] = list(answers)

    def find(self, host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        """Answer as `socket.getaddrinfo` does."""
        self.looked_up.append(host)
        answers = self.answers.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        numbers = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(None, None, None, "", (number, port)) for number in numbers]


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a web site on this machine."""
    with served() as found:
        yield found


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Return a book of names that stands in for that of the system."""
    book = Names()
    monkeypatch.setattr("corpus.importing.web.hosts.getaddrinfo", book.find)
    return book


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return where connections go to; none is made."""
    made: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        made.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("corpus.importing.web.asking.socket.create_connection", connect)
    return made
