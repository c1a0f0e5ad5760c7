"""How a fact about an article is known, in words beside its field."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpus.models import Article, Basis
from corpus.services.metadata import basis_of


def known(fact: str) -> Callable[[Any, Article], str]:
    """Return a read-only column that tells the basis of `fact` and its evidence."""

    @admin.display(description=gettext_lazy("how it is known"))
    def column(_page: Any, article: Article) -> str:
        told = article.facts.get(fact, {})
        basis = basis_of(article, fact)
        badge = format_html(
            '<span class="badge" data-basis="{}">{}</span>', basis, Basis(basis).label
        )
        return format_html("{} {}", badge, _evidence(told))

    return column


def _evidence(told: dict[str, Any]) -> str:
    parts = []
    if told.get("evidence"):
        parts.append(_("“%(words)s”") % {"words": told["evidence"]})
    if told.get("rule") and told["rule"] != "curator":
        parts.append(_("rule: %(rule)s") % {"rule": told["rule"]})
    value = told.get("value")
    if isinstance(value, dict):
        parts += [value[key] for key in value if key.endswith("_evidence") and value[key]]
    return " · ".join(parts)
