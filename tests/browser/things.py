"""What every page of test_every_page.py shows, as a script that the site runs; prints keys."""

MAKE_THINGS = """
import json
from datetime import timedelta
from uuid import uuid4
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import User
from django.utils import timezone
from annotations.anchoring import Passage
from annotations.models import Annotation, Claim, Link
from annotations.services.notifying import tell_readers
from annotations.stop_links import token_for
from annotations.services import annotations, claims, links, occurrences
from annotations.services.occurrences import Tagging
from corpus.access import viewer_of
from corpus.models import Article, Job, NearPair, SourceFile, Subscription, WebAddress
from corpus.permissions import SYSTEM
from corpus.services import collection_making, collections, first_sign_in, invitations
from corpus.services import group_invitations, groups, memberships
from corpus.services.group_details import GroupDetails
from corpus.services.group_invitations import Terms
from corpus.services.collection_details import CollectionDetails
from tests.factories import add_version, make_article

alice = User.objects.get(username="alice")
viewer = viewer_of(alice)
SLUGS = (
    "one-could-be-idiosyncratic",
    "labour-deserters-represent-the-few-not-the-many",
    "losing-momentum-how-jeremy-corbyns-support-group-ran-out-of-steam",
    "the-rise-and-fall-of-new-labour",
)
seeded = [Article.objects.get(slug=slug) for slug in SLUGS]
article, other = seeded[:2]

def highlight(start, note):
    words = Passage(start, start + 30, article.current_version.text[start:start + 30])
    return annotations.create(viewer, article, annotations.Draft(
        passage=words, version=1, note=note, tags=(Tagging("Deselection threat", "disputes"),)))

kept = highlight(200, "Words of *mine*.")
deleted = annotations.delete(viewer, highlight(300, "Gone"))
occurrences.untag(viewer, kept, occurrences.tag(viewer, kept, Tagging("Taken away")).tag)
own_link = links.create(viewer, from_=links.End(article, annotation=kept), to=links.End(other),
                        draft=links.LinkDraft())
claims.get_or_create(viewer, "Waiting for passages")
occurrences.tag(viewer, kept, Tagging("Said of somebody", speaker="Said Twice", voice="quoted"))
*collected, out = seeded
collection_making.create(SYSTEM, CollectionDetails("Every page", "Why these."), collected)
gone = collection_making.create(SYSTEM, CollectionDetails("Gone"))
collections.delete(SYSTEM, gone, counter=1)
carol, ada = (viewer_of(User.objects.get(username=name)) for name in ("carol", "ada"))
every_group = groups.create(carol, GroupDetails("Every group", "We read.", "restricted"))
memberships.answer(carol, memberships.ask(ada, every_group), lets_in=True)
memberships.ask(viewer, every_group, "It is Alice.")
group_secret = group_invitations.create(ada, every_group, Terms(note="For Alice"))[1]
gone_group = groups.create(carol, GroupDetails("Gone group", kind="restricted"))
groups.delete(carol, gone_group, counter=1)
tomorrow = timezone.now() + timedelta(days=1)
running = Job.objects.create(kind="index.rebuild", state="running", done=3, total=12,
                             told="Words", lease=uuid4(), heartbeat=tomorrow)
failed = Job.objects.create(kind="index.rebuild", state="failed", told="The disk is full.")
no_feed = "%(name)s is no feed; nothing was added."
for url, fault, paused in (("herald", "", None), ("gone", no_feed, tomorrow)):
    address = WebAddress.objects.create(
        url=f"https://{url}.example/feed", fault=fault, fault_values={"name": "gone.example/feed"})
    Subscription.objects.create(address=address, title=url, next_at=tomorrow, paused_at=paused)
two_versions = make_article(title="Two versions", slug="two-versions")
add_version(two_versions, ["Some MPs pray.", "A new one."])
for_group = annotations.Draft(
    note="For the group.", audience="groups", group_ids=frozenset({every_group.pk}))
member = viewer_of(User.objects.get(username="ada"))
asked = annotations.create(member, two_versions, for_group)
annotations.reply(member, asked, annotations.Reply("Nobody has said."))
collection_making.create(
    SYSTEM, CollectionDetails("Of the group", group_id=every_group.pk), [two_versions])
tell_readers()
annotations.reply(member, kept, annotations.Reply("Is that so?"))
annotations.reply(carol, kept, annotations.Reply("I think it is."))
memberships.answer(carol, every_group.requests.get(user=alice), lets_in=False)
memberships.ask(viewer, every_group, "It is Alice.")
tell_readers()
linked = Link.objects.filter(deleted_at=None)
print(json.dumps({
    "reading": collected[1].get_absolute_url(), "out": out.slug,
    "annotation": str(kept.pk), "deleted": str(deleted.pk), "own_link": str(own_link.pk),
    "link": str(linked.exclude(from_annotation=None).exclude(to_annotation=None).first().pk),
    "article_link": str(linked.filter(from_annotation=None, to_annotation=None).first().pk),
    "invitation": invitations.create(SYSTEM, role="reader", note="", days=1)[1],
    "group_secret": group_secret,
    "first": first_sign_in.make_token(),
    "reset": f"{user_pk_to_url_str(alice)}-{default_token_generator.make_token(alice)}",
    "article": str(article.pk), "claim": str(Claim.objects.get(slug="deselection-threat").pk),
    "source": str(SourceFile.objects.first().pk), "person": alice.pk,
    "pair": str(NearPair.objects.create(first=article, second=other, share=0.9).pk),
    "stop": token_for(alice.pk, ["reply", "mention"]),
    "running": str(running.pk), "failed": str(failed.pk),
}))
"""
