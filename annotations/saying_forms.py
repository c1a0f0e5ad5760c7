"""What readers send of a claim on a highlight: its stance, and whose words they are."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import ClaimOccurrence
from annotations.models.naming import MAX_LABEL
from annotations.services.occurrences import MAX_REASON, Said, Tagging
from annotations.speaker_input import SpeakerInput
from corpus.services.agents import MAX_NAME

_REASON_ROWS = forms.Textarea(attrs={"rows": 2})


class SaidForm(forms.Form):
    """What a passage does to a claim, and whose words it is.

    `new_speaker` is the name of which it is known that it is new, though others are like it.
    """

    stance = forms.ChoiceField(
        label=_("Stance"),
        choices=ClaimOccurrence.Stance.choices,
        initial=ClaimOccurrence.Stance.SUPPORTS,
        required=False,
        widget=forms.RadioSelect,
    )
    speaker = forms.CharField(
        label=_("Speaker"),
        max_length=MAX_NAME,
        required=False,
        widget=SpeakerInput,
        help_text=_("Who says it, if the text tells."),
    )
    voice = forms.ChoiceField(
        label=_("Voice"), choices=ClaimOccurrence.Voice.choices, required=False
    )
    mode = forms.ChoiceField(
        label=_("Said as"), choices=ClaimOccurrence.Mode.choices, required=False
    )
    confidence = forms.ChoiceField(
        label=_("Confidence"), choices=ClaimOccurrence.Confidence.choices, required=False
    )
    reason = forms.CharField(
        label=_("Why it is tagged so"),
        max_length=MAX_REASON,
        required=False,
        strip=False,
        widget=_REASON_ROWS,
    )
    new_speaker = forms.CharField(required=False, widget=forms.HiddenInput)
    counter = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def said(self) -> Said:
        """Return what was chosen; call it after `is_valid`."""
        values = self.cleaned_data
        stance = values["stance"] or ClaimOccurrence.Stance.SUPPORTS.value
        names = ("voice", "mode", "speaker", "confidence")
        given = {name: values[name] for name in names}
        return Said(stance, note=values["reason"], **given)


class RetagForm(SaidForm):
    """What a tagged passage does to its claim; of `only` one of these things, or of them all."""

    only = forms.ChoiceField(
        choices=[(name, name) for name in ("stance", "voice", "mode", "confidence")],
        required=False,
        widget=forms.HiddenInput,
    )

    def said_instead(self, known: Said) -> Said:
        """Return what was chosen; where only one thing was, the rest as it is `known`.

        What is a guess stays one unless it was that thing.
        """
        only, said = self.cleaned_data["only"], self.said()
        if not only:
            return said
        is_guess = known.is_guess and only != "voice"
        return replace(known, is_guess=is_guess, **{only: getattr(said, only)})


class TagForm(SaidForm):
    """A claim for a highlight."""

    claim = forms.CharField(
        label=_("Claim"),
        max_length=MAX_LABEL,
        help_text=_("A short label, such as “deselection threat”. A new one is made."),
    )
    field_order = ["claim", "stance", "speaker", "voice", "mode", "confidence", "reason"]

    def tagging(self) -> Tagging | None:
        """Return the claim and what is said of it, None without a claim."""
        values = self.cleaned_data
        if not values["claim"]:
            return None
        names = ("claim", "stance", "voice", "mode", "speaker", "confidence")
        return Tagging(note=values["reason"], **{name: values[name] for name in names})
