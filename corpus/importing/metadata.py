"""What an article's own words say about it: title, author, outlet, date, language, address.

Nothing is known from outside: the host of a linked page is not the outlet, a famous article
without a by-line has no author.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.importing.blocks import Settled
from corpus.importing.clean import author_note, outlet_in_boilerplate
from corpus.importing.dates import WrittenDate, dates_in, dates_in_address, past_dates
from corpus.importing.decisions import CURATOR
from corpus.importing.labels import Label
from corpus.importing.passages import Passage
from corpus.importing.proposal import Fact, PublishedDate, unknown

_LONGEST_DERIVED_TITLE = 160
# A first sentence is looked for in so many characters; a title takes far fewer.
_SENTENCE_SEARCHED = 2_000
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*(?=\s+[^a-zß-öø-ÿ\s]|$)")
# A full stop after these ends no sentence.
_ABBREVIATION = re.compile(r"(?<![\w&])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|vs|[A-Z])\.$")
# Frequent small words, enough to tell these languages apart on a paragraph.
_SMALL_WORDS = {
    "en": "the of and to in is that for it was on with as his by",
    "fr": "le la les des et est une dans que pour qui du sur pas au",
    "de": "der die das und ist nicht ein eine mit den von zu im auf sich",
    "es": "el los las una que del por con para es se al como más su",
    "it": "il che di per una non con del sono della gli nel si alla anche",
    "nl": "het een van en dat niet op te zijn voor met aan ook er bij",
    "pt": "os uma que não com para do da em por mais dos como foi ao",
}
_LANGUAGE_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_FEWEST_LANGUAGE_WORDS = 5
_LANGUAGE_SHARE = 0.12


@dataclass(frozen=True)
class Findings:
    """What the rules read in one article, the material of the facts."""

    labels: Sequence[Label]
    settled: Sequence[Settled]

    def passages(self, *kinds: str) -> list[Passage]:
        """Return the passages of these kinds, in order."""
        return [one.passage for one in self.settled if one.kind in kinds]

    def text_passages(self) -> list[Passage]:
        """Return the passages of the text, in order."""
        return [one.passage for one in self.settled if one.is_text]

    def said(self, field: str) -> Iterator[tuple[str, Label]]:
        """Yield what labels say about a field, with the label."""
        for label in self.labels:
            if label.value(field):
                yield label.value(field), label


def facts(findings: Findings) -> dict[str, Fact[Any]]:
    """Return all that the rules know, by the names of a proposal's facts."""
    return {
        "title": title_fact(findings),
        "standfirst": standfirst_fact(findings),
        "byline": byline_fact(findings),
        "authors": authors_fact(findings),
        "outlet": outlet_fact(findings),
        "published": published_fact(findings),
        "language": language_fact(findings),
        "url": url_fact(findings),
    }


def title_fact(findings: Findings) -> Fact[str]:
    """Return the title: chosen, labelled, the first line, or derived from the first sentence."""
    for one in findings.settled:
        if one.kind == "title" and one.rule == CURATOR:
            words = one.passage.text
            return Fact(_plain(words), "curated", 1.0, words, one.passage.start, CURATOR)
    for value, label in findings.said("title"):
        return Fact(_plain(value), "given", 0.95, label.line.text, label.line.start, label.rule)
    for passage in findings.passages("title"):
        return Fact(_plain(passage.text), "given", 0.9, passage.text, passage.start, "first_line")
    first = next(iter(findings.text_passages()))
    sentence = _first_sentence(first.text)
    return Fact(sentence, "derived", 0.5, sentence, first.start, "first_sentence")


def standfirst_fact(findings: Findings) -> Fact[str]:
    """Return the standfirst, which is also the first block of the text."""
    for passage in findings.passages("standfirst"):
        text = _plain(passage.text)
        return Fact(text, "given", 0.8, passage.text, passage.start, "short_first_paragraph")
    return unknown()


def byline_fact(findings: Findings) -> Fact[str]:
    """Return the by-line without the word "by"."""
    for value, label in findings.said("author"):
        return Fact(_plain(value), "given", 0.9, label.line.text, label.line.start, label.rule)
    return unknown()


def authors_fact(findings: Findings) -> Fact[tuple[str, ...]]:
    """Return the authors' names: from the by-line, else from the note about the author."""
    for value, label in findings.said("author"):
        names = tuple(name.strip() for name in re.split(r",| and | & ", value) if name.strip())
        return Fact(names, "given", 0.9, label.line.text, label.line.start, label.rule)
    for passage in findings.passages("author_note"):
        body = [other for other in findings.text_passages() if other.start < passage.start]
        note = author_note([*body, passage])
        if note is not None:
            return Fact((note[1],), "inferred", 0.85, passage.text, passage.start, "author_note")
    return unknown()


def outlet_fact(findings: Findings) -> Fact[str]:
    """Return the outlet: from the source line, else from a heading such as "More from …"."""
    for value, label in findings.said("outlet"):
        return Fact(_plain(value), "given", 0.95, label.line.text, label.line.start, label.rule)
    for passage in findings.passages("boilerplate"):
        outlet = outlet_in_boilerplate(passage.text)
        if outlet:
            return Fact(outlet, "inferred", 0.7, passage.text, passage.start, "more_from")
    return unknown()


def url_fact(findings: Findings) -> Fact[str]:
    """Return the address of the article itself, where a line names it."""
    for value, label in findings.said("url"):
        return Fact(value.strip("<> "), "given", 0.9, label.line.text, label.line.start, label.rule)
    return unknown()


def published_fact(findings: Findings) -> Fact[PublishedDate]:
    """Return the date that a line gives, else what the text proves about the earliest day."""
    for value, label in findings.said("date"):
        for found in dates_in(value):
            published = PublishedDate(found.iso, found.precision)
            return Fact(published, "given", 0.95, label.line.text, label.line.start, label.rule)
    bounds = list(_earliest_days(findings))
    if not bounds:
        return Fact(PublishedDate(), "unknown", 0.0, "", None, "nothing_found")
    day, rule, evidence, start = max(
        bounds, key=lambda bound: (bound[0], bound[1] == "linked_page")
    )
    published = PublishedDate(not_before=day.isoformat(), not_before_evidence=evidence)
    return Fact(published, "unknown", 0.0, evidence, start, rule)


def language_fact(findings: Findings) -> Fact[str]:
    """Return the language as a code ("en"), told by its small words."""
    words = Counter(
        word for passage in findings.text_passages() for word in passage.text.lower().split()
    )
    total = sum(words.values())
    scores = {
        language: sum(words[word] for word in small) for language, small in _LANGUAGE_WORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    if scores[best] < max(_FEWEST_LANGUAGE_WORDS, _LANGUAGE_SHARE * total):
        return unknown()
    share = scores[best] / total
    evidence = f"{scores[best]} small words of {total}"
    return Fact(best, "inferred", round(min(0.99, 0.6 + share), 2), evidence, None, "small_words")


def _earliest_days(findings: Findings) -> Iterator[tuple[date, str, str, int]]:
    """Yield days before which the article cannot have been written: rule, evidence, its start."""
    for passage in findings.text_passages():
        for link in passage.links:
            for found in dates_in_address(link.url):
                yield found.earliest, "linked_page", link.url, passage.source_offset(link.start)
        for told, words in past_dates(passage.text):
            yield told.earliest, _rule_of(told), words, passage.source_offset(told.start)


def _rule_of(told: WrittenDate) -> str:
    return f"told_in_the_past_by_{told.precision}"


def _first_sentence(text: str) -> str:
    text = text[:_SENTENCE_SEARCHED]
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[: match.end()]) or match.end() == len(text):
            text = text[: match.end()]
            break
    plain = _plain(text)
    if len(plain) <= _LONGEST_DERIVED_TITLE:
        return plain
    return plain[:_LONGEST_DERIVED_TITLE].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"


def _plain(text: str) -> str:
    """Return `text` on one line with single spaces (no-break ones too)."""
    return " ".join(text.split())
