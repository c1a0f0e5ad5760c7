"""Claims: naming, defining and merging them."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.claim_forms import ClaimWords
from annotations.models import Claim
from annotations.models.naming import MAX_LABEL
from annotations.queries import curation
from annotations.services import claims, merging
from annotations.services.claims import ClaimChanges
from corpus.admin.base import CuratedAdmin, CuratedForm
from corpus.admin.site import viewer
from corpus.permissions import Viewer

_SEEN = "seen_counter"
_SLOTS = [(slot, str(slot)) for slot in range(1, 9)]


class ClaimForm(CuratedForm, ClaimWords):
    """What `viewer`, a curator, sets of a claim."""

    viewer: ClassVar[Viewer] = Viewer()
    name = forms.CharField(
        label=_("Name"),
        max_length=MAX_LABEL,
        help_text=_("The name that was stays an alias, and its address redirects."),
    )
    status = forms.ChoiceField(label=_("Status"), choices=Claim.Status.choices)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Claim.Outcome.choices, required=False)
    slot = forms.TypedChoiceField(label=_("Colour"), choices=_SLOTS, coerce=int)
    broader = forms.ModelChoiceField(
        label=_("Broader claim"), queryset=Claim.objects.none(), required=False
    )
    seen_counter = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        others = curation.claims_to_merge_into(self.viewer, [self.instance.pk])
        self.fields["broader"].queryset = others  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what is stored."""
        now = {name: getattr(self.instance, name) for name in self.fields if name != _SEEN}
        return {**now, _SEEN: self.instance.counter}

    def changes(self) -> ClaimChanges:
        """Return what was sent; call it after `is_valid`."""
        sent = {name: value for name, value in self.cleaned_data.items() if name != _SEEN}
        return ClaimChanges(**{**sent, "broader": sent["broader"] or ""})


class MergeForm(forms.Form):
    """Which claim stays."""

    into = forms.ModelChoiceField(
        label=_("The claim that stays"), queryset=Claim.objects.none(), empty_label=None
    )

    def __init__(self, data: Any, choices: QuerySet[Claim]) -> None:
        super().__init__(data)
        self.fields["into"].queryset = choices  # type: ignore[attr-defined]


class MergedFilter(admin.SimpleListFilter):
    """Claims that stand, those merged into another, and those without a definition."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states."""
        return [
            ("stands", _("stands")),
            ("merged", _("merged")),
            ("undefined", _("without a definition")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the claims in the chosen state."""
        match self.value():
            case "stands":
                return queryset.filter(merged_into=None)
            case "merged":
                return queryset.filter(merged_into__isnull=False)
            case "undefined":
                return queryset.filter(merged_into=None, definition="")
        return queryset


@admin.register(Claim)
class ClaimAdmin(CuratedAdmin):
    """The claims."""

    form = ClaimForm
    can_change = True
    list_display = (
        "label_shown",
        "status",
        "outcome",
        "passage_count",
        "other_names",
        "broader",
        "merged_into",
        "is_sample",
        "created_at",
    )
    list_filter = (MergedFilter, "status", "outcome", "slot", "is_sample")
    search_fields = ("name", "aliases__name", "statement", "definition")
    search_help_text = _("Words of the name, an alias, the statement or the definition.")
    ordering = ("name",)
    actions = ("merge",)
    fields = (
        "name",
        "statement",
        "definition",
        "examples",
        ("status", "outcome"),
        ("slot", "broader"),
        ("other_names", "addresses"),
        ("created_by", "created_at", "is_sample", "merged_into"),
        _SEEN,
    )
    readonly_fields = (
        "other_names",
        "addresses",
        "created_by",
        "created_at",
        "is_sample",
        "merged_into",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """Return the claims."""
        return curation.claims(viewer(request))

    def get_form(self, request: HttpRequest, *given: Any, **options: Any) -> Any:
        """Return the form for whoever asks: a class made for this request alone."""
        form = super().get_form(request, *given, **options)
        form.viewer = viewer(request)
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether whoever asks may change it: a merged claim stays as it was."""
        is_merged = obj is not None and obj.merged_into_id is not None
        return super().has_change_permission(request, obj) and not is_merged

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store what was changed."""
        counter = form.cleaned_data[_SEEN]
        claims.edit(viewer(request), obj, form.changes(), counter=counter)

    @admin.action(description=_("Merge"))
    def merge(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
        """Ask which of the chosen claims stays, then merge the others into it."""
        chosen = list(queryset.filter(merged_into=None))
        if not chosen:
            self.message_user(request, _("These are merged already."), messages.WARNING)
            return None
        choices = curation.claims_to_merge_into(viewer(request), [claim.pk for claim in chosen])
        form = MergeForm(request.POST if "into" in request.POST else None, choices)
        if not form.is_valid():
            return self._ask(request, chosen, form)
        into = form.cleaned_data["into"]
        gone = [claim for claim in chosen if claim != into]
        said = gettext("Merged: %(count)d.")
        self.each(request, gone, lambda who, claim: merging.merge(who, claim, into=into), said)
        return None

    def _ask(self, request: HttpRequest, chosen: list[Claim], form: MergeForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Merge claims"),
            "opts": self.opts,
            "claims": chosen,
            "form": form,
        }
        return render(request, "admin/annotations/claim/merge.html", context)

    @admin.display(description=_("claim"), ordering="name")
    def label_shown(self, claim: Claim) -> str:
        """Return its name as it is shown."""
        return claim.label

    @admin.display(description=_("passages"), ordering="passage_count")
    def passage_count(self, claim: Any) -> int:
        """Return on how many highlights it is tagged."""
        return int(claim.passage_count)

    @admin.display(description=_("aliases"))
    def other_names(self, claim: Claim) -> str:
        """Return its other names."""
        return ", ".join(alias.name for alias in claim.aliases.all()) or "–"

    @admin.display(description=_("addresses that redirect here"))
    def addresses(self, claim: Claim) -> str:
        """Return its former addresses."""
        return ", ".join(former.slug for former in claim.former_slugs.all()) or "–"
