"""What is sent to change a claim."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from annotations.models import Claim
from annotations.models.naming import MAX_LABEL
from annotations.services.claims import LIMITS, MAX_DEFINITION, MAX_STATEMENT, ClaimChanges

SLOTS = [
    (slot, format_html('<span class="swatch k{}"></span> {}', slot, slot)) for slot in range(1, 9)
]


class ClaimWords(forms.Form):
    """The fields of what a claim says, here and in the admin."""

    statement = forms.CharField(
        label=_("Statement"),
        required=False,
        max_length=MAX_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The claim as one full sentence."),
    )
    definition = forms.CharField(
        label=_("Definition"),
        required=False,
        max_length=MAX_DEFINITION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("When to tag it, and when not."),
    )
    examples = forms.CharField(
        label=_("Examples"),
        required=False,
        max_length=MAX_DEFINITION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Words that would be tagged with it, one example a line."),
    )


class ClaimWordsForm(ClaimWords):
    """What a claim says: all that who proposed it may mend."""

    counter = forms.IntegerField(widget=forms.HiddenInput)

    def changes(self) -> ClaimChanges:
        """Return what was sent; call it after `is_valid`."""
        values = {key: value for key, value in self.cleaned_data.items() if key != "counter"}
        return ClaimChanges(**values)


class ClaimForm(ClaimWordsForm):
    """All that curators change in a claim."""

    name = forms.CharField(
        label=_("Name"),
        max_length=MAX_LABEL,
        help_text=_("A short label. The old name stays as an alias, its address redirects."),
    )
    status = forms.ChoiceField(label=_("Status"), choices=Claim.Status.choices)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Claim.Outcome.choices,
        required=False,
        help_text=_("For a prediction: what became of it."),
    )
    slot = forms.TypedChoiceField(
        label=_("Colour"),
        choices=SLOTS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ["name", *LIMITS, "status", "outcome", "slot"]


def values_of(claim: Claim) -> dict[str, Any]:
    """Return the values that a form on `claim` begins with."""
    return {name: getattr(claim, name) for name in [*ClaimForm.base_fields]}
