"""Making an article only linked to again, as it was before an import brought its text."""

from corpus.models import Article, Event
from corpus.permissions import Viewer
from corpus.services.comparison import forget_comparison
from corpus.services.copies import forget_open_pairs
from corpus.services.events import record
from corpus.services.indexing import forget_text
from corpus.services.metadata import FACTS, columns_of, is_curators
from corpus.services.stubs import stub_of


def was_filled_with(article: Article, text_digest: str) -> bool:
    """Say whether the article was only linked to before it had the text of this digest."""
    fillings = Event.objects.filter(article=article, verb="article.filled")
    last = fillings.order_by("-at").first()
    if last is None:
        return False
    return article.versions.filter(number=last.after["version"], digest=text_digest).exists()


def empty(viewer: Viewer, article: Article) -> None:
    """Take the text out of `article`, whose row is locked; what points to it holds.

    What a curator set of it stays. Its versions stay too, unread until it has a text again.
    """
    _forget_facts(article)
    article.is_stub, article.is_hidden, article.is_withdrawn = True, False, False
    article.current_version, article.digest = None, ""
    article.counter += 1
    article.save()
    forget_text(article)
    forget_comparison(article)
    forget_open_pairs(article)
    record(viewer.user_id, "article.emptied", article, article=article)


def _forget_facts(article: Article) -> None:
    """Let the facts be what its address tells, but those that a curator set."""
    cited = article.cited_by.order_by("pk").first()
    blank = stub_of(cited.url if cited else article.canonical_url)
    facts = {}
    for name in FACTS:
        if is_curators(article, name):
            facts[name] = article.facts.get(name, {})
            continue
        if name in blank.facts:
            facts[name] = blank.facts[name]
        if name == "authors":
            article.authorships.all().delete()
        if name == "topics":
            article.topic_items.all().delete()
        for column in columns_of(name):
            setattr(article, column, getattr(blank, column))
    article.facts = facts
