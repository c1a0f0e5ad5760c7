"""What a new text would do to the highlights, told before it is stored."""

from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access import visible_annotations
from annotations.anchoring import Target
from annotations.models import Annotation
from annotations.queries.carried import STATES
from annotations.reanchoring import Carried, reanchor
from corpus.extensions import Foretold, ForetoldChange
from corpus.models import ArticleVersion
from corpus.permissions import Viewer
from corpus.text.difference import words_compared

# More of them take longer than somebody who looks at a preview should wait.
MOST_FORETOLD = 1_000
MOST_SHOWN = 50
"""So many highlights whose words change or go are shown with them."""

_State = Annotation.AnchorState
_WORSE = (_State.ORPHAN.value, _State.CHANGED.value)


def forecast(viewer: Viewer, version: ArticleVersion, text: str) -> Foretold | None:
    """Return what becomes of the highlights in `version` that `viewer` sees.

    Those that lose their words and those whose words change are told one by one, the lost
    ones first. None when there are no highlights.
    """
    placed = visible_annotations(viewer).filter(version=version).exclude(anchor_state=_State.ORPHAN)
    rows = placed.filter(start__isnull=False, end__isnull=False).order_by("start", "number")
    values = rows.values_list("id", "start", "end", "exact", "prefix", "suffix")
    found = list(values[: MOST_FORETOLD + 1])
    if not found:
        return None
    title = _("What becomes of highlights")
    if len(found) > MOST_FORETOLD:
        many = _("The text has very many highlights: they are carried over in the background.")
        return Foretold(title, [many])
    targets = [
        Target(start or 0, end or 0, exact, prefix, suffix)
        for _pk, start, end, exact, prefix, suffix in found
    ]
    carried = reanchor(version.text, text, targets)
    told = list(zip(found, carried, strict=True))
    worse = [item for state in _WORSE for item in told if item[1].state == state]
    return Foretold(
        title,
        [*_told(Counter(str(item.state) for item in carried))],
        [_change(pk, words, item) for (pk, _, _, words, _, _), item in worse[:MOST_SHOWN]],
        max(0, len(worse) - MOST_SHOWN),
    )


def _change(pk: UUID, words: str, carried: Carried) -> ForetoldChange:
    return ForetoldChange(
        name=_("Highlight"),
        url=reverse("annotation", args=[pk]),
        label=STATES[carried.state],
        pieces=words_compared(words, carried.target.exact if carried.target else ""),
    )


def _told(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield a sentence for each state that highlights come to; each of them is in one."""
    total, kept = sum(counts.values()), counts.get("exact", 0)
    if kept == total:
        sentence = ngettext(
            "The highlight in this text stays as it is.",
            "All %(count)d highlights in this text stay as they are.",
            total,
        )
        yield sentence % {"count": total}
        return
    sentence = ngettext(
        "There is %(count)d highlight in this text:",
        "There are %(count)d highlights in this text:",
        total,
    )
    yield sentence % {"count": total}
    for state, told in _each(counts).items():
        if counts.get(state):
            yield told % {"count": counts[state]}


def _each(counts: Mapping[str, int]) -> Mapping[str, str]:
    kept, moved, changed, lost = (
        counts.get(state, 0) for state in ("exact", "moved", "changed", "orphan")
    )
    return {
        "exact": ngettext("%(count)d stays as it is.", "%(count)d stay as they are.", kept),
        "moved": ngettext(
            "%(count)d goes along to another place with its words.",
            "%(count)d go along to another place with their words.",
            moved,
        ),
        "changed": ngettext(
            "%(count)d stays, its words change.", "%(count)d stay, their words change.", changed
        ),
        "orphan": ngettext(
            "%(count)d loses its words: it will stand under the article until it is"
            " attached again.",
            "%(count)d lose their words: they will stand under the article until they are"
            " attached again.",
            lost,
        ),
    }
