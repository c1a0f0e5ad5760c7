"""How a fact about an article is known, in words beside its field."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpus.models import Article, Basis
from corpus.queries.source import RULES
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
    """Return what the import went by and the words that it read there, each once."""
    rule = told.get("rule", "")
    value = told.get("value")
    read = [told.get("evidence", "")]
    if isinstance(value, dict):
        read += [value[key] for key in value if key.endswith("_evidence")]
    parts = [] if rule == "curator" else [str(RULES.get(rule, rule))]
    parts += [_("“%(words)s”") % {"words": words} for words in dict.fromkeys(read) if words]
    return " · ".join(part for part in parts if part)
