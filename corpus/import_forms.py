"""The fields in which a curator gives texts, and corrects what was read about one."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpus.errors import Invalid
from corpus.import_words import refusal_in_words
from corpus.importing.containers import READABLE
from corpus.importing.errors import NotDecidable
from corpus.importing.facts import FACT_NAMES
from corpus.importing.read import MAX_SOURCE_BYTES
from corpus.importing.typed_dates import typed_date
from corpus.services.batches import MAX_BATCH_BYTES, MAX_FILES, check_sizes
from corpus.services.sources import SourceBytes, pasted, taken_as

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class WrongFact:
    """What was typed about the fact `name` and is refused: `sentence` belongs to `field`."""

    name: str
    field: str
    sentence: str
    value: str
    not_before: str
    not_after: str


class _ChosenFiles(forms.FileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files; the cleaned value is a list, empty for none."""

    widget = _ChosenFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files that hold anything, each checked by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(file, initial) for file in given if file]


class ImportForm(forms.Form):
    """Texts to add: pasted, or as files."""

    # Blanks at the ends are kept: in a wrapped text they are mark-up.
    text = forms.CharField(
        label=gettext_lazy("Paste a text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One article or several, as you found them: titles, dates, page furniture and all. "
            "You check every one before it is added. A text of more than 2 MB goes in as a file."
        ),
    )
    address = forms.URLField(
        label=gettext_lazy("Or give a web address"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text=gettext_lazy(
            "The page, feed or file there is fetched. Given with a text, it only says where that "
            "one stands."
        ),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Read as"),
        required=False,
        choices=[
            ("", gettext_lazy("What it is, by its content")),
            ("text", gettext_lazy("Plain text")),
            ("html", gettext_lazy("Web page (HTML)")),
            ("markdown", gettext_lazy("Markdown")),
        ],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Where these come from, for you and other curators. Optional."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = {
            "files": MAX_FILES,
            "each": MAX_SOURCE_BYTES // _MEGABYTE,
            "all": MAX_BATCH_BYTES // _MEGABYTE,
        }
        # Not in the class, where Django has another thing of this name.
        self.fields["files"] = _FilesField(
            label=_("Or choose files"),
            required=False,
            allow_empty_file=True,
            widget=_ChosenFiles(
                attrs={
                    "accept": ",".join((*filter(None, sorted(READABLE)), "text/*")),
                    "data-most-files": MAX_FILES,
                    "data-most-bytes": MAX_BATCH_BYTES,
                }
            ),
            help_text=_(
                "Text, Markdown, saved web pages (HTML, MHTML), PDF documents, feeds (RSS, Atom), "
                "books (EPUB), web archives (WARC), data sets (JSON, JSON lines, CSV, TSV) or ZIP "
                "archives of these: up to %(files)d files of %(each)d MB each, %(all)d MB in all."
            )
            % limits,
        )

    def clean_files(self) -> list[UploadedFile[Any]]:
        """Return the files; too much at once is refused before it is read."""
        files: list[UploadedFile[Any]] = self.cleaned_data["files"]
        if files:
            try:
                check_sizes([(file.name or "", file.size or 0) for file in files])
            except Invalid as refusal:
                raise forms.ValidationError(refusal.message) from refusal
        return files

    def clean(self) -> dict[str, Any]:
        """Refuse a form in which nothing was given."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        count = len(given["files"]) + bool(given["text"].strip())
        if not count and not given["address"]:
            raise forms.ValidationError(_("Paste a text, choose a file or give a web address."))
        if not count and given["format"]:
            self.add_error("format", _("What is fetched is read as what it says that it is."))
        if count > 1 and given["address"]:
            self.add_error("address", _("An address belongs to one text; you gave several."))
        return given

    @property
    def is_address_alone(self) -> bool:
        """Say whether what was given has to be fetched first."""
        return not (self.cleaned_data["text"].strip() or self.cleaned_data["files"])

    def sources(self) -> list[SourceBytes]:
        """Return what was given: the pasted text first, then the files in their order."""
        text, address = self.cleaned_data["text"], self.cleaned_data["address"]
        files = [SourceBytes(file.name or "", file.read()) for file in self.cleaned_data["files"]]
        sources = [pasted(text), *files] if text.strip() else files
        asked = self.cleaned_data["format"]
        return [taken_as(replace(source, origin_url=address), asked) for source in sources]


class FeedForm(forms.Form):
    """A feed to follow."""

    address = forms.URLField(
        label=gettext_lazy("Address of the feed"),
        max_length=2000,
        assume_scheme="https",
        help_text=gettext_lazy("RSS, Atom or JSON Feed. It is looked at once an hour."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Called"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For you and other curators. Optional."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    pages = forms.BooleanField(
        label=gettext_lazy("Fetch the pages of entries that are only summaries"),
        required=False,
    )


def fact_value(name: str, sent: dict[str, str]) -> Any:
    """Return the value of the fact `name` as decisions take it, from the fields of its form.

    Authors and topics come one a line; a date in one of the forms of `typed_date`, as exactly
    as it is written. Raises Invalid, whose fields are those of the form, for what is no date.
    """
    words = sent.get("value", "")
    if name in ("authors", "topics"):
        return [line.strip() for line in words.splitlines() if line.strip()]
    if name != "published":
        return words
    given, precision = _date_in("value", sent)
    bounds = {name: _date_in(name, sent)[0] or None for name in ("not_before", "not_after")}
    return {"date": given or None, "precision": precision, **bounds}


def wrong_fact(name: str, sent: dict[str, str], refusal: Invalid) -> WrongFact | None:
    """Return what was refused at its field, or None when there is no such fact."""
    if name not in FACT_NAMES:
        return None
    field = next(iter(refusal.fields), "value")
    typed = (sent.get(part, "") for part in ("value", "not_before", "not_after"))
    return WrongFact(name, field, refusal.message, *typed)


def _date_in(field: str, sent: dict[str, str]) -> tuple[str, str]:
    try:
        return typed_date(sent.get(field, ""))
    except NotDecidable as refusal:
        sentence = refusal_in_words(refusal)
        raise Invalid(sentence, **{field: sentence}) from None
