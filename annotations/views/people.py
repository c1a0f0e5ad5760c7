"""The page of a reader: what they marked and wrote, as the asker sees it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.queries.bundles import by_day
from annotations.queries.happened import Scope
from annotations.queries.items import item_page
from annotations.queries.person import person_page, user_or_404
from annotations.views.activity import PAGE_SIZE, place_in, with_place
from corpus.access import viewer_of


@require_safe
@cache_control(private=True, no_cache=True)
def person(request: HttpRequest, username: str) -> HttpResponse:
    """Show a reader of whom the asker sees something; of others there is no page."""
    viewer = viewer_of(request.user)
    user = user_or_404(viewer, username)
    after = place_in(request)
    page = item_page(viewer, Scope(person_ids=frozenset({user.pk})), size=PAGE_SIZE, after=after)
    first = reverse("person", args=[username])
    context = {
        "person": person_page(viewer, user),
        "is_own": user.pk == viewer.user_id,
        "days": by_day(page.items),
        "is_further": after is not None,
        "first": first,
        "next": with_place(first, page.after),
    }
    return render(request, "annotations/person.html", context)
