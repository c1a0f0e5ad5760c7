"""The versions of an article as everybody reads them: the list, an old text, what changed."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.extensions import VersionNote, VersionNotes, version_notes
from corpus.models import Article, ArticleVersion, SourceFile
from corpus.permissions import Viewer
from corpus.queries import versions
from corpus.services.versions import make_version, take_back
from tests.annotations.services.editing import text_of_paragraphs
from tests.corpus.text_edits import edit_as
from tests.factories import TEXT, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def article(carol: User) -> Article:
    """Return an article of three versions; the last has the first and third paragraphs."""
    made = make_article(title="The exodus")
    edit_as(carol, made, TEXT[0], TEXT[1].replace("pray", "weep"), TEXT[2], reason="a new verb")
    edit_as(carol, made, TEXT[0], TEXT[2], reason="second thoughts")
    return made


def page_of(client: Client, article: Article, rest: str) -> str:
    answer = client.get(f"{article.get_absolute_url()}{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_tells_number_reason_who_and_words(
    carol: User, article: Article, client: Client
) -> None:
    answer = client.get(f"{article.get_absolute_url()}versions/")
    rows = answer.context["rows"]
    assert [(row.version.number, row.more_words, row.is_current) for row in rows] == [
        (3, -len(TEXT[1].split()), True),
        (2, 0, False),
        (1, None, False),
    ]
    assert [row.reason for row in rows][:2] == ["second thoughts", "a new verb"]
    assert [row.who for row in rows] == ["a curator", "a curator", ""]
    page = answer.content.decode()
    assert f'href="{article.get_absolute_url()}versions/2/"' in page
    assert f'href="{article.get_absolute_url()}versions/3/changes/"' in page
    assert "Edit the text" not in page


def test_login_names_and_names_of_sources_are_for_staff(
    client_of: ClientOf, carol: User, dave: User, article: Article
) -> None:
    file = SourceFile.objects.create(sha256="b", name="for-my-eyes.txt", content=b"words", size=5)
    new = text_of_paragraphs("Words.")
    make_version(viewer_of(carol), article, new, seen=3, reason="imported_anew", source=file)
    edit_as(carol, article, "More words.")
    for rest in ("versions/", "versions/4/", "versions/4/changes/"):
        assert "Imported again from for-my-eyes.txt" in page_of(client_of(carol), article, rest)
        assert "carol" in page_of(client_of(carol), article, rest)
        for reader in (None, dave):
            page = page_of(client_of(reader), article, rest)
            assert "Imported again" in page
            assert "a curator" in page
            assert "for-my-eyes" not in page
            assert "carol" not in page


def test_reasons_of_the_software_are_told_in_the_words_of_who_reads(
    client_of: ClientOf, carol: User, article: Article
) -> None:
    viewer = viewer_of(carol)
    first = article.versions.get(number=1)
    take_back(viewer, article, first, seen=3)
    new = text_of_paragraphs("Words.")
    make_version(viewer, article, new, seen=4, reason="import_undone:2")
    take_back(viewer, article, first, seen=5, reason=" The text of version 1 again")
    make_version(viewer, article, new, seen=6, reason="again: as typed")
    read = page_of(client_of(None), article, "versions/")
    curated = client_of(carol).get("/admin/corpus/articleversion/").content.decode()
    for said, times in {
        "The text of version 1 again": 2,
        "The import of version 2 was undone": 1,
        "again: as typed": 1,
    }.items():
        assert read.count(f"<td>{said}</td>") == times
        assert curated.count(f'<td class="field-why">{said}</td>') == times
    assert article.versions.get(number=6).reason == "again:1"


def test_list_takes_as_many_queries_for_many_versions(
    carol: User, article: Article, client: Client
) -> None:
    counts = []
    for round_ in range(2):
        with CaptureQueriesContext(connection) as captured:
            page_of(client, article, "versions/")
        counts.append(len(captured))
        for number in range(6):
            edit_as(carol, article, f"{round_} {number}")
    assert counts[0] == counts[1]


def test_list_is_cut_into_pages(
    article: Article, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "PER_PAGE", 2)
    answer = client.get(f"{article.get_absolute_url()}versions/?page=2")
    assert [row.version.number for row in answer.context["rows"]] == [1]


def test_old_version_is_read_under_a_banner_without_tools(article: Article, client: Client) -> None:
    page = page_of(client, article, "versions/1/")
    assert "You are reading version 1" in page
    assert "pray by their bedside" in page
    assert f'The current one is <a href="{article.get_absolute_url()}">version 3</a>' in page
    assert f'href="{article.get_absolute_url()}versions/3/changes/?from=1"' in page
    for tool in ("data-create-url", "reader.js", "bring-back", "annotations/"):
        assert tool not in page


def test_current_version_is_read_on_the_reading_page(article: Article, client: Client) -> None:
    answer = client.get(f"{article.get_absolute_url()}versions/3/")
    assert (answer.status_code, answer["Location"]) == (302, article.get_absolute_url())


def test_changes_are_those_since_the_version_before(article: Article, client: Client) -> None:
    page = page_of(client, article, "versions/2/changes/")
    assert "Some MPs <del>pray</del> <ins>weep</ins> by their bedside" in page
    assert "a new verb" in page
    page = page_of(client, article, "versions/3/changes/")
    assert "<ins>" not in page
    assert page.count("<del>") == 1


def test_changes_since_another_version_are_asked_for(article: Article, client: Client) -> None:
    page = page_of(client, article, "versions/3/changes/?from=1")
    assert "<del>Some MPs pray by" in page
    page = page_of(client, article, "versions/1/changes/?from=3")
    assert "<ins>Some MPs pray by" in page


def test_first_version_has_nothing_before_it(article: Article, client: Client) -> None:
    assert "there is nothing before it" in page_of(client, article, "versions/1/changes/")


@pytest.mark.parametrize(
    "address",
    ["versions/4/", "versions/0/", "versions/9999999999/", "versions/2/changes/?from=2"]
    + [f"versions/2/changes/?from={odd}" for odd in ("7", "x", "-1", "9" * 40)],
)
def test_what_is_no_version_is_not_found(article: Article, client: Client, address: str) -> None:
    assert client.get(f"{article.get_absolute_url()}{address}").status_code == 404


@pytest.mark.parametrize("page", ["versions/", "versions/1/", "versions/2/changes/"])
def test_versions_are_read_by_who_may_read_the_article(
    page: str, article: Article, carol: User, dave: User, client_of: ClientOf
) -> None:
    Article.objects.filter(pk=article.pk).update(access=Article.Access.GROUPS)
    address = f"{article.get_absolute_url()}{page}"
    assert client_of(None).get(address).status_code == 404
    assert client_of(dave).get(address).status_code == 404
    assert client_of(carol).get(address).status_code == 200


def test_unchanged_stretches_are_folded(carol: User, client: Client) -> None:
    paragraphs = [f"Paragraph number {number} says something of its own." for number in range(9)]
    article = make_article(*paragraphs)
    edit_as(carol, article, *paragraphs[:4], "Something else here.", *paragraphs[5:])
    page = page_of(client, article, "versions/2/changes/")
    assert page.count('<details class="diff-fold">') == 2
    assert "3 unchanged blocks" in page


def test_other_apps_tell_of_versions(article: Article, client: Client) -> None:
    def told(
        viewer: Viewer, of: Article, among: Sequence[ArticleVersion]
    ) -> Mapping[int, VersionNote]:
        return {row.number: VersionNote(f"{row.number} marks", "/marks/") for row in among[:1]}

    version_notes.add(VersionNotes("test", 10, told))
    try:
        page = page_of(client, article, "versions/")
        assert '<a href="/marks/">3 marks' in page
        assert "2 marks" not in page
        assert "1 marks" in page_of(client, article, "versions/1/")
    finally:
        version_notes._entries.pop("test")


def test_reading_page_tells_the_version_once_there_are_more(
    article: Article, carol: User, client: Client, client_of: ClientOf
) -> None:
    page = page_of(client, article, "")
    assert f'<a href="{article.get_absolute_url()}versions/">Version 3</a>' in page
    assert f"{article.get_absolute_url()}edit/" not in page
    other = make_article()
    assert "versions/" not in page_of(client, other, "")
    page = page_of(client_of(carol), other, "")
    for address in ("edit/", "versions/", "source/"):
        assert f'href="{other.get_absolute_url()}{address}"' in page
