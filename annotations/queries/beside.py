"""Two texts side by side: what joins them, step by step, and where one can go from there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.models import Annotation, Link
from annotations.queries.group_names import name_groups
from annotations.queries.links import links_between
from annotations.queries.panes import Pane, Shown, Side, pane_of
from corpus.extensions import VersionNote
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.queries.differences import text_of
from corpus.related import shared_passages
from corpus.text.difference import difference
from corpus.text.runs import SharedRun
from corpus.text.sides import Sides, sides_of
from corpus.text.spans import Span

By = Literal["links", "words", "changes", ""]


@dataclass(frozen=True)
class Address:
    """The address of the page for two sides, a kind of step and the number of a step.

    `back` is the address that one came from, "" for none. Which `highlights` the reader likes
    to see ("all", "mine", "none") is a setting of theirs, and no part of the address.
    """

    first: Side
    second: Side
    by: By = ""
    step: int = 1
    back: str = ""
    highlights: str = "all"

    def __str__(self) -> str:
        step = str(self.step) if self.step > 1 else ""
        values = {
            "first": self.first.article.slug,
            "first_version": _number(self.first),
            "second": self.second.article.slug,
            "second_version": _number(self.second),
            "by": self.by,
            "step": step,
            "back": self.back,
        }
        return query_address({name: value for name, value in values.items() if value})


@dataclass(frozen=True)
class Steps:
    """What joins the two texts: links, shared words or changes; `position` counts from 1."""

    by: By
    position: int
    count: int
    previous: str
    following: str


@dataclass(frozen=True)
class Beside:
    """Both panes, the step that is shown, if anything joins them, and the ways on.

    `other` leads to the steps of the other kind, of which there are `other_count`. `link` is
    the link that is shown; `is_reversed` says that it leads from the second text to the first.
    """

    first: Pane
    second: Pane
    steps: Steps | None
    link: Link | None
    is_reversed: bool
    other: str
    other_count: int
    address: Address

    @property
    def slot(self) -> int:
        """Return the colour of the ribbon: that of the first linked passage with a claim."""
        return self.first.slot or self.second.slot

    @property
    def is_of_versions(self) -> bool:
        """Say whether both sides are versions of one article, told apart by what changed."""
        return self.address.by == "changes"

    @property
    def is_joined(self) -> bool:
        """Say whether something is shown in both panes, which the ribbon can join."""
        return self.first.shown_at is not None and self.second.shown_at is not None

    @property
    def swapped(self) -> str:
        """Return the address of the same with the sides swapped."""
        address = self.address
        return str(replace(address, first=address.second, second=address.first))

    @property
    def choices(self) -> Mapping[str, str]:
        """Return where another article is chosen for either side, by the name of the side."""
        kept = {"first": self.address.second.article, "second": self.address.first.article}
        others = {"first": "second", "second": "first"}
        return {
            name: query_address(
                {others[name]: article.slug, "change": name, "back": self.address.back}
            )
            for name, article in kept.items()
        }


def query_address(values: Mapping[str, str]) -> str:
    """Return the address of the page with `values` as its query, empty ones left out."""
    given = urlencode({name: value for name, value in values.items() if value})
    return f"{reverse('side_by_side')}?{given}"


def beside(viewer: Viewer, asked: Address) -> Beside:
    """Return the two texts of `asked` with the step that it names, or the nearest there is.

    Versions of one article are joined by what changed; two articles by their links, which
    come first, or by words that both have.
    """
    first, second = asked.first, asked.second
    if first.article == second.article and first != second:
        return _changes(viewer, asked)
    links = list(links_between(viewer, first.article, second.article))
    name_groups(viewer, links)
    words = [] if first == second else _shared(first, second)
    if links and (asked.by != "words" or not words):
        return _linked(viewer, replace(asked, by="links"), links, len(words))
    if words:
        return _sharing(viewer, replace(asked, by="words"), words, len(links))
    return _joined(viewer, replace(asked, by="", step=1), 0, (Shown(), Shown()))


def beside_link(viewer: Viewer, link: Link, *, back: str = "", highlights: str = "all") -> Beside:
    """Return both articles of `link`, which the viewer sees, it being the step that is shown."""
    first, second = (Side(article, article.current_version) for article in link.articles)
    links = list(links_between(viewer, *link.articles))
    name_groups(viewer, links)
    step = [item.id for item in links].index(link.id) + 1
    asked = Address(first, second, by="links", step=step, back=back, highlights=highlights)
    shared = [] if first == second else _shared(first, second)
    return _linked(viewer, asked, links, len(shared))


def version_notes(
    _viewer: Viewer, article: Article, versions: Sequence[ArticleVersion]
) -> Mapping[int, VersionNote]:
    """Return for each of `versions` where it stands beside the current one, that beside the last.

    An article with one version has nothing to put beside it.
    """
    current = article.current_version
    others = {
        version.number: version.number - 1 if version.pk == article.current_version_id else 0
        for version in versions
    }
    notes: dict[int, VersionNote] = {}
    for number, before in others.items():
        one, other = (before, number) if before else (number, current.number if current else 0)
        if one and other and one != other:
            told = _("Side by side with version %(number)d") % {"number": before or other}
            slug = article.slug
            values = {"first": slug, "first_version": str(one)}
            values |= {"second": slug, "second_version": str(other)}
            values["back"] = reverse("article_versions", args=[slug])
            notes[number] = VersionNote(told, query_address(values))
    return notes


def _linked(viewer: Viewer, asked: Address, links: Sequence[Link], shared: int) -> Beside:
    asked = replace(asked, step=min(asked.step, len(links)))
    link = links[asked.step - 1]
    is_reversed = link.from_article_id != asked.first.article.id
    ends: tuple[Annotation | None, ...] = link.ends[::-1] if is_reversed else link.ends
    shown = (Shown(passage=ends[0]), Shown(passage=ends[1]))
    joined = _joined(viewer, asked, len(links), shown)
    return replace(
        joined,
        link=link,
        is_reversed=is_reversed,
        other=str(replace(asked, by="words", step=1)) if shared else "",
        other_count=shared,
    )


def _sharing(viewer: Viewer, asked: Address, words: Sequence[SharedRun], linked: int) -> Beside:
    asked = replace(asked, step=min(asked.step, len(words)))
    run = words[asked.step - 1]
    shown = (
        Shown(words=Span(run.start, run.end)),
        Shown(words=Span(run.their_start, run.their_end)),
    )
    joined = _joined(viewer, asked, len(words), shown)
    other = str(replace(asked, by="links", step=1)) if linked else ""
    return replace(joined, other=other, other_count=linked)


def _changes(viewer: Viewer, asked: Address) -> Beside:
    """Return two versions: what went is marked in the older one, what came in the newer."""
    first, second = asked.first.version, asked.second.version
    is_turned = first is not None and second is not None and first.number > second.number
    sides = _compared(second, first) if is_turned else _compared(first, second)
    changes = sides.changes
    step = min(asked.step, max(1, len(changes)))
    change = changes[step - 1] if changes else None
    old = Shown(
        changed=sides.old_words,
        tag="del",
        fates={item.old: item.fate for item in changes if item.old is not None},
        beside=sides.pairs,
        block=change.old if change else None,
    )
    new = Shown(
        changed=sides.new_words,
        tag="ins",
        fates={item.new: item.fate for item in changes if item.new is not None},
        beside={new: old for old, new in sides.pairs.items()},
        block=change.new if change else None,
    )
    shown = (new, old) if is_turned else (old, new)
    return _joined(viewer, replace(asked, by="changes", step=step), len(changes), shown)


def _joined(viewer: Viewer, asked: Address, count: int, shown: tuple[Shown, Shown]) -> Beside:
    steps = None
    if count:
        steps = Steps(
            by=asked.by,
            position=asked.step,
            count=count,
            previous=str(replace(asked, step=asked.step - 1)) if asked.step > 1 else "",
            following=str(replace(asked, step=asked.step + 1)) if asked.step < count else "",
        )
    first, second = (replace(part, highlights=asked.highlights) for part in shown)
    return Beside(
        first=pane_of(viewer, "first", asked.first, first),
        second=pane_of(viewer, "second", asked.second, second),
        steps=steps,
        link=None,
        is_reversed=False,
        other="",
        other_count=0,
        address=asked,
    )


def _shared(first: Side, second: Side) -> list[SharedRun]:
    if first.version is None or second.version is None:
        return []
    return shared_passages(first.version.text, second.version.text)


def _compared(old: ArticleVersion | None, new: ArticleVersion | None) -> Sides:
    if old is None or new is None:
        return Sides((), (), (), {})
    before, after = text_of(old), text_of(new)
    rows = difference(before.text, before.blocks, after.text, after.blocks)
    return sides_of(rows, before.blocks, after.blocks)


def _number(side: Side) -> str:
    """Return the number of a version that has to be named, "" for the one that is read."""
    return "" if side.version is None or side.is_current else str(side.version.number)
