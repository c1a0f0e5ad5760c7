"""How notes are written in the margin of an article."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.template.context import RequestContext
from django.template.defaultfilters import date as format_date
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from annotations.markdown import render, words_of
from annotations.mentions import Named
from annotations.models import Annotation, Profile
from annotations.queries.margin import Margin, Note, Tick
from annotations.queries.margin_rows import Tagged
from corpus.queries.reading import ReadingBlock

register = template.Library()

# More colours than these make a pill on a phone unreadable.
_MOST_DOTS = 3

# A note of more characters or lines than these would push its neighbours out of sight: it
# shows as many characters of its opening.
_MOST_LETTERS = 600
_MOST_LINES = 14
_OPENING = 320

# A link in the margin says with which words it was made, but stays below what it hangs on.
_OPENING_OF_LINK = 140

# How many chips, avatars and days one process keeps as they are written.
_MOST_KEPT = 2048


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


@dataclass(frozen=True)
class ActionKind:
    """What decides which actions a note offers to the viewer."""

    is_own: bool
    may_resolve: bool
    is_resolved: bool
    has_place: bool
    is_in_text: bool


@register.simple_tag
def block_notes(margin: Margin, block: ReadingBlock) -> BlockNotes:
    """Return what stands beside `block`."""
    return BlockNotes(margin.notes.get(block.number, ()), margin.waiting.get(block.number, 0))


@register.simple_tag
def blocks_with_notes(margin: Margin) -> list[tuple[int, BlockNotes]]:
    """Return the numbers of the blocks that have notes, in order, with what stands beside each."""
    return [
        (number, BlockNotes(margin.notes.get(number, ()), margin.waiting.get(number, 0)))
        for number in sorted({*margin.notes, *margin.waiting})
    ]


@register.simple_tag(takes_context=True)
def filter_link(context: RequestContext, key: str, value: str) -> str:
    """Return the address that limits the page to `value`, or lifts that limit again.

    It leads to no passage, lets notes wait again unless it is for them, and forgets what was
    said of the reading, which can be undone only where it was said.
    """
    query = context["request"].GET.copy()
    for name in ("notes", "t", "said"):
        query.pop(name, None)
    # Of audiences several may be chosen, of all else one.
    chosen = {one for one in query.get(key, "").split(",") if one} if key == "for" else set()
    value = ",".join(sorted(chosen ^ {value}))
    if value in ("", query.get(key)):
        query.pop(key, None)
    else:
        query[key] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def unlimited_link(context: RequestContext) -> str:
    """Return the address of the page with all its highlights, in the same collection."""
    query = context["request"].GET.copy()
    for key in ("claim", "by", "stance", "for", "notes", "t", "said"):
        query.pop(key, None)
    return f"{context['request'].path}?{query.urlencode()}".removesuffix("?")


@register.filter
def short_name(profile: Profile) -> str:
    """Return the first name; the whole name of a sample reader, which says that it is one."""
    return profile.display_name if profile.is_sample else profile.display_name.split()[0]


@register.simple_tag
def time_of(moment: datetime) -> SafeString:
    """Return a time element that shows `when`; it has the whole time in its title."""
    local = timezone.localtime(moment)
    title = f"{_day(local.date(), 'j F Y', get_language())}, {local:%H:%M}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        title,
        when(moment),
    )


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
    is_this_year = local.year == timezone.localtime(now).year
    return _day(local.date(), "j M" if is_this_year else "j M Y", get_language())


@register.simple_tag
def chip(tagged: Tagged) -> SafeString:
    """Return a claim with its stance."""
    return _chip(tagged.slug, tagged.label, tagged.slot, tagged.stance, get_language())


@register.simple_tag
def avatar(profile: Profile, *, small: bool = False) -> SafeString:
    """Return the round sign of a reader."""
    return _avatar(profile.person_slot, profile.initials, small)


@register.simple_tag(takes_context=True)
def note_actions(context: RequestContext, note: Note) -> SafeString:
    """Return what the viewer may do with `note`: links and forms."""
    item = note.annotation
    kind = ActionKind(
        is_own=note.is_own,
        may_resolve=note.may_resolve,
        is_resolved=item.resolved_at is not None,
        has_place=item.start is not None,
        is_in_text=item.start is not None and item.anchor_state != Annotation.AnchorState.ORPHAN,
    )
    return format_html(
        _actions(kind, get_language()),
        home=reverse("annotation", args=[item.pk]),
        counter=item.counter,
        number=item.number,
        token=context["csrf_token"],
    )


@register.filter
def markdown(source: str) -> SafeString:
    """Return a note's Markdown as clean HTML."""
    return render(source)


@register.filter
def note_text(source: str) -> SafeString:
    """Return a note as `markdown` does; of a long one its opening, and the whole on demand."""
    return shown_note(source, ())


def shown_note(source: str, named: tuple[Named, ...]) -> SafeString:
    """Return a note as `note_text` does, with the names of who is `named` in it."""
    html = render(source, named)
    if len(source) <= _MOST_LETTERS and source.count("\n") < _MOST_LINES:
        return html
    opening = Truncator(words_of(source)).chars(_OPENING, truncate="…")
    return render_to_string("annotations/_long_note.html", {"opening": opening, "html": html})


@register.filter
def note_opening(source: str) -> str:
    """Return the opening words of the note of a link, without mark-up, for within a link."""
    return Truncator(words_of(source)).chars(_OPENING_OF_LINK, truncate="…")


@register.simple_tag
def chip_edit(annotation: Annotation, tagged: Tagged) -> SafeString:
    """Return the way to change or take away a claim on a reader's own highlight."""
    return format_html(
        '<a class="chip-edit" href="{}" title="{label}" aria-label="{label}">⋯</a>',
        reverse("occurrence_edit", args=[annotation.pk, tagged.slug]),
        label=_("Edit claim “%(claim)s”") % {"claim": tagged.label},
    )


@register.simple_tag
def density_ticks(ticks: Iterable[Tick]) -> SafeString:
    """Return the drawing of `ticks`: one path for all of one look, since there may be thousands."""
    alike: dict[tuple[int, int, str], list[Tick]] = defaultdict(list)
    for tick in ticks:
        alike[tick.slot, tick.person, tick.stance].append(tick)
    shape = '<path class="tick k{} p{}" data-stance="{}" data-h="{}" d="{}"/>'
    return format_html_join("", shape, ((*look, *_path(same)) for look, same in alike.items()))


def _path(ticks: Sequence[Tick]) -> tuple[str, str]:
    """Return the names of the highlights and the path that draws them in this order."""
    names = " ".join([f"h{tick.number}" for tick in ticks])
    return names, "".join([f"M{t.x} {t.y}h4v{t.height}h-4z" for t in ticks])


# Few different ones make up most of a page, and each holds nothing but what it is made of.
@lru_cache(maxsize=_MOST_KEPT)
def _chip(slug: str, name: str, slot: int, stance: str, _language: str | None) -> SafeString:
    values = {"url": reverse("claim", args=[slug]), "slot": slot, "name": name, "stance": stance}
    return render_to_string("_chip.html", values)


@lru_cache(maxsize=_MOST_KEPT)
def _actions(kind: ActionKind, _language: str | None) -> SafeString:
    return render_to_string("annotations/_note_actions.html", {"kind": kind})


@lru_cache(maxsize=_MOST_KEPT)
def _avatar(slot: int, initials: str, is_small: bool) -> SafeString:
    return render_to_string("_avatar.html", {"slot": slot, "initials": initials, "small": is_small})


@lru_cache(maxsize=_MOST_KEPT)
def _day(day: date, format_: str, _language: str | None) -> str:
    return format_date(day, format_)
