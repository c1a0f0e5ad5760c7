"""What the accessibility rules find on a page as it stands."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

NARROWEST = 320
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]


def violations_on(page: Page) -> list[str]:
    """Return what WCAG 2.2 A and AA and the best practices find, one line each."""
    return _run(page, {"runOnly": {"type": "tag", "values": _RULES}})


def violations_of_colour(page: Page) -> list[str]:
    """Return what the rules find that a theme can break, one line each."""
    return _run(page, {"runOnly": {"type": "rule", "values": _RULES_OF_COLOUR}})


def what_is_wrong(page: Page, *, is_phone: bool) -> list[str]:
    """Return what the rules find in each theme, and what makes a phone scroll sideways."""
    root = page.locator("html")
    chosen = root.get_attribute("data-theme")
    _set_theme(page, "light")
    found = violations_on(page)
    for theme in ("dark", "sepia"):
        _set_theme(page, theme)
        found += [f"{theme}: {line}" for line in violations_of_colour(page)]
    _set_theme(page, chosen or "auto")
    return [*found, *_sideways(page)] if is_phone else found


def _set_theme(page: Page, theme: str) -> None:
    """Dress the page in `theme`, at once: no rule is to meet colours half way."""
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    _come_to_rest(page)


def _come_to_rest(page: Page) -> None:
    """Let what moves or fades arrive at once: colours on their way are nobody's."""
    page.evaluate("() => { for (const moving of document.getAnimations()) moving.finish(); }")


def _sideways(page: Page) -> list[str]:
    """Return by how much the page is wider than the narrowest phone, as a list of one or none."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    width = page.evaluate("() => document.scrollingElement.scrollWidth")
    if before:
        page.set_viewport_size(before)
    return [f"{width} px wide at {NARROWEST}"] if width > NARROWEST else []


def _run(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    _come_to_rest(page)
    found = page.evaluate(
        "(options) => axe.run(document, options).then(({ violations }) => violations)",
        {"resultTypes": ["violations"], "preload": False, **options},
    )
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"]
    ]
