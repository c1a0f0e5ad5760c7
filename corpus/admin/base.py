"""What every page of the admin shares: it shows by queries and writes by services."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from corpus.admin.site import viewer
from corpus.errors import Invalid, Refused, Stale
from corpus.permissions import Viewer

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
else:
    ModelAdmin = admin.ModelAdmin
    ModelForm = forms.ModelForm

Service = Callable[[Viewer, Any], object]


class CuratedForm(ModelForm):
    """A form that asks; what it was told is checked and stored by a service.

    `refusal` is why the service refused what was sent, when it is shown again.
    """

    refusal: Refused | None = None

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        if data is not None and isinstance(self.refusal, Stale) and "seen_counter" in data:
            data = data.copy()
            data["seen_counter"] = self.refusal.current["counter"]
        super().__init__(data, *args, **options)
        self.initial = {**self.initial, **self.values()}

    def values(self) -> dict[str, Any]:
        """Return what the form begins with."""
        return {}

    def clean(self) -> dict[str, Any]:
        """Return what was sent; tell why the service refused it, if it did."""
        super().clean()
        refusal = self.refusal
        if refusal is not None:
            named = getattr(refusal, "fields", {}) if isinstance(refusal, Invalid) else {}
            for name, sentence in named.items():
                self.add_error(name if name in self.fields else None, sentence)
            if not named:
                self.add_error(None, [refusal.message, *_stored_now(self, refusal)])
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Leave the row alone: the service changes it."""


class CuratedAdmin(ModelAdmin):
    """Pages for one kind of thing. Nothing is ever deleted; adding and changing are off.

    A subclass that can write names its form and overrides `save_model` with its service.
    """

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    empty_value_display = "–"
    can_add = False
    can_change = False
    plural: Any = ""

    @property
    def plural_name(self) -> str:
        """Return what many of them are called."""
        return str(self.plural or self.opts.verbose_name_plural)

    @property
    def media(self) -> forms.Media:
        """Return the one script of ours that the lists use: ticking all rows."""
        return forms.Media(js=["admin/js/actions.js"])

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Say whether this kind of thing stands on the first page."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether whoever asks may look: curators."""
        return viewer(request).is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say whether whoever asks may make a new one."""
        return self.can_add and viewer(request).is_staff

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether whoever asks may change it."""
        return self.can_change and viewer(request).is_staff

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: what is here is hidden or merged, never deleted."""
        return False

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[Any]:
        """Return the form, told of a refusal when it is shown again."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", None)})

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        """Return a plain field, without the admin's own widgets and their scripts."""
        return db_field.formfield(**kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Answer as Django does; what a service refuses is shown with what was typed."""
        extra_context = {"plural": self.plural_name, **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refusal = refused  # type: ignore[attr-defined]  # read by get_form
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Return the row as it was read: `save_model` calls the service."""
        return form.instance

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Store nothing further: the service did."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write no log of Django's: the service left an Event."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write no log of Django's: the service left an Event."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the Events of the thing."""
        number = UUID(int=int(object_id)) if object_id.isdigit() else object_id
        query = urlencode({"subject_id": number})
        return HttpResponseRedirect(f"{reverse('admin:corpus_event_changelist')}?{query}")

    def each(self, request: HttpRequest, rows: Iterable[Any], service: Service, said: str) -> None:
        """Do `service` to each of `rows`; say how many with `said`, and which were refused.

        `said` holds "%(count)d".
        """
        done = 0
        for row in rows:
            try:
                service(viewer(request), row)
                done += 1
            except Refused as refused:
                sentence = _("%(thing)s: %(reason)s")
                self.message_user(
                    request, sentence % {"thing": row, "reason": refused.message}, messages.ERROR
                )
        if done:
            self.message_user(request, said % {"count": done}, messages.SUCCESS)


def _stored_now(form: CuratedForm, refusal: Refused) -> list[str]:
    """Return, of a stale form, what is stored now in the fields that it shows otherwise."""
    if not isinstance(refusal, Stale):
        return []
    sentence = _("Stored now: %(label)s: %(value)s")
    return [
        sentence % {"label": form.fields[name].label, "value": value}
        for name, value in refusal.current.items()
        if name in form.changed_data
    ]
