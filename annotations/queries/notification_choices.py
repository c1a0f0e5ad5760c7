"""How readers want to be told of what happens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from annotations.models import DigestZone, Notification, NotificationChoice, Rhythm

Kind = Notification.Kind


@dataclass(frozen=True)
class Choice:
    """Whether one kind of things is told in the product, and how soon by mail."""

    is_in_inbox: bool
    rhythm: str


USUAL: Mapping[str, Choice] = {
    Kind.MENTION: Choice(True, Rhythm.INSTANT),
    Kind.REPLY: Choice(True, Rhythm.INSTANT),
    # The invitation itself comes by mail, with the link that cannot be shown again.
    Kind.INVITATION: Choice(True, Rhythm.NONE),
    Kind.REQUEST: Choice(True, Rhythm.INSTANT),
    Kind.MEMBERSHIP: Choice(True, Rhythm.INSTANT),
    Kind.MODERATION: Choice(True, Rhythm.INSTANT),
    Kind.FOLLOWED: Choice(True, Rhythm.DAILY),
}
"""How who chose nothing is told."""


def choices_of(reader_id: int) -> Mapping[str, Choice]:
    """Return how a reader wants to be told of every kind."""
    return choices_of_all([reader_id])[reader_id]


def choices_of_all(reader_ids: Iterable[int]) -> dict[int, dict[str, Choice]]:
    """Return how each reader wants to be told of every kind; one query."""
    found = {reader_id: dict(USUAL) for reader_id in reader_ids}
    for row in NotificationChoice.objects.filter(reader__in=found):
        found[row.reader_id][row.kind] = Choice(row.is_in_inbox, row.rhythm)
    return found


def zone_name_of(reader_id: int) -> str:
    """Return the name of the time zone that the reader chose, "" for that of the site."""
    name = DigestZone.objects.filter(reader=reader_id).values_list("name", flat=True).first()
    return name or ""


def address_of(reader_id: int) -> str:
    """Return the address that mails go to, "" while the reader has not proved one theirs.

    One that was only typed may be somebody else's, who is to read nothing.
    """
    proved = EmailAddress.objects.filter(user=reader_id, verified=True)
    return proved.order_by("-primary", "pk").values_list("email", flat=True).first() or ""
