"""The page that shows curators where an article came from."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils.functional import Promise

from corpus.models import Article
from corpus.queries.source import FACTS, PARATEXT, RULES, source_context
from corpus.text.blocks import ParatextKind

SEEDS = Path(settings.BASE_DIR) / "seeds"

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported() -> list[Article]:
    """Return the articles of the seeds."""
    call_command("import_articles", str(SEEDS), verbosity=0)
    return list(Article.objects.filter(is_stub=False))


def test_every_kind_and_every_rule_is_told_in_words(imported: list[Article]) -> None:
    assert set(PARATEXT) == set(get_args(ParatextKind))
    used = {fact["rule"] for article in imported for fact in article.facts.values()}
    assert len(used) > 5
    assert used <= set(RULES)
    words = [*FACTS.values(), *PARATEXT.values(), *filter(None, RULES.values())]
    assert all(isinstance(word, Promise) for word in words)


def test_curators_read_words_and_no_codes(
    imported: list[Article], carol: User, client_of: Callable[[User | None], Client]
) -> None:
    for article in imported:
        context = source_context(article)
        answer = client_of(carol).get(f"{article.get_absolute_url()}source/")
        page = answer.content.decode()
        assert answer.status_code == 200
        for piece in context["paratext"]:
            assert f'<th scope="row">{piece["kind"]}</th>' in page
        for code in ("by_line", "author_note", "first_sentence", "small_words", "nothing_found"):
            assert f">{code}<" not in page
