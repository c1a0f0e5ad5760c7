"""What a reader does with notifications: read them, and choose how they come."""

from collections.abc import Collection, Mapping
from zoneinfo import available_timezones

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import DigestZone, Notification, NotificationChoice, Profile, Rhythm
from annotations.queries.notification_choices import Choice, choices_of, zone_name_of
from annotations.services.guards import writer_id
from annotations.services.profiles import ensure
from annotations.services.unread_news import tell_unread
from corpus.errors import Invalid
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.services.events import record

MOST_AT_ONCE = 500
"""As many are marked as read by their keys at once."""


def mark_read(viewer: Viewer, keys: Collection[int]) -> int:
    """Keep that the viewer read these notifications of theirs; return how many were unread.

    Others' keys do nothing. Raises SignInNeeded, and Invalid for too many.
    """
    if len(keys) > MOST_AT_ONCE:
        sentence = _("At most %(most)d can be marked at once.") % {"most": MOST_AT_ONCE}
        raise Invalid(sentence)
    return _mark(viewer, Notification.objects.filter(pk__in=keys))


def mark_all_read(viewer: Viewer, *, until: int) -> int:
    """Keep that the viewer read all up to the key `until`; return how many were unread.

    What came since the page was made stays unread. Raises SignInNeeded.
    """
    return _mark(viewer, Notification.objects.filter(pk__lte=until))


def choose(viewer: Viewer, choices: Mapping[str, Choice], *, zone: str = "") -> None:
    """Keep how the viewer wants to be told of each kind, and where it is seven in the morning.

    Kinds that are not named stay as they are; the same again changes nothing. Raises
    SignInNeeded, and Invalid for a kind, a rhythm or a zone that does not exist.
    """
    _check(choices, zone)
    with transaction.atomic():
        reader = _locked(writer_id(viewer))
        before = choices_of(reader)
        changed = {kind: one for kind, one in choices.items() if before[kind] != one}
        zone_before = zone_name_of(reader)
        if not changed and zone == zone_before:
            return
        _keep(reader, changed)
        DigestZone.objects.update_or_create(reader_id=reader, defaults={"name": zone})
        _tell(
            reader,
            "notifications.chosen",
            before={"zone": zone_before, **_told({kind: before[kind] for kind in changed})},
            after={"zone": zone, **_told(changed)},
        )


def stop_mails(reader_id: int, kinds: Collection[str]) -> None:
    """Send the reader no more mails of `kinds`; harmless twice, and for whom there is not.

    Called for whoever has the link of a mail: it names the reader.
    """
    with transaction.atomic():
        if not User.objects.filter(pk=reader_id).exists():
            return
        reader = _locked(reader_id)
        before = choices_of(reader)
        changed = {
            kind: Choice(before[kind].is_in_inbox, Rhythm.NONE)
            for kind in kinds
            if kind in before and before[kind].rhythm != Rhythm.NONE
        }
        if changed:
            _keep(reader, changed)
            told = _told({kind: before[kind] for kind in changed})
            _tell(reader, "notifications.mails_stopped", before=told, after=_told(changed))


def _mark(viewer: Viewer, rows: QuerySet[Notification]) -> int:
    with transaction.atomic():
        reader = writer_id(viewer)
        count = rows.filter(reader_id=reader, read_at__isnull=True).update(read_at=timezone.now())
        if count:
            _tell(reader, "notifications.read", after={"count": count})
            tell_unread([reader])
        return count


def _keep(reader_id: int, choices: Mapping[str, Choice]) -> None:
    for kind, choice in choices.items():
        NotificationChoice.objects.update_or_create(
            reader_id=reader_id,
            kind=kind,
            defaults={"is_in_inbox": choice.is_in_inbox, "rhythm": choice.rhythm},
        )


def _locked(reader_id: int) -> int:
    """Return the account, whose choices nobody else changes until the transaction ends."""
    ensure(reader_id)
    return Profile.objects.select_for_update().get(user_id=reader_id).user_id


def _check(choices: Mapping[str, Choice], zone: str) -> None:
    is_known = all(
        kind in Notification.Kind.values and choice.rhythm in Rhythm.values
        for kind, choice in choices.items()
    )
    if not is_known:
        raise Invalid(_("There is no such setting. Nothing was changed."))
    if zone and zone not in available_timezones():
        sentence = _("There is no such time zone.")
        raise Invalid(sentence, zone=sentence)


def _told(choices: Mapping[str, Choice]) -> dict[str, object]:
    return {kind: [one.is_in_inbox, str(one.rhythm)] for kind, one in choices.items()}


def _tell(
    reader_id: int,
    verb: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    profile = Profile.objects.get(user_id=reader_id)
    private = Event.Audience.PRIVATE
    record(reader_id, verb, profile, audience=private, before=before, after=after)
