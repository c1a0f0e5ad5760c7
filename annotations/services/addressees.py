"""Who is to be told of an Event, and why: before it is asked what they may see.

The first reason that is found for a reader counts: a mention before a reply, a reply before
what they follow.
"""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q

from annotations.models import Annotation, Audience, ClaimOccurrence, Follow, Link, Notification
from corpus.models import Event, Group, GroupInvitation, Membership

Kind = Notification.Kind
Told = Iterator[Notification]


def addressees(event: Event) -> list[Notification]:
    """Return what is to be told of `event`, one for each reader, not stored; often nothing.

    Who acted is told nothing. Whether a reader sees what it is about is not looked at.
    """
    reasons = _RULES.get(event.verb)
    found: dict[int, Notification] = {}
    for one in reasons(event) if reasons else ():
        one.event, one.created_at = event, event.at
        if one.reader_id != event.actor_id:
            found.setdefault(one.reader_id, one)
    return list(found.values())


def _made(event: Event) -> Told:
    annotation = _annotation(event)
    if annotation is None:
        return
    yield from _mentioned(event, annotation)
    yield from _in_thread(annotation)
    yield from _followers_of(event, annotation, list(annotation.occurrences.all()))


def _edited(event: Event) -> Told:
    """Tell who is newly mentioned; and where others see it now, those who hear of a new one."""
    annotation = _annotation(event)
    if annotation is None:
        return
    told = set(annotation.notifications.values_list("reader_id", flat=True))
    is_wider = _audience(event.before) != _audience(event.after)
    reasons = _made(event) if is_wider else _mentioned(event, annotation)
    before = set(_numbers(event.before.get("mentions")))
    for one in reasons:
        is_old_mention = one.kind == Kind.MENTION and one.reader_id in before and not is_wider
        if one.reader_id not in told and not is_old_mention:
            yield one


def _tagged(event: Event) -> Told:
    annotation = _annotation(event)
    if annotation is None:
        return
    said = event.after.get("claims")
    names = [str(one.get("claim")) for one in said] if said else [str(event.after.get("claim"))]
    tagged = annotation.occurrences.filter(tag__name__in=names)
    yield from _followers_of(event, annotation, list(tagged), only_said=True)


def _mentioned(event: Event, annotation: Annotation) -> Told:
    for reader_id in _numbers(event.after.get("mentions")):
        yield _about(annotation, reader_id, Kind.MENTION)


def _in_thread(annotation: Annotation) -> Told:
    if annotation.parent is None:
        return
    yield _about(annotation, annotation.parent.creator_id, Kind.REPLY)
    replies = Annotation.objects.filter(parent=annotation.parent, deleted_at__isnull=True)
    for reader_id in replies.order_by().values_list("creator_id", flat=True).distinct():
        yield _about(annotation, reader_id, Kind.REPLY)


def _followers_of(
    event: Event,
    annotation: Annotation,
    occurrences: list[ClaimOccurrence],
    *,
    only_said: bool = False,
) -> Told:
    """Tell who follows the claims and speakers of `occurrences` or where they stand."""
    said = Q(claim__in=[one.tag_id for one in occurrences])
    said |= Q(agent__in=[one.speaker_id for one in occurrences if one.speaker_id])
    place = Q(article=annotation.article_id) | Q(person=event.actor_id)
    place |= Q(collection__items__article=annotation.article_id)
    if annotation.audience == Audience.GROUPS:
        place |= Q(group__in=annotation.groups.all())
    yield from _to_followers(said if only_said else said | place, annotation=annotation)


def _linked(event: Event) -> Told:
    link = Link.objects.filter(pk=event.subject_id, is_sample=False).first()
    if link is not None:
        ends = (link.from_article_id, link.to_article_id)
        followed = Q(article__in=ends) | Q(person=event.actor_id)
        yield from _to_followers(followed, link=link)


def _moderated_annotation(event: Event) -> Told:
    annotation = _annotation(event)
    if annotation is not None:
        yield _about(annotation, annotation.creator_id, Kind.MODERATION)


def _moderated_link(event: Event) -> Told:
    link = Link.objects.filter(pk=event.subject_id, is_sample=False).first()
    if link is not None:
        yield Notification(reader_id=link.creator_id, kind=Kind.MODERATION, link=link)


def _text_changed(event: Event) -> Told:
    yield from _to_followers(Q(article=event.subject_id), article_id=event.subject_id)


def _put_into_collection(event: Event) -> Told:
    yield from _to_followers(Q(collection=event.subject_id))


def _invited(event: Event) -> Told:
    """Tell the account that proved to have the address; a link for anybody tells nobody."""
    invitation = GroupInvitation.objects.filter(pk=event.subject_id).exclude(email="").first()
    if invitation is None:
        return
    proved = EmailAddress.objects.filter(email__iexact=invitation.email, verified=True)
    for reader_id in proved.values_list("user_id", flat=True):
        if not invitation.group.memberships.filter(user_id=reader_id).exists():
            yield _of_group(
                invitation.group, reader_id, Kind.INVITATION, invitation_id=invitation.pk
            )


def _asked(event: Event) -> Told:
    group = _group(event)
    if group is not None:
        tending = group.memberships.exclude(role=Membership.Role.MEMBER)
        for reader_id in tending.values_list("user_id", flat=True):
            yield _of_group(group, reader_id, Kind.REQUEST)


def _own_part(event: Event) -> Told:
    group = _group(event)
    if group is not None:
        for reader_id in _numbers([(event.after or event.before).get("member")]):
            yield _of_group(group, reader_id, Kind.MEMBERSHIP)


def _joined(event: Event) -> Told:
    yield from _own_part(event)
    yield from _to_followers(Q(group=event.subject_id), group_id=event.subject_id)


def _to_followers(condition: Q, **about: Annotation | Link | UUID) -> Told:
    """Tell who follows what fits, by the closest of what they follow."""
    follows = Follow.objects.filter(condition).order_by("pk").distinct()
    for follow in sorted(follows, key=_closeness):
        yield Notification(reader_id=follow.reader_id, kind=Kind.FOLLOWED, follow=follow, **about)


def _closeness(follow: Follow) -> int:
    keys = (follow.claim_id, follow.person_id, follow.agent_id, follow.group_id, follow.article_id)
    return next((index for index, key in enumerate(keys) if key is not None), len(keys))


def _annotation(event: Event) -> Annotation | None:
    """Return what `event` is about, unless it is a sample or was never there."""
    found = Annotation.objects.filter(pk=event.subject_id, is_sample=False)
    return found.select_related("parent", "article").first()


def _group(event: Event) -> Group | None:
    return Group.objects.filter(pk=event.subject_id).first()


def _about(annotation: Annotation, reader_id: int, kind: Kind) -> Notification:
    return Notification(reader_id=reader_id, kind=kind, annotation=annotation)


def _of_group(
    group: Group, reader_id: int, kind: Kind, *, invitation_id: UUID | None = None
) -> Notification:
    return Notification(
        reader_id=reader_id,
        kind=kind,
        group=group,
        label=group.name,
        invitation_id=invitation_id,
    )


def _numbers(values: object) -> list[int]:
    """Return the keys of accounts in a value of an Event, which older versions may lack."""
    return [one for one in values if isinstance(one, int)] if isinstance(values, list) else []


def _audience(told: Mapping[str, object]) -> tuple[object, object]:
    return told.get("audience"), told.get("groups")


_RULES: Mapping[str, Callable[[Event], Told]] = {
    "annotation.created": _made,
    "annotation.edited": _edited,
    "annotation.hidden": _moderated_annotation,
    "annotation.replied": _made,
    "annotation.sent_again": _edited,
    "annotation.shown": _moderated_annotation,
    "annotation.tagged": _tagged,
    "article.changed": _text_changed,
    "collection.added": _put_into_collection,
    "group_invitation.created": _invited,
    "link.created": _linked,
    "link.hidden": _moderated_link,
    "link.shown": _moderated_link,
    "member.asked": _asked,
    "member.declined": _own_part,
    "member.joined": _joined,
    "member.removed": _own_part,
    "member.role_changed": _own_part,
}
