"""Every page, as those who may see it see it: in three themes, wide, on a phone and narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.devices import DESKTOP, DEVICES, PHONE
from tests.browser.reading import LABOUR, choose_by_touch, drag_over, press_on
from tests.browser.things import MAKE_THINGS
from tests.site import Site, complaints_of

pytestmark = pytest.mark.browser

PAGES = {
    "library": ("alice", "/"),
    "library filtered": ("", "/?claim=deselection-threat"),
    "library to choose from": ("carol", "/?sort=title"),
    "articles to be marked as read": ("alice", "/readings/?article={out}&did=read&changed={out}"),
    "topics of articles": ("carol", "/topics/?article={out}&did=add&topic=war&changed={out}"),
    "collections": ("alice", "/collections/"),
    "a collection": ("", "/collections/every-page/"),
    "a collection in order": ("carol", "/collections/every-page/"),
    "an article taken out": ("carol", "/collections/every-page/?removed={out}&place=2"),
    "making a collection": ("carol", "/collections/new/"),
    "adding to a collection": ("carol", "/collections/add/?q=momentum"),
    "editing a collection": ("carol", "/collections/every-page/edit/"),
    "a collection taken away": ("carol", "/collections/gone/restore/"),
    "groups": ("carol", "/groups/"),
    "making a group": ("alice", "/groups/new/"),
    "an own group": ("carol", "/groups/every-group/"),
    "the codebook of a group": ("carol", "/groups/every-group/codebook/"),
    "a group to ask": ("alice", "/groups/every-group/"),
    "settings of a group": ("carol", "/groups/every-group/edit/"),
    "deleting a group": ("carol", "/groups/every-group/delete/"),
    "a deleted group": ("carol", "/groups/gone-group/restore/"),
    "leaving a group": ("carol", "/groups/every-group/leave/"),
    "invitations to a group": ("carol", "/groups/every-group/invitations/"),
    "invited to a group": ("alice", "/groups/join/{group_secret}/"),
    "invited to a group signed out": ("", "/groups/join/{group_secret}/"),
    "an account for a group": ("", "/groups/join/{group_secret}/sign-up/"),
    "a link that lets nobody in": ("", "/groups/join/spent/"),
    "reading in a collection": ("alice", "{reading}?in=every-page"),
    "search in a collection": ("", "/search/?q=momentum&in=every-page"),
    "claims in a collection": ("", "/claims/?in=every-page"),
    "a claim in a collection": ("", "/claims/deselection-threat/?in=every-page"),
    "article": ("alice", LABOUR),
    "article signed out": ("", LABOUR),
    "article of a curator": ("carol", "/articles/one-could-be-idiosyncratic/"),
    "source of an article": ("carol", f"{LABOUR}source/"),
    "editing a text": ("carol", f"{LABOUR}edit/"),
    "versions of a text": ("carol", f"{LABOUR}versions/"),
    "first version of a text": ("", f"{LABOUR}versions/1/changes/"),
    "claims": ("alice", "/claims/"),
    "codebook": ("alice", f"{LABOUR}codebook/"),
    "claim": ("alice", "/claims/deselection-threat/"),
    "claim in lanes": ("", "/claims/deselection-threat/?lanes=speakers&filters=open"),
    "outcome of a claim": ("carol", "/claims/deselection-threat/outcome/"),
    "vocabulary": ("", "/vocabulary/"),
    "hand-out of a claim": ("", "/claims/deselection-threat/hand-out/"),
    "table of claims": ("", "/claims/matrix/"),
    "table of claims, filters open": ("alice", "/claims/matrix/?by=speakers&filters=open"),
    "a cell of the table of claims": (
        "alice",
        "/claims/matrix/?row=deselection-threat&at=labour-mps-try-to-ward-off-deselection-threat",
    ),
    "claim without passages": ("alice", "/claims/waiting-for-passages/"),
    "claim being edited": ("carol", "/claims/deselection-threat/edit/"),
    "evidence of a claim": ("", "/claims/deselection-threat/evidence/"),
    "speakers": ("", "/speakers/"),
    "speaker": ("carol", "/speakers/said-twice/"),
    "merging a speaker": ("carol", "/speakers/said-twice/merge/?into=anthony-giddens"),
    "claim being merged": ("carol", "/claims/taken-away/merge/?into=deselection+threat"),
    "claim being merged into itself": ("carol", "/claims/taken-away/merge/?into=taken+away"),
    "claim being split": ("carol", "/claims/deselection-threat/move/?q=member"),
    "claim without such passages": ("carol", "/claims/deselection-threat/move/?q=xyzzyq"),
    "relations of a claim": ("carol", "/claims/deselection-threat/relations/"),
    "further names of a claim": ("carol", "/claims/deselection-threat/names/"),
    "history of a claim": ("carol", "/claims/deselection-threat/history/"),
    "links": ("alice", "/links/"),
    "suggestions": ("alice", "/suggestions/"),
    "suggestions that were decided": ("carol", "/suggestions/?decided=1"),
    "links around an article": ("alice", "/links/?around=the-rise-and-fall-of-new-labour"),
    "links of one relation": ("", "/links/?relation=contradicts"),
    "side by side": ("alice", "/links/{link}/"),
    "side by side of articles": ("", "/links/{article_link}/"),
    "any two side by side": ("", "/side-by-side/?first={out}&second=two-versions"),
    "two versions side by side": (
        "alice",
        "/side-by-side/?first=two-versions&second=two-versions&first_version=1",
    ),
    "choosing what to read beside": ("", "/side-by-side/?first={out}&second=not-there"),
    "search": ("alice", "/search/?q=momentum"),
    "search for passages": ("", "/search/?q=momentum&kind=passages"),
    "search for claims": ("", "/search/?q=deselection&kind=claims"),
    "search without words": ("", "/search/"),
    "search without hits": ("", "/search/?q=xyzzyq"),
    "marking a paragraph": ("alice", f"{LABOUR}annotations/?block=2"),
    "noting an article": ("alice", f"{LABOUR}annotations/"),
    "linking an article": ("alice", f"{LABOUR}link/?q=momentum"),
    "editing a note": ("alice", "/annotations/{annotation}/edit/"),
    "replying": ("alice", "/annotations/{annotation}/reply/"),
    "tagging": ("alice", "/annotations/{annotation}/claims/"),
    "editing a tag": ("alice", "/annotations/{annotation}/claims/deselection-threat/"),
    "taking a tag away": ("alice", "/annotations/{annotation}/claims/deselection-threat/remove/"),
    "bringing a tag back": ("alice", "/annotations/{annotation}/claims/taken-away/restore/"),
    "changing the words of a highlight": ("alice", "/annotations/{annotation}/words/"),
    "marking every place": ("alice", f"{LABOUR}every-place/?words=members&whole=on"),
    "linking a highlight": ("alice", "/annotations/{annotation}/link/?q=momentum"),
    "deleting a note": ("alice", "/annotations/{annotation}/delete/"),
    "resolving a thread": ("alice", "/annotations/{annotation}/resolve/"),
    "bringing a note back": ("alice", "/annotations/{deleted}/restore/"),
    "editing a link": ("alice", "/links/{own_link}/edit/"),
    "deleting a link": ("alice", "/links/{own_link}/delete/"),
    "activity": ("alice", "/activity/"),
    "activity signed out": ("", "/activity/?kind=marks"),
    "no activity": ("carol", "/activity/?whose=mine&kind=links"),
    "feeds": ("alice", "/feeds/"),
    "feed of an article": (
        "alice",
        "/feeds/?kind=article&name=labour-mps-try-to-ward-off-deselection-threat",
    ),
    "a reader": ("", "/readers/alice/"),
    "following": ("alice", "/following/"),
    "notifications": ("alice", "/notifications/"),
    "notifications of a kind": ("alice", "/notifications/?kind=reply&show=unread"),
    "what a reader is told of": ("alice", "/account/notifications/"),
    "stopping mails": ("", "/notifications/stop/{stop}/"),
    "following an article": (
        "alice",
        "/following/this/?article=labour-mps-try-to-ward-off-deselection-threat",
    ),
    "notebook": ("alice", "/notebook/"),
    "notebook by claim": ("alice", "/notebook/?by=claim&note=with"),
    "who sees a notebook": ("alice", "/notebook/audience/?note=with"),
    "an empty notebook": ("carol", "/notebook/"),
    "samples": ("ada", "/samples/"),
    "only linked to": ("carol", "/articles/labour-theguardiancom/"),
    "near copies": ("carol", "/copies/"),
    "two articles compared": ("carol", "/copies/{pair}/"),
    "feeds that are followed": ("carol", "/imports/feeds/"),
    "background work": ("carol", "/jobs/"),
    "background work that runs": ("carol", "/jobs/{running}/"),
    "background work that failed": ("carol", "/jobs/{failed}/"),
    "signing in": ("", "/account/login/"),
    "signing out": ("alice", "/account/logout/"),
    "signing up": ("", "/account/signup/"),
    "an invitation": ("", "/account/invitation/{invitation}/"),
    "a spent invitation": ("", "/account/invitation/spent/"),
    "the first sign-in": ("", "/account/first/{first}/"),
    "a spent first sign-in": ("", "/account/first/spent/"),
    "changing the password": ("alice", "/account/password/change/"),
    "resetting the password": ("", "/account/password/reset/"),
    "having asked for a reset": ("", "/account/password/reset/done/"),
    "choosing a new password": ("", "/account/password/reset/key/{reset}/"),
    "a spent reset": ("", "/account/password/reset/key/1-spent/"),
    "addresses for mail": ("alice", "/account/email/"),
    "a reader's profile": ("alice", "/account/profile/"),
    "keys": ("", "/account/keys/"),
    "commands": ("carol", "/commands/?q=labour"),
    "a page that is not there": ("alice", "/nowhere/"),
    "a page for others": ("alice", "/samples/"),
    "curation": ("ada", "/admin/"),
    "curation of articles": ("ada", "/admin/corpus/article/"),
    "curation of an article": ("ada", "/admin/corpus/article/{article}/change/"),
    "curation of claims": ("ada", "/admin/annotations/claim/"),
    "curation of a claim": ("ada", "/admin/annotations/claim/{claim}/change/"),
    "curation of highlights": ("carol", "/admin/annotations/annotation/"),
    "curation of a highlight": ("carol", "/admin/annotations/annotation/{annotation}/change/"),
    "curation of links": ("carol", "/admin/annotations/link/"),
    "curation of sources": ("carol", "/admin/corpus/sourcefile/"),
    "curation of a source": ("carol", "/admin/corpus/sourcefile/{source}/change/"),
    "curation of collections": ("carol", "/admin/corpus/collection/"),
    "curation of versions": ("carol", "/admin/corpus/articleversion/"),
    "events": ("ada", "/admin/corpus/event/"),
    "invitations": ("ada", "/admin/corpus/invitation/"),
    "making an invitation": ("ada", "/admin/corpus/invitation/add/"),
    "people": ("ada", "/admin/auth/user/"),
    "a person": ("ada", "/admin/auth/user/{person}/change/"),
}

Reader = Callable[..., Page]


@pytest.fixture(scope="session")
def things(site: Site, session_keys: dict[str, str]) -> dict[str, str]:
    """Return the keys of what alice and the administrator made, as PAGES names them."""
    assert "alice" in session_keys
    made: dict[str, str] = site.made_by(MAKE_THINGS)
    return made


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_fits_and_has_no_complaint(
    onlooker: Reader, things: dict[str, str], name: str, device: str
) -> None:
    who, address = PAGES[name]
    page = onlooker(who, **DEVICES[device])
    complaints = complaints_of(page)
    page.goto(address.format(**things))
    assert what_is_wrong(page, is_phone=device == "phone") == []
    assert complaints == []


def test_claim_picker_is_accessible(reader: Reader) -> None:
    page = reader("alice", **DESKTOP)
    page.goto(LABOUR)
    drag_over(page, "the only member keen")
    assert what_is_wrong(page, is_phone=False) == []
    page.keyboard.press("t")
    expect(page.get_by_role("dialog", name="Claim for this passage")).to_be_visible()
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("dialog", name="Claim for this passage").get_by_text("More").click()
    assert what_is_wrong(page, is_phone=False) == []


def test_link_dialog_is_accessible(reader: Reader) -> None:
    page = reader("alice", **DESKTOP)
    page.goto(LABOUR)
    drag_over(page, "the only member keen")
    page.keyboard.press("l")
    dialog = page.get_by_role("dialog", name="Link this passage")
    dialog.get_by_role("combobox").first.fill("deselect")
    expect(dialog.get_by_role("option").filter(has_text="kowtow")).to_be_visible()
    assert what_is_wrong(page, is_phone=False) == []


def test_composer_and_an_open_note_are_accessible(reader: Reader) -> None:
    page = reader("alice", **DESKTOP)
    page.goto(LABOUR)
    press_on(page, "protect themselves")
    expect(page.locator(".note[data-state~=active]")).to_be_visible()
    assert what_is_wrong(page, is_phone=False) == []
    drag_over(page, "the only member keen")
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    assert what_is_wrong(page, is_phone=False) == []


@pytest.mark.parametrize("action", ["Note", "Claim", "Link"])
def test_what_opens_over_the_page_on_a_phone_is_accessible(reader: Reader, action: str) -> None:
    page = reader("alice", **PHONE)
    page.goto(LABOUR)
    choose_by_touch(page, "the only member keen")
    page.locator(".touch-bar").get_by_role("button", name=action, exact=True).tap()
    expect(page.get_by_role("dialog").first).to_be_visible()
    assert what_is_wrong(page, is_phone=True) == []


def test_sheet_and_menus_on_a_phone_are_accessible(reader: Reader) -> None:
    page = reader("alice", **PHONE)
    page.goto(LABOUR)
    page.locator(".pill").first.tap()
    expect(page.get_by_role("dialog", name="Notes on this passage")).to_be_visible()
    assert what_is_wrong(page, is_phone=True) == []
    page.keyboard.press("Escape")
    for summary in page.locator("summary").filter(visible=True).all():
        summary.tap()
        assert what_is_wrong(page, is_phone=True) == []
        summary.tap()
