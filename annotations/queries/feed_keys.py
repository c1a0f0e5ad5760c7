"""The private feeds of a reader, and whose feed an address is."""

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.http import Http404

from annotations.access import visible_claims
from annotations.models import Claim, FeedKey
from annotations.models.feed_key import KINDS
from annotations.queries.feeds import (
    Subject,
    home_of,
    kind_of,
    name_of,
    subject_or_404,
    title_of,
)
from annotations.queries.person import people_seen
from corpus.access import viewer_of, visible_articles, visible_collections
from corpus.models import Article, Collection, Group
from corpus.permissions import Viewer


@dataclass(frozen=True)
class PrivateFeed:
    """A private feed as its reader's list shows it.

    `title` is "" for one that is dead, because its reader may not see the thing any more.
    """

    id: UUID
    kind: str
    name: str
    title: str
    home: str
    made_at: datetime


@dataclass(frozen=True)
class Opened:
    """What a secret address leads to: whose feed it is, as who they are now, and of what."""

    viewer: Viewer
    key: UUID
    subject: Subject


def sha256_of(secret: str) -> str:
    """Return what is stored of `secret`."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def feed_behind(secret: str) -> Opened:
    """Return what `secret` opens; raises Http404 for none, for a closed account, and for what
    its reader may not see any more, all alike."""
    found = FeedKey.objects.filter(secret_sha256=sha256_of(secret), reader__is_active=True)
    key = found.select_related("reader", *KINDS).first()
    if key is None:
        raise Http404
    viewer = viewer_of(key.reader)
    return Opened(viewer, key.pk, _subject_or_404(viewer, key))


def private_feeds(viewer: Viewer) -> Sequence[PrivateFeed]:
    """Return the private feeds of `viewer`, the latest made first."""
    rows = FeedKey.objects.filter(reader_id=viewer.user_id)
    keys = list(rows.select_related("claim__merged_into", "person__profile", *KINDS))
    seen = _seen(viewer, [_named(key) for key in keys])
    return [_shown(key, seen) for key in keys]


def feed_key_or_404(viewer: Viewer, key_id: UUID) -> FeedKey:
    """Return the private feed of the viewer's own; raises Http404 else."""
    key = FeedKey.objects.filter(pk=key_id, reader_id=viewer.user_id).first()
    if key is None:
        raise Http404
    return key


def _shown(key: FeedKey, seen: Set[Subject]) -> PrivateFeed:
    subject = _named(key)
    if subject not in seen:
        return PrivateFeed(key.pk, "", "", "", "", key.made_at)
    kind, name = kind_of(subject), name_of(subject)
    return PrivateFeed(key.pk, kind, name, title_of(subject), home_of(subject), key.made_at)


def _subject_or_404(viewer: Viewer, key: FeedKey) -> Subject:
    named = _named(key)
    return subject_or_404(viewer, kind_of(named), name_of(named))


def _named(key: FeedKey) -> Subject:
    """Return what the feed is of; of a claim that was merged the one it went into."""
    if key.claim is not None:
        return key.claim.merged_into or key.claim
    return key.article or key.collection or key.group or key.person


def _seen(viewer: Viewer, subjects: Sequence[Subject]) -> Set[Subject]:
    """Return those of `subjects` that `viewer` may have a feed of, in a fixed few queries."""
    ids = [one.pk for one in subjects if isinstance(one, Article | Claim | Collection)]
    people = {one.pk for one in subjects if isinstance(one, User)}
    seen: set[Subject] = {None} if viewer.reads_public else set()
    seen.update(visible_articles(viewer).defer("facts").filter(pk__in=ids))
    seen.update(visible_claims(viewer).filter(pk__in=ids))
    seen.update(visible_collections(viewer).filter(pk__in=ids))
    seen.update(User.objects.filter(pk__in=people_seen(viewer, people)))
    seen.update(Group.objects.filter(pk__in=viewer.group_ids))
    return seen
