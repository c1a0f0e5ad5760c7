"""What a new text would do to the highlights, told before it is stored."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access import visible_annotations
from annotations.anchoring import Target
from annotations.models import Annotation
from annotations.reanchoring import reanchor
from corpus.models import ArticleVersion
from corpus.permissions import Viewer

# More of them take longer than somebody who looks at a preview should wait.
MOST_FORETOLD = 1_000

_State = Annotation.AnchorState


def forecast(viewer: Viewer, version: ArticleVersion, text: str) -> Sequence[str]:
    """Return in sentences what becomes of the highlights in `version` that `viewer` sees.

    None when there are none.
    """
    placed = visible_annotations(viewer).filter(version=version).exclude(anchor_state=_State.ORPHAN)
    rows = placed.values_list("start", "end", "exact", "prefix", "suffix")[: MOST_FORETOLD + 1]
    targets = [
        Target(start, end, exact, prefix, suffix)
        for start, end, exact, prefix, suffix in rows
        if start is not None and end is not None
    ]
    if not targets:
        return []
    if len(targets) > MOST_FORETOLD:
        return [_("The text has very many highlights: they are carried over in the background.")]
    states = [carried.state for carried in reanchor(version.text, text, targets)]
    changed, lost = states.count("changed"), states.count("orphan")
    return [
        _all_or_some(len(targets), len(targets) - changed - lost),
        *_each(moved=states.count("moved"), changed=changed, lost=lost),
    ]


def _all_or_some(count: int, kept: int) -> str:
    if count == kept:
        sentence = ngettext(
            "The highlight in this text keeps its words.",
            "All %(count)d highlights in this text keep their words.",
            count,
        )
        return sentence % {"count": count}
    sentence = ngettext(
        "Of %(count)d highlight in this text %(kept)d keeps its words.",
        "Of %(count)d highlights in this text %(kept)d keep their words.",
        count,
    )
    return sentence % {"count": count, "kept": kept}


def _each(*, moved: int, changed: int, lost: int) -> Sequence[str]:
    told = []
    if moved:
        told.append(
            ngettext(
                "%(count)d goes along to another place.",
                "%(count)d go along to another place.",
                moved,
            )
            % {"count": moved}
        )
    if changed:
        told.append(
            ngettext(
                "In %(count)d the marked words change.",
                "In %(count)d the marked words change.",
                changed,
            )
            % {"count": changed}
        )
    if lost:
        told.append(
            ngettext(
                "%(count)d loses its words: it will stand under the article until it is"
                " attached again.",
                "%(count)d lose their words: they will stand under the article until they are"
                " attached again.",
                lost,
            )
            % {"count": lost}
        )
    return told
