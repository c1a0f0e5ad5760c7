"""A proposal in lines of plain English, for a dry run on the command line."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from corpus.importing.proposal import Fact, Proposal, PublishedDate
from corpus.text.spans import word_count

_LONGEST_QUOTE = 90


def described(proposal: Proposal) -> list[str]:
    """Return lines that say what would be stored, from which words, and what was left out."""
    return [
        *_facts(proposal),
        *_contents(proposal),
        *(
            f"  link      {_link(proposal, mark.start, mark.end, mark.url)}"
            for mark in proposal.marks
        ),
        *(
            f"  repair    {repair.before} → {repair.after or 'nothing'}"
            for repair in proposal.repairs
            if repair.kind != "unwrapped"
        ),
        *(f"  left out  {_short(line.text)} ({line.why})" for line in proposal.dropped),
        *(f"  look at   {flag}" for flag in proposal.flags),
    ]


def _facts(proposal: Proposal) -> Iterator[str]:
    yield f"{proposal.title.value} ({proposal.title.basis})"
    if proposal.standfirst.value:
        yield f"  standfirst {_short(proposal.standfirst.value)}"
    yield _fact("authors", proposal.authors, ", ".join(proposal.authors.value or ()))
    yield _fact("outlet", proposal.outlet, proposal.outlet.value or "")
    yield _date(proposal.published)
    yield _fact("language", proposal.language, proposal.language.value or "")
    yield _fact("topics", proposal.topics, ", ".join(proposal.topics.value or ()))


def _fact(name: str, fact: Fact[Any], value: str) -> str:
    if not value:
        return f"  {name:<9} unknown"
    return f"  {name:<9} {value} ({fact.basis}: {_short(fact.evidence)})"


def _date(fact: Fact[PublishedDate]) -> str:
    published = fact.value or PublishedDate()
    if published.date:
        return _fact("published", fact, published.date)
    if published.not_before:
        evidence = _short(published.not_before_evidence)
        return f"  published unknown, not before {published.not_before} (from: {evidence})"
    if published.not_after:
        evidence = _short(published.not_after_evidence)
        return f"  published unknown, not after {published.not_after} (from: {evidence})"
    return "  published unknown"


def _contents(proposal: Proposal) -> Iterator[str]:
    kinds = Counter(block.kind for block in proposal.blocks)
    told = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in kinds.most_common())
    words = word_count(proposal.text)
    yield f"  text      {words} words in {len(proposal.blocks)} blocks: {told}"
    unwrapped = sum(1 for repair in proposal.repairs if repair.kind == "unwrapped")
    if unwrapped:
        yield f"  repair    hard line breaks taken out of {unwrapped} blocks"


def _link(proposal: Proposal, start: int, end: int, url: str) -> str:
    return f"“{_short(proposal.text[start:end])}” → {url}"


def _short(text: str) -> str:
    """Return `text` on one line, cut after _LONGEST_QUOTE characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1].rstrip() + "…"
