"""What a claim is to others, its further names, and who follows it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.access import claim_or_404
from annotations.claim_change_forms import AliasForm, RelationForm
from annotations.models import Claim
from annotations.permissions import can_curate_claims
from annotations.queries.claim_about import claim_names
from annotations.queries.claim_relations import alias_or_404, related_claims, relation_or_404
from annotations.services import aliases, claims, following, relating
from annotations.services.claims import ClaimChanges
from annotations.views.following import ended
from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.permissions import Viewer
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes


@writes
def relations(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what a claim is said to do to others, and say more."""
    viewer = viewer_of(request.user)
    claim = _curated(viewer, slug)
    if claim.slug != slug and request.method != "POST":
        return redirect("claim_relations", claim.slug)
    form = RelationForm(request.POST or None)
    context = {
        "claim": claim,
        "related": related_claims(viewer, claim),
        "names": claim_names(viewer, claim),
    }

    def save() -> HttpResponse:
        sent = form.cleaned_data
        relating.relate(viewer, claim, sent["kind"], sent["other"])
        messages.success(request, _("The relation is stored."))
        return _to("claim_relations", claim)

    return answer_form(request, form, FormPage("annotations/claim_relations.html", context), save)


@require_POST
@writes
def unrelate(request: HttpRequest, slug: str, relation_id: UUID) -> HttpResponseBase:
    """Take a relation away."""
    viewer = viewer_of(request.user)
    claim = _curated(viewer, slug)
    relating.unrelate(viewer, claim, relation_or_404(claim, relation_id))
    messages.success(
        request, _("The relation is taken away. The history of the claim can undo this.")
    )
    return _to("claim_relations", claim)


@require_POST
@writes
def unplace(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Let a claim stand below no other."""
    viewer = viewer_of(request.user)
    claim = _curated(viewer, slug)
    claims.edit(viewer, claim, ClaimChanges(broader=""), counter=claim.counter)
    messages.success(
        request, _("The relation is taken away. The history of the claim can undo this.")
    )
    return _to("claim_relations", claim)


@writes
def names(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the further names of a claim, and give it one more."""
    viewer = viewer_of(request.user)
    claim = _curated(viewer, slug)
    if claim.slug != slug and request.method != "POST":
        return redirect("claim_names", claim.slug)
    form = AliasForm(request.POST or None)

    def save() -> HttpResponse:
        alias = aliases.add(viewer, claim, form.cleaned_data["alias"])
        messages.success(request, _("It is called “%(name)s” as well.") % {"name": alias.name})
        return _to("claim_names", claim)

    context = {"claim": claim, "aliases": claim.aliases.all()}
    return answer_form(request, form, FormPage("annotations/claim_names.html", context), save)


@require_POST
@writes
def remove_name(request: HttpRequest, slug: str, alias_id: UUID) -> HttpResponseBase:
    """Take a further name away."""
    viewer = viewer_of(request.user)
    claim = _curated(viewer, slug)
    alias = alias_or_404(claim, alias_id)
    aliases.remove(viewer, claim, alias)
    said = _("It is called “%(name)s” no more. The history of the claim can undo this.")
    messages.success(request, said % {"name": alias.name})
    return _to("claim_names", claim)


@require_POST
@writes
def follow(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Let the reader follow a claim."""
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    following.follow(viewer, claim)
    return _to("claim", claim)


@require_POST
@writes
def unfollow(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Let the reader follow a claim no more; `back` names the page that follows."""
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    following.unfollow(viewer, claim)
    return ended(request, claim.label, reverse("claim", args=[claim.slug]))


def _curated(viewer: Viewer, slug: str) -> Claim:
    claim = claim_or_404(viewer, slug)
    if not can_curate_claims(viewer):
        raise NotAllowed
    return claim


def _to(name: str, claim: Claim) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[claim.slug]), status=SEE_OTHER)
