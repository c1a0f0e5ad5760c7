"""What a group reads and writes changes nothing for those outside, and shows to those in it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Audience, Claim
from annotations.services import following
from corpus.access import viewer_of
from corpus.models import Article, Group, Membership
from corpus.services.indexing import index_article
from tests.factories import (
    make_article,
    make_collection,
    make_highlight,
    make_link,
    make_note,
    make_reply,
    make_tag,
)

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]

PAGES = (
    "/",
    "/?topic=brexit",
    "/?access=groups",
    "/search/?q=deselects",
    "/search/?q=deselcts",
    "/search/?q=hush",
    "/search/?q=claim:hush",
    "/commands/found/?q=hidden",
    "/commands/found/?q=a",
    "/collections/",
    "/articles/shown/",
    "/articles/shown/codebook/",
    "/articles/shown/versions/",
    "/claims/",
    "/claims/threat/",
    "/claims/threat/?lanes=speakers",
    "/claims/threat/hand-out/",
    "/claims/threat/evidence/",
    "/claims/threat/history/",
    "/claims/threat/claim.jsonld",
    "/claims/threat/passages.jsonld",
    "/claims/matrix/",
    "/claims/matrix/?by=speakers",
    "/claims/matrix/claims.csv?form=long",
    "/codebook/",
    "/links/",
    "/links/?around=shown",
    "/speakers/?sort=passages",
    "/speakers/ann-coffey/",
    "/speaker-names/?q=a&article=shown&claim=threat",
    "/suggestions/",
    "/following/",
    "/notebook/",
    "/groups/",
    "/groups/tuesday/",
    "/groups/tuesday/codebook/",
    "/articles/hidden-from-you/",
    "/collections/ours/",
    "/robots.txt",
)
ADMIN = (
    "/admin/annotations/claim/",
    "/admin/annotations/annotation/",
    "/admin/annotations/link/",
    "/admin/corpus/agent/",
    "/admin/corpus/article/",
    "/admin/auth/user/",
    "/admin/corpus/event/",
)


def _shown(client: Client) -> dict[str, str]:
    pages = {}
    for address in (*PAGES, *ADMIN):
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        sealed = r'name="(csrfmiddlewaretoken|until)" value="[^"]+"|data-position="[^"]+"'
        text = re.sub(sealed, "", body.decode())
        pages[address] = f"{answer.status_code} {text}"
    return pages


def _write_for(group: Group, writer: User, reader: User, shown: Article, other: Article) -> None:
    """Let `writer` mark, note and link for the group alone, and `reader` answer."""
    for_group: dict[str, Any] = {"audience": Audience.GROUPS, "group_ids": frozenset({group.pk})}
    mark = make_highlight(writer, shown, "The mood", claim="threat", note="Zebra", **for_group)
    make_tag(writer, mark, "hush", stance="disputes", speaker="Ann Coffey", voice="quoted")
    make_highlight(writer, other, "members decide", claim="beside it", **for_group)
    make_reply(reader, mark)
    make_note(writer, shown, "Zebras of the group", **for_group)
    make_link(writer, mark, other, note="Zebra")


def test_what_is_written_for_a_group_changes_no_page_outside(
    alice: User, bob: User, carol: User, dave: User, group: Group, client_of: ClientOf
) -> None:
    Membership.objects.filter(user=bob).update(role=Membership.Role.MODERATOR)
    shown, other = make_article(slug="shown"), make_article(slug="other")
    mark = make_highlight(alice, shown, claim="threat")
    make_tag(alice, mark, "said", speaker="Ann Coffey")
    make_highlight(dave, other, claim="beside it")
    following.follow(viewer_of(dave), Claim.objects.get(name="threat"))
    outside = {"nobody": client_of(None), "dave": client_of(dave), "curator": client_of(carol)}
    before = {name: _shown(client) for name, client in outside.items()}

    _write_for(group, alice, bob, shown, other)

    for name, client in outside.items():
        after = _shown(client)
        changed = [address for address in after if after[address] != before[name][address]]
        assert changed == [], name
    assert "Zebra" in _shown(client_of(bob))["/articles/shown/"]


def test_what_a_group_alone_may_read_changes_no_page_outside(
    alice: User, bob: User, dave: User, group: Group, client_of: ClientOf
) -> None:
    shown = make_article(slug="shown")
    make_tag(alice, make_highlight(alice, shown, claim="threat"), "said", speaker="Ann Coffey")
    outside = {"nobody": client_of(None), "dave": client_of(dave)}
    before = {name: _shown(client) for name, client in outside.items()}

    unseen = make_article(title="Hidden Wombats", slug="hidden-from-you")
    unseen.groups.add(group)
    unseen.topics.add("brexit")
    Article.objects.filter(pk=unseen.pk).update(access=Article.Access.GROUPS)
    unseen.refresh_from_db()
    assert unseen.current_version is not None
    index_article(unseen.current_version)
    make_collection(unseen, shown, title="Ours", group_id=group.pk)
    mark = make_highlight(bob, unseen, claim="threat")
    make_tag(bob, mark, "hush", stance="disputes", speaker="Ann Coffey", voice="quoted")
    make_link(bob, mark, shown)

    for name, client in outside.items():
        after = _shown(client)
        changed = [address for address in after if after[address] != before[name][address]]
        assert changed == [], name
    member = _shown(client_of(bob))
    assert "Hidden Wombats" in member["/"]
    assert "Hidden Wombats" in member["/claims/threat/"]
