"""Two people in a group and one outside: inviting, coming in, and marking for the group alone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.newcomers import newcomers
from tests.browser.own_article import own_article
from tests.browser.reading import drag_over, note_on
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]


@pytest.mark.usefixtures("session_keys")
def test_what_is_marked_for_a_group_is_seen_there_alone(new_context: Any, site: Site) -> None:
    grete, hans, ivo = newcomers(new_context, site, "grete", "hans", "ivo")
    words = "Nobody has marked these words yet, and they wait."
    article = own_article(site, "read-in-a-group", [words, "A second paragraph."], {})

    grete.goto("/groups/new/")
    grete.get_by_label("Name").fill("Tuesday people")
    grete.get_by_role("button", name="Make group").click()
    grete.get_by_role("link", name="Invite").click()
    grete.get_by_role("button", name="Invite").click()
    link = grete.get_by_label("Link", exact=True).input_value()
    path = link[link.index("/groups/") :]

    hans.goto(path)
    expect(hans.get_by_text("Grete invites you.")).to_be_visible()
    hans.get_by_role("button", name="Join the group").click()
    expect(hans.get_by_role("heading", name="Tuesday people")).to_be_visible()
    ivo.goto(path)
    expect(ivo.get_by_text("As many people as it was for")).to_be_visible()

    grete.goto(article)
    drag_over(grete, "marked these words")
    audience = grete.locator(".selection-bar .bar-audience")
    expect(audience).to_have_text("Everyone")
    for label in ("Only me", "Tuesday people"):
        audience.click()
        expect(audience).to_have_text(label)
    grete.keyboard.press("n")
    expect(grete.locator("form.composer select[name=audience] option:checked")).to_have_text(
        "Tuesday people"
    )
    grete.get_by_role("textbox", name="Note").fill("For Tuesday.")
    grete.locator("form.composer").get_by_role("button", name="Save").click()
    expect(note_on(grete, "marked these words", "Grete")).to_contain_text("For Tuesday.")

    hans.goto(article)
    expect(note_on(hans, "marked these words", "Grete")).to_contain_text("For Tuesday.")
    ivo.goto(article)
    expect(ivo.get_by_text("A second paragraph.")).to_be_visible()
    expect(ivo.locator("mark[data-h]")).to_have_count(0)

    note_on(grete, "marked these words", "Grete").get_by_role("link", name="Edit").click()
    select = grete.locator("form.composer").get_by_label("Visible to")
    expect(select.locator("option:checked")).to_have_text("Tuesday people")
    select.select_option("public")
    grete.locator("form.composer").get_by_role("button", name="Save").click()
    expect(grete.locator("form.composer")).to_have_count(0)
    ivo.reload()
    expect(note_on(ivo, "marked these words", "Grete")).to_contain_text("For Tuesday.")
