"""Following feeds: they are looked at on schedule, and what is new in them waits as proposals."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.importing.containers import members_of
from corpus.importing.errors import ImportRefused, NotText
from corpus.importing.feeds import entries_of, is_feed
from corpus.importing.web.errors import Gone
from corpus.importing.web.fetching import Fetched
from corpus.importing.web.naming import feed_named_by
from corpus.models import ImportFile, Job, Subscription, WebAddress
from corpus.permissions import SYSTEM, Viewer, allowed
from corpus.services.addresses import is_web_address
from corpus.services.batches import MAX_FILES, create_batch
from corpus.services.events import record
from corpus.services.feed_moves import follow_moved
from corpus.services.fetching import (
    address_at,
    keep_fetch,
    keep_seen,
    look_at,
    name_of,
    note_fault,
)
from corpus.services.jobs import enqueue
from corpus.services.linked_pages import Linked, keep_linked, linked_pages
from corpus.services.sources import SourceBytes, kept_source
from corpus.services.work import Progress, chore, work

EVERY = timedelta(hours=1)
"""How long after a look the next one is due, when all went well."""

_LONGEST_PAUSE = timedelta(days=1)
_MOST_DOUBLED = 5
_LONGEST_TITLE = 200
_AT_ONCE = 4
# So much of a sum tells the entries of a feed apart.
_SHORT = 8
_NO_FEED = "%(name)s is no feed; nothing was added."
_PAGE_OF_FEED = "%(name)s is a page, not a feed; follow the feed that it names instead: %(url)s"


@transaction.atomic
def follow(
    viewer: Viewer, url: str, title: str = "", *, fetches_pages: bool = False
) -> Subscription:
    """Follow the feed at `url`, and look at it at once; return the subscription.

    One that is followed already is returned as it is. Raises NotAllowed, and Invalid for what is
    no address on the web.
    """
    _check(viewer)
    address = address_at(viewer, url)
    known = Subscription.objects.filter(address=address).first()
    if known is not None:
        return known
    made, is_new = Subscription.objects.get_or_create(
        address=address,
        defaults={
            "created_by_id": viewer.user_id,
            "title": title[:_LONGEST_TITLE],
            "fetches_pages": fetches_pages,
            "next_at": timezone.now() + EVERY,
        },
    )
    if is_new:
        # What a page was says nothing of the entries in it, which nobody has looked at.
        WebAddress.objects.filter(pk=address.pk).update(came_from="", etag="", last_modified="")
        record(viewer.user_id, "feed.followed", made, after={"url": address.url})
        _ask_look(viewer, made)
    return made


@transaction.atomic
def look_now(viewer: Viewer, subscription: Subscription) -> Job:
    """Let the feed be looked at now, paused or not; return the work, which waits."""
    _check(viewer)
    job = _ask_look(viewer, subscription)
    record(viewer.user_id, "feed.asked", subscription, after={"url": subscription.address.url})
    return job


@transaction.atomic
def pause(viewer: Viewer, subscription: Subscription) -> None:
    """Look at the feed no more until it is resumed; nothing happens to one that is paused."""
    _check(viewer)
    running = Subscription.objects.filter(pk=subscription.pk, paused_at=None)
    if running.update(paused_at=timezone.now()):
        record(viewer.user_id, "feed.paused", subscription, after={"is_paused": True})


@transaction.atomic
def resume(viewer: Viewer, subscription: Subscription) -> None:
    """Look at the feed again from now on; nothing happens to one that is not paused."""
    _check(viewer)
    paused = Subscription.objects.filter(pk=subscription.pk, paused_at__isnull=False)
    if paused.update(paused_at=None, next_at=timezone.now()):
        record(viewer.user_id, "feed.resumed", subscription, after={"is_paused": False})


@transaction.atomic
def fetch_pages(viewer: Viewer, subscription: Subscription, *, wanted: bool) -> None:
    """Let pages be fetched from now on that entries link to which are only summaries, or not."""
    _check(viewer)
    others = Subscription.objects.filter(pk=subscription.pk).exclude(fetches_pages=wanted)
    if others.update(fetches_pages=wanted):
        record(viewer.user_id, "feed.edited", subscription, after={"fetches_pages": wanted})


@transaction.atomic
def unfollow(viewer: Viewer, subscription: Subscription) -> None:
    """Follow the feed no more; what came of it stays."""
    _check(viewer)
    before = {"url": subscription.address.url, "title": subscription.title}
    if Subscription.objects.filter(pk=subscription.pk).delete()[0]:
        record(viewer.user_id, "feed.unfollowed", subscription.address, before=before)


@chore
def ask_for_due_looks() -> None:
    """Ask for a look at the feeds that are due longest; called by an idle worker now and then.

    A few at a time: slow servers hold up nobody's import for long. Writes nothing when none is.
    """
    now = timezone.now()
    due = Subscription.objects.filter(paused_at=None, next_at__lte=now)
    for subscription in due.select_related("address").order_by("next_at")[:_AT_ONCE]:
        with transaction.atomic():
            mine = Subscription.objects.filter(pk=subscription.pk, next_at=subscription.next_at)
            if mine.update(next_at=now + EVERY):
                _ask_look(SYSTEM, subscription)


def _place(job: Job) -> str:
    return reverse("feeds_followed")


@work("feed.look", label=gettext_lazy("Looking at a feed"), place=_place)
def look(job: Job, progress: Progress) -> str:
    """Propose what is new in a feed; done again after a crash, it proposes nothing twice.

    A fault ends no subscription: it is told on its page, and the next look comes later; that of
    a feed which is gone for good when a curator goes on with it.
    """
    rows = Subscription.objects.select_related("address", "created_by")
    subscription = rows.filter(pk=str(job.subject)).first()
    if subscription is None:
        return _("It is followed no more.")
    progress.step(0, told=subscription.address.url)
    address = subscription.address
    try:
        page = look_at(address)
    except Gone:
        return _rest(subscription)
    except ImportRefused:
        return _put_off(subscription)
    try:
        new = list(_new_in(page, address)) if page else []
    except ImportRefused as refusal:
        note_fault(address, refusal)
        return _put_off(subscription)
    linked = linked_pages(new, progress) if subscription.fetches_pages else []
    with transaction.atomic():
        progress.hold()
        if page is not None:
            _propose(subscription, page, new, linked)
    return ngettext(
        "%(count)d new entry waits to be checked.",
        "%(count)d new entries wait to be checked.",
        len(new),
    ) % {"count": len(new)}


def _new_in(page: Fetched, address: WebAddress) -> Iterator[SourceBytes]:
    """Yield those of the first MAX_FILES entries of a feed that never came before, as sources.

    Raises ImportRefused for what is no feed.
    """
    name = name_of(address.url)
    entries = members_of(page.content, name)
    if entries is None:
        named = feed_named_by(page.content, page.url)
        raise NotText(_PAGE_OF_FEED if named else _NO_FEED, name=name, url=named)
    readable = (entry for entry in entries if entry.refusal is None)
    by_sum = {hashlib.sha256(entry.content).hexdigest(): entry for entry in readable}
    came = ImportFile.objects.filter(source__sha256__in=list(by_sum)[:MAX_FILES])
    known = set(came.values_list("source__sha256", flat=True))
    for sha256 in list(by_sum)[:MAX_FILES]:
        if sha256 not in known:
            content = by_sum[sha256].content
            yield SourceBytes(_url_in(content) or f"{name}, {sha256[:_SHORT]}", content)


def _url_in(entry: bytes) -> str:
    """Return where an entry says that it stands, "" if it does not: it is called so.

    Its place in the feed names it no more once others come before it.
    """
    try:
        said = json.loads(entry)
    except ValueError:
        return ""
    url = said.get("url") if isinstance(said, dict) else None
    return name_of(url) if isinstance(url, str) and is_web_address(url) else ""


def _propose(
    subscription: Subscription,
    page: Fetched,
    new: Sequence[SourceBytes],
    linked: Sequence[Linked],
) -> None:
    """Let the new entries wait as proposals, in the name of who follows the feed."""
    follow_moved(subscription, page)
    address = subscription.address
    keep_seen(address, page)
    _call_by_feed(subscription, page)
    if not new:
        return
    follower = viewer_of(subscription.created_by)
    # A feed outlives the rights of who followed it: other curators check what comes.
    viewer = follower if allowed(follower, "article.import") else SYSTEM
    received = create_batch(viewer, new, str(subscription))
    keep_linked(viewer, received.batch, linked)
    kept = kept_source(viewer, SourceBytes(name_of(address.url), page.content, page.url))
    keep_fetch(address, page, kept, received.batch)


def _call_by_feed(subscription: Subscription, page: Fetched) -> None:
    """Let a subscription that nobody named be called as the feed calls itself."""
    if subscription.title or not is_feed(page.content):
        return
    title = entries_of(page.content).title[:_LONGEST_TITLE]
    if Subscription.objects.filter(pk=subscription.pk, title="").update(title=title):
        subscription.title = title


def _put_off(subscription: Subscription) -> str:
    """Let the next look come the later, the more went wrong; return what went wrong."""
    address = subscription.address
    pause = min(EVERY * 2 ** min(address.fault_count, _MOST_DOUBLED), _LONGEST_PAUSE)
    Subscription.objects.filter(pk=subscription.pk).update(next_at=timezone.now() + pause)
    return address.fault_in_words


def _rest(subscription: Subscription) -> str:
    """Look at a feed that is gone for good no more, as if it were paused; return what is told."""
    pause(SYSTEM, subscription)
    return subscription.address.fault_in_words


def _ask_look(viewer: Viewer, subscription: Subscription) -> Job:
    return enqueue(
        viewer,
        "feed.look",
        {"url": subscription.address.url},
        subject=subscription.pk,
        fingerprint=f"look:{subscription.pk}",
    )


def _check(viewer: Viewer) -> None:
    if not allowed(viewer, "article.import"):
        raise NotAllowed
