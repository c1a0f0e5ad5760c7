"""Links and stress in the form that edits a text, and where the focus is after a step."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.models import Article, OutboundLink
from corpus.services.versions import make_version, text_of
from corpus.text.blocks import Mark, marks_from_data
from corpus.text.states import NewText
from tests.corpus.text_edits import current, edit_as, post, sent, words
from tests.factories import TEXT, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

URL = "https://example.org/bed"
LINKED = TEXT[1].replace("bedside", f"[bedside]({URL})")


@pytest.fixture
def article(carol: User) -> Article:
    """Return an article of which one word is linked."""
    made = make_article(title="The exodus")
    old = text_of(current(made))
    start = old.text.index("bedside")
    link = Mark("link", start, start + len("bedside"), URL)
    new = NewText(old.text, old.blocks, (link,))
    make_version(viewer_of(carol), made, new, seen=1, reason="a link")
    return made


def marked(article: Article) -> list[tuple[str, str, str]]:
    version = current(article)
    return [
        (mark.kind, version.text[mark.start : mark.end], mark.url)
        for mark in marks_from_data(version.marks)
    ]


def test_form_shows_links_in_the_notation(client: Client, article: Article) -> None:
    answer = client.get(f"{article.get_absolute_url()}edit/")
    assert words(answer) == [TEXT[0], LINKED, TEXT[2]]
    page = post(client, article, sent(article, *words(answer), step="preview")).content.decode()
    assert "Nothing is changed yet" in page


def test_links_are_kept_through_an_edit_around_them(client: Client, article: Article) -> None:
    post(client, article, sent(article, f"New. {TEXT[0]}", f"And {LINKED}", TEXT[2]))
    assert marked(article) == [("link", "bedside", URL)]
    assert current(article).text.startswith(f"New. {TEXT[0]}\n\nAnd {TEXT[1]}")


def test_links_and_stress_are_added_and_shown_before_they_are_stored(
    client: Client, article: Article
) -> None:
    first = f"*The mood*{TEXT[0].removeprefix('The mood')}"
    last = TEXT[2].replace("members", "[members](mailto:a@example.org)", 1)
    fields = sent(article, first, LINKED, last, step="preview")
    page = post(client, article, fields).content.decode()
    assert "2 are new:" in page
    assert "mailto:a@example.org" in page
    assert URL not in re.sub(r'value="[^"]*"', "", page)
    post(client, article, fields | {"step": "save"})
    assert marked(article) == [
        ("emphasis", "The mood", ""),
        ("link", "bedside", URL),
        ("link", "members", "mailto:a@example.org"),
    ]
    html = client.get(article.get_absolute_url()).content.decode()
    assert '<a class="cited" href="mailto:a@example.org"' in html
    cited = OutboundLink.objects.filter(version=current(article))
    assert {link.url: link.resolves_to is None for link in cited} == {
        URL: False,
        "mailto:a@example.org": True,
    }


def test_lost_links_are_listed_before_they_are_lost(client: Client, article: Article) -> None:
    page = post(client, article, sent(article, *TEXT, step="preview")).content.decode()
    assert "1 is lost:" in page
    assert URL in page


def test_changes_of_a_stored_version_tell_of_its_links_and_stress(
    client: Client, article: Article
) -> None:
    address = f"{article.get_absolute_url()}versions"
    gained = client.get(f"{address}/2/changes/").content.decode()
    assert "1 is new:" in gained
    assert f'“bedside” <span class="meta">{URL}</span>' in gained
    assert "The words and blocks are the same." in gained
    lost = client.get(f"{address}/1/changes/?from=2").content.decode()
    assert "1 is lost:" in lost
    assert URL in lost
    before = client.get(f"{address}/1/bring-back/").content.decode()
    assert "1 is lost:" in before
    assert URL in before


def test_changes_without_links_or_stress_tell_of_none(
    carol: User, client: Client, article: Article
) -> None:
    edit_as(carol, article, TEXT[0], LINKED, f"{TEXT[2]} And more.")
    page = client.get(f"{article.get_absolute_url()}versions/3/changes/").content.decode()
    assert "<ins>" in page
    assert "Links and stress" not in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example.org", "data:text/html,x"])
def test_other_addresses_are_refused_and_kept_in_the_form(
    client: Client, article: Article, address: str
) -> None:
    wrong = f"[The mood]({address}) is dark."
    answer = post(client, article, sent(article, wrong, LINKED, TEXT[2]))
    assert answer.status_code == 422
    assert "cannot be linked" in answer.content.decode()
    assert words(answer)[0] == wrong
    assert current(article).number == 2


def test_link_that_goes_over_the_end_of_a_block_is_refused(
    client: Client, article: Article
) -> None:
    answer = post(client, article, sent(article, f"[The mood\n\nis dark]({URL})."))
    assert answer.status_code == 422
    assert "in one block and in no other link" in " ".join(answer.content.decode().split())
    assert current(article).number == 2


def test_link_that_another_curator_added_comes_into_a_crossed_edit(
    ada: User, client: Client, article: Article
) -> None:
    mine = sent(article, TEXT[0], LINKED, "Mine is the end.")
    edit_as(ada, article, f"**{TEXT[0]}**", LINKED, TEXT[2])
    crossed = post(client, article, mine)
    assert crossed.status_code == 412
    assert words(crossed) == [f"**{TEXT[0]}**", LINKED, "Mine is the end."]


@pytest.mark.parametrize(
    ("step", "kinds", "expected"),
    [
        ("join-2", "paragraph", ["a b", "c"]),
        ("join-3", "paragraph", ["a", "b c"]),
        ("join-2", "verse", ["a\nb", "c"]),
        ("join-1", "paragraph", ["a", "b", "c"]),
        ("join-4", "paragraph", ["a", "b", "c"]),
    ],
)
def test_block_is_joined_with_the_one_above(
    client: Client, article: Article, step: str, kinds: str, expected: list[str]
) -> None:
    fields = sent(article, "a", "b", "c", step=step) | {"kind": [kinds] * 3}
    answer = post(client, article, fields)
    assert (answer.status_code, words(answer)) == (200, expected)


@pytest.mark.parametrize(
    ("step", "focused"),
    [
        ("up-3", "up-2"),
        ("up-2", "down-1"),
        ("down-1", "down-2"),
        ("down-2", "up-3"),
        ("add-1", "text-2"),
        ("join-3", "text-2"),
    ],
)
def test_focus_stays_where_the_curator_was_busy(
    client: Client, article: Article, step: str, focused: str
) -> None:
    page = post(client, article, sent(article, "a", "b", "c", step=step)).content.decode()
    (tag,) = re.findall(r"<(?:textarea|button)[^>]*\sautofocus[^>]*>", page)
    found = re.search(r'(?:id="(text-\d)|value="(\w+-\d))', tag)
    assert found is not None
    assert (found[1] or found[2]) == focused
    assert ('data-caret="2"' in tag) is step.startswith("join")


def test_reason_is_marked_as_required(client: Client, article: Article) -> None:
    page = post(client, article, sent(article, TEXT[0], step="preview")).content.decode()
    label = re.search(r'<label for="id_reason">(.*?)</label>', page, re.DOTALL)
    assert label is not None
    assert "required" in label[1]
