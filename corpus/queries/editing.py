"""A text in the middle of being edited, and what the pages of the edit show of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from corpus.block_names import HEADING_LEVELS, KIND_NAMES, block_name
from corpus.errors import Invalid
from corpus.extensions import text_forecasts
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.queries.differences import changed_marks, shown_difference, text_of
from corpus.queries.versions import signed, who_made, why_made
from corpus.text.blocks import blocks_from_data, marks_from_data
from corpus.text.editing import Edit, EditedBlock, edited_blocks, settled
from corpus.text.following import followed
from corpus.text.merging import MergedBlock, Window, joined_rows, merged, widened
from corpus.text.spans import word_count
from corpus.text.states import NewText

MOST_ROWS = 200
"""Blocks that are edited on one page: each sends two fields, and Django reads a thousand."""

_LINE = 72
_FEWEST_LINES, _MOST_LINES = 2, 14
# What stands between the kind of a heading and its level.
_MARK = "-"


@dataclass(frozen=True)
class Row:
    """A block in the form: `value` and `choices` are of its kind, `height` is in lines."""

    number: int
    value: str
    choices: Sequence[tuple[str, str]]
    text: str
    height: int
    is_adopted: bool = False
    theirs: Sequence[str] = ()


@dataclass(frozen=True)
class Focus:
    """Where the focus goes: the row, and "text" or the button of it.

    `caret` is the place in the text, in code points; None to leave it to the browser.
    """

    number: int
    part: str
    caret: int | None = None


@dataclass(frozen=True)
class TextDraft:
    """An edit that is not stored: `rows` are typed for the blocks `window` of `version`.

    `focus` is where the curator was busy, None on a form that was just opened.
    """

    article: Article
    version: ArticleVersion
    window: Window
    rows: Sequence[MergedBlock]
    focus: Focus | None = None

    @property
    def typed(self) -> list[EditedBlock]:
        """Return the rows as they were typed."""
        return [row.block for row in self.rows]

    def blocks(self) -> list[EditedBlock]:
        """Return all blocks of the text, those outside the window as they are."""
        before = _blocks_of(self.version)
        return [*before[: self.window.first], *self.typed, *before[self.window.stop :]]

    def arranged(self, action: str, number: int) -> "TextDraft":
        """Return the draft with row `number` (from 1) moved "up" or "down", or one "add"ed after.

        "join" makes it one with the row above. What cannot be done changes nothing.
        """
        rows, at = list(self.rows), number - 1
        focus = Focus(number, action)
        if action == "add" and 0 <= number <= len(rows):
            rows.insert(number, MergedBlock(EditedBlock("paragraph", "")))
            focus = Focus(number + 1, "text")
        elif action == "up" and 0 < at < len(rows):
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
            # The first row has no button for this.
            focus = Focus(at, "up" if at > 1 else "down")
        elif action == "down" and 0 <= at < len(rows) - 1:
            rows[at], rows[at + 1] = rows[at + 1], rows[at]
            focus = Focus(number + 1, "down" if number + 1 < len(rows) else "up")
        elif action == "join" and 0 < at < len(rows):
            joined = joined_rows(rows[at - 1], rows[at])
            focus = Focus(at, "text", len(joined.block.text) - len(rows[at].block.text.strip()))
            rows[at - 1 : at + 1] = [joined]
        return replace(self, rows=rows, focus=focus)


def new_draft(article: Article, version: ArticleVersion, first_block: int) -> TextDraft:
    """Return the draft that begins with block `first_block` (from 1) of the text as it is."""
    blocks = _blocks_of(version)
    first = max(0, min(first_block, len(blocks)) - 1)
    first -= first % MOST_ROWS
    window = Window(first, min(len(blocks), first + MOST_ROWS))
    rows = [MergedBlock(block) for block in blocks[window.first : window.stop]]
    return TextDraft(article, version, window, rows)


def draft_on(draft: TextDraft, present: ArticleVersion) -> TextDraft:
    """Return `draft` as an edit of the version that became current in the meantime.

    What only the other edit changed is taken over; where both changed the same, the row
    stays as it was typed and tells what stands there now.
    """
    base, theirs = _blocks_of(draft.version), _blocks_of(present)
    window = draft.window
    here, there = widened(base, theirs, window)
    typed = settled(draft.typed, {block.text for block in base})
    mine = [*base[here.first : window.first], *typed, *base[window.stop : here.stop]]
    rows = merged(base[here.first : here.stop], theirs[there.first : there.stop], mine)
    return TextDraft(draft.article, present, there, rows)


def form_context(draft: TextDraft) -> dict[str, Any]:
    """Return what the form shows of `draft`."""
    count = len(draft.version.blocks)
    return {
        "article": draft.article,
        "version": draft.version,
        "window": draft.window,
        "focus": draft.focus,
        "rows": [_row(number, item) for number, item in enumerate(draft.rows, start=1)],
        "parts": [
            {
                "first": first + 1,
                "last": min(first + MOST_ROWS, count),
                "is_here": first <= draft.window.first < first + MOST_ROWS,
            }
            for first in range(0, count, MOST_ROWS)
        ],
    }


def preview_context(viewer: Viewer, draft: TextDraft, made: Edit) -> dict[str, Any]:
    """Return what the preview shows of the edit `made` of `draft`."""
    return {
        **form_context(draft),
        **_consequences(viewer, draft.article, draft.version, made.new),
        "lost": made.lost,
        "gained": made.gained,
    }


def take_back_context(
    viewer: Viewer, article: Article, version: ArticleVersion, present: ArticleVersion
) -> dict[str, Any]:
    """Return what is shown before the text of `version` takes the place of that of `present`."""
    old = text_of(version)
    return {
        "article": article,
        "old": version,
        "version": present,
        **_consequences(viewer, article, present, old),
        **changed_marks(text_of(present), old),
    }


def crossed_context(viewer: Viewer, draft: TextDraft, present: ArticleVersion) -> dict[str, Any]:
    """Return who changed the text meanwhile, and how, since the version that `draft` is of."""
    return {
        "crossed": present,
        "crossed_by": who_made(viewer, present),
        "crossed_why": why_made(viewer, present),
        "crossed_from": draft.version.number,
        "crossed_difference": shown_difference(text_of(draft.version), text_of(present)),
    }


def is_changed(version: ArticleVersion, new: NewText) -> bool:
    """Say whether `new` is another text than that of `version`, or marked otherwise."""
    return (
        version.text != new.text
        or blocks_from_data(version.blocks) != tuple(new.blocks)
        or marks_from_data(version.marks) != tuple(new.marks)
    )


def kind_of(value: str) -> tuple[Any, int]:
    """Return the kind and the level that `value` of the form names; raises Invalid for others."""
    kind, *rest = value.split(_MARK, 1)
    level = "".join(rest)
    is_level = level in {"1", "2", "3", "4", "5", "6"}
    if kind not in KIND_NAMES or (kind == "heading") is not is_level or (level and not is_level):
        raise Invalid(incomplete())
    return kind, int(level or 0)


def incomplete() -> str:
    """Return the sentence for a form of which something is missing."""
    return _("The form did not arrive whole. Nothing was changed: go back and send it again.")


def _consequences(
    viewer: Viewer, article: Article, version: ArticleVersion, new: NewText
) -> dict[str, Any]:
    before = text_of(version)
    words = word_count(new.text)
    return {
        "difference": shown_difference(before, new),
        "words": words,
        "growth": signed(words - version.word_count),
        "followed": followed(before, new, title=article.title, standfirst=article.standfirst),
        "forecasts": [
            told for entry in text_forecasts if (told := entry.of(viewer, version, new.text))
        ],
    }


def _row(number: int, item: MergedBlock) -> Row:
    block = item.block
    value = _value(block)
    choices = _choices()
    if value not in dict(choices):
        choices.append((value, block_name(block.kind, block.level)))
    lines = sum(1 + len(line) // _LINE for line in block.text.split("\n"))
    return Row(
        number,
        value,
        choices,
        block.text,
        max(_FEWEST_LINES, min(lines, _MOST_LINES)),
        item.is_adopted,
        [theirs.text for theirs in item.theirs],
    )


def _value(block: EditedBlock) -> str:
    return f"{block.kind}{_MARK}{block.level}" if block.kind == "heading" else block.kind


def _choices() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for kind in KIND_NAMES:
        if kind == "heading":
            found += [
                (f"heading{_MARK}{level}", block_name(kind, level)) for level in HEADING_LEVELS
            ]
        else:
            found.append((kind, block_name(kind)))
    return found


def _blocks_of(version: ArticleVersion) -> list[EditedBlock]:
    blocks, marks = blocks_from_data(version.blocks), marks_from_data(version.marks)
    return edited_blocks(version.text, blocks, marks)
