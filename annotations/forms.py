"""What readers send when they write: fields, their limits, and what the services make of them."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.anchoring import Passage
from annotations.audience_fields import ALONE, AudienceField, read_audience
from annotations.models import Audience, Link
from annotations.saying_forms import TagForm
from annotations.services.annotations import Changes, Draft, Reply
from annotations.services.guards import MAX_NOTE
from annotations.services.links import MAX_LINK_NOTE, LinkChanges, LinkDraft
from corpus.models import Group

NOTE_HELP = _("*stress*, **strong**, [words](address), - list, > quote")
_MANY_ROWS = forms.Textarea(attrs={"rows": 5, "maxlength": MAX_NOTE})
_FEW_ROWS = forms.Textarea(attrs={"rows": 3, "maxlength": MAX_NOTE})
_LINK_ROWS = forms.Textarea(attrs={"rows": 3, "maxlength": MAX_LINK_NOTE})


class PassageForm(forms.Form):
    """A passage as a script sends it; `version` is the number of the version it was seen in."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    exact = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    prefix = forms.CharField(  # type: ignore[assignment] # the name is that of the contract
        required=False, strip=False, widget=forms.HiddenInput
    )
    suffix = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def passage(self) -> Passage | None:
        """Return the passage that was sent, None when there is none."""
        values = self.cleaned_data
        if values["start"] is None and not values["exact"]:
            return None
        exact = values["exact"].replace("\r\n", "\n")
        start, end = values["start"] or 0, values["end"] or 0
        return Passage(start, end, exact, values["prefix"], values["suffix"])


class MarkForm(TagForm, PassageForm):
    """A highlight as a script sends it, or without a passage a note on the whole article."""

    client_id = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        strip=False,
        widget=_FEW_ROWS,
        help_text=NOTE_HELP,
    )
    audience = AudienceField(initial=Audience.PUBLIC)
    field_order = [
        "note",
        "claim",
        "stance",
        "speaker",
        "voice",
        "mode",
        "confidence",
        "reason",
        "audience",
    ]

    def __init__(self, *args: Any, groups: Sequence[Group] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim"].required = False
        _audience_of(self).offer(groups, kept=self.initial.get("audience", ""))

    def draft(self, passage: Passage | None) -> Draft:
        """Return the highlight of `passage`, or the note on the whole article."""
        values, tagging = self.cleaned_data, self.tagging()
        audience, group_ids = read_audience(values["audience"] or Audience.PUBLIC.value)
        return Draft(
            client_id=values["client_id"],
            passage=passage,
            version=values["version"],
            note=values["note"],
            audience=audience,
            group_ids=group_ids,
            tags=(tagging,) if tagging else (),
        )


class ChosenWordsForm(forms.Form):
    """Words of one paragraph, chosen without a pointer."""

    block = forms.IntegerField(widget=forms.HiddenInput)
    sentences = forms.TypedMultipleChoiceField(
        label=_("Sentences"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose the first and the last; what stands between them is marked as well."),
    )
    from_words = forms.CharField(
        label=_("Or from the words"),
        required=False,
        help_text=_("The first words of the passage, as they stand in the paragraph."),
    )
    to_words = forms.CharField(
        label=_("to the words"), required=False, help_text=_("Its last words.")
    )

    def __init__(self, *args: Any, sentences: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(index), sentence) for index, sentence in enumerate(sentences)]
        self.fields["sentences"].choices = choices  # type: ignore[attr-defined]


class ParagraphForm(ChosenWordsForm, MarkForm):
    """A highlight in one paragraph, chosen without a pointer."""

    field_order = ["sentences", "from_words", "to_words", *MarkForm.field_order]


class ReattachForm(ChosenWordsForm, PassageForm):
    """The words that a highlight belongs to: a passage as a script sends it, or chosen ones."""

    counter = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["sentences", "from_words", "to_words"]


class RewordForm(ChosenWordsForm, PassageForm):
    """The words that a highlight is to mark, of one paragraph or several."""

    block = None  # type: ignore[assignment] # the page says which paragraphs it shows
    counter = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["sentences", "from_words", "to_words"]


class NoteForm(forms.Form):
    """The words and the audience of an annotation."""

    note = forms.CharField(
        label=_("Note"), required=False, strip=False, widget=_MANY_ROWS, help_text=NOTE_HELP
    )
    audience = AudienceField()
    counter = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        groups: Sequence[Group] = (),
        keeps_audience: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _audience_of(self).offer(groups, kept=self.initial.get("audience", ""))
        if keeps_audience:
            del self.fields["audience"]

    def changes(self) -> Changes:
        """Return what was sent; a field that was not sent changes nothing."""
        note = self.cleaned_data["note"] if "note" in self.data else None
        if not self.cleaned_data.get("audience"):
            return Changes(note=note)
        return Changes(note, *read_audience(self.cleaned_data["audience"]))


class ReplyForm(forms.Form):
    """An answer."""

    note = forms.CharField(label=_("Reply"), strip=False, widget=_FEW_ROWS, help_text=NOTE_HELP)
    client_id = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    def reply(self) -> Reply:
        """Return the answer to be made."""
        return Reply(self.cleaned_data["note"], self.cleaned_data["client_id"])


class SeenForm(forms.Form):
    """Nothing to fill in: which state of a thing was seen by who takes it away."""

    counter = forms.IntegerField(required=False, widget=forms.HiddenInput)


class LinkWordsForm(forms.Form):
    """What a link says."""

    relation = forms.ChoiceField(
        label=_("Relation"),
        choices=Link.Relation.choices,
        initial=Link.Relation.BACKGROUND,
        required=False,
    )
    note = forms.CharField(label=_("Note"), required=False, strip=False, widget=_LINK_ROWS)
    # A link goes among the groups of the passages that it joins; the service sees to that.
    audience = forms.ChoiceField(label=_("Visible to"), choices=ALONE, required=False)


class LinkForm(LinkWordsForm, PassageForm):
    """A link to be made; its far end is read by `annotations.views.link_ends`."""

    client_id = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    target = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    to_annotation = forms.UUIDField(required=False, widget=forms.HiddenInput)
    to_article = forms.SlugField(required=False, max_length=100, widget=forms.HiddenInput)

    def draft(self) -> LinkDraft:
        """Return what the link says."""
        values = self.cleaned_data
        return LinkDraft(
            relation=values["relation"] or Link.Relation.BACKGROUND.value,
            note=values["note"],
            client_id=values["client_id"],
            audience=values["audience"] or None,
        )


class LinkEditForm(LinkWordsForm):
    """New words for a link."""

    counter = forms.IntegerField(widget=forms.HiddenInput)

    def changes(self) -> LinkChanges:
        """Return what was sent; a field that was not sent changes nothing."""
        values = self.cleaned_data
        note = values["note"] if "note" in self.data else None
        return LinkChanges(values["relation"] or None, note, values["audience"] or None)


def _audience_of(form: forms.Form) -> AudienceField:
    return cast("AudienceField", form.fields["audience"])
