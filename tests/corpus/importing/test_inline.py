"""Links and stress written with signs are read as marks; what may be plain signs stays."""

from dataclasses import replace

import pytest

from corpus.importing.coverage import assert_covered
from corpus.importing.decisions import Decisions
from corpus.importing.errors import CoverageError
from corpus.importing.pipeline import interpret, read_and_interpret
from corpus.importing.proposal import Proposal
from corpus.importing.read import read_source
from corpus.importing.split import parts_of

MORE = (
    "The council met on Monday and spoke about the lamp posts of the town for a long time.\n\n"
    "Nobody had expected that it would take until the evening to agree about their colour."
)
LINK = "https://example.org/plan_(old)"

WRAPPED = "Of all that was told on that long and dark day it was"


def article(text: str) -> Proposal:
    (proposal,) = read_and_interpret(text.encode(), "a.md")
    return proposal


def paragraph(text: str) -> Proposal:
    return article(f"{MORE}\n\n{text}")


def marked(proposal: Proposal) -> list[tuple[str, str, str]]:
    return [(mark.kind, proposal.text[mark.start : mark.end], mark.url) for mark in proposal.marks]


def last(proposal: Proposal) -> str:
    block = proposal.blocks[-1]
    return proposal.text[block.start : block.end]


@pytest.mark.parametrize(
    ("typed", "words", "kind"),
    [
        ("It was *never* said so.", "never", "emphasis"),
        ("It was _never_ said so.", "never", "emphasis"),
        ("It was **never** said so.", "never", "strong"),
        ("It was __never once__ said so.", "never once", "strong"),
        ("She said: “*Never*!”", "Never", "emphasis"),
        (f"{WRAPPED} *never,\nnot once* said by anyone of those who were there.",
         "never, not once", "emphasis"),
    ],
)  # fmt: skip
def test_stressed_words_are_marked_and_lose_their_signs(typed: str, words: str, kind: str) -> None:
    proposal = paragraph(typed)
    assert marked(proposal) == [(kind, words, "")]
    assert not set("*_") & set(proposal.text)


def test_linked_words_are_marked_and_lose_brackets_and_address() -> None:
    proposal = paragraph(f"They read [the *older* plan]({LINK}) again.")
    assert last(proposal) == "They read the older plan again."
    assert marked(proposal) == [("link", "the older plan", LINK), ("emphasis", "older", "")]
    assert [repair.kind for repair in proposal.repairs] == ["link_read", "stress_read"]


def test_words_of_a_link_that_are_an_address_are_linked_once() -> None:
    proposal = paragraph(f"They read [{LINK}]({LINK}) again.")
    assert marked(proposal) == [("link", LINK, LINK)]


@pytest.mark.parametrize(
    "typed",
    [
        "Prices* rose. Wages* fell.",
        "*Terms apply, and *others do too.",
        "Prices (*) and wages (*) rose.",
        "Two * three * four is twenty-four.",
        "Two*three*four is twenty-four.",
        "It is *really* so, but the price* is not.",
        "The f*** council and its s*** plans.",
        "Call snake_case_names or __init__ from it.",
        "Sign here: ____ and here: ___ please.",
        "Open *.txt and *.md files only.",
        "He wrote [sic] and (so) on.",
        "A picture ![of a lamp](https://example.org/lamp.png) stood here.",
        "Go to [the shop](/shop) or [the bar](javascript:alert(1)).",
        r"It lies in \\server\_files there.",
    ],
)
def test_what_may_be_a_plain_sign_stays_as_it_is(typed: str) -> None:
    proposal = paragraph(typed)
    assert last(proposal) == typed
    assert [mark for mark in marked(proposal) if mark[0] != "link"] == []
    assert not [one for one in proposal.repairs if one.kind in ("link_read", "stress_read")]


def test_underscores_of_an_address_are_no_stress() -> None:
    address = "https://example.org/_so_/x_y_"
    proposal = paragraph(f"See {address} for it.")
    assert marked(proposal) == [("link", address, address)]


def test_a_backslash_before_a_sign_is_taken_off() -> None:
    proposal = paragraph(r"Five \*stars\* from \[me\].")
    assert last(proposal) == "Five *stars* from [me]."
    assert [one.kind for one in proposal.repairs] == ["mark_removed"] * 4


@pytest.mark.parametrize(
    ("key", "left"),
    [
        ("link_read", f"They read [the older plan]({LINK}) again."),
        ("stress_read", "They read the *older* plan again."),
    ],
)
def test_what_was_read_can_be_left_as_it_was(key: str, left: str) -> None:
    source = read_source(f"{MORE}\n\nThey read [the *older* plan]({LINK}) again.".encode(), "a")
    (part,) = parts_of(source.text)
    proposal = interpret(source, part)
    (repair,) = (one for one in proposal.repairs if one.kind == key)
    decisions = Decisions().decided(f"repair:{key}:{repair.start}", "undone", proposal)
    again = interpret(source, part, decisions)
    assert last(again) == left
    back = interpret(source, part, decisions.withdrawn(f"repair:{key}:{repair.start}"))
    assert back == proposal


def test_signs_in_headings_lists_quotations_and_verse_are_read() -> None:
    proposal = article(
        f"{MORE}\n\n## The *second* part\n\n- one **big** lamp\n- two lamps\n\n"
        f"> They said *so*.\n\nOh *lamp*,\nmy lamp,\n\n{MORE}"
    )
    assert [words for _kind, words, _url in marked(proposal)] == ["second", "big", "so", "lamp"]
    assert "Oh lamp,\nmy lamp," in proposal.text


def test_quoted_mail_is_read_with_its_stress() -> None:
    text = f"{MORE}\n\n{WRAPPED} *never\nonce* said [so]({LINK}) by those on that *day*."
    proposal = article("\n".join(f"> {line}" for line in text.split("\n")))
    assert {words for _kind, words, _url in marked(proposal)} == {"never once", "so", "day"}


def test_a_space_put_before_linked_words_moves_the_stress_behind_it() -> None:
    proposal = paragraph(f"It stood inThe *old* Times <{LINK}> of *that* day.")
    assert marked(proposal) == [
        ("link", "The old Times", LINK),
        ("emphasis", "old", ""),
        ("emphasis", "that", ""),
    ]


def test_signs_that_no_repair_tells_of_are_a_loss() -> None:
    text = f"{MORE}\n\nIt was *never* said so."
    proposal = replace(article(text), repairs=())
    with pytest.raises(CoverageError, match="a repair was not recorded"):
        assert_covered(text, [proposal])


def test_rows_of_signs_are_read_in_bounded_time() -> None:
    for typed in ("*a " * 50_000, "*a* " * 50_000, "[a](" * 50_000, "_a*b_ " * 50_000):
        assert typed.strip() in paragraph(typed).text
