"""Sending the forms of the admin as a browser does."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def change(client: Client, thing: Any, **values: Any) -> HttpResponse:
    """Send the form of `thing` as a browser would, with `values` typed over what it shows."""
    address = reverse(
        f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk]
    )
    form = client.get(address).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    sent = {
        name: value for name, value in {**shown, **values}.items() if value not in (None, False)
    }
    answer: Any = client.post(address, {key: _sent(value) for key, value in sent.items()})
    return answer  # type: ignore[no-any-return]


def act(client: Client, name: str, action: str, *things: Any, **more: str) -> HttpResponse:
    """Choose an action of a list for `things`."""
    chosen = {"action": action, "_selected_action": [str(thing.pk) for thing in things], **more}
    answer: Any = client.post(reverse(f"admin:{name}_changelist"), chosen)
    return answer  # type: ignore[no-any-return]


def _sent(value: Any) -> Any:
    return "on" if value is True else value
