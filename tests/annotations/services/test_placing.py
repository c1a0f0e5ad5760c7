"""Finding the words of a highlight in the text, and what can be marked."""

import pytest
from django.contrib.auth.models import User

from annotations.anchoring import Passage
from annotations.errors import TextChanged
from annotations.services import annotations
from annotations.services.annotations import Draft
from corpus.access import viewer_of
from corpus.errors import Invalid
from tests.factories import (
    add_version,
    make_article,
    make_highlight,
    passage_of,
)

pytestmark = pytest.mark.usefixtures("noise")

WORDS = "pray by their bedside"


def test_the_quote_is_cut_from_our_own_text(alice: User) -> None:
    article = make_article()

    made = make_highlight(alice, article, WORDS)

    assert made.exact == WORDS
    assert (made.prefix, made.suffix) == (
        "ood in the party is dark.\n\nSome MPs "[-32:],
        " that nobody deselects them. Oth",
    )
    assert made.version == article.current_version


def test_wrong_offsets_are_mended_by_the_words(alice: User) -> None:
    article = make_article()
    wrong = Passage(3, 9, WORDS, "Some MPs ", " that nobody")

    made = annotations.create(viewer_of(alice), article, Draft(passage=wrong, version=1))

    assert made.version is not None
    assert made.version.text[made.start : made.end] == WORDS


def test_words_seen_in_an_older_version_are_found_in_the_current_one(alice: User) -> None:
    article = make_article()
    passage = passage_of(article, WORDS)
    add_version(article, ["A new opening.", f"They {WORDS}, still."])

    made = annotations.create(viewer_of(alice), article, Draft(passage=passage, version=1))

    assert made.version == article.current_version
    assert made.exact == WORDS
    assert made.prefix.endswith("They ")


def test_an_older_version_is_never_believed_by_its_offsets(alice: User) -> None:
    article = make_article("one two one two", "three")
    passage = Passage(8, 11, "one", "two ", " two")
    add_version(article, ["zero and one", "two one two"])

    made = annotations.create(viewer_of(alice), article, Draft(passage=passage, version=1))

    assert made.start == 18


def test_words_that_are_gone_are_refused_with_the_new_version(alice: User) -> None:
    article = make_article()
    passage = passage_of(article, WORDS)
    add_version(article, ["Everything is new."])

    with pytest.raises(TextChanged) as refusal:
        annotations.create(viewer_of(alice), article, Draft(passage=passage, version=1))

    assert refusal.value.current == {"version": 2}
    assert not article.annotations.exists()


def test_a_highlight_never_cuts_a_character_that_readers_see_as_one(alice: User) -> None:
    family = "👩‍👩‍👧"
    article = make_article(f"Here is {family} and e\u0301 too.")

    made = annotations.create(
        viewer_of(alice), article, Draft(passage=Passage(9, 12, f"{family}"[1:4]), version=1)
    )

    assert made.exact == family


def test_white_space_at_the_ends_is_left_out(alice: User) -> None:
    made = make_highlight(alice, make_article(), f" {WORDS} ")

    assert made.exact == WORDS


@pytest.mark.parametrize("exact", ["", " \n ", "x" * 10_001])
def test_too_little_or_too_much_is_refused_with_a_sentence(alice: User, exact: str) -> None:
    article = make_article("x" * 10_001 + " \n ")

    with pytest.raises(Invalid) as refusal:
        annotations.create(
            viewer_of(alice), article, Draft(passage=Passage(0, len(exact), exact), version=1)
        )

    assert refusal.value.message.endswith(("characters.", "marked."))
