"""One record of a data set as a source: its text, headed by what the other columns say of it.

A record is a JSON object, or the lines of a CSV table that hold its names and one row.
"""

import ast
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from corpus.importing.facts import MOST_AUTHORS
from corpus.importing.known import Known
from corpus.importing.told import Name, Told, first_told, head_lines, told
from corpus.text.spans import is_blank, normalise

TEXT_COLUMNS = (
    *("text", "content", "body", "article", "full_text", "fulltext", "article_text", "maintext"),
    *("content_text", "article_body", "articlebody", "story", "content_html", "html", "document"),
    *("texte", "texto", "testo", "tekst", "inhalt", "contenu", "contenido"),
)
"""The columns that may hold the text, the likeliest first."""

SUMMARY_COLUMNS = ("summary", "description", "abstract")
"""The columns that hold a few words about an article, taken for want of its text."""

COLUMNS: Mapping[Name, tuple[str, ...]] = {
    "title": (
        *("title", "headline", "head", "heading", "article_title"),
        *("titel", "titre", "titulo", "título", "titolo", "überschrift", "schlagzeile"),
    ),
    "author": (
        *("authors", "author", "byline", "by_line", "creator", "writer", "journalist"),
        *("autor", "autoren", "auteur", "auteurs", "autore", "autores"),
    ),
    "outlet": (
        *("outlet", "publication", "publisher", "newspaper", "source", "source_name", "site_name"),
        *("site", "source_domain", "domain", "media"),
        *("quelle", "zeitung", "journal", "fuente", "periódico"),
    ),
    "date": (
        *("date_published", "published", "publish_date", "published_at", "publication_date"),
        *("date_publish", "pub_date", "pubdate", "date", "datetime", "published_date"),
        *("timestamp", "time", "created_at", "created"),
        *("datum", "fecha", "erschienen"),
    ),
    "url": ("url", "link", "canonical_url", "permalink", "source_url", "web_url", "uri", "address"),
    "language": (
        *("language", "lang", "language_code", "lang_code", "locale", "inlanguage"),
        *("sprache", "langue", "idioma", "lingua", "taal"),
    ),
    "section": (
        *("section", "section_name", "category", "desk", "news_desk", "articlesection"),
        *("ressort", "rubrik", "rubrique", "sección"),
    ),
    "topics": (
        *("topics", "tags", "keywords", "categories", "topic", "tag", "subjects", "news_keywords"),
        *("schlagwörter", "stichwörter", "mots_clés", "etiquetas", "palabras_clave"),
    ),
}
"""The columns that may tell a fact, the likeliest first."""

TABLES = (".csv", ".tsv", ".tab")
"""How the names of files end that say they are tables."""

_KEYS_OF_NAMES = ("name", "title", "label", "$date")
_LISTS: Mapping[Name, str] = {"author": ", ", "section": "; ", "topics": "; "}
# A text in a column that nothing names is at least so long.
_FEWEST_LETTERS = 200
_HEADER_AND_ROW = 2
_LONGEST_HEADER = 10_000
_LONGEST_NAME = 60
_MARKUP = re.compile(
    r"\s*<(?:!doctype|html|body|p|div|article|section|h[1-6]|span|ul|ol|br)\b", re.I
)


@dataclass(frozen=True)
class Record:
    """A record as a source: `text` is what offsets count in, `known` what the columns tell."""

    text: str
    known: Known

    @property
    def has_words(self) -> bool:
        """Whether there is any text in the record."""
        return not is_blank(self.text[self._head :])

    @property
    def _head(self) -> int:
        return max((label.line.end for label in self.known.labels), default=0)


def fields_of_json(text: str) -> dict[str, str] | None:
    """Return the columns of a JSON object by their names, or None for anything else.

    Objects and lists of a kind that is known are read; other ones are left out.
    """
    if not text.lstrip().startswith("{"):
        return None
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    told = {str(name): _words(value) for name, value in data.items()}
    return {name: words for name, words in told.items() if words.strip()}


def empty_text_column(text: str) -> str:
    """Return which column of a record would hold its text, "" for none; it is known to be empty.

    `text` is a JSON object, or the names of a table and one row.
    """
    if text.lstrip().startswith("{"):
        names = [str(name) for name in json.loads(text, strict=False)]
    else:
        names = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))
    return next((name for name in names if column_key(name) in TEXT_COLUMNS), "")


def fields_of_table(text: str) -> dict[str, str] | None:
    """Return the columns of a table of one row by their names, or None for anything else."""
    delimiter = delimiter_of(text)
    if not delimiter:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = list(islice((row for row in reader if any(row)), _HEADER_AND_ROW + 1))
    except csv.Error:
        return None
    if len(rows) != _HEADER_AND_ROW:
        return None
    return {name.strip(): value for name, value in zip(*rows, strict=False) if value.strip()}


def delimiter_of(text: str, name: str = "") -> str:
    """Return what parts the columns of a table whose first line names a text and a fact, or "".

    What a file is called that says it is a table is believed, where its first line may be names.
    """
    head = re.split(r"[\r\n]", text[:_LONGEST_HEADER].lstrip("\ufeff"), maxsplit=1)[0]
    if len(head) == _LONGEST_HEADER:
        return ""
    for delimiter in ",\t;|":
        names = {column_key(name) for name in next(csv.reader([head], delimiter=delimiter), [])}
        if len(names) > 1 and names & set(TEXT_COLUMNS):
            return delimiter
    return _delimiter_between_names(head) if name.lower().endswith(TABLES) else ""


def _delimiter_between_names(head: str) -> str:
    """Return what parts a line into the most words that may be the names of columns, or ""."""
    found = {}
    for delimiter in "\t;|,":
        names = [name.strip() for name in next(csv.reader([head], delimiter=delimiter), [])]
        are_names = all(0 < len(name) <= _LONGEST_NAME for name in names)
        if len(names) > 1 and are_names and len(set(names)) == len(names):
            found[delimiter] = len(names)
    return max(found, key=lambda delimiter: found[delimiter], default="")


def column_key(name: str) -> str:
    """Return the name of a column as the lists here spell it."""
    return re.sub(r"[\s.-]+", "_", name.strip().strip('"').lower())


def text_column(fields: Mapping[str, str]) -> str:
    """Return the name of the column that holds the text, "" for none."""
    by_key = {column_key(name): name for name in fields}
    for key in TEXT_COLUMNS:
        if key in by_key:
            return by_key[key]
    named = {key for keys in COLUMNS.values() for key in keys}
    rest = [name for name in fields if column_key(name) not in named]
    longest = max(rest, key=lambda name: len(fields[name]), default="")
    if longest and len(fields[longest]) >= _FEWEST_LETTERS:
        return longest
    return next((by_key[key] for key in SUMMARY_COLUMNS if key in by_key), "")


def told_by_columns(
    fields: Mapping[str, str], text_name: str, rule: str = "column"
) -> dict[Name, Told]:
    """Return what the columns but that of the text tell, at most one thing for each fact."""
    by_key = {column_key(name): words for name, words in fields.items() if name != text_name}
    return first_told(
        found
        for name, keys in COLUMNS.items()
        for found in _told(name, (by_key[key] for key in keys if key in by_key), rule)
    )


def record_of(words: str, known: Mapping[Name, Told]) -> Record:
    """Return the record with this text and what is known of it."""
    head, labels = head_lines(known.values())
    return Record(f"{head}\n{normalise(words)}", Known(tuple(labels)))


def is_markup(words: str) -> bool:
    """Say whether a text is the mark-up of a page, or a part of one."""
    return _MARKUP.match(words) is not None


def _told(name: Name, values: Iterator[str], rule: str) -> Iterator[Told]:
    for words in values:
        joined = _LISTS[name].join(_listed(words)) if name in _LISTS else words
        yield from told(name, joined, rule)


def _listed(words: str) -> list[str]:
    """Return the names in a list that was written as Python or JSON writes one."""
    if words.startswith("[") and words.endswith("]"):
        try:
            names = ast.literal_eval(words)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return [words]
        return [str(name).strip() for name in names if str(name).strip()][:MOST_AUTHORS]
    return [part.strip() for part in words.split(";")] if ";" in words else [words]


def _words(value: Any) -> str:
    """Return a JSON value as the words that a column holds."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(words for one in value[:MOST_AUTHORS] if (words := _words(one)))
    if isinstance(value, dict):
        return _words(next(filter(None, map(value.get, _KEYS_OF_NAMES)), None))
    return str(value)
