"""The marks of a time line: drawn here, because a template takes ten times as long."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from annotations.models import ClaimOccurrence
from annotations.timeline import Point

register = template.Library()

_POINT = (
    '<a href="{}"><title>{}: {}</title>'
    '<rect class="room" x="{}" y="{}" width="24" height="24" transform="translate(-12 -12)"/>'
    '<path class="point {}" d="{}"/>{}</a>\n'
)
_MORE = '<text class="more" x="{}" y="{}" dx="9" dy="4">{}</text>'


@register.simple_tag
def drawn(points: Iterable[Point]) -> SafeString:
    """Return the links that `points` are, each with its shape and the number beside it."""
    stances = {value: str(label) for value, label in ClaimOccurrence.Stance.choices}
    return format_html_join(
        "",
        _POINT,
        (
            (
                point.url,
                stances[point.stance],
                point.title,
                point.x,
                point.y,
                point.stance,
                point.shape,
                format_html_join("", _MORE, [(point.x, point.y, point.text)] if point.text else []),
            )
            for point in points
        ),
    )
