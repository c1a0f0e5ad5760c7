"""The cells of the table of claims: drawn here, because a template takes ten times as long."""

from functools import lru_cache

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from annotations.queries.matrix import Cell, Matrix, Row

register = template.Library()

# How many passages of a stance it takes for the next darker bar.
_LEVELS = (1, 2, 4, 8)

# Of the title of a column, where it is chosen from a list on a phone.
_MOST_LETTERS = 70


@register.simple_tag
def matrix_cells(matrix: Matrix, row: Row, query: str) -> SafeString:
    """Return the cells of `row` in the columns of `matrix`, each a link to its passages.

    `query` is what the address of the page holds beside the cell. Columns in a row without
    passages are one empty cell: most of a large table is empty, and browsers take long for it.
    """
    slug, language = row.claim.slug, get_language()
    start = escape(f"?{query}&" if query else "?")
    cells = []
    gap = 0
    for column in matrix.columns:
        found = row.cells.get(column.key)
        if found is None:
            gap += 1
            continue
        link = f'<td><a href="{start}row={slug}&amp;at={column.key}#cell" '
        cells.append(_empty(gap) + link + _inside(found, language))
        gap = 0
    cells.append(_empty(gap))
    return mark_safe("".join(cells))  # noqa: S308 - slugs, escaped words and numbers alone


@register.simple_tag
def matrix_heads(matrix: Matrix) -> SafeString:
    """Return the heads of the columns, each a link where there is a page of what it stands for."""
    heads = []
    for column in matrix.columns:
        title, label = escape(column.title), escape(column.label)
        name = f'title="{title}"><span>{label}</span>'
        if column.url:
            heads.append(f'<th scope="col"><a href="{escape(column.url)}" {name}</a></th>')
        else:
            heads.append(f'<th scope="col"><span class="matrix-name" {name}</span></th>')
    return mark_safe("".join(heads))  # noqa: S308 - escaped words alone


@register.simple_tag
def matrix_head(row: Row, narrowed: str) -> SafeString:
    """Return the head of `row`: its claim, as the address narrows it, and its passages."""
    return format_html(
        '<th scope="row"><a href="{}{}"><span class="swatch k{}"></span><span>{}</span></a>'
        '<span class="count">{}</span></th>',
        row.claim.get_absolute_url(),
        f"?{narrowed}" if narrowed else "",
        row.claim.slot,
        row.claim.label,
        row.total,
    )


@register.simple_tag
def matrix_options(matrix: Matrix, chosen: str) -> SafeString:
    """Return the columns as options of a field, the one with the key `chosen` chosen."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (column.key, " selected" if column.key == chosen else "", _short(column.title))
            for column in matrix.columns
        ),
    )


@register.simple_tag
def matrix_totals(matrix: Matrix) -> SafeString:
    """Return the foot of the table: how many passages stand in each column."""
    counts = (f"<td>{matrix.totals.get(column.key, 0)}" for column in matrix.columns)
    return mark_safe("".join(counts))  # noqa: S308 - numbers alone


@register.simple_tag
def list_cell(row: Row, key: str) -> Cell | None:
    """Return the cell of `row` in the column `key`, None where it has no passage."""
    return row.cells.get(key)


@register.filter
def in_words(cell: Cell) -> str:
    """Return what the passages of `cell` do: "2 support, 1 disputes"."""
    said = (
        ngettext("%(n)d supports", "%(n)d support", cell.supports) % {"n": cell.supports},
        ngettext("%(n)d disputes", "%(n)d dispute", cell.disputes) % {"n": cell.disputes},
        ngettext("%(n)d gives context", "%(n)d give context", cell.context) % {"n": cell.context},
    )
    return ", ".join(words for words, count in zip(said, cell, strict=True) if count)


def _short(title: str) -> str:
    return title if len(title) <= _MOST_LETTERS else f"{title[:_MOST_LETTERS].rstrip()}…"


def _empty(columns: int) -> str:
    return "" if not columns else "<td>" if columns == 1 else f"<td colspan={columns}>"


@lru_cache(maxsize=4096)
def _inside(cell: Cell, _language: str | None) -> str:
    """Return the rest of the link of a cell: its bars, what they say, and the number."""
    levels = (sum(count >= least for least in _LEVELS) for count in cell)
    bars = " ".join(f"{letter}{level}" for letter, level in zip("sdc", levels, strict=True))
    return f'class="{bars}" title="{escape(in_words(cell))}">{sum(cell)}</a>'
