"""One of two texts that stand side by side: its words, its highlights, and what is shown in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotations.marks import Highlight, QuotedOverlay
from annotations.models import Annotation
from annotations.queries.former import stood_in
from annotations.queries.limits import is_wanted
from annotations.queries.margin_rows import occurrences
from annotations.queries.places import place_of
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.queries.changed_words import ChangedWords
from corpus.queries.reading import ReadingBlock, reading_blocks
from corpus.text.sides import Fate
from corpus.text.spans import Span

# What is marked in a pane and is no highlight of anybody.
_NOBODYS = 0


@dataclass(frozen=True)
class Side:
    """An article and the version of it that is shown; a stub has no version."""

    article: Article
    version: ArticleVersion | None

    @property
    def is_current(self) -> bool:
        """Say whether it is what the reading page shows."""
        return self.version is not None and self.version.pk == self.article.current_version_id

    @property
    def url(self) -> str:
        """Return where it is read by itself."""
        home = self.article.get_absolute_url()
        if self.version is None or self.is_current:
            return home
        return f"{home}versions/{self.version.number}/"


@dataclass(frozen=True)
class Shown:
    """What is shown in one pane: a linked `passage`, other `words`, or a changed block.

    `changed` are the words that the other text has not, of the kind `tag` ("ins" or "del");
    `fates` and `beside` tell by the index of a block what became of it and which block of
    the other text it is; `block` is the index of the one that is shown. `highlights` are those
    that the reader likes to see beside it: "all", "mine" or "none".
    """

    passage: Annotation | None = None
    words: Span | None = None
    changed: Sequence[Span] = ()
    tag: str = ""
    fates: Mapping[int, Fate] = field(default_factory=dict)
    beside: Mapping[int, int] = field(default_factory=dict)
    block: int | None = None
    highlights: str = "all"


@dataclass(frozen=True)
class PaneBlock:
    """A block as a pane shows it; `beside` is the number of the same block in the other pane."""

    block: ReadingBlock
    fate: Fate | None
    beside: int | None
    is_shown: bool


@dataclass(frozen=True)
class Pane:
    """A text as one half of the page has it; one that is only linked to has no blocks.

    `slot` is the colour of what is shown, 0 without a claim; `quoted` its words, "" for the
    whole text. `is_placed` says whether a linked passage is in the text as it stands here.
    """

    name: str
    side: Side
    passage: Annotation | None
    quoted: str
    slot: int
    blocks: Sequence[PaneBlock]
    is_placed: bool
    shown_at: int | None

    @property
    def article(self) -> Article:
        """Return the article that it shows."""
        return self.side.article

    @property
    def anchor(self) -> str:
        """Return the id, in the page of both texts, of the block that what is shown begins in."""
        at = self.shown_at
        begun = [row.block for row in self.blocks if at is not None and row.block.start <= at]
        return f"{self.name}-p{begun[-1].number}" if begun else self.name

    @property
    def url(self) -> str:
        """Return where it is read by itself, at the passage if one is linked."""
        return place_of(self.passage) if self.passage else self.side.url


def pane_of(viewer: Viewer, name: str, side: Side, shown: Shown) -> Pane:
    """Return the pane called `name` with the highlights that `viewer` sees in that version."""
    if side.version is None:
        return Pane(name, side, None, "", 0, (), is_placed=False, shown_at=None)
    version, passage = side.version, shown.passage
    tagged = occurrences(viewer, side.article)
    slots = {number: rows[0].slot for number, rows in tagged.items()}
    linked = passage if passage is not None and passage.version_id == version.id else None
    overlay = QuotedOverlay(_highlights(viewer, side, slots, linked, shown))
    changed = ChangedWords(overlay, shown.changed, shown.tag) if shown.changed else overlay
    blocks = [
        PaneBlock(
            block,
            shown.fates.get(index),
            None if (other := shown.beside.get(index)) is None else other + 1,
            index == shown.block,
        )
        for index, block in enumerate(reading_blocks(version, changed))
    ]
    spot = Span(linked.start or 0, linked.end or 0) if linked else shown.words
    at = blocks[shown.block].block.start if shown.block is not None else spot and spot.start
    quoted = passage.exact if passage else _quoted(version, blocks, shown)
    slot = slots.get(passage.number, 0) if passage else 0
    return Pane(name, side, passage, quoted, slot, blocks, linked is not None, at)


def _quoted(version: ArticleVersion, blocks: Sequence[PaneBlock], shown: Shown) -> str:
    if shown.words:
        return version.text[shown.words.start : shown.words.end]
    if shown.block is not None:
        block = blocks[shown.block].block
        return version.text[block.start : block.end]
    return ""


def _highlights(
    viewer: Viewer,
    side: Side,
    slots: Mapping[int, int],
    linked: Annotation | None,
    shown: Shown,
) -> list[Highlight]:
    """Return what is marked, the linked passage or the words that are shown last and on top."""
    if side.version is None:
        return []
    rows = stood_in(viewer, side.article, side.version)
    found = [
        _painted(row.number, Span(row.start, row.end), slots, row.person)
        for row in rows
        if (linked is None or row.number != linked.number)
        and is_wanted(viewer, row.creator_id, shown.highlights)
    ]
    if linked is not None:
        place = Span(linked.start or 0, linked.end or 0)
        person = linked.creator.profile.person_slot
        found.append(_painted(linked.number, place, slots, person, states=("linked",)))
    if shown.words is not None:
        found.append(_painted(_NOBODYS, shown.words, slots, _NOBODYS, states=("linked",)))
    return found


def _painted(
    number: int,
    place: Span,
    slots: Mapping[int, int],
    person: int,
    *,
    states: tuple[str, ...] = (),
) -> Highlight:
    return Highlight(
        number=number,
        start=place.start,
        end=place.end,
        slot=slots.get(number, 0),
        person=person,
        label="",
        has_note=False,
        states=states,
    )
