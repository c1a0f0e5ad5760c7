"""Sentences that may word a claim: those of one article, and those for one claim."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from annotations.models import Audience, Claim, ClaimOccurrence, Moderation, Suggestion
from annotations.queries.finding.found import Finding, Sentence, place, sentences_of, texts_of
from annotations.suggesting.fingerprints import fingerprint
from annotations.suggesting.wording import Claimed, Likeness, Rarity, Wanted
from corpus.models import Article, ArticleVersion, ComparedText
from corpus.permissions import SYSTEM
from corpus.search.answering import PASSAGES, Scope, best
from corpus.search.query import Query, Term
from corpus.search.vocabulary import counts_of

_KIND = Suggestion.Kind.CLAIM_PASSAGE

# Claims that an article is looked through for, those with most passages first, and the
# passages of each that are compared, the newest first.
_MOST_CLAIMS = 300
_MOST_PASSAGES = 12
# What one search proposes: more is not looked over.
_MOST_OF_CLAIM = 5
_MOST_OF_ARTICLE = 40
# For one claim so many terms are looked up, so many blocks of each read, in so many articles.
_TERMS = 8
_BLOCKS = 60
_ARTICLES = 30
_MOST_FOR_CLAIM = 50
# Among a handful of articles most of them may have a word: it is common here with more.
_DOUBT = 10


@dataclass(frozen=True)
class KnownClaim:
    """A claim with its accepted passages: their words, and the highlights that mark them."""

    claim: Claim
    passages: list[str] = field(default_factory=list)
    marks: list[UUID] = field(default_factory=list)

    @property
    def claimed(self) -> Claimed:
        """Return what the ranker looks at."""
        return Claimed(self.claim.name, self.claim.statement, self.passages)


def known_claims() -> list[KnownClaim]:
    """Return the claims with most passages, at most _MOST_CLAIMS; two queries."""
    shared = _open().filter(tag__merged_into__isnull=True).order_by()
    counted = shared.values("tag").annotate(passages=Count("id")).order_by("-passages", "tag")
    return _known([row["tag"] for row in counted[:_MOST_CLAIMS]])


def worded_in(
    version: ArticleVersion,
    sentences: Mapping[UUID, Sequence[Sentence]],
    claims: Iterable[KnownClaim],
    *,
    most: int = _MOST_OF_ARTICLE,
) -> list[Finding]:
    """Return the sentences of `version` that word one of `claims`, the likeliest first.

    What the claim, or one narrower, is tagged on is left out. `sentences` are those of the
    article and of others that stand for what is written here.
    """
    rarity = _rarity(sentences, version.article_id)
    narrower = _narrower_spans(claims, version.article_id)
    found: list[Finding] = []
    for known in claims:
        wanted = Wanted(known.claimed, rarity)
        taken = narrower[known.claim.pk]
        likely = [
            (likeness, sentence)
            for sentence in sentences[version.article_id]
            if (likeness := wanted.likeness(sentence.terms)).score >= wanted.likely
            and not any(
                start < sentence.span.end and sentence.span.start < end for start, end in taken
            )
        ]
        likely.sort(key=lambda item: (-item[0].score, item[1].span))
        found += [
            _finding(version, known, wanted, sentence, likeness)
            for likeness, sentence in likely[:_MOST_OF_CLAIM]
        ]
    found.sort(key=lambda finding: (-finding.score, finding.fingerprint))
    return found[:most]


def worded_anywhere(claim: Claim) -> list[Finding]:
    """Return the sentences of all articles that word `claim`, the likeliest first.

    The index of passages says in which articles its heaviest words stand.
    """
    known = _known([claim.pk])[0]
    versions = texts_of(_articles_with(known))
    sentences = {pk: sentences_of(version) for pk, version in versions.items()}
    found = [
        finding
        for version in versions.values()
        for finding in worded_in(version, sentences, [known])
    ]
    found.sort(key=lambda finding: (-finding.score, finding.fingerprint))
    return found[:_MOST_FOR_CLAIM]


def tagged_since(moment: datetime) -> dict[UUID, datetime]:
    """Return the claims that were tagged after `moment` where every reader sees it, by id, with
    the time they were tagged last; samples are left out."""
    tagged = _open().filter(
        created_at__gt=moment, content_object__is_sample=False, tag__merged_into__isnull=True
    )
    return dict(tagged.order_by().values_list("tag").annotate(last=Max("created_at")))


def _shared() -> "QuerySet[ClaimOccurrence]":
    """Return the tagged claims that everybody who reads the article sees."""
    return ClaimOccurrence.objects.filter(
        content_object__audience=Audience.PUBLIC,
        content_object__moderation=Moderation.APPROVED,
        content_object__deleted_at__isnull=True,
    )


def _open() -> "QuerySet[ClaimOccurrence]":
    """Return those that every reader sees: others would tell what a group's articles say."""
    article = "content_object__article"
    shown = _shared().filter(**{f"{article}__is_hidden": False})
    return shown.exclude(**{f"{article}__access": Article.Access.GROUPS})


def _known(claim_ids: Sequence[UUID]) -> list[KnownClaim]:
    claims = Claim.objects.filter(pk__in=claim_ids).order_by()
    known = {claim.pk: KnownClaim(claim) for claim in claims}
    newest = Window(
        RowNumber(), partition_by="tag", order_by=[F("created_at").desc(), F("pk").asc()]
    )
    rows = _open().filter(tag__in=claim_ids).order_by().annotate(place=newest)
    newer = rows.filter(place__lte=_MOST_PASSAGES).order_by("tag", "place")
    columns = ("tag_id", "content_object_id", "content_object__exact")
    for claim_id, mark, exact in newer.values_list(*columns):
        known[claim_id].passages.append(exact)
        known[claim_id].marks.append(mark)
    return [known[pk] for pk in claim_ids if pk in known]


def _narrower_spans(
    claims: Iterable[KnownClaim], article_id: UUID
) -> Mapping[UUID, list[tuple[int, int]]]:
    """Return where in the article each claim, or one narrower, is tagged; one query."""
    ids = [known.claim.pk for known in claims]
    tagged = _shared().filter(
        Q(tag__in=ids) | Q(tag__broader__in=ids),
        content_object__article=article_id,
        content_object__version_id=F("content_object__article__current_version_id"),
        content_object__start__isnull=False,
    )
    columns = ("tag_id", "tag__broader_id", "content_object__start", "content_object__end")
    spans: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
    for claim_id, broader_id, start, end in tagged.order_by().values_list(*columns):
        for pk in (claim_id, broader_id):
            if pk is not None:
                spans[pk].append((start, end))
    return spans


def _rarity(sentences: Mapping[UUID, Sequence[Sentence]], article_id: UUID) -> Rarity:
    """Return how much words tell beside `sentences`, and by the index of all articles."""
    words = {word for item in sentences[article_id] for word in item.terms.values()}
    articles = ComparedText.objects.count() + _DOUBT
    shares = {word: count.articles / articles for word, count in counts_of(sorted(words)).items()}
    return Rarity((item.terms for some in sentences.values() for item in some), shares)


def _articles_with(known: KnownClaim) -> list[UUID]:
    """Return the articles in which most of the heaviest words of a claim stand."""
    wanted = Wanted(known.claimed, Rarity(()))
    met: Counter[UUID] = Counter()
    for word in wanted.beginnings[:_TERMS]:
        query = Query(wanted=(Term((word,), is_prefix=True),))
        entries = best(SYSTEM, PASSAGES, query, Scope())
        met.update(set(entries.values_list("entry__article_id", flat=True)[:_BLOCKS]))
    return [pk for pk, _count in sorted(met.items(), key=lambda item: (-item[1], str(item[0])))][
        :_ARTICLES
    ]


def _finding(
    version: ArticleVersion,
    known: KnownClaim,
    wanted: Wanted,
    sentence: Sentence,
    likeness: Likeness,
) -> Finding:
    nearest = wanted.nearest(sentence.terms)
    slug = known.claim.slug
    return Finding(
        _KIND,
        known.claim.pk,
        version.article_id,
        likeness.score,
        fingerprint(_KIND, slug, version.article.slug, sentence.exact),
        fingerprint(_KIND, slug),
        {
            "words": list(likeness.words),
            "like": None if nearest is None else str(known.marks[nearest]),
            "there": place(version, sentence.span),
        },
    )
