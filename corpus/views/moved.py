"""Leading from a former address to the present one."""

from django.http import HttpRequest, HttpResponsePermanentRedirect


def redirect_to_present(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect:
    """Answer that the page stands at `address` for good, and keep the query as it was sent."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
