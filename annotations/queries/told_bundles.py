"""What notifications say: several of a kind, on the same matter, as one line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Annotation, Notification
from annotations.queries.places import link_place, place_of
from annotations.queries.told_words import said_of
from corpus.queries.sealing import seal

Kind = Notification.Kind
# So much of what was written for one matter is quoted, and so many characters of each.
MOST_QUOTED = 3
_LONGEST_QUOTE = 240

SHOWN_WITH = (
    "event__actor__profile",
    "annotation__article",
    "annotation__parent",
    "link__from_article",
    "link__from_annotation__article",
    "article",
    "group",
    "follow__claim",
    "follow__article",
    "follow__collection",
    "follow__agent",
    "follow__group",
    "follow__person__profile",
)
"""What is to be read together with notifications whose words are wanted."""


def with_words(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """Return `rows` with all that their words need, in one query."""
    return rows.select_related(*SHOWN_WITH)


@dataclass(frozen=True)
class Quote:
    """The beginning of what somebody wrote, `who` where several did; or words of an article."""

    words: str
    is_from_text: bool
    who: str = ""


@dataclass(frozen=True)
class Bundle:
    """Notifications on one matter, the newest first: told as one."""

    told: Sequence[Notification]

    @property
    def newest(self) -> Notification:
        """Return the last of them."""
        return self.told[0]

    @property
    def at(self) -> datetime:
        """Return when the last of it happened."""
        return self.newest.created_at

    @property
    def is_unread(self) -> bool:
        """Say whether any of them was not read."""
        return any(one.read_at is None for one in self.told)

    @property
    def keys(self) -> str:
        """Return their keys as a form sends them: sealed."""
        return seal(",".join(str(one.pk) for one in self.told))

    @property
    def actors(self) -> list[AbstractBaseUser]:
        """Return who acted, each once, the last first; who hides or shows is not named."""
        if self.newest.kind == Kind.MODERATION:
            return []
        found = {one.event.actor_id: one.event.actor for one in self.told if one.event.actor}
        return [actor for actor in found.values() if actor is not None]

    @cached_property
    def said(self) -> str:
        """Return what happened as a sentence without its full stop."""
        return said_of(self.newest, self.told, who(self.actors))

    @property
    def subject(self) -> str:
        """Return what happened in words that may stand on a locked screen: no names of texts."""
        return _SUBJECTS[self.newest.kind](who(self.actors))

    @property
    def quotes(self) -> list[Quote]:
        """Return what was written, the last MOST_QUOTED of it, the last first."""
        if self.newest.kind == Kind.MODERATION:
            return []
        written = [one for one in self.told if one.annotation is not None]
        is_one = len(self.actors) == 1
        return [_quote(one, is_named=not is_one) for one in written[:MOST_QUOTED]]

    @property
    def url(self) -> str:
        """Return where the first of what is unread stands, else the last; "" for nowhere."""
        unread = [one for one in self.told if one.read_at is None]
        return _place(unread[-1] if unread else self.newest)

    @property
    def thread(self) -> str:
        """Return the key of the thread, "" for what is in none."""
        annotation = self.newest.annotation
        return str(first_of(annotation)) if annotation is not None else ""


def bundled(rows: Sequence[Notification]) -> list[Bundle]:
    """Return `rows`, the newest first, as bundles, in order of the newest of each."""
    found: dict[tuple[object, ...], list[Notification]] = {}
    for one in rows:
        found.setdefault(_matter(one), []).append(one)
    return [Bundle(told) for told in found.values()]


def who(actors: Sequence[AbstractBaseUser]) -> str:
    """Return the names of `actors`: all of up to two, else the first and how many others."""
    names = [name_shown(actor) for actor in actors]
    if not names:
        return _("Somebody")
    if len(names) == 1:
        return names[0]
    if len(names) == 2:  # noqa: PLR2004 - two are both named
        return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]}
    others = len(names) - 1
    words = ngettext("%(one)s and %(n)d other", "%(one)s and %(n)d others", others)
    return words % {"one": names[0], "n": others}


def name_shown(user: AbstractBaseUser) -> str:
    """Return the name that others see, never the one to sign in with."""
    profile = getattr(user, "profile", None)
    return profile.display_name if profile is not None else _("A reader")


def first_of(annotation: Annotation) -> object:
    """Return the key of the first annotation of the thread."""
    return annotation.parent_id or annotation.pk


def _matter(one: Notification) -> tuple[object, ...]:
    """Return what `one` is on: what is on the same is told as one."""
    if one.kind in (Kind.MENTION, Kind.REPLY) and one.annotation is not None:
        return (one.kind, first_of(one.annotation))
    if one.kind == Kind.FOLLOWED:
        return (one.kind, one.follow_id, one.event.verb in _OF_TEXTS, one.link_id is None)
    if one.kind == Kind.REQUEST:
        return (one.kind, one.group_id)
    return (one.kind, one.pk)


_OF_TEXTS = ("article.changed", "collection.added", "member.joined")


def _place(one: Notification) -> str:
    if one.annotation is not None:
        return place_of(one.annotation)
    if one.link is not None:
        return link_place(one.link)
    if one.article is not None:
        return one.article.get_absolute_url()
    if one.kind == Kind.INVITATION:
        return ""
    if one.group is not None:
        return one.group.get_absolute_url()
    followed = one.follow.collection if one.follow is not None else None
    return followed.get_absolute_url() if followed is not None else ""


def _quote(one: Notification, *, is_named: bool) -> Quote:
    note, exact = (one.annotation.note, one.annotation.exact) if one.annotation else ("", "")
    actor = one.event.actor
    who = name_shown(actor) if is_named and actor is not None else ""
    return Quote(_shortened(note) or _shortened(exact), not note.strip(), who)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1].rstrip() + "…"


_SUBJECTS: Mapping[str, Callable[[str], str]] = {
    Kind.MENTION: lambda names: _("%(who)s mentioned you") % {"who": names},
    Kind.REPLY: lambda names: _("%(who)s replied") % {"who": names},
    Kind.INVITATION: lambda names: _("%(who)s invited you to a group") % {"who": names},
    Kind.REQUEST: lambda names: _("%(who)s asked to join a group") % {"who": names},
    Kind.MEMBERSHIP: lambda names: _("Your part in a group changed"),
    Kind.MODERATION: lambda names: _("A decision about something you wrote"),
    Kind.FOLLOWED: lambda names: _("New in what you follow"),
}
