"""A curator edits a text: form, preview, saving, and what another curator stored meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.models import Article
from corpus.queries import editing
from corpus.services.imports import SourceBytes, import_source
from corpus.text.blocks import blocks_from_data
from corpus.text.editing import edited_blocks
from tests.corpus.text_edits import current, edit_as, post, sent, words
from tests.factories import TEXT, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


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
