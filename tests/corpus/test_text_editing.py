"""A curator edits a text: form, preview, saving, and what another curator stored meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.models import Article, ArticleVersion
from corpus.queries import editing
from corpus.services.editing import edit_text
from corpus.services.imports import SourceBytes, import_source
from corpus.services.versions import make_version, text_of
from corpus.text.blocks import Mark, blocks_from_data
from corpus.text.editing import EditedBlock, edited_blocks
from tests.factories import TEXT, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def article() -> Article:
    return make_article(title="The exodus")


@pytest.fixture
def client(carol: User, client_of: ClientOf) -> Client:
    return client_of(carol)


def current(article: Article) -> ArticleVersion:
    version = Article.objects.get(pk=article.pk).current_version
    assert version is not None
    return version


def sent(article: Article, *texts: str, step: str = "save", **more: Any) -> dict[str, Any]:
    count = len(current(article).blocks)
    rows: dict[str, Any] = {"kind": ["paragraph"] * len(texts), "text": list(texts)}
    place = {"seen": current(article).number, "first": 0, "stop": count}
    return {**rows, **place, "reason": "names corrected", "step": step, **more}


def post(client: Client, article: Article, fields: dict[str, Any]) -> Any:
    return client.post(f"{article.get_absolute_url()}edit/", fields)


def words(answer: Any) -> list[str]:
    return [row.text for row in answer.context["rows"]]


def edit_as(user: User, article: Article, *texts: str, reason: str = "a correction") -> None:
    blocks = [EditedBlock("paragraph", text) for text in texts]
    edit_text(viewer_of(user), article, current(article), blocks, reason=reason)


def test_form_shows_every_block_with_its_kind(client: Client, article: Article) -> None:
    answer = client.get(f"{article.get_absolute_url()}edit/")
    assert words(answer) == list(TEXT)
    page = answer.content.decode()
    assert page.count('name="kind"') == page.count('name="text"') == len(TEXT)
    assert page.count('<option value="paragraph" selected>') == len(TEXT)


def test_sending_the_form_as_it_came_changes_nothing(client: Client, article: Article) -> None:
    answer = post(client, article, sent(article, *TEXT))
    assert answer.status_code == 422
    assert "Nothing is changed yet" in answer.content.decode()
    assert article.versions.count() == 1


def test_preview_shows_the_changes_and_stores_nothing(client: Client, article: Article) -> None:
    changed = TEXT[1].replace("pray", "weep")
    answer = post(client, article, sent(article, TEXT[0], changed, TEXT[2], step="preview"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Some MPs <del>pray</del> <ins>weep</ins> by their bedside" in page
    assert "1 block changed" in page
    assert words(answer) == [TEXT[0], changed, TEXT[2]]
    assert article.versions.count() == 1


def test_saving_makes_a_version_and_leads_to_what_changed(client: Client, article: Article) -> None:
    answer = post(client, article, sent(article, TEXT[0], TEXT[2]))
    assert answer.status_code == 303
    assert answer["Location"] == f"{article.get_absolute_url()}versions/2/changes/"
    version = current(article)
    assert (version.number, version.reason) == (2, "names corrected")
    assert version.text == f"{TEXT[0]}\n\n{TEXT[2]}"
    assert "Version 2 is saved." in client.get(answer["Location"]).content.decode()


def test_saving_without_a_reason_asks_for_one_and_keeps_the_edit(
    client: Client, article: Article
) -> None:
    answer = post(client, article, sent(article, TEXT[0], reason=" "))
    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()
    assert words(answer) == [TEXT[0]]
    assert article.versions.count() == 1


def test_going_on_editing_keeps_every_word(client: Client, article: Article) -> None:
    answer = post(client, article, sent(article, "One.\n\nTwo.", "  ", step="edit", reason="why"))
    assert words(answer) == ["One.\n\nTwo.", "  "]
    assert 'name="reason" value="why"' in answer.content.decode()


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("up-2", ["b", "a", "c"]),
        ("down-2", ["a", "c", "b"]),
        ("add-0", ["", "a", "b", "c"]),
        ("add-3", ["a", "b", "c", ""]),
        ("up-1", ["a", "b", "c"]),
        ("down-3", ["a", "b", "c"]),
        ("up-99999999999999999999", ["a", "b", "c"]),
    ],
)
def test_blocks_are_moved_and_added_by_plain_buttons(
    client: Client, article: Article, step: str, expected: list[str]
) -> None:
    answer = post(client, article, sent(article, "a", "b", "c", step=step))
    assert (answer.status_code, words(answer)) == (200, expected)
    assert article.versions.count() == 1


def test_kinds_and_levels_are_stored(client: Client, article: Article) -> None:
    kinds = ["heading-3", "quotation", "paragraph"]
    post(client, article, sent(article, *TEXT) | {"kind": kinds})
    blocks = blocks_from_data(current(article).blocks)
    assert [(block.kind, block.level) for block in blocks] == [
        ("heading", 3),
        ("quotation", 0),
        ("paragraph", 0),
    ]


def test_lost_links_are_listed_before_they_are_lost(
    carol: User, client: Client, article: Article
) -> None:
    old = text_of(current(article))
    start = old.text.index("bedside")
    link = Mark("link", start, start + 7, "https://example.org/bed")
    linked = type(old)(old.text, old.blocks, (link,))
    make_version(viewer_of(carol), article, linked, seen=1, reason="a link")
    changed = TEXT[1].replace("bedside", "table")
    answer = post(client, article, sent(article, TEXT[0], changed, TEXT[2], step="preview"))
    assert "https://example.org/bed" in answer.content.decode()
    answer = post(client, article, sent(article, f"New. {TEXT[0]}", *TEXT[1:], step="preview"))
    assert "https://example.org/bed" not in answer.content.decode()


def test_source_of_an_article_of_a_dump_stays(carol: User, client: Client) -> None:
    text = "A plain headline\n\nThe first paragraph says one thing.\n\nThe second says another.\n"
    imported = import_source(viewer_of(carol), SourceBytes("dump.txt", text.encode()))[0].article
    old = current(imported)
    post(client, imported, sent(imported, "All is new."))
    new = current(imported)
    assert new.number == 2
    assert (new.source, new.source_start, new.source_end) == (
        old.source,
        old.source_start,
        old.source_end,
    )
    assert new.paratext == old.paratext


def test_too_large_a_text_is_refused_with_its_size_and_kept_in_the_form(
    client: Client, article: Article
) -> None:
    huge = "é" * 500_001
    answer = post(client, article, sent(article, huge))
    assert answer.status_code == 422
    assert "The text would have 1.1 MB; at most 1 MB" in answer.content.decode()
    assert words(answer) == [huge]


@pytest.mark.parametrize("texts", [[], ["", " \n ", "\u200b"]])
def test_empty_text_is_refused(client: Client, article: Article, texts: list[str]) -> None:
    answer = post(client, article, sent(article, *texts))
    assert answer.status_code == 422
    assert "at least one block" in answer.content.decode()
    assert article.versions.count() == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": ["paragraph"]},
        {"kind": ["paragraph", "poem", "paragraph"]},
        {"kind": ["paragraph", "heading", "paragraph"]},
        {"kind": ["paragraph", "paragraph-2", "paragraph"]},
        {"first": 3, "stop": 2},
        {"stop": 99},
        {"seen": "x"},
    ],
)
def test_form_that_did_not_arrive_whole_is_refused(
    client: Client, article: Article, broken: dict[str, Any]
) -> None:
    answer = post(client, article, sent(article, *TEXT) | broken)
    assert answer.status_code == 422
    assert "did not arrive whole" in answer.content.decode()
    assert article.versions.count() == 1


def test_edit_of_a_version_that_never_was_is_not_found(client: Client, article: Article) -> None:
    assert post(client, article, sent(article, *TEXT) | {"seen": 7}).status_code == 404


@pytest.mark.parametrize("step", ["save", "preview"])
def test_edit_that_crossed_another_is_kept_beside_it(
    ada: User, client: Client, article: Article, step: str
) -> None:
    ada.first_name = "Ada"
    ada.save()
    mine = sent(article, TEXT[0], "My own second.", f"{TEXT[2]} My addition.", step=step)
    edit_as(ada, article, f"Their addition. {TEXT[0]}", "Their own second.", TEXT[2])
    answer = post(client, article, mine)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Version 2 was stored while you were writing" in page
    assert "Ada changed the text: a correction." in page
    assert "<ins>Their addition. </ins>" in page
    rows = answer.context["rows"]
    assert [(row.text, row.is_adopted, list(row.theirs)) for row in rows] == [
        (f"Their addition. {TEXT[0]}", True, []),
        ("My own second.", False, ["Their own second."]),
        (f"{TEXT[2]} My addition.", False, []),
    ]
    assert 'name="seen" value="2"' in page
    assert current(article).number == 2


def test_crossed_edit_is_saved_when_it_is_sent_again(
    ada: User, client: Client, article: Article
) -> None:
    mine = sent(article, *TEXT[:2], "Mine is the end.")
    edit_as(ada, article, "Theirs is the beginning.", *TEXT[1:])
    crossed = post(client, article, mine)
    again = sent(article, *words(crossed))
    assert again["seen"] == crossed.context["version"].number == 2
    assert post(client, article, again).status_code == 303
    assert current(article).text.split("\n\n") == [
        "Theirs is the beginning.",
        TEXT[1],
        "Mine is the end.",
    ]
    assert article.versions.count() == 3


def test_long_text_is_edited_in_parts(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "MOST_ROWS", 3)
    paragraphs = [f"Paragraph number {number} says something of its own." for number in range(8)]
    article = make_article(*paragraphs)
    answer = client.get(f"{article.get_absolute_url()}edit/?from=5")
    assert words(answer) == paragraphs[3:6]
    assert [part["first"] for part in answer.context["parts"]] == [1, 4, 7]
    mine = sent(article, paragraphs[3], "Mine.", paragraphs[5]) | {"first": 3, "stop": 6}
    edit_as(ada, article, "A new first.", *paragraphs[:-1], "A new last.")
    crossed = post(client, article, mine)
    assert words(crossed) == [paragraphs[3], "Mine.", paragraphs[5]]
    window = crossed.context["window"]
    assert (window.first, window.stop) == (4, 7)
    place = {"first": window.first, "stop": window.stop}
    assert post(client, article, sent(article, *words(crossed)) | place).status_code == 303
    assert current(article).text.split("\n\n") == [
        "A new first.",
        *paragraphs[:4],
        "Mine.",
        *paragraphs[5:-1],
        "A new last.",
    ]


def test_part_that_is_not_there_is_the_last(client: Client, article: Article) -> None:
    for asked in ("0", "99", "x", "-1", "9" * 30):
        answer = client.get(f"{article.get_absolute_url()}edit/?from={asked}")
        assert words(answer) == list(TEXT)


def test_words_are_shown_as_words(client: Client, article: Article) -> None:
    answer = post(client, article, sent(article, "<script>alert(1)</script>", step="preview"))
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_edited_blocks_come_back_to_the_letter(client: Client) -> None:
    odd = ["\u00a0Odd  spaces \u200bhere", "\nA first line end", "Trailing space "]
    article = make_article(*odd)
    version = current(article)
    rows = edited_blocks(version.text, blocks_from_data(version.blocks))
    answer = post(client, article, sent(article, *(row.text for row in rows), step="preview"))
    assert "Nothing is changed yet" in answer.content.decode()


def test_old_text_is_brought_back_after_a_look(
    carol: User, client: Client, article: Article
) -> None:
    edit_as(carol, article, "All is new.")
    url = f"{article.get_absolute_url()}versions/1/bring-back/"
    page = client.get(url).content.decode()
    assert "<del>All is new.</del>" in page
    assert 'value="The text of version 1 again"' in page
    answer = client.post(url, {"seen": 2, "reason": "the new one was wrong"})
    assert answer.status_code == 303
    version = current(article)
    assert (version.number, version.text) == (3, "\n\n".join(TEXT))
    assert version.reason == "the new one was wrong"


def test_bringing_back_what_is_there_already_stores_nothing(
    carol: User, client: Client, article: Article
) -> None:
    edit_as(carol, article, "All is new.")
    edit_as(carol, article, *TEXT)
    url = f"{article.get_absolute_url()}versions/1/bring-back/"
    assert "The words and blocks are the same." in client.get(url).content.decode()
    answer = client.post(url, {"seen": 3, "reason": "why not"}, follow=True)
    assert "The text is the same already." in answer.content.decode()
    assert article.versions.count() == 3


def test_bringing_back_that_crossed_an_edit_asks_again(
    carol: User, client: Client, article: Article
) -> None:
    edit_as(carol, article, "All is new.")
    edit_as(carol, article, "All is new again.")
    url = f"{article.get_absolute_url()}versions/1/bring-back/"
    answer = client.post(url, {"seen": 2, "reason": "wrong"})
    assert answer.status_code == 412
    page = answer.content.decode()
    assert "Version 3 was stored meanwhile." in page
    assert 'name="seen" value="3"' in page
    assert current(article).number == 3


def test_current_text_needs_no_bringing_back(client: Client, article: Article) -> None:
    answer = client.get(f"{article.get_absolute_url()}versions/1/bring-back/")
    assert (answer.status_code, answer["Location"]) == (302, article.get_absolute_url())


@pytest.mark.parametrize("page", ["edit/", "versions/1/bring-back/"])
def test_readers_cannot_change_a_text(
    page: str, alice: User, carol: User, article: Article, client_of: ClientOf
) -> None:
    edit_as(carol, article, "All is new.")
    url = f"{article.get_absolute_url()}{page}"
    fields = sent(article, "Mine.")
    assert client_of(alice).get(url).status_code == 403
    assert client_of(alice).post(url, fields).status_code == 403
    assert "/account/login/" in client_of(None).post(url, fields)["Location"]
    assert article.versions.count() == 2
