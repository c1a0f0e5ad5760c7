"""Articles: mending what is known of them, confirming it, hiding them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin, CuratedForm
from corpus.admin.facts import known
from corpus.admin.site import viewer
from corpus.models import Article, Outlet
from corpus.permissions import Viewer
from corpus.queries import curation
from corpus.services import articles
from corpus.services.metadata import FACTS, Metadata, facts_to_confirm, metadata_of
from corpus.templatetags.reading import published_short

_LABELS = {
    "title": _("title"),
    "standfirst": _("standfirst"),
    "byline": _("by-line"),
    "authors": _("authors"),
    "outlet": _("outlet"),
    "published": _("date"),
    "language": _("language"),
    "url": _("address"),
}
_OTHERS = ("author_names", "confirm", "topics", "is_hidden", "has_new_address", "seen_counter")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ArticleForm(CuratedForm):
    """What a curator sets of an article."""

    title = forms.CharField(label=_("Title"), widget=forms.Textarea(attrs={"rows": 2}))
    standfirst = forms.CharField(
        label=_("Standfirst"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    byline = forms.CharField(label=_("By-line"), required=False)
    author_names = forms.CharField(
        label=_("Authors"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One name a line, in the order of the by-line."),
    )
    outlet = forms.ModelChoiceField(
        label=_("Outlet"), queryset=Outlet.objects.none(), required=False
    )
    published_on = _day(_("Published"))
    published_precision = forms.ChoiceField(
        label=_("As exact as its"),
        choices=Article.Precision.choices,
        help_text=_("Of a month or a year any day of it will do."),
    )
    published_not_before = _day(_("Not before"))
    published_not_after = _day(_("Not after"))
    language = forms.CharField(label=_("Language"), required=False)
    canonical_url = forms.CharField(label=_("Address on the web"), required=False)
    access = forms.ChoiceField(label=_("Who may read"), choices=Article.Access.choices)
    confirm = forms.MultipleChoiceField(
        label=_("Confirm"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What was inferred or derived and is right. What you change is curated too."),
    )
    topics = forms.CharField(label=_("Topics"), required=False, help_text=_("Separated by commas."))
    is_hidden = forms.BooleanField(
        label=_("Hidden from readers"), required=False, help_text=_("Curators still see it.")
    )
    has_new_address = forms.BooleanField(
        label=_("Make the address anew from the title"),
        required=False,
        help_text=_("The present one then redirects for ever."),
    )
    seen_counter = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outlet"].queryset = Outlet.objects.all()  # type: ignore[attr-defined]
        self.fields["confirm"].choices = [  # type: ignore[attr-defined]
            (fact, _LABELS[fact]) for fact in facts_to_confirm(self.instance)
        ]

    def values(self) -> dict[str, Any]:
        """Return what is stored."""
        article: Article = self.instance
        now = metadata_of(article)
        return {
            **vars(now),
            "author_names": "\n".join(now.authors),
            "topics": ", ".join(article.topics.order_by("name").values_list("name", flat=True)),
            "is_hidden": article.is_hidden,
            "seen_counter": article.counter,
        }

    def metadata(self) -> Metadata:
        """Return what was sent of the facts; call it after `is_valid`."""
        sent = {name: value for name, value in self.cleaned_data.items() if name not in _OTHERS}
        authors = tuple(self.cleaned_data["author_names"].splitlines())
        return Metadata(**sent, authors=authors)

    def topic_names(self) -> list[str]:
        """Return the topics that were sent."""
        return str(self.cleaned_data["topics"]).split(",")


class StateFilter(admin.SimpleListFilter):
    """Articles with something to confirm, and those that are hidden or only linked to.

    The latter, which may be many, are listed only when they are asked for.
    """

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states."""
        return [
            ("confirm", _("something to confirm")),
            ("hidden", _("out of sight")),
            ("withdrawn", _("import undone")),
            ("stub", _("only linked to")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the articles in the chosen state."""
        match self.value():
            case "confirm":
                return queryset.filter(curation.needs_confirming(), is_stub=False)
            case "hidden":
                return queryset.filter(is_hidden=True)
            case "withdrawn":
                return queryset.filter(is_withdrawn=True)
            case "stub":
                return queryset.filter(is_stub=True)
        return queryset.filter(is_stub=False)


class BasisFilter(admin.SimpleListFilter):
    """Articles of which one fact needs confirming."""

    title = _("basis needs confirming")
    parameter_name = "basis"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the facts."""
        return list(_LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the articles of which the chosen fact was inferred or derived."""
        fact = self.value()
        return queryset.filter(curation.needs_confirming(fact)) if fact in _LABELS else queryset


def _confirm_all(who: Viewer, article: Article) -> Article:
    return articles.confirm(who, article, FACTS, counter=article.counter)


@admin.register(Article)
class ArticleAdmin(CuratedAdmin):
    """The articles."""

    form = ArticleForm
    can_change = True
    list_display: tuple[Any, ...] = (
        "title",
        "outlet",
        "published",
        "bases",
        "access",
        "shown",
    )
    list_filter = (StateFilter, BasisFilter, "outlet", "access", "language")
    search_fields = ("title", "byline", "standfirst", "slug", "authors__name", "topics__name")
    search_help_text = _("Words of the title, standfirst, by-line, authors and topics.")
    ordering = ("title",)
    actions = ("hide", "restore", "confirm_all")
    readonly_fields = (*(f"{fact}_known" for fact in FACTS), "slug", "texts", "created_at")
    fieldsets = (
        (
            _("What is known, and how"),
            {
                "fields": (
                    ("title", "title_known"),
                    ("standfirst", "standfirst_known"),
                    ("byline", "byline_known"),
                    ("author_names", "authors_known"),
                    ("outlet", "outlet_known"),
                    ("published_on", "published_known"),
                    ("published_precision", "published_not_before", "published_not_after"),
                    ("language", "language_known"),
                    ("canonical_url", "url_known"),
                    "confirm",
                )
            },
        ),
        (_("Where it stands"), {"fields": (("topics", "topics_known"), "access", "is_hidden")}),
        (_("Address and text"), {"fields": ("slug", "has_new_address", "texts", "created_at")}),
        (None, {"fields": ("seen_counter",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Return the articles."""
        return curation.articles()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store what was changed, then what was confirmed, then topics and sight."""
        who, sent = viewer(request), form.cleaned_data
        stored = articles.edit_metadata(who, obj, form.metadata(), counter=sent["seen_counter"])
        stored = articles.confirm(who, stored, sent["confirm"], counter=stored.counter)
        stored = articles.set_topics(who, stored, form.topic_names(), counter=stored.counter)
        if sent["has_new_address"]:
            stored = articles.readdress(who, stored)
        if sent["is_hidden"]:
            articles.hide(who, stored)
        else:
            articles.restore(who, stored)

    @admin.action(description=_("Hide from readers"))
    def hide(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Hide the chosen articles."""
        self.each(request, queryset, articles.hide, gettext("Hidden: %(count)d."))

    @admin.action(description=_("Show to readers again"))
    def restore(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Show the chosen articles."""
        self.each(request, queryset, articles.restore, gettext("Shown: %(count)d."))

    @admin.action(description=_("Confirm what was inferred or derived"))
    def confirm_all(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Make curated facts of all guesses in the chosen articles."""
        self.each(request, queryset, _confirm_all, gettext("Confirmed: %(count)d."))

    @admin.display(description=_("published"), ordering="published_on")
    def published(self, article: Article) -> str:
        """Return the date as far as it is known."""
        return published_short(article)

    @admin.display(description=_("to confirm"))
    def bases(self, article: Article) -> str:
        """Return the facts that were inferred or derived."""
        return ", ".join(str(_LABELS[fact]) for fact in facts_to_confirm(article)) or "–"

    @admin.display(description=_("shown"), ordering="is_hidden")
    def shown(self, article: Article) -> str:
        """Say whether readers see it, and why not."""
        if article.is_withdrawn:
            return gettext("no, its import was undone")
        return gettext("no, hidden") if article.is_hidden else gettext("yes")

    @admin.display(description=_("text"))
    def texts(self, article: Article) -> str:
        """Return the way to the source and the versions."""
        source = reverse("article_source", args=[article.slug])
        versions = reverse("admin:corpus_articleversion_changelist")
        return format_html(
            '<a href="{}">{}</a> · <a href="{}?article__id__exact={}">{}</a>',
            source,
            gettext("Raw source beside the text"),
            versions,
            article.pk,
            gettext("Versions"),
        )

    title_known = known("title")
    standfirst_known = known("standfirst")
    byline_known = known("byline")
    authors_known = known("authors")
    outlet_known = known("outlet")
    published_known = known("published")
    language_known = known("language")
    url_known = known("url")
    topics_known = known("topics")
