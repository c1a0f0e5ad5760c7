"""A site with many readers: what the measurements of spine.py are taken on.

Made in bulk, on the empty data of one run; the same numbers give the same rows each time.
`python -m tests.benchmarks.crowd` fills the site of POSTIL_DATA and prints where all is, as
JSON.
"""

import json
import os
import random
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotations.project.settings")
django.setup()

from django.conf import settings  # noqa: E402 - models need Django set up
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402

from annotations.anchoring import target_at  # noqa: E402
from annotations.models import (  # noqa: E402
    Annotation,
    AnnotationTally,
    Claim,
    ClaimOccurrence,
    Profile,
)
from corpus.models import Article, ArticleVersion  # noqa: E402
from corpus.permissions import SYSTEM  # noqa: E402
from corpus.services.imports import SourceBytes, import_source  # noqa: E402
from tests.benchmarks.texts import texts  # noqa: E402

LENGTH = 37_000
"""Characters of the article that is opened; `speed.md` measures peers with the same."""

HIGHLIGHTS = (0, 100, 1_000, 5_000)
"""How many each of the opened articles has."""

CLAIM_PASSAGES = 500
CLAIM_ARTICLES = 50

CLAIMS = 20
READERS = 8


def fill() -> dict[str, Any]:
    """Fill an empty site; return the addresses and names that the measurements need."""
    readers = make_readers()
    claims = make_claims(readers[0])
    articles = make_articles(len(HIGHLIGHTS) + 1, LENGTH)
    for article, count in zip(articles, HIGHLIGHTS, strict=False):
        mark(article, count, readers, claims)
    met_often = Claim.objects.create(name="met in many articles", created_by=readers[0])
    for article in make_articles(CLAIM_ARTICLES, 6_000):
        mark(article, CLAIM_PASSAGES // CLAIM_ARTICLES, readers, [met_often])
    written = articles[-1]
    assert written.current_version is not None
    return {
        "session": session_of(readers[0]),
        "articles": {
            str(count): article.get_absolute_url()
            for article, count in zip(articles, HIGHLIGHTS, strict=False)
        },
        "claim": met_often.get_absolute_url(),
        "tag": claims[0].name,
        "written": f"{written.get_absolute_url()}annotations/",
        "text": written.current_version.text,
    }


def make_readers() -> list[User]:
    """Return the readers, who have names and no passwords."""
    users = [User.objects.create(username=f"reader{number}") for number in range(READERS)]
    for number, user in enumerate(users):
        user.set_unusable_password()
        user.save()
        facts = {"display_name": f"Reader {number}", "person_slot": number % 8 + 1}
        Profile.objects.update_or_create(user=user, defaults=facts)
    return users


def make_claims(maker: User) -> list[Claim]:
    """Return the claims that highlights are tagged with."""
    names = [f"trial claim number {number}" for number in range(CLAIMS)]
    return [Claim.objects.create(name=name, created_by=maker) for name in names]


def make_articles(count: int, length: int) -> list[Article]:
    """Return `count` articles of about `length` characters, imported as files are."""
    made = []
    for number, text in enumerate(texts(count, length)):
        source = SourceBytes(f"trial-{length}-{number}.txt", text.encode())
        made.append(import_source(SYSTEM, source)[0].article)
    return made


def mark(article: Article, count: int, readers: Sequence[User], claims: Sequence[Claim]) -> None:
    """Put `count` highlights on `article`, each with a claim and every second with words."""
    version = article.current_version
    assert version is not None
    choose = random.Random(article.slug)
    rows = [_highlight(article, version, number, choose, readers) for number in range(1, count + 1)]
    Annotation.objects.bulk_create(rows, batch_size=500)
    stances = ClaimOccurrence.Stance.values
    ClaimOccurrence.objects.bulk_create(
        [
            ClaimOccurrence(
                tag=choose.choice(claims), content_object=row, stance=choose.choice(stances)
            )
            for row in rows
        ],
        batch_size=500,
    )
    AnnotationTally.objects.update_or_create(article=article, defaults={"last_number": count})


def session_of(user: User) -> str:
    """Return the key of a session in which `user` is signed in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _highlight(
    article: Article,
    version: ArticleVersion,
    number: int,
    choose: random.Random,
    readers: Sequence[User],
) -> Annotation:
    start = choose.randrange(len(version.text) - 200)
    target = target_at(version.text, start, start + choose.randint(20, 120))
    assert target is not None
    return Annotation(
        number=number,
        article=article,
        version=version,
        start=target.start,
        end=target.end,
        exact=target.exact,
        prefix=target.prefix,
        suffix=target.suffix,
        note=f"Why this passage matters, in a few words: {number}." if number % 2 else "",
        creator=choose.choice(readers),
    )


if __name__ == "__main__":
    print(json.dumps(fill()))
