"""Writes that got no answer are sent once more, and never in a different form."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route

from tests.js.workbench import ORIGIN, Workbench

pytestmark = pytest.mark.browser

SEND = (
    "try { return await m.send('/write/', argument); }"
    "catch (error) { return { code: error.code, message: error.message }; }"
)


@pytest.fixture
def answers(bench_page: Page) -> Iterator[list[object]]:
    """Return a list to fill with statuses and "lost"; each write takes the next one."""
    plan: list[object] = []

    def answer(route: Route) -> None:
        status = plan.pop(0)
        if isinstance(status, int):
            body = {"id": "1", "message": "Done."} if status < 300 else REFUSED
            route.fulfill(status=status, json=body)
        else:
            route.abort()

    bench_page.route(f"{ORIGIN}/write/", answer)
    yield plan
    bench_page.unroute(f"{ORIGIN}/write/")


REFUSED = {"error": "invalid", "message": "Look again.", "fields": {"note": ["It is too long."]}}


def test_a_write_that_was_lost_is_sent_again(bench: Workbench, answers: list[object]) -> None:
    answers.extend(["lost", 201])
    assert bench.call("api", SEND, {"note": "x"}) == {"id": "1", "message": "Done."}


def test_a_server_that_is_away_for_a_moment_is_asked_again(
    bench: Workbench, answers: list[object]
) -> None:
    answers.extend([503, 200])
    assert bench.call("api", SEND, {"note": "x"})["message"] == "Done."


def test_it_gives_up_after_the_second_loss(bench: Workbench, answers: list[object]) -> None:
    answers.extend(["lost", "lost", 201])
    assert bench.call("api", SEND, {"note": "x"}) == {"code": "offline", "message": "offline"}
    assert answers == [201]


def test_a_refusal_is_not_repeated_and_says_why(bench: Workbench, answers: list[object]) -> None:
    answers.extend([422, 201])
    refused = bench.call("api", SEND, {"note": "x"})
    assert refused == {"code": "invalid", "message": "Look again. It is too long."}
    assert answers == [201]


def test_ids_are_random_uuids_even_without_https(bench: Workbench) -> None:
    ids = bench.call("api", "return [m.newId(), m.newId()];")
    assert ids[0] != ids[1]
    assert all(value[14] == "4" and value[19] in "89ab" and len(value) == 36 for value in ids)
