"""Who is in a group: coming in, leaving, being removed, and the roles."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed, NotFound
from corpus.models import Event, Group, JoinRequest, Membership
from corpus.permissions import Viewer, can_join_group, can_leave_group, can_remove_member
from corpus.services.events import record
from corpus.services.group_details import account_of, locked, tell

MAX_WORDS = 300
_OWNER = Membership.Role.OWNER


def join(viewer: Viewer, group: Group) -> Membership:
    """Make `viewer` a member of an open group. Twice is harmless.

    Raises SignInNeeded, NotAllowed where one has to be let in, NotFound.
    """
    user_id = account_of(viewer)
    with transaction.atomic():
        stored, now = locked(viewer, group, "see")
        if not (can_join_group(now, stored) or can_leave_group(now, stored)):
            raise NotAllowed
        return admit(viewer, stored, user_id)


def ask(viewer: Viewer, group: Group, words: str = "") -> JoinRequest:
    """Ask for `viewer` to be let into a restricted group; asking again renews the words.

    Raises SignInNeeded, NotAllowed, NotFound, Invalid for words that are too long.
    """
    user_id = account_of(viewer)
    kept = " ".join(words.replace("\x00", " ").split())
    if len(kept) > MAX_WORDS:
        sentence = _("At most %(limit)d characters can be kept.") % {"limit": MAX_WORDS}
        raise Invalid(sentence, words=sentence)
    with transaction.atomic():
        stored, _now = locked(viewer, group, "ask")
        fresh = {"words": kept, "state": JoinRequest.State.PENDING}
        had = JoinRequest.objects.filter(group=stored, user_id=user_id, **fresh).first()
        if had is not None:
            return had
        request, _made = JoinRequest.objects.update_or_create(
            group=stored, user_id=user_id, defaults={**fresh, "asked_at": timezone.now()}
        )
        tell(viewer, "member.asked", stored, after={"member": user_id})
        return request


def answer(viewer: Viewer, request: JoinRequest, *, lets_in: bool) -> JoinRequest:
    """Let in who asks, or do not; an answered request stays as it was answered.

    Raises NotAllowed, NotFound.
    """
    with transaction.atomic():
        stored, _now = locked(viewer, request.group, "tend")
        waiting = JoinRequest.objects.filter(pk=request.pk).first()
        if waiting is None:
            raise NotFound
        if waiting.state != JoinRequest.State.PENDING:
            return waiting
        if lets_in:
            admit(viewer, stored, waiting.user_id)
            waiting.refresh_from_db()
            return waiting
        waiting.state = JoinRequest.State.DECLINED
        waiting.save(update_fields=["state"])
        tell(viewer, "member.declined", stored, after={"member": waiting.user_id})
        return waiting


def leave(viewer: Viewer, group: Group, *, successor: Membership | None = None) -> None:
    """Take `viewer` out of the group; what they wrote for it stays, theirs and the group's.

    The last owner names a `successor`, another member, who owns it from then on. Raises
    Invalid without one, NotAllowed, NotFound.
    """
    with transaction.atomic():
        stored, _now = locked(viewer, group, "leave")
        own = stored.memberships.get(user_id=account_of(viewer))
        if _is_last_owner(own):
            _hand_over(viewer, own, successor)
        own.delete()
        tell(viewer, "member.left", stored, before={"member": own.user_id, "role": own.role})


def remove(viewer: Viewer, membership: Membership) -> None:
    """Remove somebody else from the group; what they wrote for it stays.

    Moderators remove plain members, owners anybody. Twice is harmless. Raises Invalid for
    the last owner, NotAllowed, NotFound.
    """
    with transaction.atomic():
        stored, now = locked(viewer, membership.group, "tend")
        theirs = stored.memberships.filter(pk=membership.pk).first()
        if theirs is None:
            return
        if theirs.user_id == viewer.user_id or not can_remove_member(now, stored, theirs.role):
            raise NotAllowed
        _check_owner_stays(theirs)
        theirs.delete()
        before = {"member": theirs.user_id, "role": theirs.role}
        tell(viewer, "member.removed", stored, before=before)


def set_role(viewer: Viewer, membership: Membership, role: str) -> Membership:
    """Give a member another role; owners may. The same role again changes nothing.

    Raises Invalid for an unknown role and for the last owner, NotAllowed, NotFound.
    """
    if role not in Membership.Role.values:
        raise Invalid(_("Choose a role."), role=_("Choose a role."))
    with transaction.atomic():
        stored, _now = locked(viewer, membership.group, "own")
        theirs = stored.memberships.filter(pk=membership.pk).first()
        if theirs is None:
            raise NotFound
        if theirs.role == role:
            return theirs
        _check_owner_stays(theirs)
        _give(viewer, theirs, role)
        return theirs


def show_progress(viewer: Viewer, group: Group, *, shows: bool) -> Membership:
    """Let the group see how far `viewer` is in what it reads, or not any more.

    The same again changes nothing. Raises NotAllowed, NotFound.
    """
    with transaction.atomic():
        stored, _now = locked(viewer, group, "leave")
        own = stored.memberships.get(user_id=account_of(viewer))
        if own.shows_progress == shows:
            return own
        own.shows_progress = shows
        own.save(update_fields=["shows_progress"])
        after = {"shows": shows}
        private = Event.Audience.PRIVATE
        record(viewer.user_id, "member.progress_changed", stored, audience=private, after=after)
        return own


def admit(viewer: Viewer, group: Group, user_id: int) -> Membership:
    """Return the membership of the account in `group`, which is locked, made when new."""
    made, is_new = Membership.objects.get_or_create(group=group, user_id=user_id)
    if is_new:
        asked = JoinRequest.objects.filter(group=group, user_id=user_id)
        asked.update(state=JoinRequest.State.ADMITTED)
        tell(viewer, "member.joined", group, after={"member": user_id})
    return made


def _hand_over(viewer: Viewer, own: Membership, successor: Membership | None) -> None:
    others = own.group.memberships.exclude(pk=own.pk)
    heir = others.filter(pk=successor.pk).first() if successor is not None else None
    if heir is not None:
        _give(viewer, heir, _OWNER)
    elif others.exists():
        sentence = _("You are its last owner: name another member who owns it from now on.")
        raise Invalid(sentence, successor=sentence)
    else:
        raise Invalid(_("Nobody else is in the group. You can delete it instead."))


def _give(viewer: Viewer, theirs: Membership, role: str) -> None:
    before, theirs.role = theirs.role, role
    theirs.save(update_fields=["role"])
    tell(
        viewer,
        "member.role_changed",
        theirs.group,
        before={"member": theirs.user_id, "role": before},
        after={"member": theirs.user_id, "role": role},
    )


def _check_owner_stays(theirs: Membership) -> None:
    if _is_last_owner(theirs):
        sentence = _("A group has at least one owner. Make somebody else an owner first.")
        raise Invalid(sentence, role=sentence)


def _is_last_owner(theirs: Membership) -> bool:
    owners = theirs.group.memberships.filter(role=_OWNER)
    return theirs.role == _OWNER and not owners.exclude(pk=theirs.pk).exists()
