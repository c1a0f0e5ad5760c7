"""What curators see of an article's source: the raw text and how each fact was read from it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from corpus.access import current_version
from corpus.extensions import Label
from corpus.models import Article, Basis
from corpus.queries.reading import reading_blocks

FACTS: Mapping[str, Label] = {
    "title": _("Title"),
    "standfirst": _("Standfirst"),
    "byline": _("By-line"),
    "authors": _("Authors"),
    "outlet": _("Outlet"),
    "published": _("Date"),
    "language": _("Language"),
    "url": _("Address"),
    "topics": _("Topics"),
}
"""The facts in the order of the page."""

RULES: Mapping[str, Label] = {
    "": "",
    "above_by_line": _("the line above the by-line or the date"),
    "address_line": _("an address on a line of its own"),
    "author_element": _("the author that the page marks"),
    "author_note": _("the note about the author"),
    "by_line": _("a line that says who wrote it"),
    "canonical_link": _("the address that the page gives as its own"),
    "cited_page": _("the address that another text gives"),
    "column": _("a field of the data set, feed or book"),
    "curator": _("set by a curator"),
    "date_line": _("a line that is a date"),
    "document_head": _("the head of the document, and a line of its pages"),
    "doubled_by_line": _("a line that says twice who wrote it"),
    "exported_head": _("the head that a database of newspapers writes"),
    "first_line": _("the first line"),
    "first_sentence": _("the first sentence"),
    "front_matter": _("the head of the text"),
    "image_credit": _("the credit of a picture"),
    "json_ld": _("what the page says of itself to machines"),
    "largest_words": _("the largest words of the first page"),
    "linked_page": _("the date in the address of a linked page"),
    "mail_date": _("the date of the mail that it came in"),
    "mail_subject": _("the subject of the mail that it came in"),
    "meta": _("the head of the page"),
    "more_from": _("a heading such as “More from …”"),
    "named_field": _("a line that names the field"),
    "nothing_found": _("nothing in the text tells it"),
    "only_heading": _("the only first heading of the page"),
    "origin": _("the address that was given with the text"),
    "own_address": _("the date in its own address"),
    "page_interface": _("words of the page around it"),
    "page_language": _("the language that the page is marked with"),
    "short_first_paragraph": _("a short first paragraph"),
    "small_words": _("everyday words of the language"),
    "source_line": _("the line about the source"),
    "time_element": _("a time that the page marks"),
    "title_element": _("the title of the page"),
    "told_in_the_past_by_day": _("a day that the text looks back on"),
    "told_in_the_past_by_month": _("a month that the text looks back on"),
    "told_in_the_past_by_year": _("a year that the text looks back on"),
    "updated_line": _("a line that tells when it was changed"),
}
"""What each rule of the import went by, in words."""

PARATEXT: Mapping[str, Label] = {
    "title": _("title"),
    "by_line": _("by-line"),
    "credit": _("credit"),
    "boilerplate": _("words of the page around it"),
    "author_note": _("note about the author"),
    "source_line": _("line about the source"),
}
"""The kinds of what stands beside a text, in words."""


def source_context(article: Article) -> dict[str, Any]:
    """Return the raw source of `article` beside what was taken from it."""
    version = current_version(article)
    raw = version.source.decoded() if version.source else ""
    return {
        "article": article,
        "version": version,
        "source": version.source,
        "raw": raw[version.source_start : version.source_end],
        "blocks": list(reading_blocks(version)),
        "paratext": [piece | {"kind": PARATEXT[piece["kind"]]} for piece in version.paratext],
        "fact_rows": [
            _fact_row(name, article.facts[key])
            for key, name in FACTS.items()
            if key in article.facts
        ],
    }


def _fact_row(name: Label, fact: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "basis": Basis(fact["basis"]).label,
        "evidence": fact["evidence"],
        # That a curator set it is what the basis says already.
        "rule": "" if fact["basis"] == Basis.CURATED else RULES.get(fact["rule"], fact["rule"]),
    }
