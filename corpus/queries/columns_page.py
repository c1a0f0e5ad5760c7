"""The page on which a curator says what the columns of a data set mean."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from corpus.extensions import Label
from corpus.import_words import refusal_in_words
from corpus.importing.columns import MEANINGS as ALL_MEANINGS
from corpus.importing.columns import Column, Meaning, columns_in, mapping_of, written
from corpus.importing.data_sets import first_records
from corpus.importing.errors import ImportRefused
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from corpus.models import ImportBatch, ImportFile
from corpus.queries.days import published_words

MEANINGS: Mapping[str, Label] = {
    "": _("Nothing"),
    "text": _("Text"),
    "title": _("Title"),
    "author": _("Author"),
    "outlet": _("Outlet"),
    "date": _("Date"),
    "url": _("Web address"),
    "language": _("Language"),
    "section": _("Section"),
    "topics": _("Topics"),
}
_SHOWN = 3
_LONGEST_BEGINNING = 300


@dataclass(frozen=True)
class Preview:
    """An article as a record would be read, or why it cannot be; the other is empty."""

    title: str = ""
    authors: str = ""
    outlet: str = ""
    date: str = ""
    beginning: str = ""
    problem: str = ""


@dataclass(frozen=True)
class ColumnsPage:
    """The columns of a data set with what each is taken for, and its first articles by that.

    `mapping` is by meaning, and `problem` says why it cannot be taken, "" where it can.
    `is_said` tells that somebody said it, here or, of the same columns, earlier.
    """

    file: ImportFile
    columns: list[Column]
    mapping: Mapping[str, str]
    looked_at: int
    previews: list[Preview]
    problem: str
    is_said: bool


def data_set_or_404(batch: ImportBatch, file_id: UUID) -> ImportFile:
    """Return the data set with this key in the import; raises Http404 for none."""
    files = batch.files.select_related("source", "batch").exclude(columns_key="")
    found = files.filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def columns_page(file: ImportFile, sent: Mapping[str, str]) -> ColumnsPage:
    """Return the page, by the meanings in `sent` ("column-0" and so on) where there are any."""
    records = first_records(bytes(file.source.content), file.name)
    columns = columns_in(records)
    is_said = True
    if any(_field(number) in sent for number in range(len(columns))):
        pairs = [(sent.get(_field(at), ""), column.name) for at, column in enumerate(columns)]
        said = [(meaning, name) for meaning, name in pairs if meaning]
    elif file.columns:
        said = list(file.columns.items())
    else:
        is_said = False
        said = [(column.meaning, column.name) for column in columns if column.meaning]
    problem, previews = "", []
    mapping: dict[Meaning, str] = {}
    try:
        mapping = mapping_of(said, [column.name for column in columns])
        previews = [_preview(record, file.name, written(mapping)) for record in records[:_SHOWN]]
    except ImportRefused as refusal:
        problem = refusal_in_words(refusal)
    taken = {name: meaning for meaning, name in said}
    return ColumnsPage(
        file,
        [_taken(column, taken.get(column.name, ""), is_said=is_said) for column in columns],
        {str(meaning): name for meaning, name in mapping.items()},
        len(records),
        previews,
        problem,
        is_said=bool(file.columns),
    )


def _field(number: int) -> str:
    return f"column-{number}"


def _taken(column: Column, word: str, *, is_said: bool) -> Column:
    """Return the column as it is taken for what `word` names; "" is nothing."""
    meaning = next((one for one in ALL_MEANINGS if one == word), None)
    return replace(column, meaning=meaning, is_guessed=column.is_guessed and not is_said)


def _preview(record: bytes, name: str, as_format: str) -> Preview:
    try:
        proposal: Proposal = read_and_interpret(record, name, as_format=as_format)[0]
    except ImportRefused as refusal:
        return Preview(problem=refusal_in_words(refusal))
    beginning = " ".join(proposal.text[: 2 * _LONGEST_BEGINNING].split())
    if len(beginning) > _LONGEST_BEGINNING:
        beginning = f"{beginning[:_LONGEST_BEGINNING].rsplit(' ', 1)[0]} …"
    return Preview(
        title=proposal.title.value or "",
        authors=", ".join(proposal.authors.value or ()),
        outlet=proposal.outlet.value or "",
        date=published_words(proposal.to_data()["facts"]["published"]["value"]),
        beginning=beginning,
    )
