"""What readers send to mark every place of an article with the same words."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.anchoring import Passage
from annotations.forms import MarkForm
from annotations.services.annotations import Draft
from annotations.services.occurrences import Tagging
from corpus.text.recurrences import Alike
from corpus.text.spans import Span

# What is longer hardly stands anywhere else, and its address would be too long.
MOST_CHARACTERS = 200
# No text has so many characters, and int() refuses thousands of digits.
_KEY = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


class FindForm(forms.Form):
    """The words to look for, and what counts as the same."""

    words = forms.CharField(
        label=_("Words"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 1, "maxlength": MOST_CHARACTERS}),
    )
    whole = forms.BooleanField(label=_("Whole words only"), required=False)
    case = forms.BooleanField(label=_("Capitals count"), required=False)

    def alike(self) -> Alike:
        """Return what counts as the same words; call it after `is_valid`."""
        return Alike(whole_words=self.cleaned_data["whole"], same_case=self.cleaned_data["case"])


class PlacesField(forms.MultipleChoiceField):
    """Places by their offsets, "120-160": whether words stand there is for the service to say."""

    def valid_value(self, value: object) -> bool:
        """Say whether `value` is made like offsets."""
        return _KEY.fullmatch(str(value)) is not None


class EverywhereForm(MarkForm):
    """What is to be marked, each place by its offsets, and what every highlight says.

    `claims` are those of the highlight with the same words that it began with, by their slugs.
    """

    places = PlacesField(error_messages={"required": _("Choose at least one place.")})
    claims = forms.MultipleChoiceField(label=_("Claims"), required=False)

    def __init__(self, *args: Any, tagged: dict[str, Tagging], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tagged = tagged
        claims: Any = self.fields["claims"]
        claims.choices = [(slug, slug) for slug in tagged]

    def spans(self) -> list[Span]:
        """Return the chosen places, each once, in the order of the text."""
        keys = (key.split("-") for key in self.cleaned_data["places"])
        return sorted({Span(int(start), int(end)) for start, end in keys})

    def draft(self, passage: Passage | None) -> Draft:
        """Return what every highlight says: the claims that were chosen, then the one typed."""
        made = super().draft(passage)
        kept = tuple(self._tagged[slug] for slug in self.cleaned_data["claims"])
        return replace(made, tags=(*kept, *made.tags))
