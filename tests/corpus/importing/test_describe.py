"""A dry run says in plain lines what is known, from where, and what was left out."""

from collections.abc import Callable

from corpus.importing.describe import described
from corpus.importing.proposal import Proposal

Proposals = Callable[[str], tuple[Proposal, ...]]


def test_what_is_given_is_quoted_with_its_evidence(proposals: Proposals) -> None:
    lines = described(proposals("002")[1])
    assert lines[0] == "Losing Momentum: how Jeremy Corbyn’s support group ran out of steam (given)"
    assert any(
        line.startswith("  published 2017-03-23 (given: This article first") for line in lines
    )
    assert "  left out  Show Hide image (it belongs to the web page around the article)" in lines
    assert "  authors   unknown" in lines


def test_bounds_links_and_repairs_are_told(proposals: Proposals) -> None:
    lines = described(proposals("000")[0])
    assert any("unknown, not before 2017-01-13 (from: https://" in line for line in lines)
    assert sum(line.startswith("  link ") for line in lines) == 6
    assert "  repair    hisgoal → his goal" in lines
    assert "  repair    hard line breaks taken out of 13 blocks" in lines


def test_what_needs_a_look_is_told(proposals: Proposals) -> None:
    assert "  look at   The standfirst is cut off in the source." in described(proposals("002")[0])
