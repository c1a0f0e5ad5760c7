"""Reading what was typed into an address."""

from django.http import HttpRequest


def typed(request: HttpRequest, name: str) -> str:
    """Return the parameter `name` trimmed, "" without it.

    NUL goes: no text of ours holds it, and PostgreSQL refuses to look for it.
    """
    return request.GET.get(name, "").replace("\x00", "").strip()
