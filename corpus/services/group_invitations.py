"""Letting people into a group by links that end, are counted and can be taken back."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from corpus.errors import Invalid, Refused
from corpus.models import Event, Group, GroupInvitation, Membership
from corpus.permissions import Viewer
from corpus.services.events import record
from corpus.services.group_details import account_of, locked
from corpus.services.memberships import admit

DEFAULT_DAYS = 14
MOST_DAYS = 365
MOST_USES = 500
MOST_STANDING = 200
# So many mails an account may have sent within a day: no site is to be a source of spam.
MOST_MAILS = 60
_SECRET_BYTES = 24
_NOTE = 200
# RFC 5321, 4.5.3.1.3: a path has 256 octets, two of them its brackets.
_check_length = MaxLengthValidator(254)


@dataclass(frozen=True)
class Terms:
    """How long an invitation stands and for how many; `note` says for whom, to its makers."""

    days: int = DEFAULT_DAYS
    most_uses: int = 1
    note: str = ""


class InvitationEnded(Refused):
    """Nobody comes in by this link: it was used up, has ended, was taken back or never was."""

    code = "spent"


def create(viewer: Viewer, group: Group, terms: Terms) -> tuple[GroupInvitation, str]:
    """Return a new invitation and its secret, which is not stored and cannot be shown again.

    Raises NotAllowed for who does not tend the group, NotFound, Invalid.
    """
    with transaction.atomic():
        return _create(viewer, group, terms)


def create_for(
    viewer: Viewer, group: Group, addresses: Sequence[str], terms: Terms
) -> list[tuple[GroupInvitation, str]]:
    """Return an invitation of its own for each e-mail address, with its secret; none is sent.

    Each lets in one. Raises as `create` does, and Invalid for a wrong address or too many.
    """
    wanted = list(dict.fromkeys(address.strip() for address in addresses if address.strip()))
    for address in wanted:
        _check_address(address)
    one = Terms(terms.days, 1, terms.note)
    with transaction.atomic():
        locked(viewer, group, "tend")
        # Who sends for two groups at once is counted once.
        get_user_model().objects.select_for_update().get(pk=account_of(viewer))
        day = timezone.now() - timedelta(days=1)
        sent = GroupInvitation.objects.filter(
            created_by_id=viewer.user_id, created_at__gt=day
        ).exclude(email="")
        if sent.count() + len(wanted) > MOST_MAILS:
            sentence = _("At most %(most)d invitations a day are sent by e-mail. Make a link.")
            sentence %= {"most": MOST_MAILS}
            raise Invalid(sentence, addresses=sentence)
        return [_create(viewer, group, one, address) for address in wanted]


def send(invitation: GroupInvitation, *, link: str, inviter: str) -> None:
    """Send `link`, which leads to the page of `invitation`, to its e-mail address.

    Raises OSError or SMTPException when the mail cannot be handed over.
    """
    told = {"group": invitation.group.name, "inviter": inviter, "link": link}
    told["day"] = date_format(timezone.localtime(invitation.expires_at), "j F Y")
    subject = _("%(inviter)s invites you to %(group)s") % told
    body = _(
        "%(inviter)s invites you to read together in the group “%(group)s”.\n\n"
        "Open this page to come in:\n%(link)s\n\n"
        "The link works once, until %(day)s. If you expected no invitation, do nothing."
    )
    prefixed = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + " ".join(subject.split())
    EmailMessage(prefixed, body % told, to=[invitation.email]).send()


def revoke(viewer: Viewer, invitation: GroupInvitation) -> GroupInvitation:
    """Let nobody in by `invitation` from now on. Twice is harmless.

    Raises NotAllowed, NotFound.
    """
    with transaction.atomic():
        locked(viewer, invitation.group, "tend")
        stored = GroupInvitation.objects.select_for_update().get(pk=invitation.pk)
        if stored.revoked_at is None:
            stored.revoked_at = timezone.now()
            stored.save(update_fields=["revoked_at"])
            _tell(viewer, "group_invitation.revoked", stored)
        return stored


def invitation_behind(secret: str) -> GroupInvitation:
    """Return the invitation behind `secret` while one comes in by it.

    Raises InvitationEnded, whose message says why one does not.
    """
    found = GroupInvitation.objects.filter(secret_sha256=_sha256(secret)).select_related("group")
    invitation = found.filter(group__deleted_at__isnull=True).first()
    end = invitation.end_at(timezone.now()) if invitation is not None else "unknown"
    if invitation is None or end:
        raise InvitationEnded(_why(end))
    return invitation


def accept(viewer: Viewer, secret: str) -> Membership:
    """Make `viewer` a member by the link with `secret`; a member stays one and uses up nothing.

    Of two who take the last place at once one comes in. Raises SignInNeeded, InvitationEnded.
    """
    user_id = account_of(viewer)
    with transaction.atomic():
        return _come_in(viewer, user_id, invitation_behind(secret))


def accept_sent(viewer: Viewer, invitation: GroupInvitation) -> Membership:
    """Make `viewer` a member by `invitation`, which was sent to an address proved to be theirs.

    That it was is for the caller to know. Raises as `accept` does.
    """
    user_id = account_of(viewer)
    with transaction.atomic():
        return _come_in(viewer, user_id, invitation)


def claim(invitation: GroupInvitation) -> None:
    """Take one place of `invitation`, in the transaction that also lets somebody in.

    Raises InvitationEnded when there is none any more.
    """
    standing = GroupInvitation.objects.filter(
        pk=invitation.pk,
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
        use_count__lt=F("most_uses"),
    )
    if not standing.update(use_count=F("use_count") + 1):
        invitation.refresh_from_db()
        raise InvitationEnded(_why(invitation.end_at(timezone.now())))


def welcome(invitation: GroupInvitation, user_id: int) -> Membership:
    """Make the new account, for which `invitation` was claimed, a member; return that."""
    with transaction.atomic():
        return admit(Viewer(user_id=user_id, role="reader"), _lock(invitation), user_id)


def opens_accounts(invitation: GroupInvitation) -> bool:
    """Say whether one may make an account by `invitation`.

    Where accounts are made by invitation, only administrators let people in: a link that
    one of them made does, that of a reader does not.
    """
    if settings.SIGNUP == "invited":
        maker = invitation.created_by
        return maker is not None and maker.is_active and maker.is_superuser
    return bool(settings.SIGNUP == "open")


def _come_in(viewer: Viewer, user_id: int, invitation: GroupInvitation) -> Membership:
    group = _lock(invitation)
    member = group.memberships.filter(user_id=user_id).first()
    if member is not None:
        return member
    claim(invitation)
    return admit(viewer, group, user_id)


def _create(
    viewer: Viewer, group: Group, terms: Terms, email: str = ""
) -> tuple[GroupInvitation, str]:
    stored, _now = locked(viewer, group, "tend")
    _check(terms)
    now = timezone.now()
    standing = stored.invitations.filter(
        revoked_at__isnull=True, expires_at__gt=now, use_count__lt=F("most_uses")
    )
    if standing.count() >= MOST_STANDING:
        sentence = _("At most %(most)d invitations stand at a time. Take some back first.")
        raise Invalid(sentence % {"most": MOST_STANDING})
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    invitation = GroupInvitation.objects.create(
        group=stored,
        secret_sha256=_sha256(secret),
        note=" ".join(terms.note.replace("\x00", " ").split())[:_NOTE],
        email=email,
        most_uses=terms.most_uses,
        created_by_id=viewer.user_id,
        expires_at=now + timedelta(days=terms.days),
    )
    _tell(viewer, "group_invitation.created", invitation)
    return invitation, secret


def _check(terms: Terms) -> None:
    if not 1 <= terms.days <= MOST_DAYS:
        sentence = _("An invitation is open for 1 to %(most)d days.") % {"most": MOST_DAYS}
        raise Invalid(sentence, days=sentence)
    if not 1 <= terms.most_uses <= MOST_USES:
        sentence = _("An invitation lets in 1 to %(most)d people.") % {"most": MOST_USES}
        raise Invalid(sentence, most_uses=sentence)


def _check_address(address: str) -> None:
    try:
        validate_email(address)
        _check_length(address)
    except ValidationError:
        sentence = _("“%(address)s” is no e-mail address.") % {"address": address[:80]}
        raise Invalid(sentence, addresses=sentence) from None


def _lock(invitation: GroupInvitation) -> Group:
    group = Group.objects.select_for_update().filter(pk=invitation.group_id).first()
    if group is None or group.deleted_at is not None:
        raise InvitationEnded(_why("deleted"))
    return group


def _why(end: str) -> str:
    if end == "revoked":
        return _("This invitation was taken back. Ask who sent it to you for a new one.")
    if end == "used_up":
        return _("As many people as it was for have used this invitation. Ask for a new one.")
    if end == "deleted":
        return _("The group of this invitation was deleted. Ask who sent it to you.")
    if end == "expired":
        return _("The time of this invitation is over. Ask who sent it to you for a new one.")
    return _("This is not the link of an invitation, or it is not whole. Copy all of it.")


def _tell(viewer: Viewer, verb: str, invitation: GroupInvitation) -> None:
    after = {"group": str(invitation.group_id), "people": invitation.most_uses}
    record(viewer.user_id, verb, invitation, audience=Event.Audience.STAFF, after=after)


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
