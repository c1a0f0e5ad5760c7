"""The day of publication in words, as far as it is known."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _


def day_words(written: str) -> str:
    """Return a date as it is stored in words: "23 March 2017", "March 2017", "2017"."""
    for rest, words in (("", "j F Y"), ("-01", "F Y")):
        with suppress(ValueError):
            return format_date(date.fromisoformat(f"{written}{rest}"), words)
    return written


def published_words(published: Mapping[str, Any] | None) -> str:
    """Return in words a date as decisions take it, or its bounds; "" when nothing is known."""
    known = published or {}
    if known.get("date"):
        return day_words(known["date"])
    days = {name: day_words(known.get(name) or "") for name in ("not_before", "not_after")}
    if all(days.values()):
        return _("between %(not_before)s and %(not_after)s") % days
    if days["not_before"]:
        return _("not before %(not_before)s") % days
    return _("not after %(not_after)s") % days if days["not_after"] else ""
