"""What is done by hand leaves the inbox at once; a merge is looked at before it is made."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation

from annotations.models import Claim, Suggestion
from annotations.queries.suggestions import Asked, inbox
from annotations.services import claims, merging, suggesting
from corpus.access import viewer_of
from corpus.models import Agent, Article
from corpus.related import Reason, reason_from_json
from corpus.services.indexing import index_article
from tests.factories import make_article, make_highlight, make_link
from tests.people import among
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

Kind = Suggestion.Kind
FEES = "Mooring fees doubled overnight in the harbour."
DEARER = "Nobody warned the skippers that mooring fees would be dearer."


def _waiting(user: User) -> int:
    return inbox(viewer_of(user), Asked()).waiting


def _look_through(*paragraphs: str, title: str = "Skippers") -> None:
    article = make_article(*paragraphs, title=title)
    assert article.current_version is not None
    index_article(article.current_version)
    suggesting.look_through(article)


def test_a_passage_tagged_by_hand_waits_no_more_for_those_who_see_the_tag(
    alice: User, bob: User
) -> None:
    for words in (FEES, "The mooring fees emptied the quay."):
        make_highlight(alice, make_article(words), words, claim="mooring fees drive boats away")
    _look_through("Of gulls and ice.", DEARER)
    found = Suggestion.objects.get(kind=Kind.CLAIM_PASSAGE)
    assert (_waiting(alice), _waiting(bob)) == (1, 1)

    page = Article.objects.get(pk=found.object_id)
    tagged = {"claim": "mooring fees drive boats away"}
    mark = make_highlight(alice, page, "mooring fees would be dearer", audience="private", **tagged)
    assert (_waiting(alice), _waiting(bob)) == (0, 1)
    make_highlight(bob, page, "Nobody warned the skippers", **tagged)
    assert _waiting(bob) == 0
    assert Suggestion.objects.get().state == Suggestion.State.PENDING
    assert mark.occurrences.exists()


def test_articles_linked_by_hand_wait_no_more(alice: User) -> None:
    one, two = make_article(), make_article()
    Suggestion.objects.create(
        kind=Kind.RELATED_ARTICLE,
        subject_id=one.pk,
        object_id=two.pk,
        fingerprint="1" * 64,
        reason={"reasons": [], "here": {}, "there": {}},
    )
    assert _waiting(alice) == 1
    make_link(alice, two, one)
    assert _waiting(alice) == 0


def test_claims_and_speakers_merged_by_hand_wait_no_more(alice: User, carol: User) -> None:
    viewer = viewer_of(carol)
    one, two = (claims.get_or_create(viewer, f"moorings {name}") for name in ("dear", "dearer"))
    agents = [Agent.objects.create(name=f"Jo {n}", slug=f"jo-{n}") for n in range(2)]
    pairs = {
        Kind.DUPLICATE_CLAIM: (one.pk, two.pk),
        Kind.AGENT_ALIAS: (agents[0].pk, agents[1].pk),
    }
    for kind, (first, second) in pairs.items():
        Suggestion.objects.create(
            kind=kind, subject_id=first, object_id=second, fingerprint=f"{kind:0<64}"
        )
    assert (_waiting(alice), _waiting(carol)) == (0, 2)
    merging.merge(viewer, two, into=one)
    agents[1].delete()
    assert _waiting(carol) == 0


def test_a_merge_is_looked_at_and_leads_back_to_the_inbox(
    alice: User, carol: User, client_of: Callable[[User | None], Client]
) -> None:
    for name in ("threat of mooring fees", "mooring fees threats"):
        make_highlight(alice, make_article(FEES), FEES, claim=name)
    suggesting.look_at_names()
    found = Suggestion.objects.get(kind=Kind.DUPLICATE_CLAIM)
    kept, gone = (Claim.objects.get(pk=pk) for pk in (found.subject_id, found.object_id))
    client, inbox_page = client_of(carol), reverse("suggestions")

    row = client.get(inbox_page).content.decode()
    assert f'href="{reverse("claim_merge", args=[gone.slug])}?into=' in row
    refused = client.post(inbox_page, {"accept": str(found.pk)}, follow=True).content.decode()
    assert "See first what moves" in refused

    back = f"{inbox_page}?done={found.pk}"
    address = reverse("claim_merge", args=[gone.slug])
    preview = client.get(address, {"into": kept.name, "back": back}).content.decode()
    assert "1 passage that you see moves" in preview
    answer = client.post(address, {"into": kept.name, "back": back})
    assert (answer.status_code, answer["Location"]) == (303, back)
    assert "Undo" in client.get(back).content.decode()
    client.post(inbox_page, {"undo": str(found.pk)})
    gone.refresh_from_db()
    assert gone.merged_into is None


@pytest.mark.parametrize(("asked", "names"), [({}, []), ({"names_too": "1"}, ["her secret"])])
def test_a_private_name_shows_to_all_only_if_the_curator_asks_for_it(
    alice: User,
    bob: User,
    carol: User,
    client_of: Callable[[User | None], Client],
    asked: dict[str, str],
    names: list[str],
) -> None:
    reach = among("few", alice, carol)
    for reader in (alice, carol):
        make_highlight(reader, make_article(FEES), FEES, claim="her secret", **reach)
    make_highlight(bob, make_article(FEES), FEES, claim="mooring fees threats")
    address = reverse("claim_merge", args=[Claim.objects.get(name="her secret").slug])
    client = client_of(carol)
    preview = client.get(address, {"into": "mooring fees threats"}).content.decode()
    assert "Show everybody “her secret” as another name" in preview

    client.post(address, {"into": "mooring fees threats"} | asked)

    kept = Claim.objects.get(name="mooring fees threats")
    assert [alias.name for alias in kept.aliases.all()] == names
    assert Claim.objects.find("Her secret") == (kept if names else None)
    for reader, is_known in ((alice, True), (carol, True), (bob, bool(names))):
        assert (claims.find("Her secret", by=reader.pk) == kept) == is_known
    shown = client_of(bob).get(kept.get_absolute_url()).content.decode().casefold()
    assert ("her secret" in shown) == bool(names)


def test_a_reason_is_kept_as_facts_and_worded_for_who_reads() -> None:
    reason = Reason("names", ("Hull", "Jo Cox"))
    stored = reason.as_json()
    assert stored == {"kind": "names", "told": ["Hull", "Jo Cox"]}
    with translation.override("en"):
        assert reason_from_json(stored).text == "both mention Hull, Jo Cox"
    with pytest.raises(KeyError):
        reason_from_json({"kind": "nonsense", "told": []})


def test_a_claim_that_is_tagged_for_all_is_looked_for_by_itself_and_once(alice: User) -> None:
    claim = "mooring fees drive boats away"
    _look_through("Of gulls and ice.", DEARER)
    emptied = make_article("The mooring fees emptied the quay.")
    make_highlight(alice, emptied, "The mooring fees", claim=claim, audience="private")
    suggesting.look_for_what_was_tagged()
    assert run_jobs() == 0

    for words in (FEES, "The mooring fees emptied the market."):
        make_highlight(alice, make_article(words), words, claim=claim)
    suggesting.look_for_what_was_tagged()
    suggesting.look_for_what_was_tagged()
    assert run_jobs() == 1
    assert Suggestion.objects.filter(kind=Kind.CLAIM_PASSAGE).exists()
    suggesting.look_for_what_was_tagged()
    assert run_jobs() == 0
    make_highlight(alice, emptied, "emptied the quay", claim=claim)
    suggesting.look_for_what_was_tagged()
    assert run_jobs() == 1


def test_two_claims_without_statements_show_two_passages_that_the_curator_sees_of_each(
    alice: User, carol: User, client_of: Callable[[User | None], Client]
) -> None:
    for name in ("threat of mooring fees", "mooring fees threats"):
        for words in (f"Old words of {name}.", f"Newer words of {name}.", f"Words of {name}."):
            make_highlight(alice, make_article(words), words, claim=name)
    hidden = make_article("Words that alice keeps.")
    make_highlight(
        alice, hidden, "Words that alice keeps", claim="mooring fees threats", audience="private"
    )
    suggesting.look_at_names()
    found = Suggestion.objects.get(kind=Kind.DUPLICATE_CLAIM)
    (row,) = inbox(viewer_of(carol), Asked(kind=Kind.DUPLICATE_CLAIM.value)).rows
    for key, passages in zip((found.subject_id, found.object_id), row.passages, strict=True):
        name = Claim.objects.get(pk=key).name
        wanted = [f"Words of {name}.", f"Newer words of {name}."]
        assert [mark.exact for mark in passages] == wanted
    html = client_of(carol).get(reverse("suggestions")).content.decode()
    assert "Newer words of threat of mooring fees." in html
    assert "Old words" not in html

    Claim.objects.filter(pk=found.subject_id).update(statement="What it says in full.")
    (row,) = inbox(viewer_of(carol), Asked(kind=Kind.DUPLICATE_CLAIM.value)).rows
    assert [len(passages) for passages in row.passages] == [0, 2]
    assert "What it says in full." in client_of(carol).get(reverse("suggestions")).content.decode()
