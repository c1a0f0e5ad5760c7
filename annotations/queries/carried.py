"""What became of the highlights of an article in each of its versions."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.access import visible_annotations
from annotations.models import Annotation, FormerTarget
from annotations.queries.by_hand import ByHand, attached_by_hand
from annotations.queries.orphans import LostWords, lost_words_of
from corpus.extensions import Label, VersionNote
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.text.difference import Piece, words_compared

PER_PAGE = 50
WAITING = "waiting"
BY_HAND = "by-hand"

# In the order in which they want to be looked at.
STATES: Mapping[str, Label] = {
    Annotation.AnchorState.ORPHAN: gettext_lazy("Could not be placed"),
    Annotation.AnchorState.CHANGED: gettext_lazy("Words changed"),
    Annotation.AnchorState.MOVED: gettext_lazy("Moved"),
    BY_HAND: gettext_lazy("Attached by hand"),
    Annotation.AnchorState.EXACT: gettext_lazy("As they were"),
    WAITING: gettext_lazy("Still being looked for"),
}


class _Came(NamedTuple):
    """How a highlight came into a version: out of which one, and its state there."""

    annotation: UUID
    state: str
    before: int


@dataclass(frozen=True)
class StateCount:
    """A state, how many highlights are in it, and whether the page is limited to it."""

    state: str
    label: Label
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class CarriedRow:
    """A highlight in the report: the words it had and those it has, as pieces of a difference.

    `lost` is set for an orphan of the current version, `by_hand` for what somebody put on
    its words; `may_reattach` says whether the viewer can put it on other words, `may_undo`
    whether they can take that back.
    """

    annotation: Annotation
    state: str
    label: Label
    pieces: Sequence[Piece]
    lost: LostWords | None
    by_hand: ByHand | None
    may_reattach: bool
    may_undo: bool


def report(
    viewer: Viewer, article: Article, version: ArticleVersion, *, state: str, page: str
) -> dict[str, Any]:
    """Return what became in `version` of the highlights that were there before it.

    Those in `state` alone when that is one of STATES.
    """
    hands = attached_by_hand(viewer, article, {version.pk: version.number})
    came = [
        item._replace(state=BY_HAND)
        if item.state == "exact" and (item.annotation, version.number) in hands
        else item
        for item in _came(viewer, article, {version.number})[version.number]
    ]
    counts = Counter(item.state for item in came)
    chosen = state if state in counts else ""
    order = [*STATES]
    shown = sorted(
        (item for item in came if not chosen or item.state == chosen),
        key=lambda item: order.index(item.state),
    )
    found: Page[_Came] = Paginator(shown, PER_PAGE).get_page(page)
    return {
        "article": article,
        "version": version,
        "is_current": version.pk == article.current_version_id,
        "count": len(came),
        "counts": [
            StateCount(name, label, counts[name], name == chosen)
            for name, label in STATES.items()
            if counts[name]
        ],
        "page": found,
        "rows": _rows(viewer, article, version, list(found), hands),
        "query": f"state={chosen}" if chosen else "",
    }


def version_notes(
    viewer: Viewer, article: Article, versions: Sequence[ArticleVersion]
) -> Mapping[int, VersionNote]:
    """Return what became of the highlights, by the number of the version; two queries."""
    came = _came(viewer, article, {version.number for version in versions})
    return {
        number: VersionNote(
            _told(Counter(item.state for item in items)),
            reverse("carried", args=[article.slug, number]),
        )
        for number, items in came.items()
        if items
    }


def _told(counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    told = ngettext("%(count)d highlight", "%(count)d highlights", total) % {"count": total}
    changed, lost = counts.get("changed", 0), counts.get("orphan", 0)
    parts = []
    if changed:
        parts.append(_("%(count)d changed") % {"count": changed})
    if lost:
        parts.append(_("%(count)d not placed") % {"count": lost})
    return f"{told}: {', '.join(parts)}" if parts else told


def _came(viewer: Viewer, article: Article, numbers: Collection[int]) -> dict[int, list[_Came]]:
    """Return how highlights came into the versions `numbers`, each of which is a key."""
    current = article.current_version
    present = current.number if current is not None else 0
    wanted = sorted(number for number in numbers if number <= present)
    found: dict[int, list[_Came]] = {number: [] for number in numbers}
    for pk, states, is_orphan in _stood(viewer, article):
        for number, before in _with_last_before(wanted, sorted(states)):
            missing = WAITING if number == present and not is_orphan else "orphan"
            found[number].append(_Came(pk, states.get(number, missing), before))
    return found


def _stood(viewer: Viewer, article: Article) -> Iterator[tuple[UUID, dict[int, str], bool]]:
    """Yield each highlight, its states by version number, and whether it is an orphan now."""
    marks = _marks(viewer, article)
    kept: dict[UUID, dict[int, str]] = defaultdict(dict)
    formers = FormerTarget.objects.filter(annotation__in=marks.order_by())
    for pk, number, state in formers.values_list(
        "annotation_id", "version__number", "anchor_state"
    ).order_by():
        kept[pk][number] = state
    rows = marks.values_list("id", "version__number", "anchor_state")
    for pk, number, state in rows.order_by("start", "number"):
        is_orphan = state == Annotation.AnchorState.ORPHAN
        yield pk, {number: "exact" if is_orphan else state, **kept[pk]}, is_orphan


def _with_last_before(wanted: Sequence[int], stood: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each of `wanted` that comes after one of `stood`, with the last such; both sorted.

    One walk along both: a highlight may have stood in as many versions as there are.
    """
    before = 0
    at = 0
    for number in wanted:
        while at < len(stood) and stood[at] < number:
            before = stood[at]
            at += 1
        if at:
            yield number, before


def _marks(viewer: Viewer, article: Article) -> QuerySet[Annotation]:
    return visible_annotations(viewer).filter(article=article, start__isnull=False)


def _rows(
    viewer: Viewer,
    article: Article,
    version: ArticleVersion,
    came: Sequence[_Came],
    hands: Mapping[tuple[UUID, int], ByHand],
) -> list[CarriedRow]:
    is_current = version.pk == article.current_version_id
    marks = _in_bulk(item.annotation for item in came)
    words = _words(marks)
    rows = []
    for item in came:
        mark = marks[item.annotation]
        old = words.get((mark.pk, item.before), mark.exact)
        new = words.get((mark.pk, version.number))
        lost = lost_words_of(mark, version) if is_current and item.state == "orphan" else None
        may_move = is_current and (viewer.is_staff or mark.creator_id == viewer.user_id)
        rows.append(
            CarriedRow(
                annotation=mark,
                state=item.state,
                label=STATES[item.state],
                pieces=words_compared(old, new) if new is not None else [Piece("same", old)],
                lost=lost,
                by_hand=hands[mark.pk, version.number] if item.state == BY_HAND else None,
                may_reattach=may_move and item.state in {"orphan", "changed", "moved"},
                may_undo=may_move and item.state == BY_HAND,
            )
        )
    return rows


def _in_bulk(keys: Iterable[UUID]) -> dict[UUID, Annotation]:
    found = Annotation.objects.filter(pk__in=[*keys]).defer("selectors")
    rows = found.select_related("creator__profile", "article", "version")
    return {mark.pk: mark for mark in rows.defer("version__text", "version__blocks")}


def _words(marks: Mapping[UUID, Annotation]) -> dict[tuple[UUID, int], str]:
    """Return the words that the highlights had, by highlight and version number."""
    formers = FormerTarget.objects.filter(annotation__in=[*marks])
    words = {
        (pk, number): exact
        for pk, number, exact in formers.values_list("annotation_id", "version__number", "exact")
    }
    for pk, mark in marks.items():
        if mark.version is not None:
            words.setdefault((pk, mark.version.number), mark.exact)
    return words
