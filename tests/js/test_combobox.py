"""What Enter takes from a list that the server fills in: options for these words, never others'."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route

from tests.js.workbench import ORIGIN, Workbench

pytestmark = pytest.mark.browser

BOX = """<form><input role="combobox"><ul role="listbox"></ul></form>"""
START = """
  const box = m.comboboxIn(document.querySelector("form"));
  const completion = m.completeFrom(box, {
    address: () => `/options/?q=${box.field.value}`, onPick: () => {}, onEnter: () => {},
  }, new AbortController().signal);
  const type = (words) => { box.field.value = words; box.field.dispatchEvent(new Event("input")); };
  const chosen = () => m.selectedIn(box.list)?.id ?? null;
"""


@pytest.fixture
def box(bench: Workbench, bench_page: Page) -> Iterator[Workbench]:
    """Give the workbench with a combobox on its page, and a server that offers two options."""

    def answer(route: Route) -> None:
        typed = parse_qs(urlsplit(route.request.url).query).get("q", ["none"])[0]
        rows = "".join(
            f"<li role='option' id='{typed}-{nth}' aria-selected='false'>{nth}</li>"
            for nth in ("first", "second")
        )
        route.fulfill(body=rows, content_type="text/html")

    bench_page.route(f"{ORIGIN}/options/*", answer)
    bench.show(BOX)
    yield bench
    bench_page.unroute(f"{ORIGIN}/options/*")


def test_what_was_offered_for_other_words_is_not_chosen_any_more(box: Workbench) -> None:
    code = START + "type('one'); await completion.settled(); const before = chosen();"
    assert box.call("combobox", code + "type('two'); return [before, chosen()];") == [
        "one-first",
        None,
    ]


def test_what_is_sent_at_once_waits_for_the_options_of_what_was_typed(box: Workbench) -> None:
    code = START + "type('one'); await completion.settled(); type('two');"
    assert box.call("combobox", code + "await completion.settled(); return chosen();") == (
        "two-first"
    )


def test_words_typed_while_waiting_are_waited_for_too(box: Workbench) -> None:
    code = START + "type('one'); const waiting = completion.settled(); type('two');"
    assert box.call("combobox", code + "await waiting; return chosen();") == "two-first"


def test_an_option_that_was_pressed_stays_chosen(box: Workbench) -> None:
    code = START + "type('one'); await completion.settled(); type('two');"
    press = "box.list.querySelector('#one-second').click(); await completion.settled();"
    wait = "await new Promise((resolve) => setTimeout(resolve, 400));"
    assert box.call("combobox", code + press + wait + "return chosen();") == "one-second"
