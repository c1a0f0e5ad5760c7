"""Moving links from an article that was only linked to, once it is known which one it is."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.models import Link
from corpus.errors import Invalid
from corpus.models import Article
from corpus.signals import stub_known


def connect() -> None:
    """Hear, inside its transaction, which article a stub turns out to be."""
    stub_known.connect(_move_links, dispatch_uid="annotations.stub_links")


def _move_links(sender: Any, *, stub: Article, article: Article, **_more: Any) -> None:
    """Let every link with an end at `stub`, deleted or not, have it at `article`.

    Raises Invalid when one joins the two: it would lead from the article to itself. One that
    was deleted goes for good then, for it could not be brought back; its Events tell of it.
    """
    between = Q(from_article=article, to_article=stub) | Q(from_article=stub, to_article=article)
    if Link.objects.filter(between, deleted_at=None).exists():
        raise Invalid(
            _(
                "A link joins this article with the one that is only linked to, at this address. "
                "They cannot be the same while it is there. Nothing was changed."
            ),
            canonical_url=_("A link joins this article with the one at this address."),
        )
    Link.objects.filter(between).delete()
    Link.objects.filter(to_article=stub).update(to_article=article)
    Link.objects.filter(from_article=stub).update(from_article=article)
