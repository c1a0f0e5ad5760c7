"""What a reader says of themselves: the name that others see."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.account_forms import ProfileForm
from annotations.queries.readers import name_of
from annotations.services import profiles
from corpus.access import viewer_of
from corpus.views.answers import STATUS


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Ask for the name that others see, and store it."""
    viewer = viewer_of(request.user)
    form = ProfileForm(request.POST or None, initial={"display_name": name_of(viewer)})
    if request.method == "POST" and form.is_valid():
        profiles.rename(viewer, form.cleaned_data["display_name"])
        messages.success(request, _("Saved. Others see the new name from now on."))
        return redirect("profile")
    status = STATUS["invalid"] if form.is_bound else 200
    return render(request, "account/profile.html", {"form": form}, status=status)
