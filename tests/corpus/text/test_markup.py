"""The words of a block as HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.blocks import Block, Mark
from corpus.text.markup import block_html, is_safe_url


class _Words(HTMLParser):
    """Collects the text of a fragment and checks that its elements nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.deepest_link = 0
        self.links = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.links += tag == "a"
        self.deepest_link = max(self.deepest_link, self.open.count("a"))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(html: str) -> _Words:
    words = _Words()
    words.feed(html)
    words.close()
    assert words.open == []
    return words


def test_text_is_escaped() -> None:
    text = "<script>alert('x')</script> & more"
    html = block_html(text, Block("paragraph", 0, len(text)), [])
    assert html == "&lt;script&gt;alert('x')&lt;/script&gt; &amp; more"


def test_link_keeps_its_words_and_its_address() -> None:
    text = "read this now"
    mark = Mark("link", 5, 9, "https://example.org/?a=1&b=2")
    html = block_html(text, Block("paragraph", 0, len(text)), [mark])
    assert '<a class="cited" href="https://example.org/?a=1&amp;b=2"' in html
    assert ">this</a> now" in html


@pytest.mark.parametrize(("start", "end"), [(0, 9), (5, 9), (7, 13), (6, 7), (0, 13)])
def test_of_links_that_overlap_the_first_is_kept(start: int, end: int) -> None:
    text = "read this now"
    first = Mark("link", 5, 9, "https://example.org/1")
    other = Mark("link", start, end, "https://example.org/2")
    words = _read(block_html(text, Block("paragraph", 0, len(text)), [first, other]))
    assert words.text == text
    assert words.links == 1


def test_link_with_a_script_address_stays_plain_words() -> None:
    text = "read this now"
    html = block_html(text, Block("paragraph", 0, 13), [Mark("link", 5, 9, "javascript:alert(1)")])
    assert html == text


def test_marks_of_other_blocks_are_left_out() -> None:
    text = "first\n\nsecond"
    html = block_html(text, Block("paragraph", 0, 5), [Mark("strong", 7, 13)])
    assert html == "first"


def test_safe_addresses_have_a_web_scheme_and_a_host() -> None:
    assert is_safe_url("https://example.org/a")
    assert not is_safe_url("data:text/html,x")
    assert not is_safe_url("https:///nowhere")
    assert not is_safe_url("http://[broken")


_spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(
    text=st.text(max_size=60).filter(lambda value: "\r" not in value and "\0" not in value),
    spans=st.lists(_spans, max_size=6),
    kinds=st.lists(st.sampled_from(["link", "emphasis", "strong"]), min_size=6, max_size=6),
)
def test_words_come_through_whatever_is_marked(
    text: str, spans: list[list[int]], kinds: list[str]
) -> None:
    marks, linked_to = [], 0
    for (start, end), kind in zip(spans, kinds, strict=False):
        if kind == "link" and start < linked_to:
            continue  # an import never makes links that overlap
        if start < end <= len(text):
            marks.append(Mark(kind, start, end, "https://example.org/"))  # type: ignore[arg-type]  # drawn from the three kinds
            linked_to = end if kind == "link" else linked_to
    words = _read(block_html(text, Block("paragraph", 0, len(text)), marks))
    assert words.text == text
    assert words.deepest_link <= 1
