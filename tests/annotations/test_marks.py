"""Highlights as flat marks: every letter once, every highlight findable."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from annotations.marks import Highlight, HighlightOverlay
from corpus.text.blocks import BLOCK_SEPARATOR, Block, Mark
from corpus.text.markup import block_html


def _highlight(number: int, start: int, end: int, slot: int = 1, **more: object) -> Highlight:
    return Highlight(number, start, end, slot, 2, f"Reader {number}", **more)  # type: ignore[arg-type]  # named fields of the class


def _html(text: str, *highlights: Highlight) -> str:
    overlay = HighlightOverlay(highlights)
    return block_html(text, Block("paragraph", 0, len(text)), [], overlay)


def test_highlight_has_its_number_its_colour_and_a_ref_behind_it() -> None:
    html = _html("one two three", _highlight(12, 4, 7, slot=3))
    assert html == (
        'one <mark id="h12" class="k3 p2 b0 b1" data-h="h12" aria-details="n12">two</mark>'
        '<a class="ref" href="#n12" data-skip aria-label="Reader 12"></a> three'
    )


def test_shortest_highlight_is_on_top() -> None:
    html = _html("one two three", _highlight(1, 0, 13, slot=1), _highlight(2, 4, 7, slot=5))
    assert 'class="k5 p2 b0 b1 x2 s1" data-h="h2 h1"' in html


def test_three_over_each_other_are_told_apart_in_depth() -> None:
    html = _html("one two", *(_highlight(number, 0, 7 - number) for number in (1, 2, 3)))
    assert "x3" in html


def test_highlights_that_begin_together_can_each_be_linked_to() -> None:
    html = _html("one two", _highlight(1, 0, 7), _highlight(2, 0, 3))
    assert sorted(re.findall(r'id="(h\d)"', html)) == ["h1", "h2"]


def test_highlight_without_its_note_on_the_page_points_nowhere() -> None:
    html = _html("one two", _highlight(1, 0, 3, has_note=False))
    assert "aria-details" not in html
    assert "ref" not in html


def test_linked_sign_stands_on_the_last_piece_alone() -> None:
    html = _html("one two three", _highlight(1, 0, 13, is_linked=True), _highlight(2, 4, 7))
    assert html.count('data-state="linked"') == 1
    assert html.index("linked") > html.index("h2 h1")


def test_highlight_over_two_blocks_has_one_id_and_one_ref() -> None:
    text = "first" + BLOCK_SEPARATOR + "second"
    overlay = HighlightOverlay([_highlight(1, 2, 10)])
    blocks = [Block("paragraph", 0, 5), Block("paragraph", 7, 13)]
    html = "|".join(block_html(text, block, [], overlay) for block in blocks)
    assert html.count('id="h1"') == 1
    assert html.count('class="ref"') == 1
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", html) == ["rst", "sec"]


def test_ref_waits_until_the_link_round_it_has_ended() -> None:
    text = "see this page now"
    overlay = HighlightOverlay([_highlight(1, 4, 8)])
    link = Mark("link", 4, 13, "https://example.org/")
    html = block_html(text, Block("paragraph", 0, len(text)), [link], overlay)
    assert html.index("</a>") < html.index('class="ref"')


def test_label_with_markup_is_escaped() -> None:
    html = _html("one", Highlight(1, 0, 3, 1, 1, '"><script>'))
    assert "<script>" not in html


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.covered: dict[str, str] = {}
        self.ids: list[str] = []
        self._now: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "mark":
            self._now = (values["data-h"] or "").split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._now = []

    def handle_data(self, data: str) -> None:
        self.text += data
        for name in self._now:
            self.covered[name] = self.covered.get(name, "") + data


@given(
    text=st.text(
        alphabet=st.sampled_from("ab &<\u0301\u200d👨‍👩‍👧אב\u00a0"), min_size=1, max_size=60
    ),
    spans=st.lists(st.tuples(st.integers(0, 59), st.integers(1, 60)), max_size=12),
)
def test_marks_give_back_exactly_the_words_they_were_made_of(
    text: str, spans: list[tuple[int, int]]
) -> None:
    made = [
        _highlight(number, start, end)
        for number, (start, end) in enumerate(spans, start=1)
        if start < end <= len(text)
    ]
    pieces = _Pieces()
    pieces.feed(_html(text, *made))
    pieces.close()
    assert pieces.text == text
    assert pieces.covered == {f"h{item.number}": text[item.start : item.end] for item in made}
    assert sorted(pieces.ids) == sorted(f"h{item.number}" for item in made)
