"""A site with many readers: what the measurements of site.py are taken on.

Made in bulk, on the empty data of one run; the same numbers give the same rows each time.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User

from annotations.anchoring import target_at
from annotations.models import Annotation, AnnotationTally, Claim, ClaimOccurrence, Profile
from corpus.models import Article, ArticleVersion
from corpus.permissions import SYSTEM
from corpus.services.imports import SourceBytes, import_source

LENGTH = 37_000
"""Characters of the article that is opened; `speed.md` measures peers with the same."""

CLAIMS = 20
READERS = 8
PARAGRAPH = 600

_SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True)
class Opened:
    """An article with `count` highlights, at `path`."""

    count: int
    path: str


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
    """Return the claims that highlights are tagged with, and one that is met 500 times."""
    names = [f"trial claim number {number}" for number in range(CLAIMS)]
    return [Claim.objects.create(name=name, created_by=maker) for name in names]


def make_articles(count: int, length: int) -> list[Article]:
    """Return `count` articles of about `length` characters, imported as files are."""
    made = []
    for number, text in enumerate(texts(count, length)):
        source = SourceBytes(f"trial-{length}-{number}.txt", text.encode())
        made.append(import_source(SYSTEM, source)[0].article)
    return made


def texts(count: int, length: int) -> Iterator[str]:
    """Yield different texts of about `length` characters, made of the seeds' sentences."""
    words = " ".join(path.read_text(errors="replace") for path in sorted(_SEEDS.glob("*.txt")))
    sentences = [part.strip() for part in words.replace("\n", " ").split(". ") if part.strip()]
    for number in range(count):
        choose = random.Random(f"{length}-{number}")
        paragraphs = [f"Trial text {number} of {length} characters"]
        while sum(map(len, paragraphs)) < length:
            paragraph = ""
            while len(paragraph) < PARAGRAPH:
                paragraph += f"{choose.choice(sentences)}. "
            paragraphs.append(paragraph.strip())
        yield "\n\n".join(paragraphs)


def mark(article: Article, count: int, readers: Sequence[User], claims: Sequence[Claim]) -> Opened:
    """Put `count` highlights on `article`, each with a claim and every second with words."""
    version = article.current_version
    assert version is not None
    choose = random.Random(count)
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
    return Opened(count, article.get_absolute_url())


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
