"""What a curator says of a collection, what of it can be stored, and the Event of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import category
from uuid import UUID

from django.utils.translation import gettext as _

from corpus.access import known_articles
from corpus.errors import Invalid
from corpus.models import Article, Collection, Event, Group
from corpus.permissions import Viewer, can_collect_for
from corpus.queries.chosen import MOST_ARTICLES
from corpus.services.events import record

MAX_TITLE = 200
MAX_DESCRIPTION = 5_000


@dataclass(frozen=True)
class CollectionDetails:
    """All that a curator says of a collection; without a group it is for everybody."""

    title: str
    description: str = ""
    group_id: UUID | None = None


def checked(viewer: Viewer, details: CollectionDetails) -> CollectionDetails:
    """Return `details` as `viewer` may store them; raises Invalid, naming the fields."""
    kept = CollectionDetails(
        " ".join(details.title.split()),
        details.description.replace("\r\n", "\n").strip(),
        details.group_id,
    )
    wrong = {}
    if not 1 <= len(kept.title) <= MAX_TITLE:
        wrong["title"] = _("A title has 1 to %(limit)d characters.") % {"limit": MAX_TITLE}
    elif _is_unstorable(kept.title):
        wrong["title"] = _("This holds a character that cannot be stored.")
    if len(kept.description) > MAX_DESCRIPTION:
        limit = {"limit": MAX_DESCRIPTION}
        wrong["description"] = _("At most %(limit)d characters can be kept.") % limit
    elif _is_unstorable(" ".join(kept.description.split())):
        wrong["description"] = _("This holds a character that cannot be stored.")
    if kept.group_id is not None and not Group.objects.filter(pk=kept.group_id).exists():
        wrong["group"] = _("This group is not there any more. Choose another one.")
    elif not can_collect_for(viewer, kept.group_id):
        wrong["group"] = _("Choose a group that you look after.")
    if wrong:
        raise Invalid(_("Some of this cannot be stored. Nothing was changed."), **wrong)
    return kept


def told_of(stored: Collection) -> dict[str, Any]:
    """Return the details of `stored` as JSON values."""
    return as_json(CollectionDetails(stored.title, stored.description, stored.group_id))


def as_json(details: CollectionDetails) -> dict[str, Any]:
    """Return `details` as JSON values."""
    group = str(details.group_id) if details.group_id else None
    return {"title": details.title, "description": details.description, "group": group}


def readable(viewer: Viewer, articles: Sequence[Article], present: Sequence[UUID]) -> list[UUID]:
    """Return the keys, each once, of articles that may be read or known of, not `present` ones."""
    wanted = dict.fromkeys(article.pk for article in articles)
    known = set(known_articles(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    return [pk for pk in wanted if pk in known and pk not in set(present)]


def check_size(size: int) -> None:
    """Raise Invalid for more articles than a collection holds."""
    if size > MOST_ARTICLES:
        sentence = _(
            "A collection holds at most %(limit)d articles, and this one would have %(size)d. "
            "Nothing was changed."
        )
        raise Invalid(sentence % {"limit": MOST_ARTICLES, "size": size})


def tell(
    viewer: Viewer,
    verb: str,
    collection: Collection,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Leave the Event of `verb` on `collection`, for curators."""
    staff = Event.Audience.STAFF
    record(viewer.user_id, verb, collection, audience=staff, before=before, after=after)


def _is_unstorable(text: str) -> bool:
    return any(category(character) in {"Cs", "Cc"} for character in text)
