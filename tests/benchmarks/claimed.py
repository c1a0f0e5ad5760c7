"""A site with many claims and one that is met everywhere: what claims.py measures on.

`python -m tests.benchmarks.claimed` fills the site of POSTIL_DATA, which is to be empty, and
prints where all is, as JSON.
"""

import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tests.benchmarks import crowd  # isort: skip - it sets Django up
from django.contrib.auth.models import User

from annotations.anchoring import target_at
from annotations.models import Annotation, Claim, ClaimOccurrence
from corpus.models import Agent, Article, ArticleVersion, Outlet
from corpus.text.blocks import Block, blocks_to_data
from tests.benchmarks.texts import texts

PASSAGES = 10_000
"""Of the one claim, in all articles alike."""

CLAIMS = 200
ARTICLES = 500
CELLS = 10_000
"""Of the 100,000 in the table so many hold a passage or two."""

WORDS = 80
OUTLETS = 12
SPEAKERS = 40


def fill() -> dict[str, Any]:
    """Fill an empty site; return a session and the addresses that are measured."""
    readers = crowd.make_readers()
    choose = random.Random(5)
    articles = _articles(choose)
    agents = [
        Agent.objects.create(name=f"Speaker {number}", slug=f"speaker-{number}")
        for number in range(SPEAKERS)
    ]
    claims = [
        Claim.objects.create(name=f"trial claim number {number}", created_by=readers[0])
        for number in range(CLAIMS - 1)
    ]
    often = Claim.objects.create(name="met everywhere", created_by=readers[0])
    spread = [(often, articles[number % ARTICLES]) for number in range(PASSAGES)]
    spread += [(choose.choice(claims), choose.choice(articles)) for _ in range(CELLS)]
    _mark(spread, readers, agents, choose)
    cell = f"/claims/matrix/cell/?row={often.slug}&at={articles[0].slug}"
    return {
        "session": crowd.session_of(readers[0]),
        "claim": often.get_absolute_url(),
        "cell": cell,
    }


def _articles(choose: random.Random) -> list[Article]:
    """Return ARTICLES short articles of OUTLETS outlets over ten years."""
    outlets = [
        Outlet.objects.create(name=f"Outlet {number}", slug=f"outlet-{number}")
        for number in range(OUTLETS)
    ]
    made = []
    for number, text in enumerate(texts(ARTICLES, 2_000)):
        article = Article.objects.create(
            slug=f"trial-article-number-{number}",
            title=f"Trial article number {number} with a title of some length",
            outlet=choose.choice(outlets),
            published_on=date(2010, 1, 1) + timedelta(days=choose.randrange(3_650)),
            published_precision=Article.Precision.DAY,
        )
        article.current_version = ArticleVersion.objects.create(
            article=article,
            number=1,
            text=text,
            blocks=blocks_to_data([Block("paragraph", 0, len(text))]),
            digest=f"{number:064}",
            reason="measured",
            word_count=len(text.split()),
        )
        article.save()
        made.append(article)
    return made


def _mark(
    spread: Sequence[tuple[Claim, Article]],
    readers: Sequence[User],
    agents: Sequence[Agent],
    choose: random.Random,
) -> None:
    """Put a highlight with its claim into each article that is named."""
    numbers: dict[str, int] = {}
    rows = []
    for _claim, article in spread:
        number = numbers[article.slug] = numbers.get(article.slug, 0) + 1
        version = article.current_version
        assert version is not None
        start = choose.randrange(len(version.text) - WORDS)
        target = target_at(version.text, start, start + WORDS)
        assert target is not None
        rows.append(
            Annotation(
                article=article,
                version=version,
                number=number,
                creator=choose.choice(readers),
                audience="public",
                note="A reason." if number % 2 else "",
                start=target.start,
                end=target.end,
                exact=target.exact,
                prefix=target.prefix,
                suffix=target.suffix,
            )
        )
    Annotation.objects.bulk_create(rows, batch_size=500)
    tagged = [
        ClaimOccurrence(
            tag=claim,
            content_object=row,
            stance=choose.choice(ClaimOccurrence.Stance.values),
            speaker=choose.choice(agents) if number % 3 else None,
        )
        for number, ((claim, _article), row) in enumerate(zip(spread, rows, strict=True))
    ]
    ClaimOccurrence.objects.bulk_create(tagged, batch_size=500)


if __name__ == "__main__":
    print(json.dumps(fill()))
