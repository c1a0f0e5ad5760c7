"""What happened, as curators read it: in words, chosen by what was done."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

import annotations.verbs
import corpus.permissions
import corpus.verbs
from annotations.models import Annotation, Link
from corpus.access import viewer_of
from corpus.models import Event
from corpus.services import articles
from corpus.services.work import _works
from tests.factories import make_article

VERB = re.compile(r"[a-z_]+\.[a-z_]+")
# What is put together from the name of a model and what was done to it.
KINDS = (Annotation, Link)
DONE = ("deleted", "restored", "hidden", "shown")
FOLDERS = ("corpus/services", "corpus/queries", "annotations/services", "annotations/queries")


def test_curator_reads_what_happened_in_words(curator: Client, carol: User) -> None:
    articles.hide(viewer_of(carol), make_article(title="The harbour"))

    for name in ("index", "corpus_event_changelist"):
        page = curator.get(reverse(f"admin:{name}")).content.decode()
        assert "Article hidden" in page
        assert ">article.hidden<" not in page
    event = Event.objects.get(verb="article.hidden")
    page = curator.get(reverse("admin:corpus_event_change", args=[event.pk])).content.decode()
    assert "Article hidden" in page
    assert "article.hidden" not in page


def test_events_are_narrowed_to_one_kind_that_was_recorded(curator: Client, carol: User) -> None:
    hidden = make_article(title="The harbour")
    articles.hide(viewer_of(carol), hidden)
    articles.set_topics(viewer_of(carol), make_article(title="The town"), ["votes"], counter=1)
    address = reverse("admin:corpus_event_changelist")

    page = curator.get(f"{address}?verb=article.hidden").content.decode()
    assert "The harbour" in page
    assert "The town" not in page
    assert "?verb=article.topics_set" in page
    assert "?verb=claim.merged" not in page


def test_verb_of_another_version_is_shown_as_it_is() -> None:
    assert corpus.verbs.in_words("article.sung") == "article.sung"


def test_every_verb_that_is_recorded_has_words_and_no_other() -> None:
    recorded = {f"{model._meta.model_name}.{done}" for model in KINDS for done in DONE}
    for folder in FOLDERS:
        for path in (Path(settings.BASE_DIR) / folder).glob("*.py"):
            recorded |= set(_like_verbs(ast.parse(path.read_text())))
    others = set(corpus.permissions.PERMISSIONS) | set(_works)

    words = {**corpus.verbs.VERBS, **annotations.verbs.VERBS}
    assert recorded - others - set(words) == set()
    assert set(words) - recorded == set()
    assert all(corpus.verbs.in_words(verb) != verb for verb in words)


def _like_verbs(tree: ast.AST) -> Iterator[str]:
    """Yield what is written like a verb, without the names by which signals are connected."""
    keywords = [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]
    names = {node.value for node in keywords if node.arg == "dispatch_uid"}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or node in names:
            continue
        if VERB.fullmatch(str(node.value)):
            yield str(node.value)
