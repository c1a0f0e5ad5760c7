"""The marks of a time line: drawn here, because a template takes ten times as long."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from annotations.models import ClaimOccurrence
from annotations.timeline import Point

register = template.Library()

_ROOM = 'width="24" height="24" transform="translate(-12 -12)"'


@register.simple_tag
def drawn(points: Iterable[Point]) -> SafeString:
    """Return the links that `points` are, each with its shape and the number beside it."""
    stances = {value: escape(str(label)) for value, label in ClaimOccurrence.Stance.choices}
    marks = "".join([_mark(point, stances[point.stance]) for point in points])
    return mark_safe(marks)  # noqa: S308 - escaped words, numbers and a closed set of names


def _mark(point: Point, stance: str) -> str:
    x, y = point.x, point.y
    more = f'<text class="more" x="{x}" y="{y}" dx="9" dy="4">{escape(point.text)}</text>'
    return (
        f'<a href="{escape(point.url)}"><title>{stance}: {escape(point.title)}</title>'
        f'<rect class="room" x="{x}" y="{y}" {_ROOM}/>'
        f'<path class="point {point.stance}" d="{point.shape}"/>{more if point.text else ""}</a>\n'
    )
