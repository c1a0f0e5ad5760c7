"""Making and taking back the secret addresses of private feeds."""

import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import FeedKey
from annotations.models.feed_key import KINDS
from annotations.queries.feed_keys import sha256_of
from annotations.queries.feeds import Subject, kind_of
from annotations.services.guards import writer_id
from corpus.errors import Invalid
from corpus.models import Event
from corpus.permissions import Viewer
from corpus.services.events import record

MOST_FEEDS = 100
_SECRET_BYTES = 24


def make(viewer: Viewer, subject: Subject) -> tuple[FeedKey, str]:
    """Return the private feed of `subject`, which `viewer` may see, and its new secret.

    The secret is not stored and cannot be shown again. One that was made before ends: there
    is one feed of each thing. Raises SignInNeeded, Invalid for too many.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        reader = writer_id(viewer)
        # Two presses at once wait for each other.
        User.objects.select_for_update(no_key=True).get(pk=reader)
        own = FeedKey.objects.filter(reader_id=reader)
        kind = kind_of(subject)
        named = {kind: subject} if kind else dict.fromkeys(KINDS)
        key = own.filter(**named).first()
        if key is None and own.count() >= MOST_FEEDS:
            sentence = _("At most %(most)d private feeds can be made. Take one back first.")
            raise Invalid(sentence % {"most": MOST_FEEDS})
        key = key or FeedKey(reader_id=reader, **named)
        key.secret_sha256, key.made_at = sha256_of(secret), timezone.now()
        key.save()
        record(reader, "feed.made", key, audience=Event.Audience.PRIVATE, after={"kind": kind})
        return key, secret


def revoke(viewer: Viewer, key: FeedKey) -> None:
    """End the private feed of the viewer's own. Twice is harmless. Raises SignInNeeded."""
    with transaction.atomic():
        reader = writer_id(viewer)
        if FeedKey.objects.filter(pk=key.pk, reader_id=reader).delete()[0]:
            record(reader, "feed.revoked", key, audience=Event.Audience.PRIVATE)
