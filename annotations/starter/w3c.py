"""Reading the starter annotations, which are kept in the W3C Web Annotation model.

`annotations.jsonld` is one AnnotationCollection with a single embedded page. Whatever the
W3C model has no words for is named with our prefix, `postil:` = `urn:postil:ns:`:

- `postil:articles`: what the targets stand in: `id`, `label` (the title), `postil:sourceFile`
  (the name of the imported file) and `postil:position` (which article of that file, from 1).
- `postil:readers`: who wrote: `id`, `name` and `nickname` (the account's name).
- `postil:claims`: skos:Concepts: `creator`, `skos:prefLabel` (the label), `skos:definition`,
  `postil:statement` and, for a narrower claim, `skos:broader` {"id"}. They are made in this
  order, which gives those that stand close together in an article different colours.
- on a tag (a body with purpose "tagging" whose source is a claim): `postil:stance` (supports,
  disputes, context), `postil:voice` (author, quoted, reported), `postil:mode` (fact,
  prediction, demand, pledge) and `postil:speaker`, a Person with a `name`.
- on a link (a body with purpose "linking"): `postil:relation`.

A highlight's target has a TextQuoteSelector. A note on a whole article targets the article, a
reply the annotation it answers. An end of a link is an article or a highlight, by its `id`.
Source: W3C Web Annotation Data Model 3.1.4, 3.2.4, 4.2.4, 5.1.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

STARTER_FILE = Path(__file__).with_name("annotations.jsonld")

_ANNOTATION_PREFIX = "urn:uuid:"

T = TypeVar("T")


class Malformed(ValueError):
    """The file is not a collection that this module understands; the message names the item."""


@dataclass(frozen=True)
class StarterReader:
    """A sample reader: the account's name and the name shown to others."""

    username: str
    name: str


@dataclass(frozen=True)
class StarterArticle:
    """An article as it can be found again: its file and its place in it, from 1."""

    id: str
    title: str
    source_name: str
    position: int


@dataclass(frozen=True)
class StarterClaim:
    """A claim with its definition; `broader` is the label of another claim or None."""

    label: str
    reader: str
    statement: str
    definition: str
    broader: str | None


@dataclass(frozen=True)
class StarterTag:
    """A claim, by its label, on a highlight; what the text does not say is ""."""

    claim: str
    stance: str
    voice: str
    mode: str
    speaker: str


@dataclass(frozen=True)
class StarterQuote:
    """The marked words with up to 32 code points on each side."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class StarterAnnotation:
    """A highlight (it has a quote), a note on a whole article, or a reply (it has a parent)."""

    id: UUID
    reader: str
    article: str | None
    quote: StarterQuote | None
    parent: UUID | None
    note: str
    tags: tuple[StarterTag, ...]


@dataclass(frozen=True)
class StarterEnd:
    """One end of a link: a whole article or a highlight; the other is None."""

    article: str | None
    annotation: UUID | None


@dataclass(frozen=True)
class StarterLink:
    """A relation from one end to the other."""

    id: UUID
    reader: str
    from_end: StarterEnd
    to_end: StarterEnd
    relation: str
    note: str


@dataclass(frozen=True)
class Starter:
    """The whole file, in its order; replies follow what they answer, links their ends."""

    readers: tuple[StarterReader, ...]
    articles: tuple[StarterArticle, ...]
    claims: tuple[StarterClaim, ...]
    annotations: tuple[StarterAnnotation, ...]
    links: tuple[StarterLink, ...]


def read_starter(text: str) -> Starter:
    """Return what the JSON-LD `text` holds; raises Malformed, which names the item."""
    try:
        collection = json.loads(text)
        return _Names(collection).starter()
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON: {error}") from error
    except (KeyError, TypeError) as error:
        raise Malformed(f"the collection: {error!r}") from error


class _Names:
    """The readers, articles and claims of a collection, by their ids."""

    def __init__(self, collection: dict[str, Any]) -> None:
        self._items: list[dict[str, Any]] = collection["first"]["items"]
        self._readers = {row["id"]: _reader(row) for row in collection["postil:readers"]}
        self._articles = {row["id"]: _article(row) for row in collection["postil:articles"]}
        claims = collection["postil:claims"]
        self._labels: dict[str, str] = {row["id"]: row["skos:prefLabel"] for row in claims}
        self._claims = tuple(self._claim(row) for row in claims)

    def starter(self) -> Starter:
        links = [item for item in self._items if item["motivation"] == "linking"]
        others = [item for item in self._items if item["motivation"] != "linking"]
        return Starter(
            readers=tuple(self._readers.values()),
            articles=tuple(self._articles.values()),
            claims=self._claims,
            annotations=tuple(_each(self._annotation, others)),
            links=tuple(_each(self._link, links)),
        )

    def _claim(self, row: dict[str, Any]) -> StarterClaim:
        broader = row.get("skos:broader")
        return StarterClaim(
            label=row["skos:prefLabel"],
            reader=self._readers[row["creator"]].username,
            statement=row["postil:statement"],
            definition=row["skos:definition"],
            broader=self._labels[broader["id"]] if broader else None,
        )

    def _annotation(self, item: dict[str, Any]) -> StarterAnnotation:
        target = item["target"]
        quote = None
        if isinstance(target, dict):
            quote = _quote(target["selector"])
            target = target["source"]
        end = self._end(target)
        return StarterAnnotation(
            id=_uuid(item["id"]),
            reader=self._readers[item["creator"]].username,
            article=end.article,
            quote=quote,
            parent=end.annotation,
            note=_note(item),
            tags=tuple(self._tag(body) for body in _bodies(item, "tagging")),
        )

    def _link(self, item: dict[str, Any]) -> StarterLink:
        (body,) = _bodies(item, "linking")
        return StarterLink(
            id=_uuid(item["id"]),
            reader=self._readers[item["creator"]].username,
            from_end=self._end(item["target"]),
            to_end=self._end(body["source"]),
            relation=body["postil:relation"],
            note=_note(item),
        )

    def _tag(self, body: dict[str, Any]) -> StarterTag:
        return StarterTag(
            claim=self._labels[body["source"]],
            stance=body["postil:stance"],
            voice=body.get("postil:voice", ""),
            mode=body.get("postil:mode", ""),
            speaker=body.get("postil:speaker", {"name": ""})["name"],
        )

    def _end(self, iri: str) -> StarterEnd:
        if iri.startswith(_ANNOTATION_PREFIX):
            return StarterEnd(article=None, annotation=_uuid(iri))
        return StarterEnd(article=self._articles[iri].id, annotation=None)


def _each(read: Callable[[dict[str, Any]], T], items: Iterable[dict[str, Any]]) -> Iterator[T]:
    for item in items:
        try:
            yield read(item)
        except (KeyError, TypeError, ValueError) as error:
            raise Malformed(f"{item.get('id', 'an item without id')}: {error!r}") from error


def _reader(row: dict[str, Any]) -> StarterReader:
    return StarterReader(username=row["nickname"], name=row["name"])


def _article(row: dict[str, Any]) -> StarterArticle:
    return StarterArticle(
        id=row["id"],
        title=row["label"],
        source_name=row["postil:sourceFile"],
        position=row["postil:position"],
    )


def _quote(selector: dict[str, Any]) -> StarterQuote:
    return StarterQuote(
        exact=selector["exact"], prefix=selector["prefix"], suffix=selector["suffix"]
    )


def _bodies(item: dict[str, Any], purpose: str) -> list[dict[str, Any]]:
    return [body for body in item.get("body", []) if body["purpose"] == purpose]


def _note(item: dict[str, Any]) -> str:
    words = _bodies(item, "commenting") + _bodies(item, "replying")
    return str(words[0]["value"]) if words else ""


def _uuid(iri: str) -> UUID:
    return UUID(iri.removeprefix(_ANNOTATION_PREFIX))
