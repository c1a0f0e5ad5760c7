"""Whether the site can do its work, for whatever watches over it."""

import logging

from django.contrib.sessions.models import Session
from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database takes a write, which is rolled back, and 503 when not."""
    try:
        _write_and_roll_back()
    except Error:
        logger.exception("Health check failed: the database took no write.")
        return HttpResponse("database not reached\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def _write_and_roll_back() -> None:
    with transaction.atomic():
        Session.objects.create(session_key="healthz", session_data="", expire_date=timezone.now())
        transaction.set_rollback(True)
