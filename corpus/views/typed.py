"""Reading what was typed into an address.

NUL goes: no text of ours holds it, and PostgreSQL refuses to look for it. What is longer
than a search asks for is cut: SQLite refuses patterns of more than 50,000 bytes.
"""

from django.http import HttpRequest, QueryDict

from corpus.search.query import beginning


def typed(request: HttpRequest, name: str) -> str:
    """Return the parameter `name` trimmed and without NUL, "" when it is absent."""
    return cleaned(str(request.GET.get(name, "")))


def typed_fields(request: HttpRequest) -> dict[str, str]:
    """Return all parameters as `typed` gives them; of several alike the last."""
    return {name: cleaned(str(value)) for name, value in request.GET.items()}


def is_cut(request: HttpRequest, name: str) -> bool:
    """Say whether the parameter `name` is longer than what is read of it."""
    given = str(request.GET.get(name, "")).replace("\x00", "").strip()
    return len(given) > len(typed(request, name))


def query_of(request: HttpRequest, *names: str) -> str:
    """Return the parameters called `names` that are filled in, encoded for an address."""
    query = QueryDict(mutable=True)
    for name in names:
        if value := typed(request, name):
            query[name] = value
    return query.urlencode()


def query_without(request: HttpRequest, *names: str) -> str:
    """Return all parameters but those called `names`, encoded for an address."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def cleaned(text: str) -> str:
    """Return `text`, which was typed, trimmed, without NUL and no longer than is read."""
    return beginning(text.replace("\x00", "").strip())
