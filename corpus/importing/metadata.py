"""What an article's own words say about it: title, author, outlet, date, language, address.

Nothing is known from outside: the host of a linked page is not the outlet, a famous article
without a by-line has no author.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from corpus.importing.clean import author_note, outlet_in_boilerplate
from corpus.importing.dates import (
    WrittenDate,
    dates_in,
    dates_in_address,
    impossible_days_in,
    past_dates,
)
from corpus.importing.decisions import CURATOR
from corpus.importing.findings import Findings, Said
from corpus.importing.labels import Label
from corpus.importing.languages import language_code
from corpus.importing.passages import Passage
from corpus.importing.proposal import Fact, PublishedDate, unknown
from corpus.importing.spoken import is_contradicted
from corpus.importing.topics import topic_names
from corpus.text.folding import fold

_LONGEST_DERIVED_TITLE = 160
# A first sentence is looked for in so many characters; a title takes far fewer.
_SENTENCE_SEARCHED = 2_000
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*(?=\s+[^a-zß-öø-ÿ\s]|$)")
_ADDRESS = re.compile(r"\s*<?https?://[^\s<>\"“”]+>?")
# A full stop after these ends no sentence.
_ABBREVIATION = re.compile(r"(?<![\w&])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|vs|[A-Z])\.$")


def facts(findings: Findings) -> dict[str, Fact[Any]]:
    """Return all that the rules know, by the names of a proposal's facts."""
    return {
        "title": title_fact(findings),
        "standfirst": standfirst_fact(findings),
        "byline": byline_fact(findings),
        "authors": authors_fact(findings),
        "outlet": outlet_fact(findings),
        "published": published_fact(findings, url_fact(findings)),
        "language": language_fact(findings),
        "url": url_fact(findings),
        "topics": topics_fact(findings),
    }


def is_titled(labels: Sequence[Label], passages: Sequence[Passage]) -> bool:
    """Say whether a label tells the title, so that the first passage is none.

    The subject of a mail does, unless it is that passage, or who wrote it stands below.
    """
    if any(label.value("title") for label in labels):
        return True
    subject = next((said for label in labels if (said := label.value("subject"))), "")
    first = passages[0]
    end = passages[1].start if len(passages) > 1 else first.end
    is_signed = any(
        first.end <= label.line.start < end and any(map(label.value, ("author", "date", "updated")))
        for label in labels
    )
    return bool(subject) and not is_signed and fold(first.text) != fold(subject)


def title_fact(findings: Findings) -> Fact[str]:
    """Return the title: chosen, labelled, the first line, or derived from the first sentence.

    That of a mail may be its subject.
    """
    for said in findings.said("title"):
        return said.fact(_plain(said.value), 0.95)
    for passage in findings.passages("title"):
        return Fact(_plain(passage.text), "given", 0.9, passage.text, passage.start, "first_line")
    for said in findings.said("subject"):
        return Fact(_plain(said.value), "given", 0.8, said.words, said.start, "mail_subject")
    passages = findings.text_passages()
    told = (one for one in passages if _without_addresses(one.text[:_SENTENCE_SEARCHED]))
    first = next(told, passages[0])
    sentence = _first_sentence(_without_addresses(first.text[:_SENTENCE_SEARCHED]) or first.text)
    return Fact(sentence, "derived", 0.5, sentence, first.start, "first_sentence")


def standfirst_fact(findings: Findings) -> Fact[str]:
    """Return the standfirst, which is also the first block of the text."""
    for one in findings.settled:
        if one.kind == "standfirst":
            words, start = one.passage.text, one.passage.start
            rule = CURATOR if one.rule == CURATOR else "short_first_paragraph"
            return Said(words, words, start, rule).fact(_plain(words), 0.8)
    return unknown()


def byline_fact(findings: Findings) -> Fact[str]:
    """Return the by-line without the word "by"."""
    for said in findings.said("author"):
        return said.fact(_plain(said.value), 0.9)
    return unknown()


def authors_fact(findings: Findings) -> Fact[tuple[str, ...]]:
    """Return the authors' names: from the by-line, else from the note about the author.

    Behind them a by-line may name the outlet, which is none of them.
    """
    outlets = {fold(said.value).casefold() for said in findings.said("outlet")}
    for said in findings.said("author"):
        written = re.split(r",| and | AND | et | und | & ", said.value)
        names = [name.strip() for name in written if name.strip()]
        people = [name for name in names if fold(name).casefold() not in outlets]
        return said.fact(tuple(people or names), 0.9)
    for passage in findings.passages("author_note"):
        body = [other for other in findings.text_passages() if other.start < passage.start]
        note = author_note([*body, passage])
        if note is not None:
            return Fact((note[1],), "inferred", 0.85, passage.text, passage.start, "author_note")
    return unknown()


def outlet_fact(findings: Findings) -> Fact[str]:
    """Return the outlet: from the source line, else from a heading such as "More from …"."""
    for said in findings.said("outlet"):
        return said.fact(_plain(said.value), 0.95)
    for passage in findings.passages("boilerplate"):
        outlet = outlet_in_boilerplate(passage.text)
        if outlet:
            return Fact(outlet, "inferred", 0.7, passage.text, passage.start, "more_from")
    return unknown()


def url_fact(findings: Findings) -> Fact[str]:
    """Return the address of the article itself, where a line names it."""
    for said in findings.said("url"):
        return said.fact(said.value.strip("<> "), 0.9)
    return unknown()


def topics_fact(findings: Findings) -> Fact[tuple[str, ...]]:
    """Return the topics: the section first, then the words that the source tags it with."""
    said = [one for field in ("section", "topics") for one in findings.said(field)]
    names = topic_names(one.value for one in said)
    if not names:
        return unknown()
    return _with_line_below(said).fact(tuple(names), 0.9)


def published_fact(findings: Findings, address: Fact[str]) -> Fact[PublishedDate]:
    """Return the date that a line gives, that in its own `address`, or of its mail.

    Without these it is what the text proves about the earliest day, and an update about the last.
    """
    for said in findings.said("date"):
        for found in dates_in(said.value):
            return said.fact(PublishedDate(found.iso, found.precision), 0.95)
    for found in dates_in_address(address.value or ""):
        published = PublishedDate(found.iso, found.precision)
        words, start = address.evidence, address.evidence_start
        return Fact(published, "inferred", 0.8, words, start, "own_address")
    for said in findings.said("mail_date"):
        for found in dates_in(said.value):
            published = PublishedDate(found.iso, found.precision)
            return Fact(published, "inferred", 0.5, said.words, said.start, "mail_date")
    last, until = _last_day(findings)
    bounds = [bound for bound in _earliest_days(findings) if last is None or bound[0] <= last]
    if not bounds:
        return until
    day, rule, evidence, start = max(
        bounds, key=lambda bound: (bound[0], bound[1] == "linked_page")
    )
    upper = until.value or PublishedDate()
    published = replace(upper, not_before=day.isoformat(), not_before_evidence=evidence)
    return Fact(published, "unknown", 0.0, evidence, start, rule)


def impossible_day(findings: Findings) -> str:
    """Return the day of publication that a line tells and no calendar has, "" for none."""
    said = [one.value for one in findings.said("date")]
    if any(True for value in said for _found in dates_in(value)):
        return ""
    told = (value[start:end] for value in said for start, end in impossible_days_in(value))
    return next(told, "")


def language_fact(findings: Findings) -> Fact[str]:
    """Return the language as a code ("en"): the one that is given, unless the words are others.

    Where none is given, or another than that of the text, it is told by its small words.
    """
    given, is_another = given_language(findings)
    if given is not None and not is_another:
        return given.fact(language_code(given.value), 0.95)
    spoken = findings.spoken
    if spoken is None:
        return unknown()
    return Fact(spoken.code, "inferred", spoken.confidence, spoken.evidence, None, "small_words")


def given_language(findings: Findings) -> tuple[Said | None, bool]:
    """Return what gives a language that there is, and whether the text is plainly in another."""
    told = (said for said in findings.said("language") if language_code(said.value))
    given = next(told, None)
    if given is None or given.rule == CURATOR:
        return given, False
    texts = (passage.text for passage in findings.text_passages())
    return given, is_contradicted(language_code(given.value), findings.spoken, texts)


def _with_line_below(said: list[Said]) -> Said:
    """Return the first of what was said, with the words of a line right below it."""
    first, *others = said
    if others and others[0].start == first.start + len(first.words) + 1:
        return Said(first.value, f"{first.words}\n{others[0].words}", first.start, first.rule)
    return first


def _last_day(findings: Findings) -> tuple[date | None, Fact[PublishedDate]]:
    """Return the day after which the article cannot have been published: that of an update."""
    for said in findings.said("updated"):
        for found in dates_in(said.value):
            last = found.latest
            published = PublishedDate(not_after=last.isoformat(), not_after_evidence=said.words)
            return last, Fact(published, "unknown", 0.0, said.words, said.start, "updated_line")
    return None, Fact(PublishedDate(), "unknown", 0.0, "", None, "nothing_found")


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


def _without_addresses(text: str) -> str:
    """Return `text` without addresses of the web; "" when nothing else can be read."""
    rest = _ADDRESS.sub("", text)
    return rest if any(char.isalnum() for char in rest) else ""


def _plain(text: str) -> str:
    """Return `text` on one line with single spaces (no-break ones too)."""
    return " ".join(text.split())
