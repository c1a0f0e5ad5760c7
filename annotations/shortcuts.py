"""What single keys do on the reading page, beside those of the corpus."""

from collections.abc import Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from corpus.shortcuts import FixedKey, KeyGroup, Label, Shortcut, fixed_keys, key_groups, shortcuts

# So many claims have a number key.
NUMBERED = 8
_FIRST = 100  # behind those of the corpus


def register() -> None:
    """Add everything; called once, when the app is ready."""
    key_groups.add(KeyGroup("marking", _("On chosen words or a highlight"), "reading", 30))
    key_groups.add(KeyGroup("choosing", _("Choosing words by keys"), "choosing", 40, "choose"))
    key_groups.add(KeyGroup("deciding", _("Working through suggestions"), "deciding", 80))
    key_groups.add(KeyGroup("coding", _("On the passages of a claim"), "coding", 75))
    key_groups.add(KeyGroup("numbers", _("Claims by number"), "reading", 50))
    for order, (name, usual, label, group) in enumerate(_KEYS, start=_FIRST):
        shortcuts.add(Shortcut(name, usual, label, group, order))
    for order, (name, usual, label) in enumerate(_CODING, start=350):
        shortcuts.add(Shortcut(name, usual, label, "coding", order))
    for order, (name, usual, label) in enumerate(_DECIDING, start=400):
        shortcuts.add(Shortcut(name, usual, label, "deciding", order))
    for number in range(1, NUMBERED + 1):
        label = format_lazy(_("tag claim {number}, or show only it"), number=number)
        shortcuts.add(Shortcut(f"claim-{number}", str(number), label, "numbers", 300 + number))
    shortcuts.add(Shortcut("all-claims", "0", _("show all claims"), "numbers", 310))
    for order, (name, caps, label, group) in enumerate(_FIXED):
        fixed_keys.add(FixedKey(name, caps, label, group, order))


_KEYS: Sequence[tuple[str, str, Label, str]] = (
    ("next", "j", _("next highlight"), "moving"),
    ("previous", "k", _("previous highlight"), "moving"),
    ("next-same", "J", _("next highlight of the same claim"), "moving"),
    ("previous-same", "K", _("previous highlight of the same claim"), "moving"),
    ("notes", "m", _("notes: in the margin, inline, hidden"), "moving"),
    ("codebook", "b", _("codebook: claims with their definitions, open and closed"), "moving"),
    ("choose", "v", _("choose words by keys"), "marking"),
    ("highlight", "h", _("highlight"), "marking"),
    ("note", "n", _("note"), "marking"),
    ("claim", "t", _("claim"), "marking"),
    ("again", ".", _("the last claim again"), "marking"),
    ("sticky", "*", _("the last claim on every new highlight, on and off"), "marking"),
    ("link", "l", _("link"), "marking"),
    ("copy", "c", _("copy a link to the words"), "marking"),
    ("quote", "q", _("copy a quote with its source"), "marking"),
    ("everywhere", "a", _("mark every place with these words"), "marking"),
    ("words", "w", _("change the words of a highlight"), "marking"),
    ("reply", "r", _("reply"), "marking"),
    ("edit", "e", _("edit"), "marking"),
    ("delete", "d", _("delete"), "marking"),
    ("compare", "s", _("open linked articles side by side"), "marking"),
    ("stance", "y", _("the next stance of its claim"), "marking"),
    ("voice", "i", _("the next voice: author, quoted, reported"), "marking"),
    ("mode", "o", _("the next way it is said: fact, prediction, demand, pledge"), "marking"),
    ("confidence", "u", _("the next confidence: sure, likely, unsure"), "marking"),
)
_CODING: Sequence[tuple[str, str, Label]] = (
    ("next-passage", "j", _("next passage")),
    ("previous-passage", "k", _("previous passage")),
    ("passage-stance", "y", _("its next stance")),
    ("passage-voice", "i", _("its next voice: author, quoted, reported")),
    ("passage-mode", "o", _("the next way it is said: fact, prediction, demand, pledge")),
    ("passage-confidence", "u", _("its next confidence: sure, likely, unsure")),
)
_DECIDING: Sequence[tuple[str, str, Label]] = (
    ("next-suggestion", "j", _("next suggestion")),
    ("previous-suggestion", "k", _("previous suggestion")),
    ("accept", "a", _("accept it, or all that are chosen")),
    ("reject", "r", _("reject it, or all that are chosen")),
    ("never-again", "n", _("never suggest the like again")),
    ("choose-suggestion", "x", _("choose it")),
    ("undo-decision", "u", _("undo the last decision")),
)
_FIXED: Sequence[tuple[str, Sequence[str], Label, str]] = (
    ("to-note", ("Enter",), _("from a highlight to its note"), "moving"),
    ("from-note", ("Esc",), _("from a note to its highlight"), "moving"),
    ("caret-move", ("←", "→", "↑", "↓"), _("by character and by line"), "choosing"),
    ("caret-word", ("Ctrl", "→"), _("by word"), "choosing"),
    ("caret-line", ("Home", "End"), _("to the beginning or the end of the line"), "choosing"),
    ("caret-extend", ("Shift", "→"), _("choose as far as one moves"), "choosing"),
    ("caret-sentence", ("s",), _("the sentence; with Shift one more"), "choosing"),
    ("caret-paragraph", ("p",), _("the paragraph; with Shift one more"), "choosing"),
    ("caret-other", ("o",), _("move the other end"), "choosing"),
    ("caret-done", ("Enter",), _("done: what to do with the words"), "choosing"),
    ("caret-leave", ("Esc",), _("leave without choosing"), "choosing"),
)
