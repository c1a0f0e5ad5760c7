"""Keeping what was found for people to look over, and looking for it in the background."""

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from annotations.models import Claim, LookedThrough, Suggestion
from annotations.queries.finding.found import Finding, Sentence, sentences_of, texts_of
from annotations.queries.finding.links import related, shared_citations, shared_quotations
from annotations.queries.finding.names import agent_aliases, duplicate_claims
from annotations.queries.finding.passages import (
    known_claims,
    tagged_since,
    worded_anywhere,
    worded_in,
)
from annotations.services.guards import writer_id
from corpus.models import Article, ArticleVersion, Event, Job
from corpus.permissions import SYSTEM, Viewer
from corpus.related import related_articles
from corpus.services.events import record
from corpus.services.jobs import enqueue
from corpus.services.running import due
from corpus.services.work import Progress, chore, work
from corpus.text.words import words_of

KIND = "suggestions.find"
ASKED = "suggestions.asked"

_Kind = Suggestion.Kind
_State = Suggestion.State

# Articles that tell what is written of here, beside the one that is looked through.
_NEIGHBOURS = 5
# A job ends after so long, and sooner when others wait for their turn; what is left is found by
# the next one.
_SECONDS_A_JOB = 60
_ARTICLES_A_JOB = 500
# Rows that are stored in one statement.
_ROWS = 200
# Claims tagged longer ago were looked for since, or wait until somebody asks.
_TAGGED_LATELY = timedelta(hours=1)


@chore
def look_when_due() -> None:
    """Ask for a search when an article is new or has another text than was looked through."""
    if _unseen().exists():
        enqueue(SYSTEM, KIND, {}, fingerprint=KIND)


@chore
def look_for_what_was_tagged() -> None:
    """Ask for a search for each claim that was tagged since it was looked for last."""
    tagged = tagged_since(timezone.now() - _TAGGED_LATELY)
    asked = Job.objects.filter(kind=KIND, subject__in=tagged).order_by()
    looked = dict(asked.values_list("subject").annotate(last=Max("created_at")))
    for claim_id, last in tagged.items():
        if claim_id not in looked or looked[claim_id] < last:
            enqueue(SYSTEM, KIND, {}, subject=claim_id, fingerprint=_print_of(claim_id))


def ask_for_claim(viewer: Viewer, claim: Claim) -> Job:
    """Ask for a search for passages that word `claim`; return the job.

    While one waits, that is it. Raises SignInNeeded.
    """
    with transaction.atomic():
        actor = writer_id(viewer)
        job = enqueue(viewer, KIND, {}, subject=claim.pk, fingerprint=_print_of(claim.pk))
        record(actor, ASKED, claim, audience=Event.Audience.STAFF, after={"job": str(job.pk)})
        return job


@work(KIND, label=gettext_lazy("Looking for suggestions"))
def find_job(job: Job, progress: Progress) -> str:
    """Look through what is new, or for the claim `job.subject`; doing it twice is harmless."""
    before = Suggestion.objects.filter(state=_State.PENDING).count()
    if job.subject is not None:
        _look_for_claim(job.subject)
    else:
        _look_through_unseen(progress)
        look_at_names()
    more = max(0, Suggestion.objects.filter(state=_State.PENDING).count() - before)
    return ngettext(
        "%(count)d more suggestion waits.", "%(count)d more suggestions wait.", more
    ) % {"count": more}


def look_through(article: Article) -> list[Finding]:
    """Look what `article` has in common with others, and keep it; return what was found."""
    version = texts_of([article.pk]).get(article.pk)
    if version is None:
        return []
    findings = _found_in(version)
    with transaction.atomic():
        _drop_outdated(version, {finding.fingerprint for finding in findings})
        keep(findings)
        LookedThrough.objects.update_or_create(article=article, defaults={"version": version})
    return findings


def look_at_names() -> list[Finding]:
    """Compare all claims, and all agents, by their names, and keep what is alike; return it."""
    findings = [*duplicate_claims(), *agent_aliases()]
    found = {finding.fingerprint for finding in findings}
    with transaction.atomic():
        of_names = _pending().filter(kind__in=[_Kind.DUPLICATE_CLAIM, _Kind.AGENT_ALIAS])
        _drop(of_names.values_list("pk", "fingerprint"), found)
        keep(findings)
    return findings


def keep(findings: Sequence[Finding]) -> None:
    """Store what was found for people to decide; what they decided stays decided.

    What is found once more takes the place and the reason it has now. Called inside a
    transaction.
    """
    decided = _decided(findings)
    rows = [
        Suggestion(**vars(finding))
        for finding in {finding.fingerprint: finding for finding in findings}.values()
        if finding.fingerprint not in decided
    ]
    Suggestion.objects.bulk_create(
        rows,
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["fingerprint"],
        update_fields=["subject_id", "object_id", "score", "reason", "topic"],
    )


def _print_of(claim_id: UUID) -> str:
    return f"{KIND}:{claim_id}"


def _look_for_claim(claim_id: UUID) -> None:
    claim = Claim.objects.filter(pk=claim_id, merged_into__isnull=True).first()
    if claim is not None:
        findings = [*worded_anywhere(claim), *duplicate_claims(only=claim.pk)]
        with transaction.atomic():
            keep(findings)


def _look_through_unseen(progress: Progress) -> None:
    until = time.monotonic() + _SECONDS_A_JOB
    articles = list(_unseen().order_by("-created_at", "pk")[:_ARTICLES_A_JOB])
    progress.of(len(articles))
    for article in articles:
        look_through(article)
        progress.step(told=article.title)
        if time.monotonic() > until or Job.objects.filter(due()).exists():
            break


def _unseen() -> QuerySet[Article]:
    """Return the articles whose current text was not looked through."""
    seen = Q(looked_through__version=F("current_version"))
    shown = Article.objects.filter(is_stub=False, is_hidden=False, current_version__isnull=False)
    return shown.exclude(seen)


def _found_in(version: ArticleVersion) -> list[Finding]:
    near = related_articles(SYSTEM, version.article, limit=_NEIGHBOURS)
    texts = texts_of(item.article.pk for item in near) | {version.article_id: version}
    sentences: dict[UUID, list[Sentence]] = {pk: sentences_of(text) for pk, text in texts.items()}
    told = [*shared_quotations(version), *shared_citations(version)]
    paired = {finding.object_id for finding in told}
    alike = related(version, sentences, [item for item in near if item.article.pk not in paired])
    return [*told, *alike, *worded_in(version, sentences, known_claims())]


def _decided(findings: Sequence[Finding]) -> set[str]:
    """Return the fingerprints that are decided, by themselves or under another address.

    What two things are called may change: their keys tell that they are the same.
    """
    decided = Suggestion.objects.exclude(state=_State.PENDING)
    found = {finding.fingerprint for finding in findings}
    known = set(decided.filter(fingerprint__in=found).values_list("fingerprint", flat=True))
    subjects = {finding.subject_id for finding in findings}
    rows = decided.filter(Q(subject_id__in=subjects) | Q(object_id__in=subjects))
    told = {
        (row.kind, frozenset((row.subject_id, row.object_id)), _said(row.reason))
        for row in rows.only("kind", "subject_id", "object_id", "reason")
    }
    return known | {
        finding.fingerprint
        for finding in findings
        if (
            str(finding.kind),
            frozenset((finding.subject_id, finding.object_id)),
            _said(finding.reason),
        )
        in told
    }


def _said(reason: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells two suggestions about the same two things apart: words, or an address."""
    if "url" in reason:
        return (reason["url"],)
    if "reasons" in reason or "there" not in reason:
        return ()
    return tuple(words_of(reason["there"]["exact"]))


def _drop_outdated(version: ArticleVersion, found: set[str]) -> None:
    """Remove what waits about the article and is there no more."""
    article = version.article_id
    own = _pending().filter(kind__in=Suggestion.LINKING, subject_id=article)
    _drop(own.values_list("pk", "fingerprint"), found)
    about = _pending().filter(
        kind__in=[*Suggestion.LINKING, _Kind.CLAIM_PASSAGE], object_id=article
    )
    old = [
        (row.pk, row.fingerprint)
        for row in about.only("fingerprint", "reason")
        if row.reason["there"]["version"] != version.number
    ]
    _drop(old, found)


def _drop(rows: Iterable[tuple[UUID, str]], found: set[str]) -> None:
    gone = [pk for pk, fingerprint in rows if fingerprint not in found]
    _pending().filter(pk__in=gone).delete()


def _pending() -> "QuerySet[Suggestion]":
    return Suggestion.objects.filter(state=_State.PENDING)
