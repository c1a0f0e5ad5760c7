"""Markdown with front matter: what its head tells, and the blocks of its text."""

import pytest

from corpus.importing.errors import ImportRefused
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal

BODY = """
# The gate is shut

The harbour master told *us* again that [the gate](https://quay.example/gate) is shut, and
that nobody knows for **how long** it will be so. `Who` asked was told to wait.

## Later

> It was ever so, they said, and it
> will be so again.

- one thing
- another thing

```
kept   as it is
```
"""


def read(head: str, body: str = BODY) -> Proposal:
    (proposal,) = read_and_interpret(f"{head}\n{body}".encode(), "note.md")
    return proposal


YAML = """---
title: "The gate is shut: a report"
authors:
  - Jane Smith
  - Ann Lee   # the second
date: 2021-09-06
draft: no
url: https://quay.example/report
tags: [gate, quay]
publication: 'The Quay''s Herald'
---"""

TOML = """+++
title = "The gate is shut: a report"
authors = ["Jane Smith", "Ann Lee"]
date = 2021-09-06T08:00:00Z
url = "https://quay.example/report"
publication = "The Quay's Herald"
[extra]
deep = "words"
+++"""


@pytest.mark.parametrize("head", [YAML, TOML, YAML.replace("\n", "\r\n"), f"\ufeff{YAML}"])
def test_the_head_tells_the_facts(head: str) -> None:
    proposal = read(head)
    assert proposal.title.value == "The gate is shut: a report"
    assert proposal.authors.value == ("Jane Smith", "Ann Lee")
    assert proposal.published.value is not None
    assert proposal.published.value.date == "2021-09-06"
    assert proposal.url.value == "https://quay.example/report"
    assert proposal.outlet.value == "The Quay's Herald"


def test_the_text_becomes_blocks_with_their_marks() -> None:
    proposal = read(YAML)
    kinds = [block.kind for block in proposal.blocks]
    assert kinds == [
        *("heading", "paragraph", "heading", "quotation", "list_item", "list_item"),
        "preformatted",
    ]
    marked = {proposal.text[mark.start : mark.end]: mark.kind for mark in proposal.marks}
    assert marked == {"us": "emphasis", "the gate": "link", "how long": "strong"}
    assert "kept   as it is" in proposal.text
    assert "---" not in proposal.text


def test_without_a_title_in_the_head_the_first_heading_is_it() -> None:
    proposal = read("---\ndate: 2021-09-06\n---")
    assert (proposal.title.value, proposal.title.basis) == ("The gate is shut", "given")
    assert proposal.text.startswith("The harbour master")


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("author: Jane Smith", ("Jane Smith",)),
        ("author:\n  name: Jane Smith\n  mail: x@example.org", ("Jane Smith",)),
        ("authors: [Jane Smith, 'Ann Lee']", ("Jane Smith", "Ann Lee")),
        ("authors:\n- name: Jane Smith\n  at: Quay\n- Ann Lee", ("Jane Smith", "Ann Lee")),
    ],
)
def test_authors_are_read_as_heads_write_them(author: str, names: tuple[str, ...]) -> None:
    assert read(f"---\ntitle: A\n{author}\n---").authors.value == names


@pytest.mark.parametrize(
    "head",
    ["---\nSome words that are no name.\n---", "---\nHe said: no\n---", "+++\nnot toml\n+++"],
)
def test_a_rule_above_a_text_is_no_head(head: str) -> None:
    text = f"{head}\n\nThe harbour master told us again that the gate is shut.\n"
    (proposal,) = read_and_interpret(text.encode(), "note.md")
    words = proposal.text + "".join(piece.text for piece in proposal.paratext)
    assert head.split("\n")[1] in words


def test_a_head_alone_holds_no_words() -> None:
    with pytest.raises(ImportRefused, match="holds no words"):
        read(YAML, "")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("> " * 100 + "deep", "nested deeper"),
        ("- " * 5_000 + "deep", "nested deeper"),
        ("word " * 200_001, "more than 1,000,000 characters"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(body: str, why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        read(YAML, body)
