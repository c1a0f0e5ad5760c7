"""Articles with nearly the same text: keeping the pairs, and what curators say of them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed, NotFound
from corpus.extensions import built_on
from corpus.models import Article, ComparedText, NearPair, TextRun
from corpus.permissions import Viewer, allowed
from corpus.related.copies import FEWEST_RUNS, NEAR
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time

Verdict = NearPair.Verdict

_VERBS = {
    Verdict.OPEN: "copies.undone",
    Verdict.SAME: "copies.same",
    Verdict.DIFFERENT: "copies.different",
}


def keep_pairs(text: ComparedText) -> None:
    """Store with which other articles that of `text` makes a pair of near copies.

    Called inside the transaction of a write on its text, after its runs were stored. Pairs
    that nobody decided go when the texts are alike no more.
    """
    near = _near(text)
    article = text.article
    known = NearPair.objects.filter(Q(first=article) | Q(second=article))
    known.filter(verdict=Verdict.OPEN).exclude(
        Q(first__in=[*near]) | Q(second__in=[*near])
    ).delete()
    shares = dict(near)
    for pair in known:
        share = shares.pop(pair.second_id if pair.first_id == article.pk else pair.first_id, None)
        if share is not None and share != pair.share:
            NearPair.objects.filter(pk=pair.pk).update(share=share)
    _keep_new(article, shares)


def keep_first_pairs(text: ComparedText) -> None:
    """Do what `keep_pairs` does for the first text of a new article, which is in no pair yet.

    Of those that came with it only the ones before it count: the others find it themselves.
    """
    near = _near(text, among=TextRun.objects.filter(text__lt=text))
    if near:
        _keep_new(text.article, near)


def _keep_new(article: Article, shares: Mapping[UUID, float]) -> None:
    for other in Article.objects.filter(pk__in=shares):
        first, second = sorted((article, other), key=lambda item: (item.created_at, item.pk))
        NearPair.objects.create(first=first, second=second, share=shares[other.pk])


def forget_open_pairs(article: Article) -> None:
    """Remove the pairs of `article`, which has no text any more, that wait for a verdict.

    Called inside the transaction that takes the text; what was decided stays.
    """
    pairs = NearPair.objects.filter(Q(first=article) | Q(second=article))
    pairs.filter(verdict=Verdict.OPEN).delete()


def tell_apart(viewer: Viewer, article: Article, others: Iterable[UUID]) -> None:
    """Keep that a curator, importing `article`, said it is none of `others`."""
    for pair in _pairs_between(article, others):
        _keep(viewer, pair, Verdict.DIFFERENT)


def say_same(viewer: Viewer, pair: NearPair) -> NearPair:
    """Keep that both are the same article; return the pair as stored.

    The newer one is taken out of sight and its address leads to the older, unless readers
    built on it: then it stays where it is, and `did_hide` is False. Raises NotAllowed;
    NotFound when a new text made the pair go; Invalid when somebody decided otherwise meanwhile.
    """
    with transaction.atomic():
        stored = _locked(viewer, pair)
        if stored.verdict == Verdict.SAME:
            return stored
        _check_open(stored)
        newer = stored.second
        stored.did_hide = not newer.is_hidden and not _is_built_on(newer)
        if stored.did_hide:
            _set_hidden(newer, is_hidden=True)
        _keep(viewer, stored, Verdict.SAME)
        return stored


def say_different(viewer: Viewer, pair: NearPair) -> NearPair:
    """Keep that they are two articles; return the pair as stored. Raises as `say_same` does."""
    with transaction.atomic():
        stored = _locked(viewer, pair)
        if stored.verdict == Verdict.DIFFERENT:
            return stored
        _check_open(stored)
        _keep(viewer, stored, Verdict.DIFFERENT)
        return stored


def undo(viewer: Viewer, pair: NearPair) -> NearPair:
    """Take the verdict back and show again what it took out of sight. Twice is harmless.

    What an undone import took out meanwhile stays out.
    """
    with transaction.atomic():
        stored = _locked(viewer, pair)
        if stored.verdict == Verdict.OPEN:
            return stored
        if stored.did_hide and not stored.second.is_withdrawn:
            _set_hidden(stored.second, is_hidden=False)
        stored.did_hide = False
        _keep(viewer, stored, Verdict.OPEN)
        return stored


def _near(text: ComparedText, among: QuerySet[TextRun] | None = None) -> dict[UUID, float]:
    """Return by its id how much of the shorter text each near copy shares, 0 to 1.

    They are those whose runs are `among` some, all of them without it.
    """
    hashes = TextRun.objects.filter(text=text).order_by().values("hash")
    rows = TextRun.objects.all() if among is None else among
    others = rows.filter(hash__in=hashes).exclude(text=text)
    others = others.filter(text__article__is_stub=False).order_by()
    counted = others.values_list("text__article", "text__runs").annotate(shared=Count("id"))
    shares = {
        article: shared / min(text.runs, runs)
        for article, runs, shared in counted
        if min(text.runs, runs) >= FEWEST_RUNS
    }
    return {article: share for article, share in shares.items() if share >= NEAR}


def _pairs_between(article: Article, others: Iterable[UUID]) -> Iterable[NearPair]:
    ids = list(others)
    between = Q(first=article, second__in=ids) | Q(first__in=ids, second=article)
    return NearPair.objects.select_for_update().filter(between, verdict=Verdict.OPEN)


def _locked(viewer: Viewer, pair: NearPair) -> NearPair:
    """Return the pair as it is stored, locked with its newer article; raises NotAllowed, NotFound.

    A new version locks its article before its pairs, a verdict its pair before the article:
    unless one went after the other, they would wait for each other in a circle.
    """
    if not allowed(viewer, "article.hide"):
        raise NotAllowed
    one_text_at_a_time()
    rows = NearPair.objects.select_for_update(of=("self", "second"), no_key=True)
    stored = rows.select_related("first", "second").filter(pk=pair.pk).first()
    if stored is None:
        raise NotFound
    return stored


def _check_open(pair: NearPair) -> None:
    if pair.verdict != Verdict.OPEN:
        raise Invalid(_("Somebody decided about these two meanwhile. Take that back first."))


def _is_built_on(article: Article) -> bool:
    return any(article.pk in entry.among({article.pk}) for entry in built_on)


def _set_hidden(article: Article, *, is_hidden: bool) -> None:
    """Hide or show the article, which is locked; the Event of the verdict tells it."""
    article.is_hidden = is_hidden
    article.counter += 1
    article.save(update_fields=["is_hidden", "counter"])


def _keep(viewer: Viewer, pair: NearPair, verdict: Verdict) -> None:
    """Store the verdict and leave its Event on the newer article."""
    before = pair.verdict
    pair.verdict = verdict
    is_open = verdict == Verdict.OPEN
    pair.decided_by_id = None if is_open else viewer.user_id
    pair.decided_at = None if is_open else timezone.now()
    pair.save()
    record(
        viewer.user_id,
        _VERBS[verdict],
        pair,
        article=pair.second,
        before={"verdict": before},
        after={"verdict": verdict.value, "first": str(pair.first_id), "is_hidden": pair.did_hide},
    )
