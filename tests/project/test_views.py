"""Views ask queries and services, and look nothing up themselves."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A lookup of Django's own; the pages of a paginator and the like are none.
_LOOKUP = re.compile(r"\.objects\b|\.(?:filter|exclude|annotate|values_list|in_bulk)\(")


def test_no_view_looks_anything_up_itself() -> None:
    views = [
        path for app in ("annotations", "corpus") for path in (ROOT / app / "views").glob("*.py")
    ]
    assert len(views) > 50
    looking = [path.name for path in views if _LOOKUP.search(path.read_text(encoding="utf-8"))]
    assert looking == []
