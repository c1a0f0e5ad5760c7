"""Sending mails of what readers were told: bundled, tried again, and never twice.

What is due becomes a Mail; it is put together when it is sent. It is marked as begun before it is
handed over, so that a crash in between loses one mail rather than sending it twice.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.db import transaction
from django.utils import timezone

from annotations.mail_times import BETWEEN_MAILS, GIVEN_UP_AFTER, due_at, pause_after
from annotations.models import Mail, Notification, Rhythm
from annotations.queries.notification_choices import choices_of
from annotations.services.mail_making import made
from annotations.services.notifying import zones_of
from corpus.services.work import chore

logger = logging.getLogger(__name__)

# In one go, so that other work is not kept waiting for long.
MOST_READERS = 200
MOST_MAILS = 50

_PERMANENT = 500
_MOST_URGENT = (Rhythm.INSTANT, Rhythm.DAILY, Rhythm.WEEKLY)


@chore
def send_mails() -> None:
    """Send what is due; two looks into indexes when nothing is."""
    now = timezone.now()
    gather(now)
    send_waiting(now)


def gather(now: datetime) -> None:
    """Make a Mail of what is due at `now`, one for each reader; MOST_READERS at a time."""
    due = Notification.objects.filter(mail_due_at__lte=now).order_by().values("reader")
    for reader_id in due.distinct().values_list("reader", flat=True)[:MOST_READERS]:
        _gather_for(reader_id, now)


def send_waiting(now: datetime) -> None:
    """Send what waits, MOST_MAILS at a time; when the mail server is away, all of it later."""
    waiting = Mail.objects.filter(state=Mail.State.WAITING, try_at__lte=now)
    for mail in waiting.order_by("try_at", "pk")[:MOST_MAILS]:
        if not _send(mail, now):
            return


def _gather_for(reader_id: int, now: datetime) -> None:
    with transaction.atomic():
        rows = Notification.objects.select_for_update().filter(
            reader=reader_id, mail_due_at__lte=now
        )
        due = _due_by_choice(reader_id, list(rows), now)
        if not due:
            return
        rhythm = min((rhythm for _key, rhythm in due), key=_MOST_URGENT.index)
        mail = Mail.objects.create(reader_id=reader_id, rhythm=rhythm, created_at=now, try_at=now)
        keys = [key for key, _rhythm in due]
        Notification.objects.filter(pk__in=keys).update(mail=mail, mail_due_at=None)


def _due_by_choice(
    reader_id: int, rows: Sequence[Notification], now: datetime
) -> list[tuple[int, Rhythm]]:
    """Return the keys of what is due, with how soon it is wanted; the others wait or are left."""
    choices = choices_of(reader_id)
    zone = zones_of([reader_id])[reader_id]
    earliest = _earliest_at_once(reader_id)
    due = []
    for one in rows:
        rhythm = Rhythm(choices[one.kind].rhythm)
        at = None if one.read_at is not None else due_at(rhythm, one.created_at, zone)
        if at is not None and rhythm == Rhythm.INSTANT and earliest is not None:
            at = max(at, earliest)
        if at is not None and at <= now:
            due.append((one.pk, rhythm))
        else:
            one.mail_due_at = at
            one.save(update_fields=["mail_due_at"])
    return due


def _earliest_at_once(reader_id: int) -> datetime | None:
    """Return before when the reader gets no further mail at once, None when at any time."""
    sent = Mail.objects.filter(reader=reader_id, rhythm=Rhythm.INSTANT)
    last = sent.exclude(state=Mail.State.EMPTY).order_by("-created_at").first()
    return last.created_at + BETWEEN_MAILS if last is not None else None


def _send(mail: Mail, now: datetime) -> bool:
    """Send one mail if it still waits; say whether the mail server can be asked for more."""
    mine = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING)
    if not mine.update(state=Mail.State.BEGUN):
        return True
    found = made(mail)
    if found is None:
        _end(mail, Mail.State.EMPTY)
        return True
    message, told = found
    try:
        message.send()
    except OSError as problem:  # those of smtplib are, too
        return _failed(mail, problem, now)
    except ValueError:
        logger.warning("Mail %s cannot be written: its address or its words.", mail.pk)
        _end(mail, Mail.State.REFUSED)
        return True
    with transaction.atomic():
        _end(mail, Mail.State.SENT)
        keys = [one.pk for one in told]
        Notification.objects.filter(pk__in=keys).update(mailed_at=timezone.now())
    return True


def _failed(mail: Mail, problem: OSError, now: datetime) -> bool:
    """Let the mail wait, or give it up; say whether the trouble is with this mail alone."""
    if _is_refused(problem) or now - mail.created_at >= GIVEN_UP_AFTER:
        logger.warning("Mail %s was refused: %s.", mail.pk, type(problem).__name__)
        _end(mail, Mail.State.REFUSED)
        return True
    mail.attempts += 1
    mail.state = Mail.State.WAITING
    mail.try_at = now + pause_after(mail.attempts)
    mail.save(update_fields=["attempts", "state", "try_at"])
    logger.warning("Mail %s is tried again later: %s.", mail.pk, type(problem).__name__)
    return isinstance(problem, SMTPRecipientsRefused)


def _is_refused(problem: OSError) -> bool:
    """Say whether the server will not take this mail to this address, however often it is asked."""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _said in problem.recipients.values())
    return isinstance(problem, SMTPResponseException) and _is_about_mail(problem)


def _is_about_mail(problem: SMTPResponseException) -> bool:
    """Say whether the mail itself is refused for good; a wrong password is not its fault."""
    return type(problem).__name__ in ("SMTPDataError", "SMTPSenderRefused") and (
        problem.smtp_code >= _PERMANENT
    )


def _end(mail: Mail, state: Mail.State) -> None:
    Mail.objects.filter(pk=mail.pk).update(state=state)
