"""A library of any size, made in bulk: what suggesting.py measures on.

Each batch stores what `index_article` would, by the same reckoning, but asks the database for
nothing: how many articles hold a word or a run is counted here and stored at the end. Near
copies are not looked for, there are none.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.benchmarks import crowd  # noqa: F401  # isort: skip - it sets Django up
from django.db import connection, transaction

from corpus.models import (
    Article,
    ArticleVersion,
    ComparedText,
    SearchEntry,
    Signature,
    SignatureTerm,
    Term,
)
from corpus.search.answering import ARTICLES, PASSAGES
from corpus.search.engine import engine
from corpus.search.indexed import IndexedWords
from corpus.search.vocabulary import Count, add_articles
from corpus.services.comparison import COMMONPLACE
from corpus.services.indexing import index_article
from corpus.services.signatures import rarities_of, weighed
from corpus.text.blocks import Block, blocks_to_data
from corpus.text.names import names_told
from corpus.text.runs import Fingerprint, compared_words, fingerprints
from corpus.text.words import Word, counted, words_with_offsets
from tests.benchmarks.texts import WORDS

BATCH = 500
_INSERT_RUN = """
    INSERT INTO corpus_textrun (text_id, hash, start, "end") VALUES (%s, %s, %s, %s)
"""
_COUNT_WORD = "UPDATE corpus_term SET articles = articles + %s WHERE word = %s"


def unsaved(slug: str, text: str) -> ArticleVersion:
    """Return the one version of an article called `slug`, neither of them stored."""
    start, blocks = 0, []
    for part in text.split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(part)))
        start += len(part) + 2
    version = ArticleVersion(
        article=Article(slug=slug, title=slug.replace("-", " ")),
        number=1,
        text=text,
        blocks=blocks_to_data(blocks),
        digest=slug,
        reason="measured",
        word_count=len(text.split()),
    )
    version.article.current_version = version
    return version


class Library:
    """Articles that are added to what is there; call `finish` behind the last."""

    def __init__(self) -> None:
        self._articles: Counter[str] = Counter()
        self._runs: Counter[int] = Counter()
        # They count as held by no article until the end.
        self._terms = add_articles(dict.fromkeys(WORDS, 0))
        self._size = Signature.objects.count()

    def add(self, texts: Iterable[tuple[str, str]]) -> list[Article]:
        """Store an article of each slug and text, indexed; return them."""
        versions = [unsaved(slug, text) for slug, text in texts]
        words = [list(words_with_offsets(version.text)) for version in versions]
        with transaction.atomic():
            # Which version is the current one is checked at the end.
            articles = Article.objects.bulk_create([version.article for version in versions])
            ArticleVersion.objects.bulk_create(versions)
            self._index(versions, words)
            self._sign(versions, words)
            self._compare(versions, words)
        return articles

    def finish(self) -> None:
        """Store in how many articles each word stands."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_COUNT_WORD, [(n, word) for word, n in self._articles.items()])

    def _index(self, versions: Sequence[ArticleVersion], words: Sequence[list[Word]]) -> None:
        entries, bodies = [], []
        for version, found in zip(versions, words, strict=True):
            article = version.article
            entries.append(SearchEntry(kind=ARTICLES, subject_id=article.pk, article=article))
            bodies.append([word.folded for word in found])
            for number, block in enumerate(version.blocks, start=1):
                place = {"block": number, "start": block["start"], "end": block["end"]}
                entries.append(
                    SearchEntry(kind=PASSAGES, subject_id=article.pk, article=article, **place)
                )
                inside = [word for word in found if block["start"] <= word.start < block["end"]]
                bodies.append([word.folded for word in inside])
        SearchEntry.objects.bulk_create(entries)
        engine().write(
            IndexedWords(entry.pk, (), (), body)
            for entry, body in zip(entries, bodies, strict=True)
        )

    def _sign(self, versions: Sequence[ArticleVersion], words: Sequence[list[Word]]) -> None:
        signatures, terms = [], []
        for version, found in zip(versions, words, strict=True):
            folded = [word.folded for word in found]
            self._articles.update(counted(folded).keys())
            self._size += 1
            counts = {
                word: Count(self._term(word), self._articles[word]) for word in counted(folded)
            }
            names = names_told(version.text)
            signatures.append(Signature(article=version.article, version=version, names=names))
            terms += [
                SignatureTerm(article_id=version.article_id, term_id=term, weight=weight)
                for term, weight in weighed(counted(folded), rarities_of(counts, self._size))
            ]
        Signature.objects.bulk_create(signatures)
        SignatureTerm.objects.bulk_create(terms)

    def _term(self, word: str) -> int:
        if word not in self._terms:
            self._terms |= add_articles({word: 0})
        return self._terms[word].term_id

    def _compare(self, versions: Sequence[ArticleVersion], words: Sequence[list[Word]]) -> None:
        rows: list[tuple[ComparedText, list[Fingerprint]]] = []
        for version, found in zip(versions, words, strict=True):
            runs = fingerprints(version.text, compared_words(version.text, found))
            text = ComparedText(article=version.article, version=version, runs=len(runs))
            rows.append((text, [run for run in runs if self._runs[run.hash] < COMMONPLACE]))
            self._runs.update(run.hash for run in runs)
        ComparedText.objects.bulk_create([text for text, _runs in rows])
        with connection.cursor() as cursor:
            cursor.executemany(
                _INSERT_RUN, [(text.pk, *run) for text, runs in rows for run in runs]
            )


def stored(slug: str, text: str) -> Article:
    """Return an article of `text`, stored and indexed as an import does it."""
    version = unsaved(slug, text)
    with transaction.atomic():
        version.article.save()
        version.save()
        index_article(version)
    return version.article


def forget_unused_words() -> None:
    """Remove the words that no article holds."""
    Term.objects.filter(articles=0).delete()
