"""What a reader sends to change who sees many of their highlights and notes."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.audience_fields import AudienceField
from corpus.models import Group


class _KeysField(forms.TypedMultipleChoiceField):
    """Keys of annotations: whose they are is for the service to say."""

    def valid_value(self, value: object) -> bool:
        """Say whether `value` may be a key; what is none raises ValidationError later."""
        return bool(value)


class PublishForm(forms.Form):
    """Which of one's highlights and notes, and who sees them from now on."""

    annotations = _KeysField(
        coerce=forms.UUIDField().clean,
        required=False,
        widget=forms.MultipleHiddenInput,
    )
    audience = AudienceField()

    def __init__(self, *args: Any, groups: Sequence[Group] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("AudienceField", self.fields["audience"])
        field.offer(groups)
        # None is chosen beforehand: what was private is not to be public by one press.
        field.choices = [("", _("Choose")), *cast("list[tuple[str, str]]", field.choices)]
        field.required = True
