"""A claim as linked data: schema.org for what it is, W3C annotations for where it is said.

What neither has a term for (stance, speaker, voice, mode, how sure, what claims do to each other)
is in a small vocabulary of our own,
whose page says what each term means.

Sources: schema.org Claim, ClaimReview; W3C Web Annotation Data Model 3.2, 4.2.4, 4.2.5; SKOS
Reference 8, 10.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from annotations.consistency import NARROWER
from annotations.formats.citations import author_of
from annotations.models import Annotation, Claim, ClaimOccurrence, ClaimRelation
from annotations.queries.claim_relations import Related
from corpus.models import Article

# Of the outcomes of a prediction, as a rating between the worst and the best.
_RATINGS: Mapping[str, int] = {Claim.Outcome.BORNE_OUT: 5, Claim.Outcome.NOT_BORNE_OUT: 1}
_ANNO = "http://www.w3.org/ns/anno.jsonld"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
# Of what claims do to each other, what SKOS has a word for.
_TERMS: Mapping[str, str] = {ClaimRelation.Kind.EQUIVALENT: "skos:exactMatch"}


def schema_of(
    claim: Claim,
    articles: Sequence[Article],
    origin: str,
    *,
    related: Sequence[Related] = (),
    following: str = "",
) -> list[dict[str, Any]]:
    """Return the claim as schema.org describes it, appearing in `articles`.

    `related` is what it does to other claims and they to it. `following` is the address where
    further articles are told, "" when these are all. A review comes with it only where a
    curator recorded whether it was borne out. Addresses begin with `origin`, like
    "https://example.org". Articles have their outlet and authors.
    """
    url = f"{origin}{claim.get_absolute_url()}"
    described = _filled(
        {
            "@context": ["https://schema.org", {"postil": _terms(origin), "skos": _SKOS}],
            "@type": "Claim",
            "@id": f"{url}#claim",
            "url": url,
            "name": claim.label,
            "text": claim.statement or claim.label,
            "description": claim.definition,
            "appearance": [_article(article, origin) for article in articles],
            "postil:next": {"@id": following} if following else "",
            **_relations(related, origin),
        }
    )
    if claim.outcome not in _RATINGS:
        return [described]
    return [described, _review(claim, url, origin)]


def annotations_of(
    occurrences: Sequence[ClaimOccurrence], claim: Claim, origin: str, *, page: str, following: str
) -> dict[str, Any]:
    """Return `occurrences` of `claim` as a page of W3C annotations at the address `page`.

    `following` is the address of the next one, "" on the last. Each occurrence has its
    speaker, its annotation and that one's article and creator.
    """
    return _filled(
        {
            "@context": [_ANNO, {"postil": _terms(origin)}],
            "id": page,
            "type": "AnnotationPage",
            "next": following,
            "items": [_annotation(row, claim, origin) for row in occurrences],
        }
    )


def _annotation(row: ClaimOccurrence, claim: Claim, origin: str) -> dict[str, Any]:
    mark = row.content_object
    return _filled(
        {
            "id": f"{origin}{reverse('annotation', args=[mark.pk])}#{claim.slug}",
            "type": "Annotation",
            "motivation": "classifying",
            "creator": {"type": "Person", "name": mark.creator.profile.display_name},
            "created": row.created_at.isoformat(timespec="seconds"),
            "body": {
                "type": "SpecificResource",
                "purpose": "classifying",
                "source": f"{origin}{claim.get_absolute_url()}#claim",
            },
            "target": _target(mark, origin),
            "postil:stance": {"id": f"postil:{row.stance}"},
            "postil:speaker": row.speaker.name if row.speaker else "",
            # What is guessed from quotation marks is no statement of the reader's.
            "postil:voice": {"id": f"postil:voice-{row.voice}"} if _is_said(row) else "",
            "postil:mode": {"id": f"postil:mode-{row.mode}"} if row.mode else "",
            "postil:confidence": (
                {"id": f"postil:confidence-{row.confidence}"} if row.confidence else ""
            ),
        }
    )


def _is_said(row: ClaimOccurrence) -> bool:
    return bool(row.voice) and row.voice_basis == ClaimOccurrence.VoiceBasis.CONFIRMED


def _target(mark: Annotation, origin: str) -> dict[str, Any] | str:
    source = f"{origin}{mark.article.get_absolute_url()}"
    if mark.start is None:
        return source
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": mark.exact,
                "prefix": mark.prefix,
                "suffix": mark.suffix,
            },
            {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
        ],
    }


def _article(article: Article, origin: str) -> dict[str, Any]:
    outlet = article.outlet
    return _filled(
        {
            "@type": "Article",
            "url": f"{origin}{article.get_absolute_url()}",
            "headline": article.title,
            "datePublished": article.published() or "",
            "author": author_of(article),
            "publisher": {"@type": "Organization", "name": outlet.name} if outlet else "",
            "sameAs": article.canonical_url,
        }
    )


def _review(claim: Claim, url: str, origin: str) -> dict[str, Any]:
    rating = {
        "@type": "Rating",
        "ratingValue": _RATINGS[claim.outcome],
        "worstRating": min(_RATINGS.values()),
        "bestRating": max(_RATINGS.values()),
        "alternateName": str(claim.get_outcome_display()),
    }
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": claim.statement or claim.label,
        "itemReviewed": {"@id": f"{url}#claim"},
        "author": {"@type": "Organization", "name": "Postil", "url": origin},
        "reviewRating": rating,
    }


def _relations(related: Sequence[Related], origin: str) -> dict[str, Any]:
    """Return the claims by what this one does to them, and under "@reverse" what they do to it."""
    told: dict[str, list[dict[str, str]]] = {}
    back: dict[str, list[dict[str, str]]] = {}
    for one in related:
        other = {"@id": f"{origin}{one.other.get_absolute_url()}#claim", "name": one.other.label}
        term, is_told_here = _TERMS.get(one.kind, f"postil:{one.kind}Claim"), one.is_from_here
        if one.kind == NARROWER:
            term, is_told_here = ("skos:broader" if one.is_from_here else "skos:narrower"), True
        (told if is_told_here else back).setdefault(term, []).append(other)
    return {**told, "@reverse": back} if back else told


def _terms(origin: str) -> str:
    return f"{origin}{reverse('vocabulary')}#"


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return `values` without those that are empty."""
    return {name: value for name, value in values.items() if value not in ("", [], None)}
