"""What a curator sends while editing a text: its blocks, and which part of which version."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from corpus.access import version_or_404
from corpus.errors import Invalid
from corpus.models import Article
from corpus.queries.editing import TextDraft, incomplete, kind_of
from corpus.services.versions import MAX_REASON
from corpus.text.editing import EditedBlock
from corpus.text.merging import MergedBlock, Window


class ReasonForm(forms.Form):
    """Why a text is changed; `seen` is the number of the version that was changed."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why is the text changed?"),
        max_length=MAX_REASON,
        help_text=_("A few words for the list of versions, such as “names corrected”."),
    )


class TextForm(ReasonForm):
    """The blocks first..stop of the version as they were typed, and why.

    The kinds and the words of the blocks come as two lists of fields of one name each.
    """

    first = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    stop = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, sent: QueryDict | None = None, *, needs_reason: bool = False) -> None:
        super().__init__(sent)
        self._sent = sent if sent is not None else QueryDict()
        self.fields["reason"].required = needs_reason

    def draft(self, article: Article) -> TextDraft:
        """Return the edit that was sent; raises Invalid when something of it is missing."""
        self.full_clean()
        sent = self.cleaned_data
        kinds, texts = self._sent.getlist("kind"), self._sent.getlist("text")
        if len(kinds) != len(texts) or not {"seen", "first", "stop"} <= sent.keys():
            raise Invalid(incomplete())
        version = version_or_404(article, str(sent["seen"]))
        window = Window(sent["first"], sent["stop"])
        if not window.first <= window.stop <= len(version.blocks):
            raise Invalid(incomplete())
        rows = []
        for value, text in zip(kinds, texts, strict=True):
            kind, level = kind_of(value)
            typed = text.replace("\r\n", "\n")
            rows.append(MergedBlock(EditedBlock(kind, typed, level)))
        return TextDraft(article, version, window, rows)
