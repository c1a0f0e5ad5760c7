"""The forms with which people make an account, sign in, and change their name and password."""

from collections.abc import Mapping
from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.services import profiles
from annotations.services.profiles import MAX_NAME
from corpus.errors import Invalid

_PASSWORDS = {
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password again"),
}


class ShownNameField(forms.CharField):
    """The name that other readers see."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Name shown to others"))
        kwargs.setdefault("help_text", _("It stands beside everything you mark."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        super().__init__(max_length=MAX_NAME, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the name as it is stored; raises ValidationError for one that shows nothing."""
        try:
            return profiles.clean_name(super().clean(value))
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class ProfileForm(forms.Form):
    """What a reader says of themselves."""

    display_name = ShownNameField()


class ReaderLoginForm(LoginForm):
    """Sign-in, with a field that says what goes into it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, {"login": _("Username or e-mail address")})


class ReaderSignupForm(SignupForm):
    """Sign-up with the name that other readers see."""

    display_name = ShownNameField()
    field_order = ("display_name", "username", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, {"email": _("E-mail address (optional)")})

    def save(self, request: HttpRequest) -> AbstractBaseUser:
        """Return the new account, with its profile made."""
        user = super().save(request)
        profiles.introduce(user.pk, self.cleaned_data["display_name"])
        return user


class FirstPasswordForm(SetPasswordForm):
    """A password for an account without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, _PASSWORDS)


class OtherPasswordForm(ChangePasswordForm):
    """Another password for whoever knows the current one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, _PASSWORDS)


class NewPasswordForm(ResetPasswordKeyForm):
    """Another password for whoever opened the link to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, _PASSWORDS)


class OtherAddressForm(AddEmailForm):
    """One more e-mail address of an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, {"email": _("E-mail address")})


class LostPasswordForm(ResetPasswordForm):
    """Where to send the link to a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, {"email": _("E-mail address")})


def _label(form: forms.Form, labels: Mapping[str, Any]) -> None:
    """Name the fields as this site writes, without the same words in them again."""
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)
