"""Articles that may be linked to one another: by a quotation, a cited page, or their words."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from annotations.models import Audience, Link, Suggestion
from annotations.queries.finding.found import Finding, Sentence, place, sentence_round, texts_of
from annotations.suggesting.fingerprints import fingerprint, fingerprint_of_pair
from annotations.suggesting.wording import Rarity
from corpus.models import ArticleVersion
from corpus.permissions import SYSTEM
from corpus.related import Related, shared_passages
from corpus.related.citations import SharedPage, shared_pages
from corpus.related.copies import Overlap, overlaps
from corpus.text.addresses import address_key
from corpus.text.runs import GUARANTEED, SharedRun
from corpus.text.spans import Span

_Kind = Suggestion.Kind

LIKELY_RELATED = 0.06
"""Articles so much related are proposed for a link.

Of the pairs of seeds that reach it readers of the starter set linked every one; a little below
come as many that they did not link. Texts of nothing but chance words reach 0.01, copies of a
seed with half of its words others 0.08 and more (tests/benchmarks/relating.py)."""
# Articles that are compared word by word, and what is proposed of each.
_MOST_COMPARED = 5
_MOST_QUOTATIONS = 3
_MOST_PAGES = 2
# A quotation of so many words is as sure as it gets; a shared page is half of that.
_LONG_RUN = 3 * GUARANTEED
_SCORE_OF_PAGE = 0.5
# Shorter sentences are not preferred for being short.
_USUAL_TERMS = 12


def shared_quotations(version: ArticleVersion) -> Iterator[Finding]:
    """Yield the words in a row that other articles have as well.

    Near-copies of the article are left out, and what so many articles have that it is
    boilerplate.
    """
    shared = [
        overlap
        for overlap in overlaps(SYSTEM, version.article)
        if overlap.places and not overlap.is_near_copy
    ]
    shared.sort(key=lambda overlap: (-len(overlap.places), str(overlap.article_id)))
    most = shared[:_MOST_COMPARED]
    others = texts_of(overlap.article_id for overlap in most)
    for overlap in most:
        other = others.get(overlap.article_id)
        if other is not None:
            runs = [
                run for run in shared_passages(version.text, other.text) if _is_rare(run, overlap)
            ]
            yield from (_quotation(version, other, run) for run in runs[:_MOST_QUOTATIONS])


def shared_citations(version: ArticleVersion) -> Iterator[Finding]:
    """Yield the pages that the article and another both link to; those many cite left out."""
    pages = shared_pages(SYSTEM, version.article)
    others = texts_of({page.article_id for page in pages})
    given: dict[UUID, int] = {}
    for page in pages:
        other = others.get(page.article_id)
        if other is None or given.get(page.article_id, 0) >= _MOST_PAGES:
            continue
        theirs = page.span_in(other)
        if theirs is not None:
            given[page.article_id] = given.get(page.article_id, 0) + 1
            yield _citation(version, other, page, theirs)


def related(
    version: ArticleVersion,
    sentences: Mapping[UUID, Sequence[Sentence]],
    near: Sequence[Related],
) -> Iterator[Finding]:
    """Yield those of the articles `near` this one that are related enough to be linked.

    Those that readers linked are left out. `sentences` are those of all the articles.
    """
    linked = _linked_with(version.article_id)
    rarity = Rarity(sentence.terms for some in sentences.values() for sentence in some)
    others = texts_of(item.article.pk for item in near)
    for item in near:
        other = others.get(item.article.pk)
        if item.score < LIKELY_RELATED or other is None or other.article_id in linked:
            continue
        ours, theirs = sentences[version.article_id], sentences.get(other.article_id, [])
        if ours and theirs:
            here = _most_telling(ours, _all_terms(theirs), rarity)
            there = _most_telling(theirs, here.terms, rarity)
            yield _related(version, other, item, (here, there))


def _is_rare(run: SharedRun, overlap: Overlap) -> bool:
    return any(run.start <= start < run.end for start in overlap.places)


def _quotation(version: ArticleVersion, other: ArticleVersion, run: SharedRun) -> Finding:
    words = " ".join(run.words)
    one, two = version.article.slug, other.article.slug
    return Finding(
        _Kind.SAME_QUOTATION,
        version.article_id,
        other.article_id,
        min(1.0, len(run.words) / _LONG_RUN),
        fingerprint_of_pair(_Kind.SAME_QUOTATION, one, two, words),
        fingerprint(_Kind.SAME_QUOTATION, words),
        {
            "count": len(run.words),
            "here": place(version, Span(run.start, run.end)),
            "there": place(other, Span(run.their_start, run.their_end)),
        },
    )


def _citation(
    version: ArticleVersion, other: ArticleVersion, page: SharedPage, theirs: Span
) -> Finding:
    one, two = version.article.slug, other.article.slug
    return Finding(
        _Kind.SAME_URL,
        version.article_id,
        other.article_id,
        _SCORE_OF_PAGE,
        fingerprint_of_pair(_Kind.SAME_URL, one, two, str(address_key(page.url))),
        fingerprint(_Kind.SAME_URL, str(address_key(page.url))),
        {
            "url": page.shown,
            "here": place(version, sentence_round(version, page.span)),
            "there": place(other, sentence_round(other, theirs)),
        },
    )


def _related(
    version: ArticleVersion,
    other: ArticleVersion,
    item: Related,
    told: tuple[Sentence, Sentence],
) -> Finding:
    return Finding(
        _Kind.RELATED_ARTICLE,
        version.article_id,
        other.article_id,
        item.score,
        fingerprint_of_pair(_Kind.RELATED_ARTICLE, version.article.slug, other.article.slug),
        fingerprint(_Kind.RELATED_ARTICLE, version.article.slug),
        {
            "reasons": [reason.as_json() for reason in item.reasons if reason.kind != "said"],
            "here": place(version, told[0].span),
            "there": place(other, told[1].span),
        },
    )


def _most_telling(
    sentences: Sequence[Sentence], terms: Mapping[str, str], rarity: Rarity
) -> Sentence:
    """Return the sentence that says most of what `terms` say, for its length."""

    def told(sentence: Sentence) -> float:
        shared = (rarity.of(term, word) for term, word in sentence.terms.items() if term in terms)
        return sum(shared) / (_USUAL_TERMS + len(sentence.terms))

    return max(sentences, key=told)


def _all_terms(sentences: Sequence[Sentence]) -> dict[str, str]:
    return {term: word for sentence in sentences for term, word in sentence.terms.items()}


def _linked_with(article_id: UUID) -> set[UUID]:
    shown = Link.objects.filter(deleted_at__isnull=True, audience=Audience.PUBLIC)
    ends = shown.filter(Q(from_article=article_id) | Q(to_article=article_id)).order_by()
    pairs = ends.values_list("from_article_id", "to_article_id")
    return {pk for pair in pairs for pk in pair} - {article_id}
