"""What readers did, in the words of curators: each verb of an Event with its sentence."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: Mapping[str, str | Promise] = {
    "annotation.created": _("Highlight or note made"),
    "annotation.deleted": _("Highlight, note or reply deleted"),
    "annotation.edited": _("Highlight, note or reply edited"),
    "annotation.hidden": _("Highlight, note or reply hidden"),
    "annotation.reattach_undone": _("Highlight put back where it was"),
    "annotation.reattached": _("Highlight put on other words"),
    "annotation.replied": _("Reply written"),
    "annotation.reopened": _("Thread taken up again"),
    "annotation.resolved": _("Thread resolved"),
    "annotation.restored": _("Highlight, note or reply brought back"),
    "annotation.retagged": _("Tagged claim edited"),
    "annotation.sent_again": _("Highlight, note or reply written on while it was being stored"),
    "annotation.shown": _("Highlight, note or reply shown again"),
    "annotation.tagged": _("Claim tagged"),
    "annotation.untagged": _("Claim taken off a highlight"),
    "annotation.words_change_undone": _("Highlight put back on its former words"),
    "annotation.words_changed": _("Marked words changed"),
    "annotations.carried": _("Highlights carried over to a new text"),
    "claim.created": _("Claim made"),
    "claim.edited": _("Claim edited"),
    "claim.merged": _("Claim merged into another"),
    "claim.removed": _("Claim of the samples removed"),
    "link.created": _("Link made"),
    "link.deleted": _("Link deleted"),
    "link.edited": _("Link edited"),
    "link.hidden": _("Link hidden"),
    "link.restored": _("Link brought back"),
    "link.shown": _("Link shown again"),
    "profile.renamed": _("Reader renamed"),
}
