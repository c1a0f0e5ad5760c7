"""Giving several articles a topic at once, and taking one from them; each undoes the other."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.models import Article
from corpus.permissions import Viewer, allowed
from corpus.services.articles import set_topics
from corpus.services.exclusive import one_text_at_a_time

_Change = Callable[[Sequence[str], str], list[str]]


def add_to(viewer: Viewer, articles: Sequence[Article], topic: str) -> list[Article]:
    """Give each of `articles` the topic; return those that did not have it, in their order.

    Each is a write of its own with its Event, so that nobody waits for all of them; nothing
    can be lost by it, so no counter is asked for. Raises NotAllowed, and Invalid for what is
    no topic.
    """
    return _changed(viewer, articles, topic, _with)


def take_from(viewer: Viewer, articles: Sequence[Article], topic: str) -> list[Article]:
    """Take the topic from each of `articles`; return those that had it. Raises as `add_to`."""
    return _changed(viewer, articles, topic, _without)


def _changed(
    viewer: Viewer, articles: Sequence[Article], topic: str, change: _Change
) -> list[Article]:
    if not allowed(viewer, "topic.add"):
        raise NotAllowed
    name = " ".join(topic.split())
    if not name:
        raise Invalid(_("Say which topic."), topic=_("Say which topic."))
    return [article for article in articles if _is_changed(viewer, article, name, change)]


def _is_changed(viewer: Viewer, article: Article, name: str, change: _Change) -> bool:
    with transaction.atomic():
        one_text_at_a_time()
        stored = Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()
        if stored is None:
            return False
        names = list(stored.topics.names())
        wanted = change(names, name)
        if len(wanted) == len(names):
            return False
        set_topics(viewer, stored, wanted, counter=stored.counter)
        return True


def _with(names: Sequence[str], name: str) -> list[str]:
    has_it = name.casefold() in {known.casefold() for known in names}
    return [*names] if has_it else [*names, name]


def _without(names: Sequence[str], name: str) -> list[str]:
    return [kept for kept in names if kept.casefold() != name.casefold()]
