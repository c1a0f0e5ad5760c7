"""Building the index anew, and bringing signatures up to date.

Each thing is replaced in a transaction of its own: readers find everything all the while, and
whoever writes waits for one thing at most.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpus.errors import NotAllowed
from corpus.models import Article, ArticleVersion, Job, SearchEntry, Signature
from corpus.permissions import Viewer, allowed
from corpus.services import jobs
from corpus.services.comparison import forget_comparison
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.indexing import forget_entries, index_article, index_other_kinds
from corpus.services.signatures import forget_counts, refresh_signature
from corpus.services.stubs import resolve_the_rest
from corpus.services.work import Progress, work

# In a larger corpus the articles that come later hardly change how rare a word is.
_SMALL_CORPUS = 500

REBUILD = "index.rebuild"
SETTLE = "related.settle"


@transaction.atomic
def ask_rebuild(viewer: Viewer) -> Job:
    """Ask for the index to be built anew in the background; return the job.

    One that waits already is returned again. Raises NotAllowed for who may not.
    """
    if not allowed(viewer, "job.start"):
        raise NotAllowed
    job = jobs.enqueue(viewer, REBUILD, {}, fingerprint=REBUILD)
    record(viewer.user_id, "job.started", job, after={"kind": job.kind})
    return job


def ask_settling(viewer: Viewer) -> Job:
    """Ask for the words of a small corpus to be weighed again; called at the end of an import."""
    return jobs.enqueue(viewer, SETTLE, {}, fingerprint=SETTLE)


@work(REBUILD, label=gettext_lazy("Rebuilding the index"))
def rebuild_in_background(job: Job, progress: Progress) -> str:
    """Do what `rebuild` does, and say how far it is."""
    others = SearchEntry.objects.filter(article=None).count()
    progress.of(2 * len(_article_ids()) + others)
    count = 0
    for _kind in rebuild():
        count += 1
        progress.step()
    return ngettext("%(count)d thing indexed.", "%(count)d things indexed.", count) % {
        "count": count
    }


@work(SETTLE, label=gettext_lazy("Finding related articles"))
def settle_in_background(job: Job, progress: Progress) -> str:
    """Do what `settle_signatures` does, and say how far it is."""
    article_ids = _small_corpus()
    progress.of(len(article_ids))
    for _version in _weighed_again(article_ids):
        progress.step()
    return _("Related articles are up to date.")


def settle_signatures() -> None:
    """Weigh the words of a small corpus again; called at the end of an import.

    Each article was weighed against those that came before it; only now is it known how
    rare its words are among all of them. A corpus beyond _SMALL_CORPUS stays as it is.
    """
    for _version in _weighed_again(_small_corpus()):
        pass


def rebuild() -> Iterator[str]:
    """Index everything anew, yielding the kind of each thing once it is stored.

    Whoever calls it has to exhaust it: what stops early leaves entries of both rules, and is
    begun from the beginning the next time.
    """
    resolve_the_rest()
    last = SearchEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    article_ids = _article_ids()
    with transaction.atomic():
        one_text_at_a_time()
        forget_counts()
    for article_id in article_ids:
        with transaction.atomic():
            version = _locked_version(article_id)
            if version is not None:
                forget_comparison(version.article)
                index_article(version)
        yield "articles"
    for version in _weighed_again(article_ids):
        yield f"signature of {version.pk}"
    yield from index_other_kinds(last)
    forget_entries(last)


def _weighed_again(article_ids: list[UUID]) -> Iterator[ArticleVersion]:
    corpus_size = Signature.objects.count()
    for article_id in article_ids:
        with transaction.atomic():
            version = _locked_version(article_id)
            if version is not None:
                refresh_signature(version, corpus_size)
        if version is not None:
            yield version


def _small_corpus() -> list[UUID]:
    """Return the articles, none of them when they are many."""
    return _article_ids() if Signature.objects.count() <= _SMALL_CORPUS else []


def _article_ids() -> list[UUID]:
    """Return the articles that have a text, oldest first."""
    with_text = Article.objects.exclude(current_version=None).order_by("created_at", "id")
    return list(with_text.values_list("id", flat=True))


def _locked_version(article_id: UUID) -> ArticleVersion | None:
    """Return the current version of the article, which nobody changes until the commit.

    Nobody counts words until then either: a new version takes those of the old text before
    those of its own, and who counts meanwhile would wait for it in a circle.
    """
    one_text_at_a_time()
    locked = Article.objects.select_for_update(no_key=True).filter(pk=article_id).first()
    if locked is None or locked.current_version_id is None:
        return None
    versions = ArticleVersion.objects.select_related("article__outlet")
    return versions.get(pk=locked.current_version_id)
