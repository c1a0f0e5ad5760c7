"""Storing what an import proposes, and the commands that import and export."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.management.commands import import_articles
from corpus.models import (
    Article,
    ArticleVersion,
    Event,
    ImportBatch,
    ImportCandidate,
    OutboundLink,
    SourceFile,
)
from corpus.permissions import SYSTEM
from corpus.services.articles import hide
from corpus.services.imports import SourceBytes, import_source
from tests.corpus.review.texts import article, changed

pytestmark = pytest.mark.django_db

SEEDS = Path(settings.BASE_DIR) / "seeds"
TEXT = "A plain headline\n\nThe first paragraph says one thing.\n\nThe second says another.\n"


def _import(text: str, name: str = "plain.txt") -> Article:
    return import_source(SYSTEM, SourceBytes(name, text.encode()))[0].article


def _rows() -> list[int]:
    models = (Article, ArticleVersion, SourceFile, ImportBatch, ImportCandidate, Event)
    return [model.objects.count() for model in models]


def test_article_is_stored_with_its_source_and_an_event() -> None:
    article = _import(TEXT)
    version = article.current_version
    assert version is not None
    assert bytes(SourceFile.objects.get().content) == TEXT.encode()
    assert version.source is not None
    assert version.source.decoded()[version.source_start : version.source_end].strip()
    assert Event.objects.get(subject_id=article.id).verb == "article.imported"


def test_importing_again_changes_no_row() -> None:
    _import(TEXT)
    before = _rows()
    for _ in range(100):
        outcome = import_source(SYSTEM, SourceBytes("other-name.txt", TEXT.encode()))[0]
        assert not outcome.is_new
    assert _rows() == before


def test_copy_that_differs_only_in_spaces_and_quotes_adds_nothing() -> None:
    first = _import("Title\n\nShe said “no” to it.\n\nThen she left.\n")
    copy = _import('Title\n\nShe said "no" to it.\n\nThen\u00a0she left.\n')
    assert copy == first
    assert Article.objects.count() == 1


def test_two_articles_of_the_same_title_get_two_addresses() -> None:
    first = _import("Same title\n\nOne text that is here.\n")
    second = _import("Same title\n\nQuite another text stands here.\n")
    assert first.slug != second.slug


def test_title_of_signs_alone_still_gets_an_address() -> None:
    assert _import("???\n\nThe text goes on from here.\n").slug


def test_reader_may_not_import(alice: User) -> None:
    with pytest.raises(NotAllowed):
        import_source(viewer_of(alice), SourceBytes("plain.txt", TEXT.encode()))
    assert not Article.objects.exists()


def test_curator_may_import(carol: User) -> None:
    import_source(viewer_of(carol), SourceBytes("plain.txt", TEXT.encode()))
    assert SourceFile.objects.get().imported_by == carol


def test_seeds_become_six_articles(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_articles", str(SEEDS))
    assert "6 articles added" in capsys.readouterr().out
    assert Article.objects.filter(is_stub=False).count() == 6
    unnamed = Article.objects.get(title="One could be idiosyncratic.")
    assert unnamed.title_basis == "derived"
    assert unnamed.outlet is None
    assert unnamed.published() is None
    assert str(unnamed.published_not_before) == "2017-01-13"
    assert OutboundLink.objects.filter(version=unnamed.current_version).count() == 6


def test_files_that_cannot_be_read_are_named_and_the_rest_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_text("  \n")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    with pytest.raises(CommandError, match="3 of 4"):
        call_command("import_articles", str(tmp_path), str(tmp_path / "absent.txt"))
    said = capsys.readouterr().err
    assert all(name in said for name in ("empty.txt", "picture.txt", "absent.txt"))
    assert Article.objects.count() == 1


def test_huge_file_is_refused_without_being_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    with pytest.raises(CommandError):
        call_command("import_articles", str(huge))
    assert "larger than 20 MB" in capsys.readouterr().err


def test_a_large_data_set_is_read_record_by_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_articles, "MAX_SOURCE_BYTES", 1_000)
    large = tmp_path / "pile.jsonl"
    rows = [
        {"title": f"Headline {seed}", "text": article(seed).split("\n\n", 1)[1]}
        for seed in range(3)
    ]
    large.write_text("\n".join(json.dumps(row) for row in (rows[0], {"text": ""}, *rows[1:])))
    for added in (3, 0):
        with pytest.raises(CommandError, match="1 of 1"):
            call_command("import_articles", str(large))
        said = capsys.readouterr()
        assert f"{added} articles added" in said.out
        assert "pile.jsonl, 2" in said.err
    assert Article.objects.count() == 3
    assert ImportBatch.objects.get().note == "pile.jsonl"


def test_a_file_is_read_as_what_it_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    words = "Nobody saw the ship leave, and nobody saw it come back in the night. " * 9
    page.write_text(f"<!doctype html><html><body><h1>Ships</h1><p>{words}</p></body></html>")
    call_command("import_articles", str(page))
    call_command("import_articles", str(page), "--format=text")
    texts = sorted(ArticleVersion.objects.values_list("text", flat=True))
    assert texts[0].startswith("<!doctype html>")
    assert texts[1].startswith("Nobody saw")
    assert list(SourceFile.objects.order_by("format").values_list("format", flat=True)) == [
        "",
        "text",
    ]
    raw = SourceFile.objects.get(format="text").decoded()
    assert raw.startswith("<!doctype html>")
    call_command("import_articles", str(page), "--format=html")
    assert SourceFile.objects.count() == 2
    with pytest.raises(CommandError):
        call_command("import_articles", str(page), "--format=csv")
    assert "page.html cannot be read as csv" in capsys.readouterr().err


def test_dry_run_shows_the_proposals_and_stores_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("import_articles", str(SEEDS), "--dry-run")
    said = capsys.readouterr().out
    assert "Losing Momentum" in said
    assert _rows() == [0] * 6


def test_export_writes_what_is_known_and_null_for_what_is_not(tmp_path: Path) -> None:
    call_command("import_articles", str(SEEDS), verbosity=0)
    file = tmp_path / "articles.jsonl"
    call_command("export_articles", "--format", "jsonl", "--output", str(file))
    rows = {row["title"]: row for row in map(json.loads, file.read_text().splitlines())}
    assert len(rows) == 6
    giddens = rows["The rise and fall of New Labour"]
    assert (giddens["date"], giddens["date_basis"]) == ("2010-05-17", "given")
    assert (giddens["author"], giddens["author_basis"]) == ("Anthony Giddens", "inferred")
    exodus = rows["One could be idiosyncratic."]
    assert (exodus["author"], exodus["publication"], exodus["date"]) == (None, None, None)
    assert len(exodus["links"]) == 6
    for link in exodus["links"]:
        assert exodus["text"][link["start"] : link["end"]] == link["text"]
        assert link["text"] in exodus["blocks"][link["paragraph"] - 1]["text"]


def test_export_into_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_articles", "--output", str(tmp_path / "no" / "articles.jsonl"))


def test_folder_gives_its_texts_and_names_what_else_it_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.png", "b.txt", "C.MD", "plain"):
        (tmp_path / name).write_text(f"Title of {name}\n\nOne sentence of the article {name}.\n")

    call_command("import_articles", str(tmp_path))

    assert set(SourceFile.objects.values_list("name", flat=True)) == {"b.txt", "C.MD", "plain"}
    assert "1 passed over, no text by their names: a.png" in capsys.readouterr().out


def test_file_named_by_itself_is_imported_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "story.log").write_text("A title\n\nOne sentence of the article.\n")

    call_command("import_articles", str(tmp_path / "story.log"))

    assert SourceFile.objects.get().name == "story.log"


def test_changed_file_becomes_a_new_version_and_a_near_copy_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "story.txt"
    file.write_text(article(1))
    call_command("import_articles", str(file))
    file.write_text(changed(article(1)))
    (tmp_path / "copy.txt").write_text(changed(article(1), "in the end"))
    capsys.readouterr()

    call_command("import_articles", str(file))
    assert capsys.readouterr().out == (
        "0 articles added, 1 got a new version, 0 were there already, 0 files refused.\n"
    )
    call_command("import_articles", str(tmp_path / "copy.txt"))
    said = capsys.readouterr().out
    assert "Headline number 1 is nearly the same as Headline number 1: 9" in said
    assert "1 articles added" in said
    assert sorted(item.versions.count() for item in Article.objects.all()) == [1, 2]


def test_older_text_of_an_article_again_changes_nothing() -> None:
    first = _import(article(1))
    _import(changed(article(1)))
    before = _rows()
    assert _import(article(1)) == first
    assert _rows() == before


def test_text_that_names_the_address_of_an_article_is_its_new_version() -> None:
    head = "URL: https://example.org/a\n\n"
    first = _import(head + article(1), "one.txt")
    assert _import(head + article(2), "two.txt") == first
    first.refresh_from_db()
    assert first.title == "Headline number 2"
    assert first.versions.count() == 2


def test_command_leaves_an_import_with_its_file() -> None:
    _import(TEXT)
    file = ImportBatch.objects.get().files.get()
    assert (file.name, file.state, file.position) == ("plain.txt", "read", 1)


def test_command_names_what_readers_do_not_see(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same, file = tmp_path / "same.txt", tmp_path / "story.txt"
    same.write_text(TEXT)
    file.write_text(article(1))
    call_command("import_articles", str(tmp_path))
    assert "idden" not in capsys.readouterr().out
    for made in Article.objects.all():
        hide(SYSTEM, made)
    file.write_text(changed(article(1)))
    (tmp_path / "new.txt").write_text(article(2))

    call_command("import_articles", str(tmp_path))

    assert capsys.readouterr().out.splitlines() == [
        "A plain headline is hidden from readers.",
        "Headline number 1 is hidden from readers.",
        "1 articles added, 1 got a new version, 1 were there already, 0 files refused.",
        "Hidden until a curator shows them: 2.",
    ]


def test_a_saved_page_comes_in_as_its_article(tmp_path: Path) -> None:
    lines = "".join(
        f"<p>The harbour master told us for the {n}th time that it is so.</p>" for n in range(9)
    )
    head = '<title>Votes</title><link rel="canonical" href="https://herald.example/votes">'
    body = f"<nav><a href=/>Home</a></nav>{lines}"
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    (tmp_path / "votes.html").write_text(page)
    call_command("import_articles", str(tmp_path), verbosity=0)
    article = Article.objects.get(title="Votes")
    assert article.canonical_url == "https://herald.example/votes"
    assert article.current_version is not None
    assert article.current_version.source is not None
    assert article.current_version.source.media_type == "text/html"
    assert "Home" not in article.current_version.text
    call_command("import_articles", str(tmp_path), verbosity=0)
    assert Article.objects.filter(title="Votes").count() == 1
    assert article.versions.count() == 1
