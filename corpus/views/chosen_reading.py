"""Saying of articles that were chosen together that they are read, or unread."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import ngettext

from corpus.access import viewer_of
from corpus.models import Article
from corpus.queries.chosen import Chosen, chosen_articles
from corpus.queries.readings import states_of
from corpus.reading_forms import ChosenForm
from corpus.services import chosen_reading as services
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes
from corpus.views.back import address_back
from corpus.views.typed import cleaned

_DO = {
    "read": services.mark_all_read,
    "unread": services.mark_all_unread,
    "undo": services.undo_all,
}


@writes
def chosen_reading(request: HttpRequest) -> HttpResponse:
    """Show how far the reader came in the chosen articles; mark all of them, or undo that."""
    viewer = viewer_of(request.user)
    back = address_back(request)
    sent = request.POST if request.method == "POST" else request.GET
    slugs = [cleaned(slug) for slug in sent.getlist("article")]
    articles = chosen_articles(viewer, Chosen(slugs=slugs)) if slugs else []
    states = states_of(viewer, [article.pk for article in articles])

    def save() -> HttpResponse:
        step = form.cleaned_data["step"]
        return _shown_again(articles, step, _DO[step](viewer, articles), back=back)

    form = ChosenForm(request.POST or None)
    context = {
        "back": back,
        "rows": [(article, states.get(article.pk)) for article in articles],
        "done": _done(request.GET, articles),
    }
    return answer_form(request, form, FormPage("corpus/chosen_reading.html", context), save)


def _shown_again(
    articles: Sequence[Article], step: str, changed: Sequence[Article], *, back: str
) -> HttpResponse:
    """Lead back to the page, which tells what was done and offers to undo it."""
    told: dict[str, object] = {
        "article": [article.slug for article in articles],
        "did": step,
        "changed": [article.slug for article in changed],
    }
    told |= {"back": back} if back else {}
    address = f"{reverse('chosen_reading')}?{urlencode(told, doseq=True)}"
    return HttpResponseRedirect(address, status=SEE_OTHER)


def _done(sent: QueryDict, articles: Sequence[Article]) -> dict[str, object] | None:
    """Return what was done last, in words and of which articles; None when nothing was."""
    known = {article.slug for article in articles}
    changed = [slug for slug in dict.fromkeys(sent.getlist("changed")) if slug in known]
    said = _told(sent.get("did", ""), len(changed))
    can_undo = bool(changed) and sent.get("did") != "undo"
    return {"said": said, "changed": changed if can_undo else []} if said else None


def _told(step: str, count: int) -> str:
    """Return what `step` did to `count` articles, "" for what is no step."""
    if step == "read":
        text = ngettext(
            "%(count)d article marked as read.", "%(count)d articles marked as read.", count
        )
    elif step == "unread":
        text = ngettext(
            "%(count)d article marked as unread.", "%(count)d articles marked as unread.", count
        )
    elif step == "undo":
        text = ngettext(
            "%(count)d article is as it was.", "%(count)d articles are as they were.", count
        )
    else:
        return ""
    return text % {"count": count}
