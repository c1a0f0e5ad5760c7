"""How well and how fast suggestions are found.

`python -m tests.benchmarks.suggesting [--articles 100000]` fills the site of POSTIL_DATA, which is
to be empty, with the seeds and their starter annotations, and prints what is found again of the
claim with most passages when half of them are taken away: each half in turn. Then it adds so many
articles in bulk (library.py), 200 claims with 20 passages each, and prints how long a run for one
new article takes. Absolute times drift; filling 100,000 takes minutes.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.benchmarks import crowd  # isort: skip - it sets Django up
from django.db import transaction

from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.queries.finding.found import Finding
from annotations.queries.finding.passages import worded_anywhere
from annotations.services import samples, suggesting
from corpus.models import Article
from corpus.permissions import SYSTEM
from corpus.services.imports import SourceBytes, import_source
from tests.benchmarks.library import BATCH, Library, forget_unused_words, stored
from tests.benchmarks.texts import text_of

# The figures to reach.
FEWEST_FOUND = 8
LEAST_PRECISION = 0.5
MOST_SECONDS = 1.0

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LENGTH = 900
NEW_LENGTH = 8_000
ROUNDS = 5
CLAIMS = 200
PASSAGES = 20


class _TakenAway(Exception):
    """What was taken away for a trial comes back."""


def import_starter() -> None:
    """Import the seeds with their starter annotations."""
    for path in sorted(SEEDS.glob("*.txt")):
        import_source(SYSTEM, SourceBytes(path.name, path.read_bytes()))
    samples.load()


def most_tagged() -> Claim:
    """Return the claim with most passages."""
    claims: list[Claim] = list(Claim.objects.all())
    return max(claims, key=lambda claim: claim.occurrences.count())


def found_again(claim: Claim, look: Callable[[], Sequence[Finding]]) -> tuple[int, int, int]:
    """Return how many passages of `claim` `look` finds, how many proposals are right, and all.

    Half of the passages are taken away, each half in turn; a proposal is right when it
    overlaps one of those.
    """
    order = ("content_object__article__slug", "content_object__start", "pk")
    tagged = list(claim.occurrences.select_related("content_object").order_by(*order))
    found = right = proposed = 0
    for half in (0, 1):
        away = [row.content_object for place, row in enumerate(tagged) if place % 2 == half]
        hits = [
            [mark for mark in away if _is_on(finding, mark)]
            for finding in _without(tagged[half::2], look)
        ]
        found += len({mark.pk for marks in hits for mark in marks})
        right += sum(bool(marks) for marks in hits)
        proposed += len(hits)
    return found, right, proposed


def _without(
    rows: Sequence[ClaimOccurrence], look: Callable[[], Sequence[Finding]]
) -> Sequence[Finding]:
    findings: Sequence[Finding] = ()
    try:
        with transaction.atomic():
            ClaimOccurrence.objects.filter(pk__in=[row.pk for row in rows]).delete()
            findings = look()
            raise _TakenAway
    except _TakenAway:
        return findings


def _is_on(finding: Finding, mark: Annotation) -> bool:
    place = finding.reason["there"]
    assert mark.start is not None
    assert mark.end is not None
    is_there = finding.object_id == mark.article_id
    return is_there and mark.start < place["end"] and place["start"] < mark.end


def in_all_articles(claim: Claim) -> list[Finding]:
    """Return what the runs for all articles, one after the other, propose for `claim`."""
    return [
        finding
        for article in Article.objects.filter(is_stub=False).order_by("slug")
        for finding in suggesting.look_through(article)
        if finding.subject_id == claim.pk
    ]


def qualities() -> Iterator[str]:
    """Yield what is found again, as lines."""
    claim = most_tagged()
    for name, look in (
        ("asked for the claim", lambda: worded_anywhere(claim)),
        ("run for each article", lambda: in_all_articles(claim)),
    ):
        found, right, proposed = found_again(claim, look)
        precision = right / max(1, proposed)
        yield (
            f"{name}: {found} of {claim.occurrences.count()} passages of “{claim.name}” found"
            f" (at least {FEWEST_FOUND}), {right} of {proposed} proposals right:"
            f" {precision:.0%} (at least {LEAST_PRECISION:.0%})"
            f" {_verdict(found >= FEWEST_FOUND and precision >= LEAST_PRECISION)}"
        )


def fill(count: int) -> None:
    """Add `count` articles, and claims that are tagged on them."""
    readers = crowd.make_readers()
    made: list[Article] = []
    library = Library()
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        made += library.add((f"filled-{number}", text_of(number, LENGTH)) for number in numbers)
    library.finish()
    forget_unused_words()
    choose = random.Random(1)
    for number in range(CLAIMS):
        words = choose.choice(made).current_version
        assert words is not None
        name = " ".join(words.text.split()[20 + number % 7 : 23 + number % 7])
        claim, _new = Claim.objects.find_or_make(f"{name} {number}")
        with transaction.atomic():
            for article in choose.sample(made, min(PASSAGES, len(made))):
                _tag(claim, article, readers[0].pk, choose)


def _tag(claim: Claim, article: Article, reader: int, choose: random.Random) -> None:
    version = article.current_version
    assert version is not None
    start = choose.randrange(0, len(version.text) - 160)
    mark = Annotation.objects.create(
        number=1 + article.annotations.count(),
        article=article,
        version=version,
        start=start,
        end=start + 150,
        exact=version.text[start : start + 150],
        prefix="",
        suffix="",
        creator_id=reader,
        audience="public",
    )
    ClaimOccurrence.objects.create(tag=claim, content_object=mark)


def seconds() -> list[float]:
    """Return how long the run for each of some new articles takes."""
    taken = []
    for number in range(ROUNDS):
        article = stored(f"new-{number}", text_of(50 * number, NEW_LENGTH))
        began = time.perf_counter()
        suggesting.look_through(article)
        taken.append(time.perf_counter() - began)
    return taken


def _verdict(is_reached: bool) -> str:
    return "reached" if is_reached else "MISSED"


def main() -> None:
    """Print the figures beside what they have to reach."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=100_000)
    count = parser.parse_args().articles
    import_starter()
    for line in qualities():
        print(line, flush=True)
    fill(count)
    taken = seconds()
    median = statistics.median(taken)
    print(
        f"run for one new article among {count:,}: median {median:.2f} s, slowest"
        f" {max(taken):.2f} s (at most {MOST_SECONDS} s) {_verdict(median <= MOST_SECONDS)}"
    )


if __name__ == "__main__":
    main()
