"""How notes are written in the margin of an article."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import template
from django.template.context import RequestContext
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.markdown import render
from annotations.models import ClaimOccurrence, Profile
from annotations.queries.margin import Margin, Note
from corpus.queries.reading import ReadingBlock

register = template.Library()

# More colours than these make a pill on a phone unreadable.
_MOST_DOTS = 3


@dataclass(frozen=True)
class BlockNotes:
    """The notes beside one block, and how many more wait behind a count."""

    notes: list[Note]
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
    return BlockNotes(margin.notes.get(block.number, []), margin.waiting.get(block.number, 0))


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
def attribution(occurrence: ClaimOccurrence) -> str:
    """Return who says it, in what voice and as what; nothing for the author's own plain word."""
    is_told = occurrence.speaker is not None or occurrence.voice != ClaimOccurrence.Voice.AUTHOR
    said = [
        occurrence.speaker.name if occurrence.speaker else "",
        occurrence.get_voice_display() if occurrence.voice and is_told else "",
        occurrence.get_mode_display() if occurrence.mode else "",
    ]
    return " · ".join(part for part in said if part)
