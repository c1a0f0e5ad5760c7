"""The kinds of block in the words of curators."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpus.extensions import Label
from corpus.text.blocks import BlockKind

KIND_NAMES: Mapping[BlockKind, Label] = {
    "paragraph": gettext_lazy("Paragraph"),
    "heading": gettext_lazy("Heading"),
    "standfirst": gettext_lazy("Standfirst"),
    "quotation": gettext_lazy("Quotation"),
    "list_item": gettext_lazy("List item"),
    "verse": gettext_lazy("Verse"),
    "preformatted": gettext_lazy("Preformatted text"),
    "caption": gettext_lazy("Caption"),
    "correction": gettext_lazy("Correction"),
}
"""What each kind is called, the frequent ones first."""

# Level 1 is the title of the page.
HEADING_LEVELS = range(2, 7)


def block_name(kind: BlockKind, level: int = 0) -> str:
    """Return what a block is called: "Paragraph", "Heading 3"."""
    if kind != "heading":
        return str(KIND_NAMES[kind])
    return _("Heading %(level)d") % {"level": level}
