"""What a browser showed and a site printed when a test failed, for who reads the report."""

from collections import defaultdict, deque
from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, Response

LAST = 12
"""So many of the last requests of a profile are told."""

TAIL = 4000
"""So many of the last characters that a site printed are told."""

# What the page says of itself: messages, forms being written in, the chosen words.
_LOOK = """
() => {
  const shown = [...document.querySelectorAll(
    "#announcements, .toasts, [role=alert], [data-reason]:not([hidden]), .composer, dialog[open]",
  )];
  const said = shown.map((element) => element.innerText.trim()).filter(Boolean);
  const focus = document.activeElement?.outerHTML.slice(0, 120);
  return { said, chosen: String(getSelection()), focus };
}
"""

_requests: dict[BrowserContext, deque[str]] = defaultdict(lambda: deque(maxlen=LAST))


def watch(context: BrowserContext) -> None:
    """Remember the last requests of `context` until it is closed."""
    context.on("response", lambda response: _requests[context].extend(_answered(response)))
    context.on("requestfailed", lambda request: _requests[context].append(_failed(request)))
    context.on("close", _forget)


def _forget(context: BrowserContext) -> None:
    _requests.pop(context, None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to the report of a failed browser test what every open page shows."""
    report = yield
    used = getattr(item, "funcargs", {})
    if report.when == "call" and report.failed and "chromium" in used:
        report.sections.append(("What the browser showed", _account_of(used["chromium"])))
        if "site" in used:
            report.sections.append(("What the site printed last", used["site"].printed()[-TAIL:]))
    return report


def _account_of(browser: Browser) -> str:
    lines = []
    for context in browser.contexts:
        lines += [line for page in context.pages for line in _look_at(page)]
        lines += [f"  {request}" for request in _requests[context]]
    return "\n".join(lines)


def _look_at(page: Page) -> list[str]:
    try:
        shown = page.evaluate(_LOOK)
    except Error as error:
        return [page.url, f"  cannot be looked at: {error.message}"]
    return [page.url, *(f"  {name}: {value}" for name, value in shown.items())]


def _answered(response: Response) -> list[str]:
    """Return the answer as one line, or none for a file that was served."""
    if response.ok and "/static/" in response.url:
        return []
    return [f"{response.status} {response.request.method} {response.url}"]


def _failed(request: Request) -> str:
    return f"failed {request.method} {request.url}: {request.failure}"
