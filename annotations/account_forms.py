"""The forms with which people make an account and sign in."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.services import profiles


class ReaderLoginForm(LoginForm):
    """Sign-in, with a field that says what goes into it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username or email")
        self.fields["login"].widget.attrs.pop("placeholder", None)


class ReaderSignupForm(SignupForm):
    """Sign-up with the name that other readers see."""

    display_name = forms.CharField(
        label=_("Name shown to others"),
        max_length=80,
        help_text=_("It stands beside everything you mark."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("display_name", "username", "email", "password1")

    def save(self, request: HttpRequest) -> AbstractBaseUser:
        """Return the new account, with its profile made."""
        user = super().save(request)
        profiles.introduce(user.pk, self.cleaned_data["display_name"])
        return user
