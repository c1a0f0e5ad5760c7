"""The sample annotations: what there is, and what people have built on."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from annotations.models import Annotation, Claim, ClaimOccurrence, Link
from corpus.models import Article, Event, ImportCandidate


@dataclass(frozen=True)
class SampleReader:
    """A sample account and how much of its writing is to be seen."""

    username: str
    name: str
    highlights: int
    notes: int
    replies: int
    links: int


@dataclass(frozen=True)
class SampleListing:
    """All samples that are to be seen, and those that a removal would leave.

    `kept_annotations` have a reply by a person in their thread or a person's link at them;
    `kept_claims` are tagged by a person, were changed by one, are broader than a person's
    claim, or stand on a kept highlight.
    """

    readers: tuple[SampleReader, ...]
    claims: tuple[Claim, ...]
    kept_annotations: tuple[Annotation, ...]
    kept_claims: tuple[Claim, ...]

    @property
    def highlights(self) -> int:
        """Return how many passages the samples mark."""
        return sum(reader.highlights for reader in self.readers)

    @property
    def notes(self) -> int:
        """Return how many notes on whole articles there are."""
        return sum(reader.notes for reader in self.readers)

    @property
    def replies(self) -> int:
        """Return how many replies there are."""
        return sum(reader.replies for reader in self.readers)

    @property
    def links(self) -> int:
        """Return how many links there are."""
        return sum(reader.links for reader in self.readers)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to list."""
        return not (self.highlights or self.notes or self.replies or self.links or self.claims)

    @property
    def is_all_kept(self) -> bool:
        """Say whether a removal would change nothing."""
        annotations = self.highlights + self.notes + self.replies
        return (
            not self.links
            and annotations == len(self.kept_annotations)
            and len(self.claims) == len(self.kept_claims)
        )


def sample_listing() -> SampleListing:
    """Return what there is of the samples; the same number of queries however many."""
    kept = list(
        kept_sample_annotations()
        .select_related("article", "creator__profile")
        .order_by("article__title", "start", "number")
    )
    return SampleListing(
        readers=_readers(),
        claims=tuple(sample_claims().order_by("folded")),
        kept_annotations=tuple(kept),
        kept_claims=tuple(kept_sample_claims([one.pk for one in kept]).order_by("folded")),
    )


def article_of_source(name: str, position: int) -> Article | None:
    """Return the article that was imported from `position` (from 1) of the file, or None."""
    found = ImportCandidate.objects.filter(
        source__name=name, position=position, article__isnull=False
    )
    candidate = (
        found.select_related("article__current_version").order_by("batch__created_at").first()
    )
    return candidate.article if candidate else None


def sample_accounts() -> QuerySet[User]:
    """Return the accounts of the sample readers."""
    return get_user_model().objects.filter(profile__is_sample=True)


def sample_annotations() -> QuerySet[Annotation]:
    """Return the sample highlights, notes and replies that are not removed."""
    return Annotation.objects.filter(is_sample=True, deleted_at__isnull=True)


def sample_links() -> QuerySet[Link]:
    """Return the sample links that are not removed."""
    return Link.objects.filter(is_sample=True, deleted_at__isnull=True)


def sample_claims() -> QuerySet[Claim]:
    """Return the sample claims, merged ones included."""
    return Claim.objects.filter(is_sample=True)


def kept_sample_annotations() -> QuerySet[Annotation]:
    """Return the sample annotations that people replied to or linked, with their threads."""
    by_people = Annotation.objects.filter(is_sample=False, deleted_at__isnull=True)
    links = Link.objects.filter(is_sample=False, deleted_at__isnull=True)
    is_linked = links.filter(Q(from_annotation=OuterRef("pk")) | Q(to_annotation=OuterRef("pk")))
    return sample_annotations().filter(
        Exists(by_people.filter(parent=OuterRef("pk")))
        | Exists(by_people.filter(parent=OuterRef("parent")))
        | Exists(is_linked)
    )


def kept_sample_claims(kept_annotations: Collection[UUID]) -> QuerySet[Claim]:
    """Return the sample claims that outlast a removal which leaves the annotations given.

    Claims that a person tagged count even where the highlight is deleted: it can be restored.
    """
    by_people = ClaimOccurrence.objects.filter(tag=OuterRef("pk"), content_object__is_sample=False)
    on_kept = ClaimOccurrence.objects.filter(
        tag=OuterRef("pk"), content_object__in=kept_annotations
    )
    changed = Event.objects.filter(
        subject_type=Claim._meta.label_lower,
        subject_id=OuterRef("pk"),
        actor__isnull=False,
        actor__profile__is_sample=False,
    )
    merged = Claim.objects.filter(merged_into=OuterRef("pk"))
    narrower = Claim.objects.filter(broader=OuterRef("pk"), is_sample=False)
    return sample_claims().filter(
        Exists(by_people) | Exists(on_kept) | Exists(changed) | Exists(merged) | Exists(narrower)
    )


def _readers() -> tuple[SampleReader, ...]:
    live = Q(annotations__is_sample=True, annotations__deleted_at__isnull=True)
    is_reply = Q(annotations__parent__isnull=False)
    is_highlight = Q(annotations__start__isnull=False)
    live_link = Q(links__is_sample=True, links__deleted_at__isnull=True)
    rows = sample_accounts().annotate(
        name=F("profile__display_name"),
        highlight_count=Count("annotations", live & is_highlight, distinct=True),
        note_count=Count("annotations", live & ~is_highlight & ~is_reply, distinct=True),
        reply_count=Count("annotations", live & is_reply, distinct=True),
        link_count=Count("links", live_link, distinct=True),
    )
    counts = ("username", "name", "highlight_count", "note_count", "reply_count", "link_count")
    return tuple(SampleReader(*row) for row in rows.order_by("username").values_list(*counts))
