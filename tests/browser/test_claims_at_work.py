"""One claim from its making to a merge that is taken back, by a curator with scripts off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.own_article import own_article
from tests.site import Site

pytestmark = pytest.mark.browser

PARAGRAPHS = (
    "The harbour will be dredged next spring. It costs too much, say the fishers.",
    "The town needs the harbour deeper. Nobody asked the fishers.",
)


def _tag_first_sentence(page: Page, address: str, paragraph: int, claim: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=f"Add a note to paragraph {paragraph}").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("textbox", name="Claim", exact=True).fill(claim)
    page.get_by_role("button", name="Highlight").click()
    expect(page.locator("mark:target")).to_have_count(1)


def test_a_claim_is_made_renamed_split_merged_and_brought_back(
    site: Site, reader: Callable[..., Page]
) -> None:
    page = reader("carol", java_script_enabled=False)
    address = own_article(site, "a-harbour-at-work", PARAGRAPHS, {})
    for paragraph in (1, 2):
        _tag_first_sentence(page, address, paragraph, "Dredging")

    page.goto("/claims/dredging/")
    page.locator(".claim-head").get_by_role("link", name="Edit").click()
    page.get_by_label("Name").fill("Deeper harbour")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Also called: Dredging")).to_be_visible()
    page.goto("/claims/dredging/")
    expect(page).to_have_url(f"{site.url}/claims/deeper-harbour/")

    page.get_by_text("Work on the claim", exact=True).click()
    page.get_by_role("link", name="Split or move passages").click()
    page.get_by_label("Move them to").fill("Dredged in spring")
    page.get_by_role("button", name="Move the chosen passages").click()
    expect(page.get_by_text("Choose at least one passage.")).to_be_visible()
    page.get_by_role("checkbox", name="next spring").check()
    page.get_by_role("button", name="Move the chosen passages").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dredged in spring")
    expect(page.locator(".undo-line")).to_contain_text("1 passage moved.")

    page.get_by_text("Work on the claim", exact=True).click()
    page.get_by_role("link", name="Merge").click()
    page.get_by_label("The claim that stays").fill("dredging")
    page.get_by_role("button", name="Show what moves").click()
    expect(page.get_by_text("1 passage that you see moves.")).to_be_visible()
    page.get_by_role("button", name="Merge into “Deeper harbour”").click()
    done = page.locator(".undo-line")
    expect(done).to_contain_text("Merged “Dredged in spring” into “Deeper harbour”.")
    expect(page.locator(".passage")).to_have_count(2)

    done.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dredged in spring")
    expect(page.locator(".passage")).to_have_count(1)
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("taken back", exact=True)).to_have_count(1)
