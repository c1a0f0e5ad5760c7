"""What the accessibility rules find on a page as it stands."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]


def violations_on(page: Page) -> list[str]:
    """Return what WCAG 2.2 A and AA and the best practices find, one line each."""
    return _run(page, {"runOnly": {"type": "tag", "values": _RULES}})


def violations_of_colour(page: Page) -> list[str]:
    """Return what the rules find that a theme can break, one line each."""
    return _run(page, {"runOnly": {"type": "rule", "values": _RULES_OF_COLOUR}})


def _run(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "(options) => axe.run(document, options).then(({ violations }) => violations)",
        {"resultTypes": ["violations"], "preload": False, **options},
    )
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"]
    ]
