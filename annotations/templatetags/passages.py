"""How passages are quoted away from their article."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.excerpts import Excerpt, Piece
from annotations.queries.passages import Passage
from corpus.templatetags.reading import published_short

register = template.Library()


@register.simple_tag
def quoted(excerpt: Excerpt, slot: int) -> SafeString:
    """Return the paragraphs of `excerpt`, the passage marked in the colour `slot`."""
    return format_html_join(
        "",
        "<p>{}</p>",
        ((format_html_join("", "{}", _pieces(p, slot)),) for p in excerpt.paragraphs),
    )


@register.simple_tag
def whereabouts(passage: Passage) -> str:
    """Return when and where `passage` stands, and who says it: "6 Dec 2015 · para 1 · author".

    Of an orphan it tells that these words are not in the article any more.
    """
    place = _("para %(number)d") % {"number": passage.excerpt.number} if passage.excerpt else ""
    if passage.is_orphan:
        place = _("words of an earlier version")
    return " · ".join(filter(None, (published_short(passage.article), place, passage.said)))


def _pieces(pieces: tuple[Piece, ...], slot: int) -> list[tuple[SafeString | str]]:
    return [(_marked(piece, slot) if piece.is_marked else piece.text,) for piece in pieces]


def _marked(piece: Piece, slot: int) -> SafeString:
    edges = f"{' b0' if piece.starts else ''}{' b1' if piece.ends else ''}"
    return format_html('<mark class="k{}{}">{}</mark>', slot, edges, piece.text)
