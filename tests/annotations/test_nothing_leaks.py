"""What one may not see changes nothing on the pages about claims, links and speakers."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim
from annotations.services import following, relating
from corpus.access import viewer_of
from corpus.models import Agent, Article
from tests.factories import make_article, make_highlight, make_link, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]

PAGES = (
    *(f"/claims/matrix/?by={by}" for by in ("articles", "speakers", "outlets", "years")),
    "/claims/matrix/?sort=similarity&filters=open",
    "/claims/matrix/cell/?row=threat&at=shown",
    "/claims/matrix/claims.csv?form=long",
    "/claims/",
    "/claims/threat/?filters=open",
    "/claims/threat/?lanes=speakers",
    "/claims/threat/?stance=supports",
    "/claims/threat/hand-out/",
    "/claims/threat/evidence/",
    "/claims/threat/history/",
    "/claims/threat/claim.jsonld",
    "/claims/threat/passages.jsonld",
    "/links/",
    "/links/?claim=threat",
    "/links/?around=shown",
    "/speakers/?sort=passages",
    "/speakers/ann-coffey/",
    "/speaker-names/?article=shown&claim=threat",
    "/speaker-names/?q=a&article=shown&claim=hush",
    "/speaker-names/?q=A.+Coffey",
    "/articles/shown/codebook/",
    "/suggestions/",
)


def _shown(client: Client) -> dict[str, str]:
    pages = {}
    for address in PAGES:
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body.decode())
        pages[address] = f"{answer.status_code} {text}"
    return pages


def _mark(user: User, article: Article, words: str, **draft: str) -> None:
    mark = make_highlight(user, article, words, **draft)
    for claim in ("threat", "beside it"):
        make_tag(user, mark, claim, stance="disputes", speaker="Ann Coffey", voice="quoted")


def test_what_one_may_not_see_changes_no_page(
    alice: User, carol: User, dave: User, client_of: ClientOf
) -> None:
    shown, other = make_article(slug="shown"), make_article(slug="other")
    mark = make_highlight(alice, shown, claim="threat")
    make_tag(alice, mark, "said", speaker="Ann Coffey")
    make_highlight(alice, other, claim="beside it")
    make_link(alice, shown, other)
    clients = {"nobody": client_of(None), "dave": client_of(dave)}
    before = {name: _shown(client) for name, client in clients.items()}
    assert [a for a, page in before["dave"].items() if not page.startswith("200")] == []

    _mark(alice, shown, "The mood", audience="private")
    for reader in (alice, carol):
        make_highlight(reader, other, "members decide", claim="hush", audience="private")
    make_link(alice, shown, other, audience="private")
    for change in ({"is_hidden": True}, {"access": "groups"}):
        unseen = make_article(title="Unseen")
        _mark(alice, unseen, "The mood")
        make_link(alice, unseen, shown)
        make_link(alice, mark, unseen)
        Article.objects.filter(pk=unseen.pk).update(**change)
    following.follow(viewer_of(alice), Claim.objects.get(name="threat"))
    following.follow(viewer_of(alice), Agent.objects.get(name="Ann Coffey"))
    for kind in ("supports", "narrower"):
        relating.relate(viewer_of(carol), Claim.objects.get(name="threat"), kind, "hush")

    after = {name: _shown(client) for name, client in clients.items()}
    for name, pages in before.items():
        for address, page in pages.items():
            assert after[name][address] == page, f"{name}: {address}"
