"""Links and stress as they are typed in a plain field, and as they are shown there again."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.blocks import Mark, MarkKind
from corpus.text.notation import Inline, read, written
from corpus.text.spans import normalise

URL = "https://example.org/a?b=1"
KINDS: tuple[MarkKind, ...] = ("link", "emphasis", "strong")


def shown(typed: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return the words of `typed`, and of each mark its kind, its words and its address."""
    inline = read(typed)
    return inline.text, [
        (mark.kind, inline.text[mark.start : mark.end], mark.url) for mark in inline.marks
    ]


def test_link_has_its_words_and_its_address() -> None:
    assert shown(f"See [the plan]({URL}), it says.") == (
        "See the plan, it says.",
        [("link", "the plan", URL)],
    )


def test_stress_is_written_with_asterisks() -> None:
    assert shown("*One* and **two** and ***three***.") == (
        "One and two and three.",
        [
            ("emphasis", "One", ""),
            ("strong", "two", ""),
            ("strong", "three", ""),
            ("emphasis", "three", ""),
        ],
    )


def test_marks_stand_within_each_other() -> None:
    assert shown(f"*All [of **it**]({URL}) here*") == (
        "All of it here",
        [("strong", "it", ""), ("link", "of it", URL), ("emphasis", "All of it here", "")][::-1],
    )


def test_address_may_have_parentheses() -> None:
    url = "https://en.wikipedia.org/wiki/Cats_(film)"
    assert shown(f"([Cats]({url}))") == ("(Cats)", [("link", "Cats", url)])


@pytest.mark.parametrize(
    "plain",
    [
        "5 * 3 * 2",
        "2*3*4",
        "f**k this and f**k that",
        "* not a list",
        "*open",
        "**half*",
        "****four****",
        "[1] and [2]",
        "a ] b [ c",
        f"[]({URL})",
        "C:\\temp",
        "a_b_c",
    ],
)
def test_what_opens_and_closes_nothing_stands_for_itself(plain: str) -> None:
    assert shown(plain) == (plain, [])
    assert written(plain, ()) == plain


def test_backslash_makes_a_sign_plain() -> None:
    assert shown(f"\\*so\\* and \\[x]({URL}) \\\\") == (f"*so* and [x]({URL}) \\", [])


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "example.org",
        "/articles/1",
        "mailto:nobody",
        "ftp://example.org",
        "https:///nowhere",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    inline = read(f"See [this]({address}).")
    assert (inline.marks, inline.refused) == ((), (address,))


def test_mail_address_is_linked() -> None:
    assert shown("[Write](mailto:a@example.org)")[1] == [("link", "Write", "mailto:a@example.org")]


@pytest.mark.parametrize(
    ("typed", "linked"),
    [
        (f"[one [two]({URL}) three]({URL})", [("link", "two", URL)]),
        (f"three]({URL})", []),
        (f"[ spaced]({URL})", []),
    ],
)
def test_address_without_words_of_its_own_is_refused(
    typed: str, linked: list[tuple[str, str, str]]
) -> None:
    assert shown(typed)[1] == linked
    assert read(typed).refused == (URL,)


def test_marks_that_cross_or_cut_words_are_not_written() -> None:
    text = "one two three"
    crossing = (Mark("emphasis", 0, 7), Mark("strong", 4, 13))
    assert written(text, crossing) == "*one two* three"
    assert written(text, (Mark("emphasis", 1, 5),)) == text


_signs = st.text(st.sampled_from("ab *[]()\\\n.“é\u0301\u200b\u1100\u1161"), max_size=24)
_typed = st.lists(
    _signs | st.sampled_from([f"[a b]({URL})", "*a*", "**b**", "***c***", f"]({URL})", "](x)"]),
    max_size=6,
).map("".join)


@given(_typed)
def test_what_was_read_is_written_so_that_it_reads_the_same(typed: str) -> None:
    inline = read(normalise(typed))
    assert normalise(inline.text) == inline.text
    for mark in inline.marks:
        assert 0 <= mark.start < mark.end <= len(inline.text)
    again = read(written(inline.text, inline.marks))
    assert (again.text, again.refused) == (inline.text, ())
    assert set(again.marks) <= set(inline.marks)


@given(
    _signs.map(normalise), st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=4)
)
def test_words_survive_whatever_is_marked(text: str, spans: list[tuple[int, int]]) -> None:
    kinds = (*KINDS, KINDS[0])
    marks = [
        Mark(kind, start, end, URL if kind == "link" else "")
        for (start, end), kind in zip(spans, kinds, strict=False)
        if start < end <= len(text)
    ]
    inline = read(written(text, marks))
    assert inline.text == text
    assert set(inline.marks) <= set(marks)


_word = st.sampled_from(["plan", "“so”", "it,", "5", "naïve"])


@given(st.lists(_word, min_size=2, max_size=9), st.data())
def test_marks_on_whole_words_are_kept(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = len(" ".join(words[:first])) + (first > 0)
    end = len(" ".join(words[: last + 1]))
    kinds = data.draw(st.sets(st.sampled_from(KINDS), min_size=1))
    marks = {Mark(kind, start, end, URL if kind == "link" else "") for kind in kinds}
    assert read(written(text, marks)) == Inline(text, read(written(text, marks)).marks)
    assert set(read(written(text, marks)).marks) == marks


@pytest.mark.parametrize("bad", ["*a ", "[", "]", "*a] ", f"[x]({URL})", "[a*](", "\\", "](a"])
def test_many_signs_take_bounded_time(bad: str) -> None:
    typed = bad * (200_000 // len(bad))
    start = time.process_time()
    written(read(typed).text, read(typed).marks)
    assert time.process_time() - start < 5
