"""The administrator's account and those of newcomers: made whole, and told of."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from corpus.models import Event
from corpus.permissions import SYSTEM
from corpus.services import first_sign_in, invitations

pytestmark = pytest.mark.django_db


def test_the_account_is_made_once_and_told_of() -> None:
    first_sign_in.make_token()
    first_sign_in.make_token()

    admin = User.objects.get(is_superuser=True)
    event = Event.objects.get(verb="account.created")
    assert (event.subject_id.int, event.audience) == (admin.pk, "staff")


def test_the_account_never_stands_without_a_password_that_is_unusable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cut_off(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(User, "set_unusable_password", cut_off)

    first_sign_in.make_token()

    assert first_sign_in.is_needed()


def test_an_account_whose_event_cannot_be_stored_is_not_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cut_off(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(first_sign_in, "record", cut_off)

    with pytest.raises(KeyboardInterrupt):
        first_sign_in.make_token()

    assert not User.objects.exists()


def test_signing_up_leaves_an_event_of_the_account(client: Client) -> None:
    _invitation, secret = invitations.create(SYSTEM)
    sent = {"display_name": "Nora", "username": "nora", "password1": "a long enough secret"}

    client.post(reverse("invitation", args=[secret]), sent)

    nora = User.objects.get(username="nora")
    event = Event.objects.get(verb="account.created")
    assert (event.actor, event.subject_id.int) == (nora, nora.pk)
