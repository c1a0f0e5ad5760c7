"""What the first page of a claim costs the processor, whole and part by part.

`python -m tests.benchmarks.claim_parts` measures on the site of POSTIL_DATA as claimed.py filled
it, in this process, and prints one figure a line: the median of processor time in milliseconds.
"""

import time
from collections.abc import Callable, Iterator
from statistics import median

from tests.benchmarks import crowd  # noqa: F401  # isort: skip - it sets Django up
from django.contrib.auth.models import User
from django.test import Client, override_settings

from annotations.models import Claim
from annotations.queries.claim_about import claim_about
from annotations.queries.claim_page import claims_sharing_passages
from annotations.queries.claim_scan import Scan, scan_by_speaker, scan_of
from annotations.queries.passage_filters import passages_of
from annotations.queries.passages import COLUMN_SIZE, passages_at
from annotations.queries.timeline import lanes_of, time_line_of
from annotations.templatetags.timeline import drawn
from annotations.timeline import STANCES
from corpus.access import viewer_of

MOST_OF_PAGE = 100
_ROUNDS = 15


def figures() -> Iterator[str]:
    """Yield the page and its parts."""
    reader = User.objects.get(username="reader0")
    claim = Claim.objects.get(slug="met-everywhere")
    viewer, client = viewer_of(reader), Client(headers={"host": "localhost"})
    client.force_login(reader)
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain):
        yield _line(
            "first page, in process", lambda: client.get(claim.get_absolute_url()), MOST_OF_PAGE
        )
    scan = scan_of(passages_of(viewer, claim))
    line = time_line_of(scan)
    keys = [
        list(claim.occurrences.filter(stance=each).values_list("pk", flat=True)[:COLUMN_SIZE])
        for each in STANCES
    ]

    def afresh() -> Scan:
        return Scan(scan.rows, scan.articles, scan.readers)

    for name, part in (
        ("passages read", lambda: scan_of(passages_of(viewer, claim))),
        ("counts", lambda: afresh().counts),
        ("time line", lambda: time_line_of(afresh())),
        ("its drawing", lambda: drawn(line.points)),
        ("lanes, where asked for", lambda: lanes_of(*scan_by_speaker(passages_of(viewer, claim)))),
        ("columns in order", lambda: [afresh().page(each, COLUMN_SIZE) for each in STANCES]),
        ("their passages", lambda: [passages_at(column) for column in keys]),
        ("claims on the same passages", lambda: claims_sharing_passages(viewer, claim)),
        ("about the claim", lambda: claim_about(viewer, claim)),
    ):
        yield _line(f"  {name}", part)


def _line(name: str, work: Callable[[], object], limit: int | None = None) -> str:
    for _warming in range(2):
        work()
    spent = median(_milliseconds(work) for _round in range(_ROUNDS))
    return f"{name:40} {spent:6.0f} ms of processor" + (f" (limit {limit})" if limit else "")


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    for figure in figures():
        print(figure, flush=True)
