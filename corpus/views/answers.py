"""How a write answers: as JSON to a script, as a page or a redirect to a plain form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corpus.errors import NotAllowed, NotFound, Refused, SignInNeeded

STATUS = {
    "sign_in": 401,
    "not_allowed": 403,
    "not_found": 404,
    "text_changed": 409,
    "stale": 412,
    "invalid": 422,
}
CREATED = 201
SEE_OTHER = 303


@dataclass(frozen=True)
class FormPage:
    """A page that asks for what a write needs, and shows it again when it was refused."""

    template: str
    context: dict[str, Any]

    def show(self, request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponse:
        """Answer with the page; what was typed stays in its fields."""
        return render(request, self.template, self.context | {"form": form}, status=status)

    def ask(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page where there is nothing to fill in."""
        return self.show(request, Form())


def wants_json(request: HttpRequest) -> bool:
    """Say whether a script asks, which names JSON before all else."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def writes(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let `view` be seen and sent by who is signed in, and answer its refusals.

    Who is not signed in is asked to before anything is looked up, so that nothing can be
    learnt from the answer.
    """

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if not wants_json(request):
                raise
            return refuse(NotFound())
        except Refused as refusal:
            if wants_json(request):
                return refuse(refusal)
            raise _as_django_says(refusal) from refusal

    return answer


def answer_form(
    request: HttpRequest, form: Form, page: FormPage, save: Callable[[], HttpResponse]
) -> HttpResponse:
    """Show `form` on `page`, or `save` what was sent and answer what came of it.

    `save` is called once the form is valid. What it refuses for reasons that the reader
    can mend is shown on the page again.
    """
    if request.method != "POST":
        return page.show(request, form)
    if not form.is_valid():
        return _invalid(request, form, page)
    try:
        return save()
    except Refused as refusal:
        if wants_json(request) or isinstance(refusal, NotAllowed | NotFound | SignInNeeded):
            raise
        return _again(request, form, page, refusal)


def refuse(refusal: Refused) -> JsonResponse:
    """Answer a script why nothing was stored."""
    members: dict[str, Any] = {"error": refusal.code, "message": refusal.message}
    for name in ("fields", "current"):
        if hasattr(refusal, name):
            members[name] = getattr(refusal, name)
    return JsonResponse(members, status=STATUS[refusal.code])


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return refuse(SignInNeeded())
    return redirect_to_login(request.get_full_path())


def _as_django_says(refusal: Refused) -> Exception:
    if isinstance(refusal, NotFound):
        return Http404()
    return PermissionDenied(refusal.message)


def _invalid(request: HttpRequest, form: Form, page: FormPage) -> HttpResponse:
    if not wants_json(request):
        return page.show(request, form, status=STATUS["invalid"])
    fields = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
    message = next(iter(fields.values()), _("Something is missing."))
    members = {"error": "invalid", "message": message, "fields": fields}
    return JsonResponse(members, status=STATUS["invalid"])


def _again(request: HttpRequest, form: Form, page: FormPage, refusal: Refused) -> HttpResponse:
    """Show the page with what was refused, and beside it what is stored when that changed."""
    fields = getattr(refusal, "fields", {})
    known = {name: words for name, words in fields.items() if name in form.fields}
    for name, words in (known or {None: refusal.message}).items():
        form.add_error(name, words)
    current = getattr(refusal, "current", None)
    if current and "counter" in current:
        resent = request.POST.copy()
        resent["counter"] = str(current["counter"])
        form.data = resent
    context = page.context | {"stored": current, "stored_fields": _in_words(form, current or {})}
    return FormPage(page.template, context).show(request, form, status=STATUS[refusal.code])


def _in_words(form: Form, current: Mapping[str, object]) -> list[tuple[object, object]]:
    """Return the label and the words of what is stored in the fields of `form`, but its note."""
    return [
        (field.label, dict(getattr(field.field, "choices", ())).get(value, value))
        for field in form.visible_fields()
        if field.name != "note" and (value := current.get(field.name))
    ]
