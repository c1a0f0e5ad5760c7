"""What stands in a mail about what happened, judged by what its reader may see now."""

from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Mail, Notification, Rhythm
from annotations.queries.notification_choices import address_of, choices_of
from annotations.queries.notifications import still_seen
from annotations.queries.told_bundles import Bundle, bundled, with_words
from annotations.stop_links import token_for
from corpus.access import viewer_of

MOST_BUNDLES = 50
"""A mail tells of so many matters; the inbox has the others."""


def made(mail: Mail) -> tuple[EmailMultiAlternatives, list[Notification]] | None:
    """Return the mail and what it tells of; None when there is nothing left to tell.

    That is so when all was read, taken back or put out of the reader's sight meanwhile, and
    when they want no such mails, closed their account or have no address they proved theirs.
    """
    account = User.objects.filter(pk=mail.reader_id, is_active=True).first()
    address = address_of(mail.reader_id)
    if account is None or not address:
        return None
    told = _still_wanted(account, mail.notifications.filter(read_at__isnull=True))
    if not told:
        return None
    bundles = bundled(told)
    kinds = sorted({one.kind for one in told})
    stop = _absolute(reverse("notifications_stop", args=[token_for(account.pk, kinds)]))
    title = _title(mail, bundles)
    context = {
        "rows": [(one, _absolute(one.url)) for one in bundles[:MOST_BUNDLES]],
        "more": max(0, len(bundles) - MOST_BUNDLES),
        "inbox": _absolute(reverse("notifications")),
        "settings": _absolute(reverse("notification_settings")),
        "stop": stop,
        "kinds": [str(Notification.Kind(kind).label) for kind in kinds],
        "title": title,
    }
    message = EmailMultiAlternatives(
        settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + title,
        render_to_string("email/notifications.txt", context),
        to=[address],
        headers=_headers(mail, bundles, stop),
    )
    message.attach_alternative(render_to_string("email/notifications.html", context), "text/html")
    return message, told


def _still_wanted(account: User, rows: QuerySet[Notification]) -> list[Notification]:
    choices = choices_of(account.pk)
    wanted = [kind for kind, choice in choices.items() if choice.rhythm != Rhythm.NONE]
    read = with_words(rows.filter(kind__in=wanted)).order_by("-id")
    return still_seen(viewer_of(account), list(read))


def _title(mail: Mail, bundles: list[Bundle]) -> str:
    """Return the subject in one line: it names people, never texts or groups."""
    if mail.rhythm == Rhythm.DAILY:
        title = _("What is new today")
    elif mail.rhythm == Rhythm.WEEKLY:
        title = _("What was new this week")
    elif len(bundles) == 1:
        title = bundles[0].subject
    else:
        more = len(bundles) - 1
        words = ngettext("%(first)s, and %(n)d more", "%(first)s, and %(n)d more", more)
        title = words % {"first": bundles[0].subject, "n": more}
    return " ".join(title.split())


def _headers(mail: Mail, bundles: list[Bundle], stop: str) -> dict[str, str]:
    """Return the headers; mails on one thread name it, so that they are shown as one.

    Source: RFC 8058, 3.1; RFC 5322, 3.6.4; RFC 3834, 5.
    """
    host = _host()
    headers = {
        "Message-ID": f"<{mail.pk}@{host}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    threads = {one.thread for one in bundles}
    if len(threads) == 1 and (thread := threads.pop()):
        root = f"<thread-{thread}@{host}>"
        headers |= {"In-Reply-To": root, "References": root}
    return headers


def _host() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def _absolute(path: str) -> str:
    return settings.LINK_ORIGIN + path if path else ""
