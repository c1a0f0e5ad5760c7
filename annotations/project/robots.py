"""What crawlers may fetch."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# Where nothing is to be found: pages of one person, of who runs the site, and lists without end.
_NOT_FOR_CRAWLERS = ("account_login", "admin:index", "jobs", "search", "commands", "side_by_side")


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Answer with the addresses that crawlers leave alone. Source: RFC 9309."""
    addresses = [reverse(name).removesuffix("login/") for name in _NOT_FOR_CRAWLERS]
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in addresses)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
