"""What happened, in the words of curators: each verb of an Event with its sentence."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: Mapping[str, str | Promise] = {
    "account.closed": _("Account closed"),
    "account.created": _("Account made"),
    "account.reopened": _("Account opened again"),
    "address.asked": _("Page of a web address asked for"),
    "address.fetched": _("Page of a web address fetched"),
    "agent.absorbed": _("Person or organisation of few taken in by one for all"),
    "agent.created": _("Person or organisation added"),
    "agent.edited": _("Person or organisation edited"),
    "agent.merged": _("Person or organisation merged into another"),
    "agent.parted": _("Merge of persons or organisations taken back"),
    "appearance.kept": _("How pages look to a reader changed"),
    "article.changed": _("Text of an article changed"),
    "article.confirmed": _("Facts of an article confirmed"),
    "article.edited": _("Facts of an article edited"),
    "article.emptied": _("Text of a cited article taken out again"),
    "article.filled": _("Text of a cited article added"),
    "article.hidden": _("Article hidden"),
    "article.imported": _("Article imported"),
    "article.readdressed": _("Address of an article changed"),
    "article.shown": _("Article shown again"),
    "article.stub_known": _("Cited page recognised as an article"),
    "article.topics_set": _("Topics of an article changed"),
    "collection.added": _("Articles put into a collection"),
    "collection.created": _("Collection made"),
    "collection.deleted": _("Collection taken away"),
    "collection.edited": _("Collection edited"),
    "collection.moved": _("Article moved within a collection"),
    "collection.removed": _("Article taken out of a collection"),
    "collection.restored": _("Collection brought back"),
    "copies.different": _("Two like texts said to be different articles"),
    "copies.same": _("Two like texts said to be the same article"),
    "copies.undone": _("Verdict on two like texts taken back"),
    "feed.asked": _("Look at a feed asked for"),
    "feed.edited": _("What is fetched of a feed changed"),
    "feed.followed": _("Feed followed"),
    "feed.moved": _("Feed followed at the address that it moved to"),
    "feed.paused": _("Feed paused"),
    "feed.resumed": _("Feed looked at again"),
    "feed.unfollowed": _("Feed followed no more"),
    "group.created": _("Group made"),
    "group.deleted": _("Group deleted"),
    "group.edited": _("Group edited"),
    "group.restored": _("Group brought back"),
    "group_invitation.created": _("Invitation to a group made"),
    "group_invitation.revoked": _("Invitation to a group taken back"),
    "import.aimed": _("Said which article a proposed text is of"),
    "import.applied": _("Proposed article added"),
    "import.decided": _("Proposed article corrected"),
    "import.joined": _("Proposed articles joined"),
    "import.mapped": _("Said what the columns of a data set are"),
    "import.received": _("Texts received for an import"),
    "import.rejected": _("Proposed article rejected"),
    "import.restored": _("Rejected article proposed again"),
    "import.split": _("Proposed article split"),
    "import.undone": _("Import undone"),
    "invitation.accepted": _("Invitation accepted"),
    "invitation.created": _("Invitation made"),
    "job.retried": _("Background job tried again"),
    "job.started": _("Background job started"),
    "keys.kept": _("Keys of a reader changed"),
    "member.asked": _("Asked to join a group"),
    "member.declined": _("Not let into a group"),
    "member.joined": _("Joined a group"),
    "member.left": _("Left a group"),
    "member.progress_changed": _("Progress shown to a group, or no longer"),
    "member.removed": _("Removed from a group"),
    "member.role_changed": _("Role in a group changed"),
    "outlet.created": _("Outlet added"),
    "outlet.edited": _("Outlet edited"),
    "reading.finished": _("Said to have read an article"),
    "reading.reopened": _("Said not to have read an article"),
    "reading.undone": _("Word on having read an article taken back"),
    "role.changed": _("Role changed"),
    "topic.renamed": _("Topic renamed"),
}

_others: dict[str, str | Promise] = {}


def add(words: Mapping[str, str | Promise]) -> None:
    """Let another app say what its verbs mean; called when that app is ready."""
    _others.update(words)


def in_words(verb: str) -> str:
    """Return what `verb` says, or the verb itself when no app of this version leaves it."""
    return str(VERBS.get(verb) or _others.get(verb) or verb)
