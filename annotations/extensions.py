"""What this app adds to the pages of corpus."""

from django.utils.translation import gettext_lazy as _

from annotations.access import visible_annotations, visible_claims
from annotations.queries import beside, built, called, carried, found, shelf
from annotations.queries.claims import claims_in
from annotations.queries.codebook import claims_of_group
from annotations.queries.forecast import forecast
from annotations.queries.in_groups import activity, open_threads, signs_of_members
from annotations.queries.readers import names_of
from annotations.services import search_index
from annotations.verbs import VERBS
from corpus import commands, verbs
from corpus import extensions as corpus
from corpus.group_parts import GroupPart, MemberSigns, group_parts, member_signs

_ABOUT_CLAIMS = (
    "claim",
    "claim_dispute",
    "claim_edit",
    "claim_evidence",
    "claim_history",
    "claim_merge",
    "claim_move",
    "claim_names",
    "claim_outcome",
    "claim_relations",
    "matrix",
    "speaker",
    "speaker_merge",
    "speakers",
    "suggestions",
)


def register() -> None:
    """Add everything; called once, when the app is ready."""
    corpus.navigation_entries.add(
        corpus.NavigationEntry(
            "claims",
            _("Claims"),
            20,
            within=_ABOUT_CLAIMS,
        )
    )
    corpus.navigation_entries.add(
        corpus.NavigationEntry("links", _("Links"), 30, within=("link", "side_by_side"))
    )
    corpus.navigation_entries.add(
        corpus.NavigationEntry("activity", _("Activity"), 40, within=("person",))
    )
    corpus.chosen_actions.add(corpus.ChosenAction("side_by_side", _("Side by side"), 20))
    corpus.search_kinds.add(
        corpus.SearchKind(
            search_index.NOTES,
            _("Notes"),
            20,
            visible_annotations,
            found.found_notes,
            search_index.note_entries,
        )
    )
    corpus.search_kinds.add(
        corpus.SearchKind(
            search_index.CLAIMS,
            _("Claims"),
            40,
            visible_claims,
            found.found_claims,
            search_index.claim_entries,
            claims_in,
        )
    )
    corpus.limited_pages.add(corpus.LimitedPage("claims", _("Claims in it"), 20))
    corpus.limited_pages.add(corpus.LimitedPage("links", _("Links in it"), 30))
    corpus.limited_pages.add(corpus.LimitedPage("matrix", _("Table of its claims"), 25))
    corpus.limited_pages.add(corpus.LimitedPage("feeds", _("Feed"), 45))
    corpus.limited_pages.add(corpus.LimitedPage("follow_this", _("Follow"), 40))
    corpus.related_boosts.add(corpus.RelatedBoost("links", 10, shelf.linked_by_readers))
    corpus.library_facets.add(
        corpus.LibraryFacet("claim", _("Claim"), 20, shelf.with_claim, shelf.claims_among)
    )
    corpus.library_facets.add(
        corpus.LibraryFacet("by", _("Reader"), 44, shelf.marked_by, shelf.readers_among)
    )
    corpus.library_facets.add(
        corpus.LibraryFacet("marks", _("Highlights"), 46, shelf.by_marks, shelf.marks_among)
    )
    corpus.library_sorts.add(
        corpus.LibrarySort("recent", _("Recently marked"), 20, shelf.recently_marked)
    )
    corpus.library_sorts.add(corpus.LibrarySort("marked", _("Most marked"), 30, shelf.most_marked))
    corpus.row_marks.add(corpus.RowMarksSource("highlights", 10, shelf.marks_in))
    corpus.passage_tints.add(corpus.PassageTints("highlights", 10, found.tints_of))
    corpus.built_on.add(
        corpus.BuiltOn("annotations", 10, built.built_on_among, built.annotated_among)
    )
    corpus.version_notes.add(corpus.VersionNotes("highlights", 10, carried.version_notes))
    corpus.version_notes.add(corpus.VersionNotes("beside", 20, beside.version_notes))
    corpus.text_forecasts.add(corpus.TextForecast("highlights", 10, forecast))
    corpus.account_names.add(corpus.AccountNames("profiles", 10, names_of))
    commands.places.add(commands.Place("notebook", _("My notebook"), 10))
    commands.places.add(commands.Place("notifications", _("Notifications"), 9))
    commands.places.add(commands.Place("notification_settings", _("What you are told of"), 21))
    commands.places.add(commands.Place("feeds", _("Feeds"), 13))
    commands.places.add(commands.Place("following", _("What you follow"), 11))
    commands.places.add(commands.Place("speakers", _("Speakers"), 15))
    commands.places.add(commands.Place("suggestions", _("Suggestions"), 12))
    commands.places.add(commands.Place("profile", _("Your profile"), 20))
    commands.places.add(commands.Place("matrix", _("Table of claims"), 30))
    commands.places.add(commands.Place("orphans", _("Highlights not placed"), 90, "staff"))
    commands.places.add(commands.Place("samples", _("Samples"), 100, "staff"))
    commands.finders.add(commands.Finder("claims", _("Claims"), 20, called.claims_called))
    commands.finders.add(commands.Finder("speakers", _("Speakers"), 25, called.speakers_called))
    commands.finders.add(commands.Finder("readers", _("Readers"), 30, called.readers_called))
    member_signs.add(MemberSigns("profiles", 10, signs_of_members))
    group_parts.add(GroupPart("threads", 10, "annotations/_open_threads.html", open_threads))
    group_parts.add(GroupPart("claims", 15, "annotations/_group_claims.html", claims_of_group))
    group_parts.add(GroupPart("activity", 20, "annotations/_group_activity.html", activity))
    verbs.add(VERBS)
