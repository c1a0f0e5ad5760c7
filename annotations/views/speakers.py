"""The pages of those who speak and write, and where curators say that two of them are one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from annotations.access import agent_or_404
from annotations.queries.quiet_names import is_name_of_few
from annotations.queries.speakers import SORTS, merge_choices, speaker_page, speaker_rows
from annotations.services import deciding, following
from annotations.views.following import ended
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.models import Agent
from corpus.permissions import allowed
from corpus.queries.sealing import unseal
from corpus.services import agent_merging
from corpus.views.answers import SEE_OTHER, writes
from corpus.views.back import address_back
from corpus.views.moved import redirect_to_present
from corpus.views.typed import typed

ROWS_A_PAGE = 100


@require_safe
@cache_control(private=True, no_cache=True)
def speakers(request: HttpRequest) -> HttpResponse:
    """Show who speaks and writes, those with `q` in a name of theirs, in the order `sort`."""
    viewer, words, sort = viewer_of(request.user), typed(request, "q"), typed(request, "sort")
    sort = sort if sort in SORTS else "name"
    rows = speaker_rows(viewer, words=words, sort=sort)
    context = {
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "sort": sort,
        "query": urlencode({"q": words, "sort": sort}),
    }
    return render(request, "annotations/speakers.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def speaker(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what one is recorded as saying; the address of a merged one redirects."""
    viewer = viewer_of(request.user)
    agent = agent_or_404(viewer, slug)
    if agent.slug != slug:
        return redirect_to_present(request, _page_of(agent))
    wrote_page = request.GET.get("wrote")
    shown = speaker_page(viewer, agent, page=request.GET.get("page"), wrote_page=wrote_page)
    return render(request, "annotations/speaker.html", {"shown": shown, "agent": agent})


@writes
def merge(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Let a curator choose who the agent is, show what would move, and merge the two."""
    viewer = viewer_of(request.user)
    agent = agent_or_404(viewer, slug)
    if not allowed(viewer, "article.edit"):
        raise NotAllowed
    if agent.slug != slug:
        said = _("“%(name)s” is what it was merged into meanwhile. Nothing was changed.")
        messages.error(request, said % {"name": agent.name})
        return _to(agent)
    if request.method == "POST":
        return _merged(request, agent, agent_or_404(viewer, request.POST.get("into", "")))
    wanted = typed(request, "into")
    into = agent_or_404(viewer, wanted) if wanted else None
    words = typed(request, "q")
    context = {
        "agent": agent,
        "words": words,
        "choices": merge_choices(viewer, agent, words),
        "into": into,
        "moving": speaker_page(viewer, agent) if into else None,
        "is_same": into == agent,
        "is_name_private": into is not None and is_name_of_few(viewer, agent),
        "back": address_back(request),
    }
    return render(request, "annotations/speaker_merge.html", context)


@require_POST
@writes
def part(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Take a merge back."""
    viewer = viewer_of(request.user)
    agent = agent_or_404(viewer, slug)
    number = unseal(key)
    if not number:
        raise Http404
    try:
        back = agent_merging.part(viewer, agent, int(number))
    except Invalid as refusal:
        messages.error(request, refusal.message)
        return _to(agent)
    messages.success(request, _("“%(name)s” is there again.") % {"name": back.name})
    return _to(back)


@require_POST
@writes
def follow(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Let the reader follow somebody."""
    viewer = viewer_of(request.user)
    agent = agent_or_404(viewer, slug)
    following.follow(viewer, agent)
    return _to(agent)


@require_POST
@writes
def unfollow(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Let the reader follow somebody no more; `back` names the page that follows."""
    viewer = viewer_of(request.user)
    agent = agent_or_404(viewer, slug)
    following.unfollow(viewer, agent)
    return ended(request, agent.name, reverse("speaker", args=[agent.slug]))


def _merged(request: HttpRequest, agent: Agent, into: Agent) -> HttpResponse:
    try:
        is_open = bool(request.POST.get("names_too"))
        deciding.join_agents(viewer_of(request.user), agent, into=into, is_open=is_open)
    except Invalid as refusal:
        messages.error(request, refusal.message)
        return _to(agent)
    back = address_back(request)
    said = _("“%(name)s” was merged into “%(kept)s”. It can be taken back below.")
    if back:
        said = _("“%(name)s” was merged into “%(kept)s”.")
    messages.success(request, said % {"name": agent.name, "kept": into.name})
    return HttpResponseRedirect(back, status=SEE_OTHER) if back else _to(into)


def _to(agent: Agent) -> HttpResponseRedirect:
    return HttpResponseRedirect(_page_of(agent), status=SEE_OTHER)


def _page_of(agent: Agent) -> str:
    return reverse("speaker", args=[agent.slug])
