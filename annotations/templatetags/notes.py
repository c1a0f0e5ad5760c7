"""How notes are written in the margin of an article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import template
from django.template.context import RequestContext
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.markdown import render
from annotations.models import ClaimOccurrence, Profile
from annotations.queries.margin import Margin, Note, Tick
from annotations.queries.margin_rows import Tagged
from corpus.queries.reading import ReadingBlock

register = template.Library()

# More colours than these make a pill on a phone unreadable.
_MOST_DOTS = 3


@dataclass(frozen=True)
class BlockNotes:
    """The notes beside one block, and how many more wait behind a count."""

    notes: Sequence[Note]
    waiting: int

    @property
    def count(self) -> int:
        """Return how many notes there are, those that wait included."""
        return len(self.notes) + self.waiting

    @property
    def slots(self) -> list[int]:
        """Return the colours of the first few notes, each once."""
        return list(dict.fromkeys(note.slot for note in self.notes))[:_MOST_DOTS]


@register.simple_tag
def block_notes(margin: Margin, block: ReadingBlock) -> BlockNotes:
    """Return what stands beside `block`."""
    return BlockNotes(margin.notes.get(block.number, ()), margin.waiting.get(block.number, 0))


@register.simple_tag(takes_context=True)
def filter_link(context: RequestContext, key: str, value: str) -> str:
    """Return the address that limits the page to `value`, or lifts that limit again."""
    query = context["request"].GET.copy()
    query.pop("notes", None)
    if query.get(key) == value:
        del query[key]
    else:
        query[key] = value
    return f"?{query.urlencode()}"


@register.filter
def short_name(profile: Profile) -> str:
    """Return the first name; the whole name of a sample reader, which says that it is one."""
    return profile.display_name if profile.is_sample else profile.display_name.split()[0]


@register.filter
def when(moment: datetime) -> str:
    """Return how long ago within the hour, then the day, then the day and year."""
    now = timezone.now()
    if now - moment < timedelta(minutes=1):
        return _("just now")
    if now - moment < timedelta(hours=1):
        minutes = (now - moment) // timedelta(minutes=1)
        return ngettext("%(n)d min ago", "%(n)d min ago", minutes) % {"n": minutes}
    local = timezone.localtime(moment)
    return format_date(local, "j M" if local.year == timezone.localdate().year else "j M Y")


@register.filter
def markdown(source: str) -> SafeString:
    """Return a note's Markdown as clean HTML."""
    return render(source)


@register.filter
def attribution(tagged: Tagged) -> str:
    """Return who says it, in what voice and as what; nothing for the author's own plain word."""
    is_told = tagged.speaker is not None or tagged.voice != ClaimOccurrence.Voice.AUTHOR
    said = [
        tagged.speaker or "",
        ClaimOccurrence.Voice(tagged.voice).label if tagged.voice and is_told else "",
        ClaimOccurrence.Mode(tagged.mode).label if tagged.mode else "",
    ]
    return " · ".join(str(part) for part in said if part)


@register.simple_tag
def density_ticks(ticks: Iterable[Tick]) -> SafeString:
    """Return the drawing of `ticks`: here, because a template takes three times as long."""
    shape = '<rect class="tick k{}" data-h="h{}" x="{}" y="{}" width="4" height="{}" rx="1.5"/>'
    return format_html_join(
        "", shape, ((tick.slot, tick.number, tick.x, tick.y, tick.height) for tick in ticks)
    )
