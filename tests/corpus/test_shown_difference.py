"""The difference of two texts as a page shows it: each block counted once, moves linked."""

from django.template.loader import render_to_string

from corpus.queries.differences import shown_difference
from corpus.text.blocks import Block
from corpus.text.states import NewText

LINES = [
    "The mood in the party is dark, and everybody who was asked says so by a hair.",
    "Some members pray by their bedside that nobody deselects them this year.",
    "Seven boats left the harbour before dawn and one of them was lost at sea.",
    "Whoever buys a field of barley in spring ought to look at its ditches first.",
    "A clock that stood in the hall for ninety years struck eleven for no reason.",
    "Under the acacias a few zebras graze quietly while lions sleep in the shade.",
]


def text(*paragraphs: str) -> NewText:
    words = "\n\n".join(paragraphs)
    starts = [words.index(paragraph) for paragraph in paragraphs]
    blocks = [
        Block("paragraph", start, start + len(paragraph))
        for start, paragraph in zip(starts, paragraphs, strict=True)
    ]
    return NewText(words, blocks)


OLD = text(*LINES)
NEW = text(
    LINES[1],
    LINES[2].replace("lost", "won"),
    LINES[3],
    "Entirely fresh words stand here now.",
    LINES[0].replace("by a hair", "by a mile"),
)


def test_every_block_is_counted_once() -> None:
    shown = shown_difference(OLD, NEW)
    assert (shown.unchanged, shown.changed, shown.moved, shown.moved_changed) == (2, 1, 0, 1)
    assert (shown.added, shown.removed) == (1, 2)
    both = shown.unchanged + shown.changed + shown.moved + shown.moved_changed
    assert both + shown.removed == len(OLD.blocks)
    assert both + shown.added == len(NEW.blocks)


def test_place_that_a_block_left_leads_to_where_it_is() -> None:
    page = render_to_string("corpus/_difference.html", {"difference": shown_difference(OLD, NEW)})
    place = f"moved-{NEW.blocks[-1].start}"
    assert f'<a href="#{place}">Moved away</a>' in page
    assert f'id="{place}"' in page
    assert page.count("Moved here and changed") == 1
    assert "by a <del>hair</del> <ins>mile</ins>." in page


def test_blanks_that_went_at_the_end_of_a_block_are_not_shown() -> None:
    one, other = "He said it once, and nobody heard.", "He said it twice, and all heard."
    shown = shown_difference(text(f"{one} {other}"), text(one, other))
    rows = [row for stretch in shown.stretches for row in stretch.rows]
    assert [[piece.text for piece in row.pieces] for row in rows] == [[one], [other]]
