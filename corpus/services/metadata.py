"""What is known of an article, as a curator may set it, fact by fact."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from unicodedata import category

from django.utils.translation import gettext as _

from corpus.errors import Invalid
from corpus.models import Article, Authorship, Basis, Outlet
from corpus.services.addresses import is_web_address
from corpus.services.agents import named

FACTS = (
    *("title", "standfirst", "byline", "authors", "outlet", "published", "language", "url"),
    "topics",
)
"""The facts that an article's evidence is kept by, in the order of the page."""

_GUESSED = frozenset({Basis.INFERRED, Basis.DERIVED})
LIMITS = {"title": 500, "standfirst": 10_000, "byline": 300, "language": 20, "canonical_url": 2000}
"""Characters of the longest value of each column."""

_COLUMNS = {"url": "canonical_url"}
NO_COLUMN = frozenset({"authors", "topics"})
"""The facts that stand in tables of their own."""

_DATES = ("published_on", "published_precision", "published_not_before", "published_not_after")
CURATED = {"confidence": 1.0, "evidence": "", "evidence_start": None, "rule": "curator"}
"""What is kept of a fact that a curator set, beside its value and basis."""


@dataclass(frozen=True)
class Metadata:
    """All that a curator sets of an article; `authors` are names in the order of the by-line.

    `published_on` counts as far as `published_precision` says: the first day of its month
    or year stands for the whole.
    """

    title: str
    standfirst: str = ""
    byline: str = ""
    authors: tuple[str, ...] = ()
    outlet: Outlet | None = None
    published_on: date | None = None
    published_precision: str = "unknown"
    published_not_before: date | None = None
    published_not_after: date | None = None
    language: str = ""
    canonical_url: str = ""
    access: str = Article.Access.PUBLIC.value


def metadata_of(article: Article) -> Metadata:
    """Return what is known of `article` now."""
    columns = {item.name for item in fields(Metadata)} - {"authors"}
    return Metadata(**{name: getattr(article, name) for name in columns}, authors=_authors(article))


def state_of(article: Article) -> dict[str, Any]:
    """Return what is known of `article` now, as JSON values by field."""
    now = metadata_of(article)
    return {item.name: _as_json(getattr(now, item.name)) for item in fields(Metadata)}


def basis_of(article: Article, fact: str) -> str:
    """Return how `fact`, one of FACTS, is known of `article`: a value of Basis."""
    if fact == "authors":
        bases = [row.basis for row in article.authorships.all()]
        return bases[0] if bases else Basis.UNKNOWN.value
    if fact == "topics":
        return str(article.facts.get(fact, {}).get("basis", Basis.UNKNOWN.value))
    return str(getattr(article, f"{_COLUMNS.get(fact, fact)}_basis"))


def is_curators(article: Article, fact: str) -> bool:
    """Say whether a curator set `fact`, otherwise than for an import that was undone since."""
    is_curated = basis_of(article, fact) == Basis.CURATED
    return is_curated and not article.facts.get(fact, {}).get("is_undone")


def columns_of(fact: str) -> tuple[str, ...]:
    """Return the columns that hold `fact` and how it is known; () for those of NO_COLUMN."""
    if fact in NO_COLUMN:
        return ()
    column = _COLUMNS.get(fact, fact)
    return (*(_DATES if fact == "published" else (column,)), f"{column}_basis")


def facts_to_confirm(article: Article) -> list[str]:
    """Return those of FACTS that were inferred or derived, not given and not confirmed."""
    return [fact for fact in FACTS if basis_of(article, fact) in _GUESSED]


def checked(metadata: Metadata) -> Metadata:
    """Return `metadata` as it is stored; raises Invalid, naming the fields, when it cannot be."""
    kept = replace(
        metadata,
        title=" ".join(metadata.title.split()),
        standfirst=metadata.standfirst.replace("\r\n", "\n").strip(),
        byline=" ".join(metadata.byline.split()),
        authors=tuple(filter(None, (" ".join(name.split()) for name in metadata.authors))),
        language=metadata.language.strip(),
        canonical_url=metadata.canonical_url.strip(),
        published_on=_day(metadata.published_on, metadata.published_precision),
    )
    if kept.published_on is None:
        kept = replace(kept, published_precision="unknown")
    wrong = _mistakes(kept)
    if wrong:
        raise Invalid(_("Some of this cannot be stored. Nothing was changed."), **wrong)
    return kept


def store_facts(
    actor_id: int | None, article: Article, wanted: Metadata
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set on `article` what differs in `wanted`, as curated; return it before and after.

    Both map fields to JSON values. The caller saves the article; its authors are stored here.
    """
    now = metadata_of(article)
    names = [item.name for item in fields(Metadata)]
    changed = [name for name in names if getattr(now, name) != getattr(wanted, name)]
    before = {name: _as_json(getattr(now, name)) for name in changed}
    after = {name: _as_json(getattr(wanted, name)) for name in changed}
    for name in set(changed) - {"authors"}:
        setattr(article, name, getattr(wanted, name))
    if "authors" in changed:
        _credit(actor_id, article, wanted.authors)
    for fact in _facts_of(changed):
        before.setdefault("evidence", {})[fact] = article.facts.get(fact, {})
        _set_curated(article, fact, {**CURATED, "value": _value(wanted, fact)})
    return before, after


def confirm_facts(article: Article, facts: Collection[str]) -> dict[str, str]:
    """Make `facts` of `article` curated, their evidence kept; return their bases before.

    The caller saves the article.
    """
    before = {}
    for fact in facts:
        before[fact] = basis_of(article, fact)
        _set_curated(article, fact, {**article.facts.get(fact, {}), "confidence": 1.0})
    return before


def _set_curated(article: Article, fact: str, evidence: dict[str, Any]) -> None:
    curated = Basis.CURATED.value
    article.facts = {**article.facts, fact: {**evidence, "basis": curated}}
    if fact == "authors":
        article.authorships.update(basis=curated)
    elif fact not in NO_COLUMN:
        setattr(article, f"{_COLUMNS.get(fact, fact)}_basis", curated)


def _facts_of(changed: Collection[str]) -> list[str]:
    touched = {"published" if name in _DATES else name for name in changed}
    return [fact for fact in FACTS if _COLUMNS.get(fact, fact) in touched]


def _value(wanted: Metadata, fact: str) -> Any:
    if fact != "published":
        return _as_json(getattr(wanted, _COLUMNS.get(fact, fact)))
    return {
        "date": _as_json(wanted.published_on),
        "precision": wanted.published_precision,
        "not_before": _as_json(wanted.published_not_before),
        "not_after": _as_json(wanted.published_not_after),
    }


def _authors(article: Article) -> tuple[str, ...]:
    return tuple(article.authorships.values_list("agent__name", flat=True))


def _credit(actor_id: int | None, article: Article, names: tuple[str, ...]) -> None:
    article.authorships.all().delete()
    agents = dict.fromkeys(named(actor_id, name) for name in names)
    Authorship.objects.bulk_create(
        Authorship(article=article, agent=agent, position=position, basis=Basis.CURATED)
        for position, agent in enumerate(agents)
    )


def _day(day: date | None, precision: str) -> date | None:
    """Return the day that stands for all that `precision` says; None when nothing is known."""
    if day is None or precision == "unknown":
        return None
    if precision == "year":
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == "month" else day


def _mistakes(metadata: Metadata) -> dict[str, str]:
    wrong = {}
    if not metadata.title:
        wrong["title"] = _("An article needs a title.")
    for name, limit in LIMITS.items():
        value = getattr(metadata, name)
        if len(value) > limit:
            wrong[name] = _("At most %(limit)d characters can be kept.") % {"limit": limit}
        elif any(category(character) in {"Cs", "Cc"} for character in value.replace("\n", " ")):
            wrong[name] = _("This holds a character that cannot be stored.")
    first, last = metadata.published_not_before, metadata.published_not_after
    if first and last and first > last:
        wrong["published_not_after"] = _("This day is before the first possible one.")
    if metadata.published_precision not in Article.Precision.values:
        wrong["published_precision"] = _("Choose how exactly the day is known.")
    if metadata.access not in Article.Access.values:
        wrong["access"] = _("Choose who may read it.")
    if metadata.canonical_url and not is_web_address(metadata.canonical_url):
        wrong["canonical_url"] = _("Give a whole address that begins with http:// or https://.")
    return wrong


def _as_json(value: Any) -> Any:
    if isinstance(value, Outlet):
        return value.name
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
