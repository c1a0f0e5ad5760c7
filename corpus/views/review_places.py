"""Where a curator stands on the page of a proposed article, and the way back there."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import QueryDict
from django.urls import reverse

from corpus.models import ImportCandidate
from corpus.queries.batch_filters import part_of
from corpus.views.answers import SEE_OTHER

_COUNTER_DIGITS = 9
_LONGEST_ANCHOR = 60


@dataclass(frozen=True)
class Place:
    """What the address of the page says beside which article it shows.

    `open_row` is the anchor of the piece whose tools are open, "" for none; `page` the number
    of the page. `only` names the part of the import that is gone through, "" for all of it.
    `batch` is the number of the page of the whole import when it was decided there, "" otherwise.
    """

    open_row: str = ""
    page: str = ""
    only: str = ""
    batch: str = ""

    @property
    def other(self) -> "Place":
        """Return the beginning of the page of another article, gone through with this one."""
        return Place(only=self.only)

    def query(self, **changed: str) -> str:
        """Return the query of the address, "" when nothing needs saying; `changed` wins."""
        said = {"only": self.only, "open": self.open_row, "page": self.page}
        return urlencode({name: value for name, value in (said | changed).items() if value})


def place_in(fields: QueryDict) -> Place:
    """Return the place that an address or a form names."""
    return Place(
        open_row=str(fields.get("open", ""))[:_LONGEST_ANCHOR],
        page=str(fields.get("page", ""))[:_COUNTER_DIGITS],
        only=part_of(str(fields.get("only", ""))),
        batch=str(fields.get("batch", ""))[:_COUNTER_DIGITS],
    )


def back_to(candidate: ImportCandidate, place: Place, anchor: str = "") -> HttpResponse:
    """Lead to the page of `candidate`, at `anchor`, or to its row in the whole import."""
    if place.batch:
        answer = see_other("import_batch", batch_id=candidate.batch_id)
        page = counter_of(place.batch)
        asked = Place(only=place.only, page=str(page) if page > 1 else "").query()
        answer["Location"] += f"{f'?{asked}' if asked else ''}#candidate-{candidate.pk}"
        return answer
    names = {"batch_id": candidate.batch_id, "candidate_id": candidate.pk}
    address, query = reverse("candidate", kwargs=names), place.query()
    address = f"{address}?{query}" if query else address
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address, status=SEE_OTHER)


def see_other(name: str, **names: object) -> HttpResponse:
    """Lead to the page called `name` after a write."""
    return HttpResponseRedirect(reverse(name, kwargs=names), status=SEE_OTHER)


def counter_of(sent: str) -> int:
    """Return the counter that a page showed; 0, which is never stored, for anything else."""
    is_number = sent.isascii() and sent.isdigit() and len(sent) <= _COUNTER_DIGITS
    return int(sent) if is_number else 0


def uuid_of(sent: str) -> UUID | None:
    """Return the key that `sent` spells, or None."""
    try:
        return UUID(sent)
    except ValueError:
        return None


def sent_fields(request: HttpRequest) -> dict[str, str]:
    """Return the fields of a form; of several alike the last."""
    return {name: str(value) for name, value in request.POST.items()}
