"""Weaving one passage: words, soft line breaks and addresses of links, from left to right."""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from corpus.importing.decisions import NOTHING_DECIDED, Decisions
from corpus.importing.glued import Gap, gaps_between_sentences
from corpus.importing.hyphens import cuts_a_word, goes_on_after_hyphen
from corpus.importing.inline import Sign, Stress, signs_in
from corpus.importing.links import LinkStart, link_start, names_in
from corpus.importing.passages import Fragment, LinkedWords, Passage, Shape
from corpus.importing.proposal import Repair

# White space before a sign is looked through once, from its first character.
_SPACE_BEFORE = r"(?:(?<!\s)\s+)?"
_ADDRESS = rf"{_SPACE_BEFORE}<(?P<url>(?:https?://|www\.|mailto:)[^<>\s]+)>\s*"
_BARE_ADDRESS = r"(?P<bare>https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?')\]’])"
_BREAK = r"(?:(?<![^\S\n])[^\S\n]+)?\n\s*"
_TOKEN = re.compile(rf"(?P<link>{_ADDRESS})|{_BARE_ADDRESS}|(?P<wrap>{_BREAK})")
_CLOSING = frozenset(".,;:!?)]’”…")
# Where a word was cut, its halves are looked for in so many characters.
_LONGEST_WORD = 40


@dataclass
class Weaver:
    """Collects the fragments of one passage; `passage` hands it over.

    With `bare_breaks_tell` a line break that lacks the space of other soft breaks is taken as
    a sign that linked words begin there. A repair that `decisions` undo is not made. What signs
    mean is certain in a text that `is_ours`.
    """

    source: str
    bare_breaks_tell: bool
    decisions: Decisions = NOTHING_DECIDED
    is_ours: bool = False
    fragments: list[Fragment] = field(default_factory=list)
    links: list[LinkedWords] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    stress: Stress = field(default_factory=Stress)
    _is_linking: bool = False
    _bare_breaks: list[int] = field(default_factory=list)
    _length: int = 0
    _after_link: int = 0
    _fragments_before: int = 0

    def passage(self, shape: Shape) -> Passage:
        """Return what was collected."""
        return Passage(
            tuple(self.fragments),
            shape,
            links=tuple(self.links),
            repairs=tuple(self.repairs),
            doubts=tuple(self.doubts),
            stress=tuple(self.stress.marks),
        )

    def space(self, start: int, end: int, words: str = " ") -> None:
        """Let the white space source[start:end] enter the text as `words`."""
        if start < end:
            self._add(Fragment(start, end, "white_space", words))

    def unmark(self, start: int, end: int, note: str) -> None:
        """Leave out the mark-up source[start:end], unless that was undone."""
        if self.decisions.is_undone("mark_removed", start):
            self._words(start, end)
            return
        self._add(Fragment(start, end, "repair", ""))
        self.repairs.append(Repair("mark_removed", start, end, self.source[start:end], "", note))

    def weave(self, start: int, end: int) -> None:
        """Take in source[start:end]: words, soft line breaks, addresses, links and stress."""
        done = start
        for sign in self._signs(start, end):
            self._weave_words(done, sign.start)
            self._sign(sign)
            done = sign.end
        self._weave_words(done, end)

    def keep(self, start: int, end: int) -> None:
        """Take in source[start:end] as it stands, but for the signs of links and stress."""
        done = start
        for sign in self._signs(start, end):
            self._keep_words(done, sign.start)
            self._sign(sign)
            done = sign.end
        self._keep_words(done, end)

    def _signs(self, start: int, end: int) -> list[Sign]:
        return signs_in(self.source, start, end, self.decisions, is_ours=self.is_ours)

    def _keep_words(self, start: int, end: int) -> None:
        if start < end:
            self._add(Fragment(start, end, "text", self.source[start:end]))

    def _weave_words(self, start: int, end: int) -> None:
        done = start
        for match in _TOKEN.finditer(self.source, start, end):
            self._words(done, match.start())
            if match["link"] is not None:
                self._address(match, end)
            elif match["bare"] is None:
                self._line_break(match.start(), match.end())
            elif self._is_linking:
                self._words(match.start(), match.end())
            else:
                self._linked_address(match.start(), match.end())
            done = match.end()
        self._words(done, end)

    def _sign(self, sign: Sign) -> None:
        """Leave out a sign, and keep what it says about the words."""
        mark = sign.mark
        if mark is None:
            self.unmark(sign.start, sign.end, "the sign behind it stands for itself")
            return
        if sign.opens:
            self._add(Fragment(sign.start, sign.end, "repair", ""))
            self.repairs.append(mark.repair(self.source))
            self.stress.open(self._length)
            self._is_linking = self._is_linking or mark.kind == "link"
            return
        start = self.stress.close(mark.kind, self._length)
        if mark.kind != "link":
            self._add(Fragment(sign.start, sign.end, "repair", ""))
            return
        self._add(Fragment(sign.start, mark.url_start, "repair", ""))
        self._add(Fragment(mark.url_start, sign.end - 1, "link_address", ""))
        self._add(Fragment(sign.end - 1, sign.end, "repair", ""))
        self.links.append(LinkedWords(start, self._length, mark.url))
        self._is_linking = False
        self._end_link()

    def _add(self, fragment: Fragment) -> None:
        self.fragments.append(fragment)
        self._length += len(fragment.words)

    def _words(self, start: int, end: int) -> None:
        for gap in gaps_between_sentences(self.source, start, end):
            if self.decisions.is_undone("words_parted", gap.start):
                continue
            self._add(Fragment(start, gap.cut, "text", self.source[start : gap.cut]))
            self._add(Fragment(gap.cut, gap.cut, "repair", " "))
            self._note_parted(gap, "a space was missing between two sentences")
            start = gap.cut
        if start < end:
            self._add(Fragment(start, end, "text", self.source[start:end]))

    def _note_parted(self, gap: Gap, note: str) -> None:
        left, right = self.source[gap.start : gap.cut], self.source[gap.cut : gap.end]
        before, after = left + right, f"{left} {right}"
        self.repairs.append(Repair("words_parted", gap.start, gap.end, before, after, note))

    def _line_break(self, start: int, end: int) -> None:
        if self._takes_hyphen_out(start, end):
            self.space(start, end, "")
            return
        if self._is_hyphenated(start, end):
            self.space(start, end, "")
            return
        self.space(start, end)
        if self.bare_breaks_tell and self.source[start] == "\n":
            self._bare_breaks.append(self._length)

    def _is_hyphenated(self, start: int, end: int) -> bool:
        """Say whether a line ends within a hyphenated word, as wrapping at hyphens leaves it."""
        before, after = self._around(start, end)
        return self.source[start] == "\n" and goes_on_after_hyphen(before, after)

    def _around(self, start: int, end: int) -> tuple[str, str]:
        """Return the words before source[start:end] and those behind it, as far as they matter."""
        before = self.source[max(0, start - _LONGEST_WORD) : start]
        return before, self.source[end : end + _LONGEST_WORD]

    def _takes_hyphen_out(self, start: int, end: int) -> bool:
        """Leave out the hyphen before a line break that only cut a word, unless that was undone."""
        before, after = self._around(start, end)
        last = self.fragments[-1] if self.fragments else None
        if (
            last is None
            or (last.role, last.end) != ("text", start)
            or self.decisions.is_undone("hyphen_removed", start - 1)
            or not cuts_a_word(before, after)
        ):
            return False
        self.fragments[-1] = replace(last, end=start - 1, words=last.words[:-1])
        self._length -= 1
        self._add(Fragment(start - 1, start, "repair", ""))
        note = "a word was cut in two at the end of its line"
        self.repairs.append(Repair("hyphen_removed", start - 1, start, "-", "", note))
        return True

    def _linked_address(self, start: int, end: int) -> None:
        """Keep an address that stands in the text, linked to itself."""
        self.links.append(
            LinkedWords(self._length, self._length + end - start, self.source[start:end])
        )
        self._words(start, end)
        self._end_link()

    def _address(self, match: re.Match[str], end: int) -> None:
        """Link the words before an address, or keep it in sight when they cannot be told."""
        url_start, url_end = match.start("url") - 1, match.end("url") + 1
        after = self._space_after(url_end, match.end(), end)
        found = self._start_of_words()
        if found is None or not (after or self._composes(match.end(), end)):
            self.space(match.start(), url_start, " " if self._length else "")
            self._words(url_start, url_start + 1)
            self._linked_address(url_start + 1, url_end - 1)
            self._words(url_end - 1, url_end)
            self.doubts.append(match["url"])
        else:
            start = self._after_link + found.offset
            if found.parted:
                self._part(start)
                start += 1
            self.links.append(LinkedWords(start, self._length, match["url"]))
            self.space(match.start(), url_start, "")
            self._add(Fragment(url_start, url_end, "link_address", ""))
        self.space(url_end, match.end(), after)
        self._end_link()

    def _end_link(self) -> None:
        """Note that the words of the next link begin here at the earliest."""
        self._after_link = self._length
        self._fragments_before = len(self.fragments)
        self._bare_breaks.clear()

    def _start_of_words(self) -> LinkStart | None:
        since = self.fragments[self._fragments_before :]
        words = "".join(fragment.words for fragment in since)
        breaks = [offset - self._after_link for offset in self._bare_breaks]
        return link_start(words, breaks, self._is_undone, names_in(self.source))

    def _is_undone(self, sign: LinkStart) -> bool:
        """Say whether the words that the sign parts belong together, as a curator said."""
        if not sign.parted:
            return False
        _index, start, _cut, _end = self._glued(self._after_link + sign.offset)
        return self.decisions.is_undone("words_parted", start)

    def _space_after(self, start: int, stop: int, end: int) -> str:
        """Return what source[start:stop], the white space behind an address, becomes."""
        if stop in (start, end):
            return ""
        only_line_feeds = not self.source[start:stop].strip("\n")
        return "" if only_line_feeds and self.source[stop] in _CLOSING else " "

    def _composes(self, offset: int, end: int) -> bool:
        """Say whether the words so far and source[offset:end] may meet without changing."""
        if unicodedata.combining(self.source[offset:end][:1] or " "):
            return False
        last = next((one.words[-1] for one in reversed(self.fragments) if one.words), "")
        meeting = last + self.source[offset:end][:1]
        return unicodedata.is_normalized("NFC", meeting)

    def _place(self, offset: int) -> tuple[int, int]:
        """Return the fragment since the last link that holds text[offset], and where in it."""
        offset -= self._after_link
        for index in range(self._fragments_before, len(self.fragments)):
            words = self.fragments[index].words
            if offset < len(words):
                return index, offset
            offset -= len(words)
        raise ValueError("the offset lies behind the text")

    def _glued(self, offset: int) -> tuple[int, int, int, int]:
        """Return which fragment holds the glued words, and where in the source.

        They begin, part before text[offset], and end at the three places.
        """
        index, within = self._place(offset)
        fragment = self.fragments[index]
        cut = fragment.start + within
        left = fragment.words[:within].split()[-1]
        right = fragment.words[within:].split()[0]
        return index, cut - len(left), cut, cut + len(right)

    def _part(self, offset: int) -> None:
        """Put a space before text[offset], where two words were glued together."""
        index, start, cut, end = self._glued(offset)
        fragment = self.fragments[index]
        within = cut - fragment.start
        self.fragments[index : index + 1] = [
            Fragment(fragment.start, cut, "text", fragment.words[:within]),
            Fragment(cut, cut, "repair", " "),
            Fragment(cut, fragment.end, "text", fragment.words[within:]),
        ]
        self._length += 1
        self.stress.space_put(offset)
        self._note_parted(
            Gap(start, cut, end), "the words of a link were glued to the word before them"
        )
