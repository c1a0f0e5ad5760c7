"""Topic words: what curators call them, and those that an import brings."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from taggit.models import Tag

from corpus.errors import Invalid, NotAllowed
from corpus.models import Article, Event, TopicOnArticle
from corpus.permissions import Viewer, allowed
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.indexing import index_article

MAX_TOPIC = 100
_ASKED_AT_ONCE = 400


def rename(viewer: Viewer, topic: Tag, name: str) -> Tag:
    """Give a topic another name on all its articles; its address stays.

    Raises NotAllowed, and Invalid when the name is none or another topic has it.
    """
    if not allowed(viewer, "topic.add"):
        raise NotAllowed
    kept = " ".join(name.split())
    with transaction.atomic():
        one_text_at_a_time()
        _check(kept, topic)
        stored: Tag = Tag.objects.select_for_update().get(pk=topic.pk)
        if stored.name == kept:
            return stored
        before, stored.name = stored.name, kept
        stored.save()
        for article in Article.objects.filter(topic_items__tag=stored):
            if article.current_version is not None:
                index_article(article.current_version)
        record(
            viewer.user_id,
            "topic.renamed",
            stored,
            audience=Event.Audience.STAFF,
            before={"name": before},
            after={"name": kept},
        )
        return stored


def file_under(filed: Sequence[tuple[Article, Sequence[str]]]) -> None:
    """Give each article the topics beside it that it has not, case apart; their index is not told.

    Called inside a transaction in which `one_text_at_a_time` is in force.
    """
    named = {name.casefold(): name for _article, names in filed for name in names}
    if not named:
        return
    tags = _known(named.values())
    for key, name in named.items():
        if key not in tags:
            tags[key] = Tag.objects.create(name=name)
    rows = TopicOnArticle.objects.filter(content_object__in=[article for article, _names in filed])
    there = set(rows.values_list("content_object_id", "tag_id"))
    wanted = {
        (article.pk, tags[name.casefold()].pk): TopicOnArticle(
            content_object=article, tag=tags[name.casefold()]
        )
        for article, names in filed
        for name in names
    }
    TopicOnArticle.objects.bulk_create(row for key, row in wanted.items() if key not in there)


def given_topics(article: Article) -> list[str]:
    """Return the topics that an import gave the article, or that a curator gave it in all."""
    return list(article.facts.get("topics", {}).get("value") or ())


def refile(article: Article, names: Sequence[str], *, former: Iterable[str]) -> None:
    """Give the article the topics `names`, in place of those among `former`, case apart.

    Called as `file_under`.
    """
    gone = {name.casefold() for name in former} - {name.casefold() for name in names}
    items = article.topic_items.select_related("tag")
    taken = [item.pk for item in items if item.tag.name.casefold() in gone]
    article.topic_items.filter(pk__in=taken).delete()
    file_under([(article, names)])


def _known(names: Iterable[str]) -> dict[str, Tag]:
    """Return those of the topics that there are by their names without case."""
    lowered = Tag.objects.annotate(lowered=Lower("name"))
    asked = list(names)
    found: dict[str, Tag] = {}
    for first in range(0, len(asked), _ASKED_AT_ONCE):
        some = asked[first : first + _ASKED_AT_ONCE]
        is_asked = Q(name__in=some) | Q(lowered__in=[name.lower() for name in some])
        for tag in lowered.filter(is_asked).order_by("-pk"):
            found[tag.name.casefold()] = tag
    return found


def _check(name: str, topic: Tag) -> None:
    sentence = ""
    if not name or len(name) > MAX_TOPIC:
        sentence = _("A topic has 1 to %(limit)d characters.") % {"limit": MAX_TOPIC}
    elif Tag.objects.filter(name__iexact=name).exclude(pk=topic.pk).exists():
        sentence = _("There is a topic of this name already.")
    if sentence:
        raise Invalid(sentence, name=sentence)
