"""A curator makes one paragraph of two that an advertisement parted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.checking import checked, piece_with

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

TEXT = """The ferry of {0}

The last ferry of {0} had left long before anybody on the quay of {0} could say where the whole
of the crew had gone, or why the passengers of {0} were still standing there and waiting for the

Advertisement

morning, when it came back to {0} without them.

Nobody in {0} ever spoke of it again, and the ferry was sold in the autumn.
"""


@pytest.mark.parametrize("has_scripts", [True, False])
def test_piece_is_joined_with_the_one_above_and_parted_again(
    reader: Reader, has_scripts: bool
) -> None:
    page = checked(
        reader, TEXT, "Ferryhaven" if has_scripts else "Ferryport", has_scripts=has_scripts
    )
    above, below = piece_with(page, "The last ferry"), piece_with(page, "morning, when")
    if has_scripts:
        below.focus()
        page.keyboard.press("m")
    else:
        below.hover()
        below.get_by_role("button", name="Join with the piece above").click()
    expect(above.locator(".prose")).to_contain_text("waiting for the morning, when")
    expect(below).to_contain_text("It goes on in the piece above.")
    if has_scripts:
        assert violations_on(page) == []
        expect(below).to_be_focused()
        page.keyboard.press("u")
    else:
        below.get_by_role("button", name="Part again").click()
    expect(below.locator(".prose")).to_have_text(re.compile("^morning, when"))
    expect(above.locator(".prose")).not_to_contain_text("morning")
