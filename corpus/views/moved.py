"""Leading from one address to another."""

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect


def redirect_to_present(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect:
    """Answer that the page stands at `address` for good, and keep the query as it was sent."""
    return HttpResponsePermanentRedirect(_with_query(request, address))


def redirect_for_now(request: HttpRequest, address: str) -> HttpResponseRedirect:
    """Answer that the page stands at `address` as long as a verdict holds; keep the query."""
    return HttpResponseRedirect(_with_query(request, address))


def _with_query(request: HttpRequest, address: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
