"""What tests of editing a text send and look at."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.models import Article, ArticleVersion
from corpus.services.editing import edit_text
from corpus.text.editing import EditedBlock


def current(article: Article) -> ArticleVersion:
    """Return the version that readers see."""
    version = Article.objects.get(pk=article.pk).current_version
    assert version is not None
    return version


def sent(article: Article, *texts: str, step: str = "save", **more: Any) -> dict[str, Any]:
    """Return what the form sends with these paragraphs, each a block."""
    count = len(current(article).blocks)
    rows: dict[str, Any] = {"kind": ["paragraph"] * len(texts), "text": list(texts)}
    place = {"seen": current(article).number, "first": 0, "stop": count}
    return {**rows, **place, "reason": "names corrected", "step": step, **more}


def post(client: Client, article: Article, fields: dict[str, Any]) -> Any:
    """Return the answer to what the form sends."""
    return client.post(f"{article.get_absolute_url()}edit/", fields)


def words(answer: Any) -> list[str]:
    """Return the texts of the blocks in the form."""
    return [row.text for row in answer.context["rows"]]


def edit_as(user: User, article: Article, *texts: str, reason: str = "a correction") -> None:
    """Give `article` these paragraphs as `user` would."""
    blocks = [EditedBlock("paragraph", text) for text in texts]
    edit_text(viewer_of(user), article, current(article), blocks, reason=reason)
