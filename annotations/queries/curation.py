"""What curators look over of what readers added: the lists of the admin, with their counts.

What is private is its reader's own and stands in none of them; what is for groups is
shown to curators who belong to one of them.
"""

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from annotations.access import visible_agents, visible_claims, visible_occurrences
from annotations.models import Annotation, Audience, Claim, ClaimOccurrence, Link
from annotations.queries.quiet_words import worded_for_few
from corpus.models import Agent, Article
from corpus.permissions import Viewer
from corpus.queries import curation
from corpus.queries.curation import count_of

_CHOICES = 200


def annotations(viewer: Viewer) -> QuerySet[Annotation]:
    """Return highlights, notes and replies, deleted and hidden ones too, with their claims."""
    shown = Annotation.objects.filter(_shared_q(viewer, Annotation))
    return shown.select_related("article", "creator", "version").prefetch_related(
        "occurrences__tag", "occurrences__speaker"
    )


def links(viewer: Viewer) -> QuerySet[Link]:
    """Return the links, deleted and hidden ones too, with both ends."""
    shown = Link.objects.filter(_shared_q(viewer, Link), _shared_ends_q(viewer))
    return shown.select_related(*Link.STANDS_ON, "creator")


def claims(viewer: Viewer) -> QuerySet[Claim]:
    """Return the known claims, merged ones too, with their aliases and `passage_count`.

    Those that few wrote about are left out: here words are changed as they are stored.
    """
    known = Q(pk__in=visible_claims(viewer).order_by().values("pk"))
    known &= ~worded_for_few(viewer, visible_occurrences(viewer))
    rows: QuerySet[Claim] = Claim.objects.filter(known | Q(merged_into__isnull=False))
    rows = rows.select_related("broader", "merged_into", "created_by")
    counted = count_of(_tagged(viewer), "tag")
    return rows.prefetch_related("aliases", "former_slugs").annotate(passage_count=counted)


def claims_to_merge_into(viewer: Viewer, chosen: Collection[UUID]) -> QuerySet[Claim]:
    """Return the claims that `chosen` can be merged into: one of them, or, of one, any other."""
    standing = visible_claims(viewer).order_by("name")
    return standing.filter(pk__in=chosen) if len(chosen) > 1 else standing.exclude(pk__in=chosen)


def claims_to_filter_by(viewer: Viewer) -> QuerySet[Claim]:
    """Return the claims with the most passages, which a list can be narrowed to."""
    tagged: QuerySet[Claim] = Claim.objects.filter(pk__in=_tagged(viewer).values("tag"))
    return tagged.annotate(passages=count_of(_tagged(viewer), "tag")).order_by("-passages", "name")[
        :_CHOICES
    ]


def tagged_with(rows: QuerySet[Annotation], claim_id: UUID) -> QuerySet[Annotation]:
    """Return those of `rows` that carry the claim."""
    carrying = ClaimOccurrence.objects.filter(tag_id=claim_id).values("content_object")
    return rows.filter(pk__in=carrying)


def articles(viewer: Viewer) -> QuerySet[Article]:
    """Return the articles with `highlight_count`, `note_count` and `link_count`."""
    marks = annotations(viewer).filter(deleted_at__isnull=True).order_by()
    joined = links(viewer).filter(deleted_at__isnull=True).order_by()
    return curation.articles().annotate(
        highlight_count=count_of(marks.filter(start__isnull=False), "article"),
        note_count=count_of(marks.filter(start__isnull=True), "article"),
        link_count=count_of(joined, "from_article") + count_of(joined, "to_article"),
    )


def people(viewer: Viewer) -> QuerySet[User]:
    """Return the accounts with their profiles and `annotation_count`."""
    shared = annotations(viewer).filter(deleted_at__isnull=True).order_by()
    counted = count_of(shared, "creator")
    return curation.people().select_related("profile").annotate(annotation_count=counted)


def agents(viewer: Viewer) -> QuerySet[Agent]:
    """Return the known agents with `article_count` and, as speakers, `passage_count`."""
    known = curation.agents().filter(pk__in=visible_agents(viewer).order_by().values("pk"))
    return known.annotate(passage_count=count_of(_tagged(viewer), "speaker"))


def _shared_q(viewer: Viewer, of: type[Annotation | Link], prefix: str = "") -> Q:
    of_groups = of.objects.filter(groups__in=viewer.group_ids).values("pk")
    for_groups = Q(**{f"{prefix}audience": Audience.GROUPS, f"{prefix}pk__in": of_groups})
    return Q(**{f"{prefix}audience": Audience.PUBLIC}) | for_groups


def _shared_ends_q(viewer: Viewer) -> Q:
    """Return the condition that the words at both ends of a link are shared, as it may be."""
    both = Q()
    for end in ("from_annotation", "to_annotation"):
        both &= Q(**{f"{end}__isnull": True}) | _shared_q(viewer, Annotation, f"{end}__")
    return both


def _tagged(viewer: Viewer) -> QuerySet[ClaimOccurrence]:
    shared = ClaimOccurrence.objects.filter(_shared_q(viewer, Annotation, "content_object__"))
    return shared.filter(content_object__deleted_at__isnull=True)
