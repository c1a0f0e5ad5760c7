"""The sentences of notifications."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Follow, Notification
from corpus.models import Membership

Kind = Notification.Kind


def said_of(newest: Notification, told: Sequence[Notification], who: str) -> str:
    """Return the sentence of `told`, the newest of which is `newest`; `who` are names."""
    return _SAYING[newest.kind](newest, told, who)


def _mention(one: Notification, told: Sequence[Notification], who: str) -> str:
    return _("%(who)s mentioned you in “%(title)s”") % {"who": who, "title": _title(one)}


def _reply(one: Notification, told: Sequence[Notification], who: str) -> str:
    words = {"who": who, "title": _title(one)}
    parent = one.annotation.parent if one.annotation is not None else None
    if parent is None or parent.creator_id != one.reader_id:
        return _("%(who)s replied in a thread that you wrote in, on “%(title)s”") % words
    if parent.note:
        return _("%(who)s replied to your note on “%(title)s”") % words
    return _("%(who)s replied to your highlight in “%(title)s”") % words


def _invitation(one: Notification, told: Sequence[Notification], who: str) -> str:
    words = {"who": who, "group": one.label}
    return _("%(who)s invited you to the group “%(group)s”") % words


def _request(one: Notification, told: Sequence[Notification], who: str) -> str:
    return _("%(who)s asked to join “%(group)s”") % {"who": who, "group": _group(one)}


def _membership(one: Notification, told: Sequence[Notification], who: str) -> str:
    words = {"who": who, "group": one.label}
    match one.event.verb:
        case "member.joined":
            return _("%(who)s let you into “%(group)s”") % words
        case "member.role_changed":
            role = str(one.event.after.get("role", ""))
            words["role"] = str(dict(Membership.Role.choices).get(role, role))
            return _("%(who)s gave you another role in “%(group)s”: %(role)s") % words
        case "member.declined":
            return _("You were not let into “%(group)s”") % words
        case _:
            return _("You are no longer a member of “%(group)s”") % words


def _moderation(one: Notification, told: Sequence[Notification], who: str) -> str:
    is_hidden = one.event.verb.endswith(".hidden")
    if one.link is not None:
        if is_hidden:
            return _("A curator hid a link of yours: only you and curators see it")
        return _("A curator shows a link of yours again")
    words = {"title": _title(one)}
    if is_hidden:
        return (
            _("A curator hid what you wrote in “%(title)s”: only you and curators see it") % words
        )
    return _("A curator shows again what you wrote in “%(title)s”") % words


def _followed(one: Notification, told: Sequence[Notification], who: str) -> str:
    words: dict[str, object] = {"who": who, "n": len(told), "name": _name(one.follow)}
    if one.follow is not None and one.follow.person_id is not None:
        titles = {_title(each) for each in told}
        words["name"] = titles.pop() if len(titles) == 1 else ""
    match one.event.verb:
        case "article.changed":
            return _("The text of “%(name)s” was edited") % words
        case "collection.added":
            return _("%(who)s put articles into “%(name)s”") % words
        case "member.joined":
            return _("%(who)s joined “%(name)s”") % words
        case "link.created":
            return _links(one, words)
    return _marks(one.follow, words)


def _links(one: Notification, words: Mapping[str, object]) -> str:
    n = int(str(words["n"]))
    if one.follow is not None and one.follow.person_id is not None:
        return ngettext("%(who)s made %(n)d link", "%(who)s made %(n)d links", n) % words
    sentence = ngettext(
        "%(who)s linked “%(name)s” with something else",
        "%(who)s made %(n)d links with “%(name)s”",
        n,
    )
    return sentence % words


def _marks(follow: Follow | None, words: Mapping[str, object]) -> str:
    """Return what was marked or written: how it is said depends on what is followed."""
    n = int(str(words["n"]))
    if follow is None or (follow.person_id is not None and not words["name"]):
        return (
            ngettext(
                "%(who)s marked or noted something", "%(who)s made %(n)d highlights and notes", n
            )
            % words
        )
    if follow.claim_id is not None:
        sentence = ngettext(
            "%(who)s tagged a passage with “%(name)s”",
            "%(who)s tagged %(n)d passages with “%(name)s”",
            n,
        )
        return sentence % words
    if follow.agent_id is not None:
        sentence = ngettext(
            "%(who)s marked a passage as said by %(name)s",
            "%(who)s marked %(n)d passages as said by %(name)s",
            n,
        )
        return sentence % words
    sentence = ngettext(
        "%(who)s marked or noted something in “%(name)s”",
        "%(who)s made %(n)d highlights and notes in “%(name)s”",
        n,
    )
    return sentence % words


def _title(one: Notification) -> str:
    return one.annotation.article.title if one.annotation is not None else ""


def _group(one: Notification) -> str:
    return one.group.name if one.group is not None else one.label


def _name(follow: Follow | None) -> str:
    if follow is None or follow.person_id is not None:
        return ""
    return follow.claim.label if follow.claim is not None else str(follow.thing)


_Saying = Callable[[Notification, Sequence[Notification], str], str]
_SAYING: Mapping[str, _Saying] = {
    Kind.MENTION: _mention,
    Kind.REPLY: _reply,
    Kind.INVITATION: _invitation,
    Kind.REQUEST: _request,
    Kind.MEMBERSHIP: _membership,
    Kind.MODERATION: _moderation,
    Kind.FOLLOWED: _followed,
}
