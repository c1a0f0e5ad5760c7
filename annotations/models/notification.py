"""What readers are told of: in the product, and by mail as they choose."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation import Annotation
from annotations.models.follow import Follow
from annotations.models.link import Link
from corpus.models import Article, Event, Group, GroupInvitation
from corpus.models.base import Identified


class Rhythm(models.TextChoices):
    """How soon a mail tells of something."""

    NONE = "none", _("no mail")
    INSTANT = "instant", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


class Mail(Identified):
    """One mail to one reader, put together when it is sent.

    `begun` is kept before it is handed over: what a crash interrupts is not sent a second
    time.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waiting")
        BEGUN = "begun", _("being sent")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")
        EMPTY = "empty", _("nothing left to tell")

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.CASCADE,
        related_name="mails",
    )
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    try_at = models.DateTimeField(_("next attempt"))

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["try_at"], name="mail_waiting", condition=Q(state="waiting")),
            models.Index(fields=["reader", "-created_at"], name="mail_of_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.state}"


class Notification(models.Model):
    """That one reader is told of one Event.

    `label` is the name that a group had then, for who may not see the group any more. A
    mail waits for the time `mail_due_at`; then it belongs to `mail`.
    """

    class Kind(models.TextChoices):
        """Why the reader is told."""

        MENTION = "mention", _("Mentions")
        REPLY = "reply", _("Replies")
        INVITATION = "invitation", _("Invitations to groups")
        REQUEST = "request", _("Requests to join")
        MEMBERSHIP = "membership", _("My part in groups")
        MODERATION = "moderation", _("Moderation")
        FOLLOWED = "followed", _("What I follow")

    id = models.BigAutoField(primary_key=True)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notifications")
    annotation = models.ForeignKey(
        Annotation, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    link = models.ForeignKey(
        Link, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    invitation = models.ForeignKey(
        GroupInvitation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    follow = models.ForeignKey(
        Follow, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    label = models.CharField(max_length=120, blank=True)
    is_in_inbox = models.BooleanField(_("in the inbox"), default=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mail_due_at = models.DateTimeField(_("mail due"), null=True, blank=True)
    mail = models.ForeignKey(
        Mail, null=True, blank=True, on_delete=models.SET_NULL, related_name="notifications"
    )
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "reader"], name="notification_once_an_event")
        ]
        indexes = [
            models.Index(fields=["reader", "-id"], name="notification_of_reader"),
            models.Index(
                fields=["reader", "-id"],
                name="notification_unread",
                condition=Q(read_at__isnull=True, is_in_inbox=True),
            ),
            models.Index(
                fields=["mail_due_at"],
                name="notification_mail_due",
                condition=Q(mail_due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind}"


class NotificationChoice(models.Model):
    """How one reader wants to be told of one kind of things; without it the usual way."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices"
    )
    kind = models.CharField(max_length=12, choices=Notification.Kind.choices)
    is_in_inbox = models.BooleanField(default=True)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "kind"], name="choice_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.kind}"


class DigestZone(models.Model):
    """The time zone in which it is seven in the morning for a reader; else that of the site."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="digest_zone",
    )
    name = models.CharField(_("time zone"), max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class Bookmark(models.Model):
    """How far the background worker has read in the stream of Events.

    `position` is one of `corpus.queries.news`; `event_id` is the greatest that was read, to
    go on from when the position is not known any more.
    """

    name = models.CharField(primary_key=True, max_length=40)
    position = models.TextField()
    event_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
