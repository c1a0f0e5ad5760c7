"""What curators send about the topics of chosen articles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from corpus.services.topics import MAX_TOPIC

ADD, TAKE = "add", "take"


class TopicForm(forms.Form):
    """A topic, and whether the articles get it or lose it."""

    topic = forms.CharField(
        label=_("Topic"),
        max_length=MAX_TOPIC,
        widget=forms.TextInput(attrs={"list": "known-topics", "autocomplete": "off"}),
    )
    step = forms.ChoiceField(
        choices=[(ADD, ADD), (TAKE, TAKE)], initial=ADD, widget=forms.HiddenInput
    )
