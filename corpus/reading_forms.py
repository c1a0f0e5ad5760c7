"""What a page sends of how far somebody read."""

from django import forms

# A set of all the blocks of the longest text, each written by itself, is shorter.
_LONGEST_SET = 40_000


class ProgressForm(forms.Form):
    """Where the reader is, which the script of the page tells.

    `place` is the number of the first block in sight, missing while nobody scrolled.
    """

    version = forms.IntegerField(min_value=1, max_value=10**6)
    place = forms.IntegerField(min_value=1, max_value=10**6, required=False)
    seen = forms.CharField(max_length=_LONGEST_SET, required=False)


class ChosenForm(forms.Form):
    """What is said of articles that were chosen together."""

    step = forms.ChoiceField(choices=[(step, step) for step in ("read", "unread", "undo")])


class WithinForm(forms.Form):
    """Which page to go back to: `within` is the slug of the collection that is read through."""

    within = forms.CharField(max_length=200, required=False)


class MarkForm(WithinForm):
    """Whether the article is read."""

    state = forms.ChoiceField(choices=[("read", "read"), ("unread", "unread")])
