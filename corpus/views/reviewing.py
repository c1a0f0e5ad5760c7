"""The page on which a curator checks a proposed article, and what is decided on it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Refused, SignInNeeded, Stale
from corpus.import_forms import fact_value, wrong_fact
from corpus.importing.decisions import SPLIT, UNDONE
from corpus.importing.steps import JOINED
from corpus.models import ImportCandidate
from corpus.permissions import Viewer
from corpus.queries.days import published_words
from corpus.queries.importing import batch_or_404, candidate_or_404
from corpus.queries.review_page import (
    anchor_of,
    article_meant,
    compared_or_404,
    review_page,
)
from corpus.services import parting, reviewing
from corpus.services.applying import apply_one
from corpus.views.answers import STATUS, writes
from corpus.views.review_places import (
    Place,
    back_to,
    counter_of,
    place_in,
    see_other,
    sent_fields,
    uuid_of,
)


@dataclass(frozen=True)
class Asked:
    """A decision that was sent: who decides what about which article, as it was shown."""

    viewer: Viewer
    candidate: ImportCandidate
    counter: int
    fields: dict[str, str]
    place: Place


_VERDICTS = {
    "same": gettext_lazy("The same article: added, it becomes a new version."),
    "different": gettext_lazy("Different articles: added, it becomes an article of its own."),
}

_UNDONE = {
    SPLIT: gettext_lazy("Joined: both are one article now."),
    JOINED: gettext_lazy("Parted again: these are two articles, as they were."),
}

_STALE = gettext_lazy(
    "Somebody else decided about this article meanwhile. Nothing of yours was changed: here is "
    "how it stands now."
)

Decide = Callable[[HttpRequest, Asked], HttpResponse]


@cache_control(private=True, no_store=True)
@writes
def candidate(request: HttpRequest, batch_id: UUID, candidate_id: UUID) -> HttpResponseBase:
    """Show the raw source beside what it becomes, with every decision reversible.

    A script that has the page already gets its changing part alone.
    """
    viewer = viewer_of(request.user)
    found = candidate_or_404(viewer, batch_id, candidate_id)
    more: dict[str, Any] = {}
    if article_id := uuid_of(str(request.GET.get("compare", ""))):
        more["compared"] = compared_or_404(viewer, found, article_id)
    return _shown(request, found, place_in(request.GET), **more)


def decides(decide: Decide) -> Callable[..., HttpResponseBase]:
    """Let `decide` answer the POST of a decision; what it refuses is told on the page.

    When the article changed meanwhile, the page says so and shows its present state.
    """

    @wraps(decide)
    @require_POST
    @writes
    def answer(request: HttpRequest, batch_id: UUID, candidate_id: UUID) -> HttpResponseBase:
        viewer = viewer_of(request.user)
        batch = batch_or_404(viewer, batch_id)
        try:
            found = candidate_or_404(viewer, batch_id, candidate_id)
        except Http404:
            messages.warning(request, _("This piece was joined with another one meanwhile."))
            return see_other("import_batch", batch_id=batch.pk)
        fields = sent_fields(request)
        place = place_in(request.POST)
        try:
            counter = counter_of(fields.get("counter", ""))
            return decide(request, Asked(viewer, found, counter, fields, place))
        except (NotAllowed, SignInNeeded):
            raise
        except Stale:
            messages.warning(request, _STALE)
        except Refused as refusal:
            messages.error(request, refusal.message)
        return back_to(found, place, fields.get("at", ""))

    return answer


@decides
def candidate_decide(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Set what a piece of the source is ("key=value" in `decide`), or take that back."""
    if step := asked.fields.get("undo", ""):
        return _undone(request, asked, step)
    key, _equals, value = asked.fields.get("decide", "").partition("=")
    withdrawn = asked.fields.get("withdraw", "")
    if withdrawn:
        reviewing.withdraw(asked.viewer, asked.candidate, withdrawn, counter=asked.counter)
    elif key:
        reviewing.decide(asked.viewer, asked.candidate, key, value or UNDONE, counter=asked.counter)
    return back_to(asked.candidate, asked.place, anchor_of(withdrawn or key))


@decides
def candidate_facts(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Set what is known of the article: one fact, named in `fact`.

    What was typed stays in its field when it is refused or the article changed meanwhile.
    """
    name = asked.fields.get("fact", "")
    try:
        value = fact_value(name, asked.fields)
        reviewing.set_fact(asked.viewer, asked.candidate, name, value, counter=asked.counter)
    except Stale:
        unsaved = _("This is what you typed; it is not saved. Save it again to let it stand.")
        wrong = wrong_fact(name, asked.fields, Invalid(unsaved))
        if wrong is None or asked.candidate.state != ImportCandidate.State.PENDING:
            raise
        messages.warning(request, _STALE)
        return _shown(request, asked.candidate, asked.place, wrong=wrong)
    except Invalid as refusal:
        wrong = wrong_fact(name, asked.fields, refusal)
        if wrong is None:
            raise
        return _shown(request, asked.candidate, asked.place, wrong=wrong)
    if name == "published" and (words := published_words(value)):
        messages.success(request, _("The date is taken as: %(date)s.") % {"date": words})
    return back_to(asked.candidate, asked.place, anchor_of(f"fact:{name}"))


@decides
def candidate_split(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Begin another article at an offset of the source; the page stays with the first."""
    offset = counter_of(asked.fields.get("offset", ""))
    second = parting.split(asked.viewer, asked.candidate, offset, counter=asked.counter)
    messages.success(
        request, _("Split in two. This is the first article; the second is the next one.")
    )
    return back_to(asked.candidate, asked.place.other, f"next-{second.pk}")


@decides
def candidate_join(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Make one article of this and the one before it in the file."""
    left = parting.join_with_previous(asked.viewer, asked.candidate, counter=asked.counter)
    messages.success(request, _("Joined: both are one article now."))
    return back_to(left, asked.place.other)


@decides
def candidate_target(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Say that this is a new version of an article (named in `article`), or one of its own."""
    words = asked.fields.get("article", "")
    target = article_meant(asked.viewer, words) if words else None
    if words and target is None:
        messages.error(
            request,
            _("No article here has the address or the title “%(words)s”.") % {"words": words[:100]},
        )
    else:
        reviewing.choose_target(asked.viewer, asked.candidate, target, counter=asked.counter)
    return back_to(asked.candidate, asked.place, "target")


@decides
def candidate_judge(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Say whether an article with nearly the same words is the same one."""
    verdict, _colon, key = asked.fields.get("verdict", "").partition(":")
    article = article_meant(asked.viewer, key)
    if article is not None:
        reviewing.judge(asked.viewer, asked.candidate, article, verdict, counter=asked.counter)
        if asked.place.batch:
            messages.success(request, _VERDICTS[verdict])
    return back_to(asked.candidate, asked.place, "near")


@decides
def candidate_apply(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Add the article to the library."""
    done = apply_one(asked.viewer, asked.candidate, counter=asked.counter)
    if done.state == ImportCandidate.State.DUPLICATE:
        messages.info(request, _("This was in the library already; nothing was added."))
    else:
        messages.success(request, _("“%(title)s” is in the library.") % {"title": done.article})
    if done.article is not None and done.article.is_hidden:
        messages.warning(request, _("It stays hidden until a curator shows it."))
    return back_to(done, asked.place.other)


@decides
def candidate_reject(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Put the article aside."""
    reviewing.reject(asked.viewer, asked.candidate, counter=asked.counter)
    messages.success(request, _("Rejected. It stays here and can be brought back."))
    return back_to(asked.candidate, asked.place)


@decides
def candidate_restore(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Let a rejected article wait for a decision again."""
    reviewing.restore(asked.viewer, asked.candidate, counter=asked.counter)
    messages.success(request, _("Brought back: it waits for you again."))
    return back_to(asked.candidate, asked.place)


def _undone(request: HttpRequest, asked: Asked, step: str) -> HttpResponse:
    """Take back the last step, when that is still `step`."""
    left = reviewing.undo(asked.viewer, asked.candidate, step, counter=asked.counter)
    words = _UNDONE.get(step.partition(":")[0])
    if words:
        messages.success(request, words)
    return back_to(left, asked.place, anchor_of(step))


def _shown(request: HttpRequest, found: ImportCandidate, place: Place, **more: Any) -> HttpResponse:
    """Show the page of `found`, its changing part alone to a script that has the rest.

    What was refused is `wrong` among `more`: it stands at its field, with what was typed.
    """
    page = review_page(found, place.page, place.only)
    is_part = bool(request.headers.get("HX-Request"))
    context = {
        "page": page,
        "review": page.review,
        "candidate": found,
        "place": place,
        "is_part": is_part,
        **more,
    }
    template = "corpus/importing/_review.html" if is_part else "corpus/importing/review.html"
    status = STATUS["invalid"] if "wrong" in more else None
    return render(request, template, context, status=status)
