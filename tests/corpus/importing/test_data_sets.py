"""Data sets and archives: the sources in a file, and what the columns tell of each."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping

import pytest

from corpus.importing.archives import Member
from corpus.importing.columns import columns_in
from corpus.importing.containers import members_of
from corpus.importing.errors import EmptySource, NotText
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from corpus.importing.read import MAX_SOURCE_BYTES

TEXT = "The harbour master told us again that the gate is shut. " * 5


def held(raw: bytes, name: str = "pile") -> list[Member]:
    """Return the sources in a file that holds some."""
    members = members_of(raw, name)
    assert members is not None
    return list(members)


def read(raw: bytes) -> Proposal:
    (article,) = read_and_interpret(raw, "record")
    return article


def record(**fields: object) -> Proposal:
    return read(json.dumps(fields).encode())


def table(*rows: list[str], delimiter: str = ",") -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            # Of a fixed day, so that the same files are the same archive.
            zipped.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def test_json_lines_hold_an_article_a_line_of_exactly_its_bytes() -> None:
    lines = [json.dumps({"title": str(number), "text": TEXT}) for number in range(3)]
    members = held("\n".join([*lines, ""]).encode())
    assert [member.content.decode() for member in members] == lines
    assert [member.name for member in members] == ["pile, 1", "pile, 2", "pile, 3"]


@pytest.mark.parametrize("under", [None, "items", "articles", "data"])
def test_a_list_of_objects_holds_an_article_each(under: str | None) -> None:
    rows = [{"title": "one", "text": TEXT}, {"title": "two {[", "text": TEXT}]
    data = {"version": 1, under: rows, "next": "x"} if under else rows
    members = held(json.dumps(data, indent=2).encode())
    assert [json.loads(member.content) for member in members] == rows


def test_one_object_is_a_source_itself() -> None:
    assert members_of(json.dumps({"title": "one", "text": TEXT}).encode(), "a.json") is None


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_table_holds_an_article_a_row_below_its_names(delimiter: str) -> None:
    rows = [["Title", "Text"], ["one", f"{TEXT}\n\n{TEXT}"], ["two, too", TEXT]]
    members = held(table(*rows, delimiter=delimiter))
    articles = [read(member.content) for member in members]
    assert [article.title.value for article in articles] == ["one", "two, too"]
    assert len(articles[0].blocks) == 2


def test_a_row_with_more_cells_than_columns_is_refused_alone() -> None:
    members = held(table(["title", "text"], ["one", TEXT, "more"], ["two", TEXT], ["short"]))
    assert "has 3 cells, but the table has 2 columns" in str(members[0].refusal)
    assert [member.refusal for member in members[1:]] == [None, None]


def test_a_table_that_breaks_off_keeps_the_rows_before() -> None:
    members = held(table(["title", "text"], ["one", TEXT]) + b'"two,' + b"x" * 20_000_000)
    assert [member.refusal is None for member in members] == [True, False]
    assert "is no row of a table" in str(members[1].refusal)


@pytest.mark.parametrize(
    "raw",
    [
        b"A text, with commas, in its first line\n\nand more",
        b"{not json at all}",
        b"[1, 2, 3",
        b"[1, 2, 3]",
        b"[]",
        b"<!doctype html><body>x",
        b"caf\xe9 \x81\x8d",
    ],
)
def test_other_files_hold_no_sources(raw: bytes) -> None:
    assert members_of(raw, "a.txt") is None


@pytest.mark.parametrize(
    ("column", "value", "date"),
    [
        ("publish_date", 1489449600000, "2017-03-14"),
        ("timestamp", 1489449600, "2017-03-14"),
        ("date", "2017-03-14 10:00:00", "2017-03-14"),
        ("published", "March 2017", "2017-03"),
        ("Date Published", "2017", "2017"),
        ("date", "n/a", None),
    ],
)
def test_dates_are_read_as_data_sets_write_them(
    column: str, value: object, date: str | None
) -> None:
    fact = record(text=TEXT, **{column: value}).published
    assert (fact.value.date if fact.value else None) == date


@pytest.mark.parametrize(
    "authors",
    ["['Jane Smith', 'Tom Baker']", ["Jane Smith", "Tom Baker"], "Jane Smith and Tom Baker"],
)
def test_authors_are_read_as_data_sets_write_them(authors: object) -> None:
    assert record(text=TEXT, authors=authors).authors.value == ("Jane Smith", "Tom Baker")


def test_every_fact_names_its_column_as_evidence() -> None:
    article = record(
        Headline="Votes", body=TEXT, link="https://h.example/1", publication="The Herald"
    )
    facts = (article.title, article.outlet, article.url)
    assert [fact.value for fact in facts] == ["Votes", "The Herald", "https://h.example/1"]
    assert [(fact.basis, fact.rule) for fact in facts] == [("given", "column")] * 3
    assert article.title.evidence == "Title: Votes"


def test_markup_in_a_column_is_read_as_a_part_of_a_page() -> None:
    words = f"<p>{TEXT}</p><p>The <a href='/plan'>plan</a> is <em>done</em>.</p>"
    article = record(content_html=words, url="https://h.example/1")
    assert len(article.blocks) == 2
    assert {mark.url for mark in article.marks} == {"https://h.example/plan", ""}


def test_an_unnamed_column_is_the_text_when_it_is_long() -> None:
    assert record(title="Votes", wording=TEXT).text.startswith("The harbour master")


def test_a_record_without_a_text_is_refused() -> None:
    with pytest.raises(NotText, match="No column of record holds the text"):
        record(title="Votes", count=3)


def test_a_record_whose_text_is_blank_is_refused() -> None:
    with pytest.raises(EmptySource):
        record(text=" \u00a0 ", title="Votes")


def test_columns_are_known_by_names_in_other_languages() -> None:
    names = ["Überschrift", "Autor", "Datum", "Texte"]
    row = ["Der Hafen", "Jörg Müller", "03.04.2018", TEXT]
    (member,) = held(table(names, row, delimiter=";"))
    article = read(member.content)
    assert (article.title.value, article.authors.value) == ("Der Hafen", ("Jörg Müller",))
    assert article.published.value is not None
    assert article.published.value.date == "2018-04-03"


@pytest.mark.parametrize(
    ("date", "day"),
    [("25/03/2018", "2018-03-25"), ("03/25/2018 10:00", "2018-03-25"), ("03/04/2018", None)],
)
def test_a_day_in_numbers_is_told_where_it_can_be_only_one(date: str, day: str | None) -> None:
    published = record(title="Votes", text=TEXT, date=date).published.value
    assert (published.date if published else None) == day


def test_a_file_is_a_table_by_its_name_only_where_its_first_line_may_be_names() -> None:
    assert len(held(b"c1;c2\n1;2\n", "odd.csv")) == 1
    assert members_of(b"c1;c2\n1;2\n", "odd.txt") is None
    assert members_of(b"c1;c1\n1;2\n", "odd.csv") is None
    assert members_of(f"1,{TEXT}\n2,{TEXT}\n".encode(), "odd.csv") is None


def test_lines_that_end_as_on_old_macs_stop_nothing() -> None:
    assert members_of(f"The bells\r\r{TEXT}\r".encode(), "a.txt") is None
    rows = held(f"title,text\rOne,{TEXT}\rTwo,{TEXT}\r".encode())
    assert [read(row.content).title.value for row in rows] == ["One", "Two"]


def test_a_table_whose_names_never_end_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotText, match="is no table that can be read"):
        held(b'title,text,"more\n' + b"x" * (MAX_SOURCE_BYTES + 1))


def test_an_archive_holds_its_texts_and_the_rows_of_its_data_sets() -> None:
    lines = "\n".join(json.dumps({"title": str(n), "text": TEXT}) for n in range(2)).encode()
    members = held(
        archive(
            {
                "../../etc/a.txt": TEXT.encode(),
                "set/b.jsonl": lines,
                "set/style.css": b"p{}",
                "__MACOSX/._a.txt": b"x",
                ".hidden": b"x",
            }
        )
    )
    assert [member.name for member in members] == [
        "pile: etc/a.txt",
        "pile: set/b.jsonl, 1",
        "pile: set/b.jsonl, 2",
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.exe", b"MZ", "is of a kind that is not read"),
        ("inner.zip", archive({"a.txt": b"x"})[:60], "is a ZIP archive that is damaged"),
        ("bomb.txt", b"0" * 25_000_000, "is too large when it is unpacked"),
    ],
)
def test_what_cannot_be_read_in_an_archive_is_refused_alone(
    name: str, content: bytes, sentence: str
) -> None:
    members = held(archive({name: content, "b.txt": TEXT.encode()}))
    assert sentence in str(members[0].refusal)
    assert members[1].refusal is None


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (archive({"a.txt": b"x"})[:60], "damaged"),
        (archive({"[Content_Types].xml": b"<x/>"}), "an office document"),
    ],
    ids=["cut short", "office document"],
)
def test_an_archive_that_is_none_of_texts_is_refused(raw: bytes, sentence: str) -> None:
    with pytest.raises(NotText, match=sentence):
        members_of(raw, "a.zip")


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps({"title": "Gate", "text": "", "comments": TEXT}).encode(),
        json.dumps({"title": "Gate", "text": " \n"}).encode(),
        json.dumps({"title": "Gate", "text": None}).encode(),
        table(["title", "text"], ["Gate", ""]),
        table(["title", "text", "comments"], ["Gate", " ", TEXT]),
    ],
)
def test_record_whose_text_is_empty_says_so(raw: bytes) -> None:
    with pytest.raises(EmptySource, match="record holds nothing in “text”, the column of its text"):
        read(raw)


def test_record_whose_text_is_empty_may_have_a_summary() -> None:
    article = record(title="Gate", text="", summary=TEXT)
    assert [flag.kind for flag in article.flags] == ["summary_only"]


def test_column_that_somebody_chose_may_be_empty_too() -> None:
    raw = json.dumps({"title": "Gate", "notes": "", "text": TEXT}).encode()
    with pytest.raises(EmptySource, match="nothing in “notes”"):
        read_and_interpret(raw, "record", as_format="columns:text=notes&title=title")


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_data_set_of_another_encoding_says_that_it_was_guessed(kind: str) -> None:
    title = "Über die Brücke"
    one = json.dumps({"Überschrift": title, "text": TEXT}, ensure_ascii=False)
    plain = json.dumps({"Überschrift": "Plain", "text": TEXT}, ensure_ascii=False)
    rows = table(["Überschrift", "text"], [title, TEXT], ["Plain", TEXT]).decode()
    raw = {"csv": rows, "json": f"[{one}, {plain}]", "jsonl": f"{one}\n{plain}\n"}[kind]
    members = held(raw.encode("cp1252"), f"pile.{kind}")
    first, second = (read(member.content) for member in members)
    assert (first.title.value, second.title.value) == (title, "Plain")
    assert [flag.kind for flag in first.flags] == ["encoding_guessed"]
    (column, *_others) = columns_in(member.content for member in members)
    assert (column.name, column.samples) == ("Überschrift", (title, "Plain"))


def test_letters_that_are_damaged_in_a_data_set_are_told() -> None:
    rows = table(["title", "text"], ["Gate", f"Ä ö ü ß é è {TEXT}"]).replace(b"shut", b"sh\xfft", 1)
    (member,) = held(rows)
    assert [flag.kind for flag in read(member.content).flags] == ["damaged"]
