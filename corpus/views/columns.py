"""The page on which a curator says what the columns of a data set mean."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.queries.columns_page import MEANINGS, columns_page, data_set_or_404
from corpus.queries.importing import batch_or_404
from corpus.services.mapping import map_columns
from corpus.views.answers import STATUS, writes
from corpus.views.review_places import see_other, sent_fields
from corpus.views.typed import typed_fields


@cache_control(private=True, no_store=True)
@writes
def import_columns(request: HttpRequest, batch_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Show what the columns are taken for, with the first articles; a POST lets it be so."""
    viewer = viewer_of(request.user)
    batch = batch_or_404(viewer, batch_id)
    file = data_set_or_404(batch, file_id)
    is_sent = request.method == "POST"
    page = columns_page(file, sent_fields(request) if is_sent else typed_fields(request))
    problem = page.problem
    if is_sent and not problem:
        try:
            if map_columns(viewer, file, page.mapping) is None:
                messages.info(request, _("It was read so already."))
        except Invalid as refusal:
            problem = refusal.message
        else:
            return see_other("import_batch", batch_id=batch.pk)
    context = {"batch": batch, "page": page, "problem": problem, "meanings": MEANINGS.items()}
    status = STATUS["invalid"] if is_sent else None
    return render(request, "corpus/importing/columns.html", context, status=status)
