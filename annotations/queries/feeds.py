"""What the feeds of each kind are of, as their asker sees it."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import claim_or_404
from annotations.models import Claim
from annotations.queries.happened import Scope
from annotations.queries.items import Item, item_page
from annotations.queries.person import user_or_404
from annotations.queries.readers import profile_of
from corpus.access import article_or_404, collection_or_404, group_or_404, viewer_of
from corpus.models import Article, Collection, Group
from corpus.permissions import Viewer, can_read_article

# Of the whole corpus, None, and of one thing each.
Subject = Article | Claim | Collection | Group | User | None
ENTRIES = 50
ENDINGS = ("atom", "json")


def subject_or_404(viewer: Viewer, kind: str, name: str) -> Subject:
    """Return the thing called `name` in addresses that `viewer` may have a feed of.

    "" is the kind of the whole corpus. Raises Http404 for absent and forbidden alike.
    """
    match kind:
        case "" if viewer.reads_public:
            return None
        case "article":
            return article_or_404(viewer, name)
        case "claim":
            return claim_or_404(viewer, name)
        case "collection":
            return collection_or_404(viewer, name)
        case "group":
            return _own_group(viewer, group_or_404(viewer, name))
        case "person":
            return user_or_404(viewer, name)
        case _:
            raise Http404


def open_addresses(subject: Subject) -> dict[str, str]:
    """Return by ending the addresses at which everybody gets a feed of `subject`.

    There are none of what not everybody sees. Of an article no query is asked.
    """
    if not _is_open(subject):
        return {}
    names = [name_of(subject)] if subject else []
    url_name = f"{kind_of(subject) or 'activity'}_feed"
    return {ending: reverse(url_name, args=[*names, ending]) for ending in ENDINGS}


def kind_of(subject: Subject) -> str:
    """Return what `subject` is, one of those of a `FeedKey`, "" for the whole corpus."""
    if subject is None:
        return ""
    return "person" if isinstance(subject, User) else str(subject._meta.model_name)


def name_of(subject: Subject) -> str:
    """Return what `subject` is called in addresses."""
    if subject is None:
        return ""
    return subject.get_username() if isinstance(subject, User) else str(subject.slug)


def title_of(subject: Subject) -> str:
    """Return what a feed of `subject` is called."""
    if subject is None:
        return _("All activity")
    if isinstance(subject, User):
        return profile_of(subject).display_name
    return subject.label if isinstance(subject, Claim) else str(subject)


def home_of(subject: Subject) -> str:
    """Return the address of the page that shows the same."""
    if subject is None:
        return reverse("activity")
    if isinstance(subject, User):
        return reverse("person", args=[subject.get_username()])
    return subject.get_absolute_url()


def entries_of(viewer: Viewer, subject: Subject) -> Sequence[Item]:
    """Return the latest of what happened to or by `subject`, as `viewer` sees it."""
    return item_page(viewer, _scope(subject), size=ENTRIES).items


def own_groups(viewer: Viewer) -> QuerySet[Group]:
    """Return the groups that `viewer` is in, by name."""
    return Group.objects.filter(pk__in=viewer.group_ids).order_by("name")


def _is_open(subject: Subject) -> bool:
    nobody = viewer_of(None)
    if isinstance(subject, Article):
        return can_read_article(nobody, subject, nobody.group_ids)
    try:
        subject_or_404(nobody, kind_of(subject), name_of(subject))
    except Http404:
        return False
    return True


def _scope(subject: Subject) -> Scope:
    if subject is None:
        return Scope()
    if isinstance(subject, User):
        return Scope(person_ids=frozenset({subject.pk}))
    named: dict[str, Any] = {kind_of(subject): subject}
    return Scope(**named)


def _own_group(viewer: Viewer, group: Group) -> Group:
    """Return `group` to who is in it; only its members hear what happens in it."""
    if group.pk not in viewer.group_ids:
        raise Http404
    return group
