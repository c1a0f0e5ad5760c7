"""What curators, and who looks after a group, send about collections."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from corpus.models import Collection, Group
from corpus.permissions import Viewer
from corpus.queries.collections import collections_to_add_to, groups_to_collect_for
from corpus.services.collection_details import MAX_DESCRIPTION, MAX_TITLE, CollectionDetails


class DetailsForm(forms.Form):
    """The words of a collection, and whom it is for."""

    title = forms.CharField(label=_("Title"), max_length=MAX_TITLE)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why these articles, and why in this order."),
    )
    group: forms.ModelChoiceField[Group] = forms.ModelChoiceField(
        label=_("For"),
        queryset=None,
        required=False,
        empty_label=_("Everybody who may read here"),
        help_text=_("A collection of a group is there for its members and for curators alone."),
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.initial.get("group")
        groups = groups_to_collect_for(viewer, stored.pk if isinstance(stored, Group) else stored)
        field = cast(forms.ModelChoiceField[Group], self.fields["group"])
        field.queryset = groups
        if not viewer.is_staff:
            field.required, field.empty_label = True, None
        if not groups.exists():
            del self.fields["group"]

    def details(self) -> CollectionDetails:
        """Return what was sent; call it after `is_valid`."""
        values = self.cleaned_data
        group = values.get("group")
        return CollectionDetails(values["title"], values["description"], group and group.pk)


class NewCollectionForm(DetailsForm):
    """A collection to be made."""

    client_id = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)


class CollectionForm(DetailsForm):
    """New words for a collection."""

    counter = forms.IntegerField(widget=forms.HiddenInput)


class TargetForm(forms.Form):
    """Which collection to put articles into."""

    collection: forms.ModelChoiceField[Collection] = forms.ModelChoiceField(
        label=_("Collection"), queryset=None, to_field_name="slug", empty_label=None
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = collections_to_add_to(viewer)
        self.fields["collection"].queryset = there  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """An article of a collection, where it goes, and which state of the order was seen."""

    article = forms.SlugField(max_length=100)
    to = forms.IntegerField(required=False)
    counter = forms.IntegerField()


class SeenForm(forms.Form):
    """Nothing to fill in: which state of a collection was seen by who takes it away."""

    counter = forms.IntegerField(widget=forms.HiddenInput)
