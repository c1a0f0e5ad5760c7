"""Beginning another article at any line of the source."""

import re

import pytest
from django.test import Client

from corpus.importing.errors import NoPlaceToSplit
from corpus.importing.split import Part, begins_line, place_to_split
from corpus.models import ImportCandidate
from corpus.permissions import Viewer
from tests.corpus.review.deciding import PROSE, proposed, send, show

pytestmark = pytest.mark.django_db

FOLDED = PROSE.replace(" majority", "\nmajority")
WRAPPED = f"The motion\n\n{FOLDED}\n\nSubscribe\nto us\n\n{PROSE[:90]}\n"


def test_article_can_begin_at_any_line_but_the_first(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator, WRAPPED)
    starts = [match.start() for match in re.finditer(r"(?m)^\S", WRAPPED)]
    button = r'name="offset" value="(\d+)"[^>]*data-act="split-line"'
    offered = re.findall(button, show(browser, candidate))
    assert [int(offset) for offset in offered] == starts[1:]
    within = WRAPPED.index("to us")
    send(browser, candidate, "candidate_split", offset=str(within))
    second = ImportCandidate.objects.get(position=2)
    assert second.proposal["source_start"] == within
    assert re.findall(button, show(browser, second)) == [str(WRAPPED.index(PROSE[:20], within))]


def test_form_feed_ends_a_line() -> None:
    source = "One\fand two\n  three"
    assert place_to_split(source, Part(0, len(source)), 6) == 4
    assert [begins_line(source, offset) for offset in (0, 4, 8, 14)] == [True, True, False, True]
    with pytest.raises(NoPlaceToSplit):
        place_to_split(source, Part(4, len(source)), 6)
