"""Topic words: what curators call them."""

from django.db import transaction
from django.utils.translation import gettext as _
from taggit.models import Tag

from corpus.errors import Invalid, NotAllowed
from corpus.models import Article, Event
from corpus.permissions import Viewer, allowed
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.indexing import index_article

MAX_TOPIC = 100


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


def _check(name: str, topic: Tag) -> None:
    sentence = ""
    if not name or len(name) > MAX_TOPIC:
        sentence = _("A topic has 1 to %(limit)d characters.") % {"limit": MAX_TOPIC}
    elif Tag.objects.filter(name__iexact=name).exclude(pk=topic.pk).exists():
        sentence = _("There is a topic of this name already.")
    if sentence:
        raise Invalid(sentence, name=sentence)
