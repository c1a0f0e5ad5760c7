"""A reading room: many readers who are signed in, and a few articles that all of them may read.

`python -m tests.benchmarks.room` fills the site of POSTIL_DATA and prints where all is, as JSON.
"""

import json
from typing import Any

from tests.benchmarks import crowd  # isort: skip - it sets Django up
from django.contrib.auth.models import User
from django.db import transaction

READERS = 1_000
ARTICLES = 20
LENGTH = 8_000


def fill() -> dict[str, Any]:
    """Return the sessions of the readers, the keys of the articles, and where to write."""
    article, *others = crowd.make_articles(ARTICLES, LENGTH)
    assert article.current_version is not None
    with transaction.atomic():
        readers = [User.objects.create(username=f"guest{number}") for number in range(READERS)]
        sessions = [crowd.session_of(reader) for reader in readers]
    return {
        "sessions": sessions,
        "articles": [str(one.pk) for one in (article, *others)],
        "tag": crowd.make_claims(readers[0])[0].name,
        "written": f"{article.get_absolute_url()}annotations/",
        "text": article.current_version.text,
    }


if __name__ == "__main__":
    print(json.dumps(fill()))
