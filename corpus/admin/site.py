"""The admin's frame: who comes in, what its first page shows."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpus.access import viewer_of
from corpus.permissions import Viewer
from corpus.queries.curation import recent_events, waiting

_RECENT = 10
_CLOSED = frozenset({"view_on_site", "autocomplete"})

GROUPS = (
    (
        "read",
        _("What is read"),
        (
            "corpus.article",
            "corpus.collection",
            "corpus.sourcefile",
            "corpus.articleversion",
            "taggit.tag",
            "corpus.outlet",
            "corpus.agent",
        ),
    ),
    (
        "added",
        _("What readers add"),
        ("annotations.claim", "annotations.annotation", "annotations.link"),
    ),
    ("people", _("People"), ("auth.user", "corpus.invitation", "corpus.event")),
)
"""The groups of the first page: a key, a heading, and the kinds of things in each."""


class CurationSite(admin.AdminSite):
    """The admin, for curators and administrators; they sign in where everybody does."""

    site_header = "Postil"
    site_title = "Postil"
    index_title = _("Looking after the corpus")
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether whoever asks is a curator or an administrator."""
        return bool(request.user.is_active) and viewer(request).is_staff

    def get_urls(self) -> list[Any]:
        """Return the addresses without two that answer for things nobody listed here."""
        return [url for url in super().get_urls() if getattr(url, "name", "") not in _CLOSED]

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the kinds of things in the groups of the first page."""
        models = {}
        for app in super().get_app_list(request, app_label):
            for model in app["models"]:
                kind = model["model"]
                name = getattr(self._registry[kind], "plural_name", model["name"])
                models[kind._meta.label_lower] = {**model, "name": name}
        return [
            {
                "name": heading,
                "app_label": key,
                "app_url": reverse("admin:index"),
                "has_module_perms": True,
                "models": [models[kind] for kind in kinds if kind in models],
            }
            for key, heading, kinds in GROUPS
            if not models.keys().isdisjoint(kinds)
        ]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the page where everybody signs in; readers are told they may not enter."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        asked = request.GET.get("next", "")
        return redirect_to_login(asked if asked.startswith("/") else request.path)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Lead to the page where everybody signs out."""
        return redirect("account_logout")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Lead to the page where everybody changes their password."""
        return redirect("account_change_password")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show what there is to look after, what waits, and what happened last."""
        shown = {
            "events": recent_events(viewer(request))[:_RECENT],
            "waiting": waiting(),
            **(extra_context or {}),
        }
        return super().index(request, shown)


def viewer(request: HttpRequest) -> Viewer:
    """Return who asks, looked up once a request."""
    known: Viewer | None = getattr(request, "viewer", None)
    if known is None:
        known = viewer_of(request.user)
        request.viewer = known  # type: ignore[attr-defined]  # kept for the request
    return known
