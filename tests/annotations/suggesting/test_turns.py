"""Looking for suggestions takes long, and lets others have their turn."""

import pytest

from annotations.models import LookedThrough
from annotations.services import suggesting
from corpus.models import Job
from corpus.permissions import SYSTEM
from corpus.services.indexing import index_article
from corpus.services.jobs import enqueue
from corpus.services.running import run
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_search_ends_when_somebody_waits_and_goes_on_later() -> None:
    for words in ("gate", "quay", "tide"):
        article = make_article(f"The {words} is shut, and nobody knows why.")
        assert article.current_version is not None
        index_article(article.current_version)
    suggesting.look_when_due()
    search = Job.objects.get()
    waiting = enqueue(SYSTEM, "index.rebuild", {})

    assert run(search.pk)
    assert LookedThrough.objects.count() == 1
    assert run(waiting.pk)
    suggesting.look_when_due()
    assert run(Job.objects.get(kind=suggesting.KIND, state=Job.State.WAITING).pk)
    assert LookedThrough.objects.count() == 3
