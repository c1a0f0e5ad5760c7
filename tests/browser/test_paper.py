"""The reading page on paper: notes beside the words, none over another, and where links lead."""

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]
Box = tuple[float, float, float, float]

MM = 96 / 25.4
# The part of an A4 page that is printed on, as print.css has it, and much of it.
PAPER = {"viewport": {"width": round(178 * MM), "height": 900}}

_MAKE = """
from django.contrib.auth.models import User
from corpus.models import ArticleVersion
from corpus.text.blocks import BLOCK_SEPARATOR, Mark, marks_to_data
from tests.factories import make_article, make_highlight, make_link
LINE = "In paragraph {} the paper mill is praised by some and blamed by others for noise, and by"
paragraphs = [" ".join([LINE.format(number)] * (1 + number % 4)) for number in range(1, 25)]
text = BLOCK_SEPARATOR.join(paragraphs)
start = text.index("In paragraph 2 the")
article = make_article(*paragraphs, title="On paper", slug="on-paper")
url = "https://example.org/a-page-that-is-cited"
links = [Mark("link", start, start + 14, url), Mark("link", start + 20, start + 30, url)]
ArticleVersion.objects.filter(article=article).update(marks=marks_to_data(links))
alice = User.objects.get(username="alice")
note = "Why this matters, at some length and in so many words.\\n\\nAnd a second paragraph, too."
for number in range(1, 25):
    for end in ("the paper", "the paper mill", "the paper mill is")[:1 + number % 3]:
        words = f"In paragraph {number} {end}"
        made = make_highlight(alice, article, words, claim="noise", note=note)
    if number in (5, 6):
        for end in range(24, 36):
            words = paragraphs[number - 1][:end].strip()
            make_highlight(alice, article, words)
make_link(alice, made, make_article(title="The mill again", slug="the-mill-again"))
print(article.get_absolute_url())
"""
_BOXES = """
(selector) => [...document.querySelectorAll(selector)].map((element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return [left, top, right, bottom];
}).filter(([left, top, right, bottom]) => right > left && bottom > top)
"""


@pytest.fixture(scope="session")
def address(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of a long article with crowds of notes and some links."""
    assert "alice" in session_keys
    return site.run_python(_MAKE).splitlines()[-1]


@pytest.fixture
def on_paper(reader: Reader, site: Site, address: str) -> Callable[..., Page]:
    """Return what opens the article as it is laid out for paper."""

    def open_page(*, appearance: str = "", **options: object) -> Page:
        page = reader("", **PAPER, **options)
        if appearance:
            page.context.add_cookies([{"name": "appearance", "value": appearance, "url": site.url}])
        page.goto(address)
        page.emulate_media(media="print")
        page.evaluate("() => document.fonts.ready")
        return page

    return open_page


def list_addresses(page: Page) -> None:
    """Ask for paper until the script that lists addresses, which comes when all is idle, hears."""
    page.wait_for_function(
        "() => window.dispatchEvent(new Event('beforeprint'))"
        " && document.querySelector('.addresses li') !== null"
    )


def boxes(page: Page, selector: str) -> list[Box]:
    found: list[Box] = [tuple(box) for box in page.evaluate(_BOXES, selector)]
    return found


def overlapping(found: list[Box]) -> list[tuple[Box, Box]]:
    return [
        (one, other)
        for one, other in combinations(found, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > 1
    ]


def test_notes_stand_in_a_column_of_52_mm_and_none_over_another(
    on_paper: Callable[..., Page],
) -> None:
    page = on_paper()
    notes, words = boxes(page, ".prose .note"), boxes(page, ".prose [data-start]")
    assert len(notes) == page.locator(".prose .note").count() > 60
    assert {round((right - left) / MM) for left, _, right, _ in notes} == {52}
    assert overlapping(notes) == []
    assert overlapping(words) == []
    assert max(right for _, _, right, _ in words) < min(left for left, *_ in notes)
    size = page.locator(".prose .note-text").first.evaluate("(it) => getComputedStyle(it).fontSize")
    assert size == "10px"  # 7.5 pt


def test_each_group_of_notes_begins_beside_its_paragraph_or_before_the_next(
    on_paper: Callable[..., Page],
) -> None:
    page = on_paper()
    starts = [box[1] for box in boxes(page, ".prose [data-start]")]
    groups = [box[1] for box in boxes(page, ".prose .notes")]
    assert len(starts) == len(groups) == 24
    for index, top in enumerate(groups):
        assert top >= starts[index] - 1
        assert index + 1 == len(starts) or top <= starts[index + 1] + 1


def test_what_is_pressed_on_the_screen_is_not_printed(on_paper: Callable[..., Page]) -> None:
    page = on_paper()
    buttons = page.locator(
        "button, summary, input, .topbar, .footer, .rail, .density, .after-actions, .hint, .pill"
    )
    assert buttons.filter(visible=True).count() == 0
    expect(page.locator(".printed-from")).to_have_text(page.url)


def test_notes_hidden_on_the_screen_stay_off_the_paper(on_paper: Callable[..., Page]) -> None:
    page = on_paper(appearance="notes=hidden")
    assert boxes(page, ".prose .note") == []
    assert page.locator(".prose mark").first.is_visible()


def test_notes_within_the_text_are_printed_within_it(on_paper: Callable[..., Page]) -> None:
    page = on_paper(appearance="notes=inline")
    blocks, groups = boxes(page, ".prose [data-start]"), boxes(page, ".prose .notes")
    for block, notes in zip(blocks, groups, strict=True):
        assert notes[1] >= block[3]
    assert overlapping([*blocks, *groups]) == []


def test_paper_is_white_and_keeps_tint_and_pattern_in_every_theme(
    on_paper: Callable[..., Page],
) -> None:
    page = on_paper(appearance="theme=dark&patterns=off")
    found = page.locator("mark:not(.k0)").first.evaluate(
        "(it) => [getComputedStyle(document.body).backgroundColor, getComputedStyle(it).color,"
        " getComputedStyle(it).printColorAdjust, getComputedStyle(it).backgroundColor]"
    )
    assert found[:3] == ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "exact"]
    assert found[3] not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def test_links_are_numbered_and_their_addresses_listed_once_each(
    on_paper: Callable[..., Page],
) -> None:
    page = on_paper()
    list_addresses(page)
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    listed = page.locator(".addresses li")
    expect(listed).to_have_count(2)
    expect(listed.first).to_have_text("https://example.org/a-page-that-is-cited")
    expect(listed.last).to_have_text(re.compile(r"^http://.+/links/[0-9a-f-]{36}/$"))
    numbers = page.locator("[data-address]").evaluate_all(
        "(all) => all.map((it) => it.dataset.address)"
    )
    assert numbers == ["1", "1", "2"]
    expect(page.locator(".note-link [data-address]")).to_have_text("Background")


def test_a_list_of_addresses_leaves_out_notes_that_are_not_printed(
    on_paper: Callable[..., Page],
) -> None:
    page = on_paper(appearance="notes=hidden")
    list_addresses(page)
    expect(page.locator(".addresses li")).to_have_count(1)


def test_without_scripts_an_address_follows_the_words_it_belongs_to(
    on_paper: Callable[..., Page],
) -> None:
    page = on_paper(java_script_enabled=False)
    cited = page.locator(".prose .cited").first
    content = cited.evaluate("(it) => getComputedStyle(it, '::after').content")
    assert "https://example.org/a-page-that-is-cited" in content


def test_no_note_lies_over_another_where_pages_end(on_paper: Callable[..., Page]) -> None:
    page = on_paper()
    pdf = page.pdf(prefer_css_page_size=True, format="A4")
    rows = _named_places(pdf)
    assert len(rows) > 2
    names = [name for places in rows.values() for name, _ in places]
    assert sorted(names) == sorted(
        page.locator(".note-when").evaluate_all("(all) => all.map((it) => it.hash.slice(1))")
    )
    for places in rows.values():
        assert overlapping([box for _, box in places]) == []


def _named_places(pdf: bytes) -> dict[int, list[tuple[str, Box]]]:
    """Return by page the links within the document, which are the times of notes, and where."""
    links = {}
    for number, body in re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL):
        box, name = re.search(rb"/Rect \[([^\]]+)\]", body), re.search(rb"/Dest /(h\d+)", body)
        if box and name:
            left, bottom, right, top = (float(edge) for edge in box[1].split())
            links[number] = (name[1].decode(), (left, -top, right, -bottom))
    found: dict[int, list[tuple[str, Box]]] = defaultdict(list)
    for page, listed in enumerate(re.findall(rb"/Annots \[([^\]]+)\]", pdf)):
        for number in re.findall(rb"(\d+) 0 R", listed):
            if number in links:
                found[page].append(links[number])
    return found


@pytest.mark.parametrize(
    ("listed_at", "words"), [("/", ".library-row h2 + p"), ("/notebook/", ".passage")]
)
def test_lists_are_printed_as_wide_as_the_paper(
    reader: Reader, address: str, listed_at: str, words: str
) -> None:
    """What stands beside them on the screen, filters and boxes to choose by, leaves no gap."""
    assert address
    page = reader("alice", **PAPER)
    page.goto(listed_at)
    page.emulate_media(media="print")
    left, _, right, _ = boxes(page, words)[0]
    assert right - left > 110 * MM
    assert page.locator("button, input, .downloads").filter(visible=True).count() == 0
