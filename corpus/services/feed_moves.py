"""Feeds that moved for good: their servers say where, and they are looked at there from then on."""

from corpus.importing.web.fetching import Fetched
from corpus.models import Subscription, WebAddress
from corpus.permissions import SYSTEM
from corpus.services.events import record
from corpus.services.fetching import address_at


def follow_moved(subscription: Subscription, page: Fetched) -> None:
    """Follow the feed where its server says that it stands for good, once it was found there.

    The former address is kept to be told. One that is followed there already is left as it is.
    Called inside the transaction that keeps `page`.
    """
    former = subscription.address
    if page.moved_to in ("", former.url):
        return
    there = WebAddress.objects.filter(url=page.moved_to).first()
    if there is not None and Subscription.objects.filter(address=there).exists():
        return
    before = {"url": former.url}
    subscription.moved_from = former.url
    if there is None:
        # What came of the feed so far stays with it.
        former.url = page.moved_to
        former.save(update_fields=["url"])
    else:
        subscription.address = address_at(SYSTEM, page.moved_to)
    subscription.save(update_fields=["address", "moved_from"])
    record(None, "feed.moved", subscription, before=before, after={"url": page.moved_to})
