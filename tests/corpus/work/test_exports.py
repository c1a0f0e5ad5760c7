"""Files of what the library holds, written in the background for whoever asked."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from corpus.access import viewer_of
from corpus.errors import NotAllowed, NotFound
from corpus.models import Article, Event, Job
from corpus.models.chunks import read_in_chunks
from corpus.permissions import SYSTEM
from corpus.queries.export import exported_articles
from corpus.services import exporting
from corpus.services.exporting import ask_export, forget_old_exports, open_export, stored_name
from corpus.services.imports import SourceBytes, import_source
from tests.factories import make_article
from tests.people import WALKERS
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

SOURCE = """A headline

By Jane Doe

Nobody plants orchards to be rich. The trees take eight years to bear, and the frost takes
every third crop.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Return the folder that files are kept in, made when the first is written."""
    kept = tmp_path / "exports"
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    exports = backend | {"OPTIONS": {"location": kept}}
    settings.STORAGES = settings.STORAGES | {"exports": exports}
    return kept


@pytest.fixture
def exodus(db: None) -> Article:
    """Return an article that everybody reads."""
    return make_article(title="Exodus")


def _rows(job: Job, user: User) -> list[dict[str, Any]]:
    job.refresh_from_db()
    with open_export(viewer_of(user), job) as file:
        return [json.loads(line) for line in file.read().decode().splitlines()]


def test_file_holds_what_who_asked_may_read(carol: User, exodus: Article) -> None:
    make_article(is_hidden=True)
    job = ask_export(viewer_of(carol), "articles")
    run_jobs()
    assert _rows(job, carol) == list(exported_articles(viewer_of(carol)))
    assert str(exodus.pk) in {row["id"] for row in _rows(job, carol)}
    assert Event.objects.get(verb="job.started").after == {
        "kind": "export.write",
        "name": "articles",
    }


def test_related_articles_are_written_for_each_article(carol: User, exodus: Article) -> None:
    other = make_article()
    job = ask_export(viewer_of(carol), "related")
    run_jobs()
    assert {row["id"] for row in _rows(job, carol)} == {str(exodus.pk), str(other.pk)}
    assert all("related" in row for row in _rows(job, carol))


def test_asking_again_while_one_waits_asks_once(carol: User, ada: User) -> None:
    first = ask_export(viewer_of(carol), "articles")
    assert ask_export(viewer_of(carol), "articles") == first
    assert ask_export(viewer_of(ada), "articles") != first


def test_doing_it_twice_leaves_one_file(carol: User, exodus: Article, folder: Path) -> None:
    job = ask_export(viewer_of(carol), "articles")
    run_jobs()
    before = _rows(job, carol)
    Job.objects.update(state=Job.State.WAITING)
    run_jobs()
    assert _rows(job, carol) == before
    assert [file.name for file in folder.iterdir()] == [stored_name(job.pk)]


def test_failure_half_way_leaves_no_file(
    carol: User, exodus: Article, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(viewer: object) -> Any:
        yield {"id": "one"}
        raise OSError("the disk is full")

    broken = exporting.Export("articles", "Articles", "", breaks_off)
    monkeypatch.setitem(exporting.EXPORTS, "articles", broken)
    job = ask_export(viewer_of(carol), "articles")
    run_jobs()
    assert not folder.exists()
    with pytest.raises(NotFound):
        open_export(viewer_of(carol), job)


@pytest.mark.parametrize("name", WALKERS)
def test_only_who_asked_fetches_the_file(
    walkers: dict[str, Client], carol: User, exodus: Article, name: str
) -> None:
    job = ask_export(viewer_of(carol), "articles")
    run_jobs()
    answer = walkers[name].get(reverse("export_file", args=[job.pk]))
    expected = {"anonymous": 302, "carol": 200}
    assert answer.status_code == expected.get(name, 404)
    if name == "carol":
        assert answer["Content-Disposition"].startswith('attachment; filename="articles-2')
        assert "no-store" in answer["Cache-Control"]
        assert json.loads(answer.getvalue())["title"] == "Exodus"
        answer.close()


@pytest.mark.parametrize("name", ["alice", "dave"])
def test_readers_ask_for_nothing(walkers: dict[str, Client], name: str) -> None:
    assert walkers[name].post(reverse("export_ask", args=["articles"])).status_code == 403
    with pytest.raises(NotAllowed):
        ask_export(viewer_of(User.objects.get(username=name)), "articles")
    assert not Job.objects.exists()


def test_unknown_file_is_not_found(walkers: dict[str, Client]) -> None:
    assert walkers["carol"].post(reverse("export_ask", args=["passwords"])).status_code == 404


def test_page_leads_from_asking_to_the_file(walkers: dict[str, Client], exodus: Article) -> None:
    carol = walkers["carol"]
    page = carol.post(reverse("export_ask", args=["articles"]), follow=True).content.decode()
    assert "Waits for its turn." in page
    run_jobs()
    page = carol.get(reverse("exports")).content.decode()
    assert "1 article written." in page
    assert reverse("export_file", args=[Job.objects.get().pk]) in page
    assert "You have not asked" in walkers["ada"].get(reverse("exports")).content.decode()


def test_old_files_go_and_the_page_says_so(
    walkers: dict[str, Client], carol: User, exodus: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_old_exports()  # nothing was written yet
    job = ask_export(viewer_of(carol), "articles")
    run_jobs()
    forget_old_exports()
    assert storages["exports"].exists(stored_name(job.pk))
    monkeypatch.setattr(exporting, "KEPT_FOR", timedelta(seconds=-1))
    forget_old_exports()
    assert not storages["exports"].exists(stored_name(job.pk))
    assert "not kept any more" in walkers["carol"].get(reverse("exports")).content.decode()


@pytest.mark.parametrize("error", [FileNotFoundError, PermissionError])
def test_file_that_cannot_be_deleted_keeps_no_other(
    folder: Path, error: type[OSError], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    for name in ("a.jsonl", "b.jsonl", "c.jsonl"):
        (folder / name).write_text("{}")
    delete = FileSystemStorage.delete

    def fails_once(storage: FileSystemStorage, name: str) -> None:
        if name == "b.jsonl":
            raise error
        delete(storage, name)

    monkeypatch.setattr(FileSystemStorage, "delete", fails_once)
    monkeypatch.setattr(exporting, "KEPT_FOR", timedelta(seconds=-1))
    forget_old_exports()
    assert [file.name for file in folder.iterdir()] == ["b.jsonl"]


def test_export_reads_no_source_file(carol: User) -> None:
    import_source(SYSTEM, SourceBytes("a.txt", SOURCE.encode()))
    with CaptureQueriesContext(connection) as queries:
        assert len(list(exported_articles(viewer_of(carol)))) == 1
    assert not any('"content"' in query["sql"] for query in queries)


def test_articles_are_read_in_chunks_without_loss(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_article() for _ in range(5)]
    Article.objects.update(created_at=timezone.now())
    monkeypatch.setattr("corpus.models.chunks._CHUNK", 2)
    read = [article.pk for article in read_in_chunks(Article.objects.all())]
    assert sorted(read) == sorted(article.pk for article in made)
