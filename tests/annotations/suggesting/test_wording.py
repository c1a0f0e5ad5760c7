"""Which sentences word a claim, which names and claims are alike, and what stays the same."""

import pytest

from annotations.suggesting.claims import LIKELY as ALIKE
from annotations.suggesting.claims import Named, agreement
from annotations.suggesting.fingerprints import fingerprint, fingerprint_of_pair
from annotations.suggesting.people import same_names
from annotations.suggesting.stems import stem
from annotations.suggesting.wording import LIKELY, Claimed, Rarity, Wanted, terms_of

SENTENCES = [
    terms_of(sentence)
    for sentence in (
        "The harbour board raised the mooring fees again in spring.",
        "A ferry to the island leaves every second hour.",
        "Nobody asked the fishermen before mooring became dearer.",
        "The library opens on Saturdays.",
    )
]
CLAIM = Claimed(
    "mooring fees drive boats away", "", ["dearer moorings empty the harbour", "the mooring fee"]
)


def likeness(sentence: str) -> float:
    return Wanted(CLAIM, Rarity(SENTENCES)).likeness(terms_of(sentence)).score


def test_a_sentence_with_the_words_that_the_passages_share_is_likely() -> None:
    assert likeness("They complained that mooring had become a luxury, with such fees.") >= LIKELY


@pytest.mark.parametrize(
    "sentence", ["The library opens on Saturdays.", "It is what they all had to do with it.", ""]
)
def test_a_sentence_with_everyday_words_alone_is_not(sentence: str) -> None:
    assert likeness(sentence) < LIKELY / 2


def test_the_words_that_tell_are_named_the_weightiest_first() -> None:
    found = Wanted(CLAIM, Rarity(SENTENCES)).likeness(terms_of("Boats pay for moorings."))
    assert found.words[0] == "moorings"


def test_a_claim_that_says_nothing_telling_finds_nothing() -> None:
    wanted = Wanted(Claimed("what is it", "", []), Rarity(SENTENCES))
    assert wanted.likeness(terms_of("what is it")).score == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("deselection", "deselected"), ("elections", "elected"), ("parties", "party")],
)
def test_endings_do_not_count(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_short_words_keep_their_endings() -> None:
    assert [stem(word) for word in ("war", "wars", "thing", "2017")] == [
        "war",
        "wars",
        "thing",
        "2017",
    ]


def test_names_are_matched_by_spelling_initials_and_surname() -> None:
    names = ["Jeremy Corbyn", "J. Corbyn", "CORBYN", "Zoe Penn", "Zoë Penn"]
    found = {(names[name.short], names[name.full], name.why) for name in same_names(names)}
    assert found == {
        ("J. Corbyn", "Jeremy Corbyn", "initials"),
        ("CORBYN", "Jeremy Corbyn", "surname"),
        ("Zoë Penn", "Zoe Penn", "spelling"),
    }


def test_a_name_that_may_mean_two_people_is_matched_with_neither() -> None:
    assert not [*same_names(["Owen Smith", "Piers Smith", "Smith", "John Smith"])]


def test_claims_are_alike_by_names_in_any_order_and_by_their_passages() -> None:
    one = Named(["threat of deselection"], "", [1, 2, 3])
    assert agreement(one, Named(["deselection threats"], "", [])).score >= ALIKE
    assert agreement(one, Named(["hostile branches"], "", [2, 3, 4])).score >= ALIKE
    assert agreement(one, Named(["deselection of mayors"], "", [1, 9])).score < ALIKE


def test_a_fingerprint_is_of_the_words_alone() -> None:
    assert fingerprint("a", "“Mooring Fees”") == fingerprint("a", "mooring  fees")
    assert fingerprint("a", "mooring fees") != fingerprint("b", "mooring fees")
    assert fingerprint("a", "mooring", "fees") != fingerprint("a", "mooring fees")
    assert fingerprint_of_pair("a", "x", "y", "z") == fingerprint_of_pair("a", "y", "x", "z")
    assert fingerprint("a", "🐟") != fingerprint("a", "🦀")
