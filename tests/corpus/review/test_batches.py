"""Files and pastes are kept at once and read later; what cannot be read is told in a sentence."""

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.importing import limits
from corpus.models import (
    Article,
    ArticleVersion,
    Event,
    ImportBatch,
    ImportCandidate,
    ImportFile,
    Job,
    SourceFile,
)
from corpus.permissions import SYSTEM, Viewer
from corpus.services import applying
from corpus.services.batches import check_sizes, create_batch
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes, pasted
from tests.corpus.review.texts import article, changed
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

EVERYTHING = (
    Article,
    ArticleVersion,
    Event,
    ImportBatch,
    ImportCandidate,
    ImportFile,
    Job,
    SourceFile,
)


def rows() -> list[int]:
    return [model._default_manager.count() for model in EVERYTHING]


def files(*texts: str | bytes) -> list[SourceBytes]:
    return [
        SourceBytes(f"{n}.txt", text.encode() if isinstance(text, str) else text)
        for n, text in enumerate(texts, start=1)
    ]


def candidates(batch: ImportBatch) -> list[ImportCandidate]:
    return list(ImportCandidate.objects.filter(batch=batch).order_by("source__name", "position"))


def read(viewer: Viewer, *texts: str | bytes) -> ImportBatch:
    batch = create_batch(viewer, files(*texts)).batch
    run_jobs()
    return batch


def problem(batch: ImportBatch) -> str:
    return batch.files.get(state=ImportFile.State.REFUSED).problem_in_words


def test_files_are_kept_before_they_are_read(curator: Viewer) -> None:
    received = create_batch(curator, files(article(1), article(2)))
    assert received.is_new
    assert [file.state for file in received.batch.files.all()] == ["waiting", "waiting"]
    assert not ImportCandidate.objects.exists()
    run_jobs()
    assert [file.state for file in received.batch.files.all()] == ["read", "read"]
    assert Job.objects.get().told == "2 articles were found."
    assert not Article.objects.exists()


def test_readers_may_not_bring_files(alice: User) -> None:
    with pytest.raises(NotAllowed):
        create_batch(viewer_of(alice), files(article(1)))
    assert not SourceFile.objects.exists()


def test_a_paste_is_called_by_its_first_line_until_it_is_read(curator: Viewer) -> None:
    furniture = "Home | News | Sport\r\n\r\n"
    text = f"{furniture}Title: The quiet river\r\n\r\nBy Jane Doe\r\n\r\n{'It ran low. ' * 40}"
    batch = create_batch(curator, [pasted(text)]).batch
    assert batch.note == "Home | News | Sport"
    run_jobs()
    batch.refresh_from_db()
    assert batch.note == "The quiet river"
    assert pasted("## A head\n\nwords").name == "A head"
    assert len(pasted("on and " * 40).name) <= 61
    assert pasted("\n").name == "Pasted text"


def test_an_import_that_has_a_name_keeps_it(curator: Viewer) -> None:
    text = f"The quiet river\n\nBy Jane Doe\n\n{'It ran low. ' * 40}"
    named = create_batch(curator, [pasted(text)], note="For Monday").batch
    given = create_batch(curator, files(text.replace("low", "high"))).batch
    run_jobs()
    named.refresh_from_db()
    given.refresh_from_db()
    assert (named.note, given.note) == ("For Monday", "1.txt")


def test_the_same_bytes_again_are_the_same_import_and_change_no_row(curator: Viewer) -> None:
    batch = read(curator, article(1), article(2))
    before = rows()
    for _ in range(100):
        received = create_batch(curator, files(article(1), article(2)))
        assert (received.batch, received.is_new) == (batch, False)
    assert rows() == before


def test_a_file_that_comes_twice_in_an_import_is_read_once(curator: Viewer) -> None:
    batch = read(curator, article(1), article(1))
    assert problem(batch) == "2.txt is the same as 1.txt, which is read once."
    assert len(candidates(batch)) == 1


def test_reading_twice_gives_what_reading_once_gives(curator: Viewer) -> None:
    batch = read(curator, article(1))
    before = rows()
    Job.objects.update(state=Job.State.WAITING)
    run_jobs()
    assert rows() == before
    assert len(candidates(batch)) == 1


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ([], "Paste a text or choose a file first."),
        ([("a.txt", 200 * 1024 * 1024)], "a.txt is larger than 20 MB; split it"),
        ([("a.txt", 18 * 1024 * 1024)] * 3, "larger than 50 MB together"),
        ([("a.txt", 1)] * 2_001, "2001 files are too many at once; the most are 2000."),
    ],
)
def test_too_much_is_refused_by_size_before_it_is_read(
    sizes: list[tuple[str, int]], said: str
) -> None:
    with pytest.raises(Invalid, match=said) as refusal:
        check_sizes(sizes)
    assert refusal.value.fields == {"files": refusal.value.message}


def test_what_is_no_text_is_refused_by_name_and_the_rest_is_read(curator: Viewer) -> None:
    batch = read(curator, b"\x00\x01\x02" * 1_000, article(1), b"", b"%PDF-1.7")
    said = [file.problem_in_words for file in batch.files.filter(state="refused")]
    assert [sentence.split(" ", 1)[0] for sentence in said] == ["1.txt", "3.txt", "4.txt"]
    assert all(sentence.endswith(".") for sentence in said)
    assert len(candidates(batch)) == 1
    assert Job.objects.get().told == "1 article was found. 3 files could not be read."


def test_twenty_megabytes_of_one_line_end_in_a_sentence(curator: Viewer) -> None:
    line = b"the motion was carried by a large majority " * 480_000
    batch = read(curator, line[: 20 * 1024 * 1024])
    assert problem(batch) == (
        "1.txt holds an article of more than 1,000,000 characters; split it and import the parts."
    )


def test_more_lines_or_articles_than_can_be_looked_through_end_in_a_sentence(
    curator: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "more than 500,000 lines" in problem(read(curator, "a\n" * 600_000))
    monkeypatch.setattr(limits, "MAX_ARTICLES", 2)
    dump = "\n========\n\n".join(article(n) for n in range(3))
    assert "more than 2 articles" in problem(read(curator, dump))


def test_a_text_whose_every_word_is_glued_is_read_as_it_is(curator: Viewer) -> None:
    glued = "themotionwascarriedbyalargemajority" * 20_000
    batch = read(curator, f"{glued} <https://a.org/x> and so on.", "glued " + "hisgoal" * 100)
    assert [len(row.proposal["blocks"]) for row in candidates(batch)] == [1, 1]
    assert candidates(batch)[0].proposal["flags"][0]["kind"] == "link_words_unknown"


def test_a_text_that_is_there_word_for_word_is_told_and_adds_nothing(curator: Viewer) -> None:
    (outcome,) = import_source(SYSTEM, files(article(1))[0])
    batch = read(curator, article(1).replace("\n", "\r\n"))
    (candidate,) = candidates(batch)
    assert (candidate.state, candidate.article) == ("duplicate", outcome.article)


def test_nearly_the_same_text_is_flagged(curator: Viewer) -> None:
    (outcome,) = import_source(SYSTEM, SourceBytes("other.txt", article(1).encode()))
    (candidate,) = candidates(read(curator, changed(article(1))))
    (near,) = candidate.near
    assert near["article"] == str(outcome.article.id)
    assert near["share"] > 0.8
    assert (candidate.state, candidate.updates) == ("pending", None)


def test_a_changed_file_is_a_new_version_of_its_article(curator: Viewer) -> None:
    (outcome,) = import_source(SYSTEM, files(article(1))[0])
    (candidate,) = candidates(read(curator, changed(article(1))))
    assert (candidate.updates, candidate.updates_reason) == (outcome.article, "source")


def test_a_text_of_the_same_address_is_a_new_version_of_its_article(curator: Viewer) -> None:
    named = "URL: https://www.example.org/a?utm_source=x\n\n"
    (outcome,) = import_source(SYSTEM, SourceBytes("a.txt", (named + article(1)).encode()))
    (candidate,) = candidates(read(curator, "URL: http://example.org/a/\n\n" + article(2)))
    assert (candidate.updates, candidate.updates_reason) == (outcome.article, "url")
    assert candidate.near == []


def test_a_file_that_came_from_an_address_belongs_to_its_article(curator: Viewer) -> None:
    text = "URL: https://example.org/a\n\n" + article(1)
    (outcome,) = import_source(SYSTEM, SourceBytes("a.txt", text.encode()))
    source = SourceBytes("b.txt", article(2).encode(), origin_url="https://example.org/a#top")
    batch = create_batch(curator, [source]).batch
    run_jobs()
    assert candidates(batch)[0].updates == outcome.article


def test_the_address_of_a_dump_is_that_of_none_of_its_articles(curator: Viewer) -> None:
    dump = f"{article(1)}\n========\n\n{article(2)}"
    source = SourceBytes("dump.txt", dump.encode(), origin_url="https://example.org/a")
    batch = create_batch(curator, [source]).batch
    run_jobs()
    facts = [candidate.proposal["facts"]["url"] for candidate in candidates(batch)]
    assert [fact["value"] for fact in facts] == [None, None]


def test_an_excerpt_under_the_same_name_is_no_new_version(curator: Viewer) -> None:
    import_source(SYSTEM, files(article(1, paragraphs=12))[0])
    excerpt = "\n\n".join(article(1, paragraphs=12).split("\n\n")[:4])
    (candidate,) = candidates(read(curator, excerpt))
    assert candidate.updates is None
    assert len(candidate.near) == 1


def test_one_refused_candidate_stops_no_other_in_the_background(curator: Viewer) -> None:
    import_source(SYSTEM, SourceBytes("other.txt", article(1).encode()))
    batch = read(curator, changed(article(1)), article(2))
    seen = {candidate.id: candidate.counter for candidate in candidates(batch)}
    job = applying.apply_later(curator, batch, seen)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    told = "1 article was added. 1 is left for you to decide: This is nearly the same"
    assert job.told.startswith(told)
    assert Article.objects.count() == 2
