"""The topics of articles that were chosen together."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.models import Article
from corpus.permissions import allowed
from corpus.queries.chosen import Chosen, chosen_articles
from corpus.queries.topics import known_topics, topics_of
from corpus.services import chosen_topics
from corpus.topic_forms import ADD, TAKE, TopicForm
from corpus.views.answers import SEE_OTHER, FormPage, answer_form, writes
from corpus.views.back import address_back
from corpus.views.typed import cleaned

_DO = {ADD: chosen_topics.add_to, TAKE: chosen_topics.take_from}
_INVERSE = {ADD: TAKE, TAKE: ADD}


@writes
def topics(request: HttpRequest) -> HttpResponse:
    """Show the topics of the chosen articles; add one to all of them, or take one from them."""
    viewer = viewer_of(request.user)
    if not allowed(viewer, "topic.add"):
        raise NotAllowed
    back = address_back(request)
    sent = request.POST if request.method == "POST" else request.GET
    slugs = [cleaned(slug) for slug in sent.getlist("article")]
    articles = chosen_articles(viewer, Chosen(slugs=slugs)) if slugs else []
    form = TopicForm(request.POST or None)

    def save() -> HttpResponse:
        topic, step = form.cleaned_data["topic"], form.cleaned_data["step"]
        changed = _DO[step](viewer, articles, topic)
        return _shown_again(articles, changed, (step, topic), back=back)

    context = {
        "back": back,
        "articles": articles,
        "article_count": len(articles),
        "topics": topics_of(articles),
        "known": known_topics(),
        "done": _done(request.GET, articles),
    }
    return answer_form(request, form, FormPage("corpus/chosen_topics.html", context), save)


def _shown_again(
    articles: Sequence[Article], changed: Sequence[Article], did: tuple[str, str], *, back: str
) -> HttpResponse:
    """Lead back to the page, which tells what was done and offers to undo it."""
    step, topic = did
    told: dict[str, object] = {
        "article": [article.slug for article in articles],
        "did": step,
        "topic": topic,
        "changed": [article.slug for article in changed],
    }
    told |= {"back": back} if back else {}
    address = f"{reverse('chosen_topics')}?{urlencode(told, doseq=True)}"
    return HttpResponseRedirect(address, status=SEE_OTHER)


def _done(sent: QueryDict, articles: Sequence[Article]) -> dict[str, object] | None:
    """Return what was done last, in words and with what undoes it; None when nothing was."""
    step, topic = sent.get("did"), cleaned(sent.get("topic", ""))
    if step not in _INVERSE or not topic:
        return None
    known = {article.slug for article in articles}
    changed = [slug for slug in dict.fromkeys(sent.getlist("changed")) if slug in known]
    said = _told(step, len(changed)) % {"topic": topic, "count": len(changed)}
    return {"said": said, "changed": changed, "topic": topic, "inverse": _INVERSE[step]}


def _told(step: str, count: int) -> str:
    """Return the sentence with places for the topic and how many articles were changed."""
    if step == ADD and not count:
        return _("All of them had the topic “%(topic)s” already.")
    if step == ADD:
        return ngettext(
            "%(count)d article got the topic “%(topic)s”.",
            "%(count)d articles got the topic “%(topic)s”.",
            count,
        )
    if not count:
        return _("None of them had the topic “%(topic)s”.")
    return ngettext(
        "%(count)d article lost the topic “%(topic)s”.",
        "%(count)d articles lost the topic “%(topic)s”.",
        count,
    )
