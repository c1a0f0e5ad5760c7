"""What is sent to merge, split and relate claims, and to give them further names."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from annotations.consistency import NARROWER
from annotations.models import Annotation, Claim, ClaimRelation
from annotations.models.naming import MAX_LABEL
from annotations.services.relating import BROADER

# The list of names on the page, which browsers offer while one types.
NAMES = "claim-names"
_OTHER = forms.TextInput(attrs={"list": NAMES, "autocomplete": "off"})

KINDS = [
    *ClaimRelation.Kind.choices,
    (NARROWER, _("is narrower than")),
    (BROADER, _("is broader than")),
]


class MergeForm(forms.Form):
    """Which claim stays."""

    into = forms.CharField(
        label=_("The claim that stays"),
        max_length=MAX_LABEL,
        widget=_OTHER,
        help_text=_("Its name, or another name of it."),
    )


class ChosenField(forms.Field):
    """The check boxes that are ticked, as keys; what is no key counts as not ticked."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> frozenset[UUID]:
        """Return the keys that were sent."""
        return frozenset(key for text in value or () if (key := _key(text)) is not None)


class MoveForm(forms.Form):
    """Which passages go, and under which claim."""

    passages = ChosenField(required=False)
    claim = forms.CharField(
        label=_("Move them to"),
        max_length=MAX_LABEL,
        widget=_OTHER,
        help_text=_("A claim that there is, or the name of a new one, which splits this claim."),
    )


def keys_of_chosen(ticked: Iterable[str], kept: str) -> list[UUID]:
    """Return the keys `ticked` here, and those `kept` of other pages with commas between them."""
    found = (_key(text.strip()) for text in (*ticked, *kept.split(",")))
    return list(dict.fromkeys(key for key in found if key is not None))


class RelationForm(forms.Form):
    """What a claim does to another."""

    kind = forms.ChoiceField(label=_("This claim"), choices=KINDS)
    other = forms.CharField(
        label=_("The other claim"),
        max_length=MAX_LABEL,
        widget=_OTHER,
        help_text=_("Its name, or another name of it."),
    )


class AliasForm(forms.Form):
    """A further name."""

    alias = forms.CharField(
        label=_("Further name"),
        max_length=MAX_LABEL,
        help_text=_("Who types this finds the claim and tags it."),
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class OutcomeForm(forms.Form):
    """What became of a prediction, and the address of the passage that shows it."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Claim.Outcome.choices, required=False)
    passage = forms.ChoiceField(label=_("Passage that shows it"), required=False)
    evidence = forms.CharField(
        label=_("Or the address of another passage"),
        required=False,
        max_length=2_000,
        help_text=_(
            "That of a highlight ends in #h and a number, that of a paragraph in #p and a number."
        ),
    )
    counter = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, passages: Sequence[Annotation] = (), **kwargs: Any) -> None:
        """Offer `passages` to choose from."""
        super().__init__(*args, **kwargs)
        offered = [(str(mark.pk), _shortly(mark)) for mark in passages]
        self.fields["passage"] = forms.ChoiceField(
            label=_("Passage that shows it"),
            required=False,
            choices=[("", _("None of this claim")), *offered],
        )


def _shortly(mark: Annotation) -> str:
    words = Truncator(mark.exact).chars(70)
    return f"“{words}” {Truncator(mark.article.title).chars(40)}"
