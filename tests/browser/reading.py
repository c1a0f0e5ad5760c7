"""What a reader does on a page, in the words of the tests."""

from playwright.sync_api import Locator, Page, expect

LABOUR = "/articles/labour-mps-try-to-ward-off-deselection-threat/"

# Where the words stand on the screen: the middle of their first and of their last letter.
_FIND = """
(words) => {
  for (const block of document.querySelectorAll("#text [data-start]")) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest("[data-skip]")) nodes.push(walker.currentNode);
    }
    const at = nodes.map((node) => node.data).join("").indexOf(words);
    if (at < 0) continue;
    const letter = (place) => {
      for (const node of nodes) {
        if (place < node.length) {
          const range = document.createRange();
          range.setStart(node, place);
          range.setEnd(node, place + 1);
          return range;
        }
        place -= node.length;
      }
    };
    const [first, last] = [letter(at), letter(at + words.length - 1)];
    block.scrollIntoView({ block: "center", behavior: "instant" });
    return { first, last };
  }
}
"""
# The places once they rest: a font that comes late moves the words.
_PLACES = f"""
async (words) => {{
  // A page that was just opened may not have come down to the words.
  if (document.readyState === "loading") {{
    await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  }}
  await document.fonts.ready;
  const frame = () => new Promise(requestAnimationFrame);
  let [places, before] = [[], null];
  while (String(places) !== before) {{
    before = String(places);
    const {{ first, last }} = ({_FIND})(words);
    await frame();
    await frame();
    const [from, to] = [first.getBoundingClientRect(), last.getBoundingClientRect()];
    places = [from.left + 1, from.top + from.height / 2, to.right - 1, to.top + to.height / 2];
  }}
  return places;
}}
"""
_CHOOSE = f"""
(words) => {{
  const {{ first, last }} = ({_FIND})(words);
  getSelection().setBaseAndExtent(first.startContainer, first.startOffset,
                                  last.endContainer, last.endOffset);
}}
"""


# The id of the note whose highlight covers the first letter, or null.
_NOTE = f"""
([words, reader]) => {{
  const {{ first }} = ({_FIND})(words);
  const names = first.startContainer.parentElement.closest("mark")?.dataset.h ?? "";
  const notes = names.split(" ").map((name) => document.querySelector(`#n${{name.slice(1)}}`));
  const own = notes.find((note) => note?.querySelector(".note-head b").textContent === reader);
  return own?.id ?? null;
}}
"""


def follow(link: Locator) -> None:
    """Click a link and wait until the page that it leads to has run its scripts."""
    address = link.get_attribute("href") or ""
    link.click()
    link.page.wait_for_url(lambda url: url.endswith(address))


def drag_over(page: Page, words: str) -> None:
    """Choose `words` of the article with the mouse, and wait for the bar."""
    left, top, right, bottom = page.evaluate(_PLACES, words)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, bottom)
    page.mouse.move(right, bottom)
    page.mouse.up()
    expect(page.locator(".selection-bar")).to_be_visible()
    assert page.evaluate("() => String(getSelection())") == words


def choose_by_touch(page: Page, words: str) -> None:
    """Choose `words` of the article as the handles of a touch screen do, and wait for the bar."""
    page.locator("#text h1").tap()
    page.evaluate(_CHOOSE, words)
    expect(page.locator(".touch-bar")).to_be_visible()


def note_on(page: Page, words: str, by: str = "Alice") -> Locator:
    """Wait for a highlight by `by` that covers the beginning of `words`; return its note."""
    found = page.wait_for_function(_NOTE, arg=[words, by]).json_value()
    return page.locator(f"#{found}")


def expect_placed(page: Page) -> None:
    """Wait until all notes of a page that was just opened are where they stay."""
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    expect(page.locator(".prose[data-placed]")).to_have_count(1)
    expect(page.locator(".notes[data-later]")).to_have_count(0)


def expect_unmarked(page: Page, words: str, by: str = "Alice") -> None:
    """Wait until no highlight by `by` covers the beginning of `words`."""
    page.wait_for_function(f"(asked) => !({_NOTE})(asked)", arg=[words, by])


def press_on(page: Page, words: str) -> None:
    """Click the first letter of `words`."""
    left, top, _, _ = page.evaluate(_PLACES, words)
    page.mouse.click(left + 1, top)


def tag(page: Page, claim: str, stance: str) -> None:
    """Fill in the claim picker that has just been opened, and save."""
    picker = page.get_by_role("dialog", name="Claim for this passage")
    # The claims that are offered stand above the stances, and move them with each letter.
    expect(picker.get_by_role("option").first).to_be_visible()
    picker.get_by_role("radio", name=stance).check()
    picker.get_by_role("combobox", name="Claim").fill(claim)
    expect(picker.get_by_role("option").filter(has_text=claim).first).to_be_visible()
    picker.get_by_role("combobox", name="Claim").press("Control+Enter")
    expect(picker).to_have_count(0)


def lines(page: Page) -> list[list[str]]:
    """Return the lines of each block as they are broken on the screen."""
    found: list[list[str]] = page.evaluate(
        """
        () => [...document.querySelectorAll("#text [data-start]")].map((block) => {
          const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
          const lines = new Map();
          const range = document.createRange();
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.parentElement.closest("[data-skip]")) continue;
            for (const { 0: word, index } of node.data.matchAll(/\\S/gu)) {
              range.setStart(node, index);
              range.setEnd(node, index + word.length);
              const height = Math.round(range.getBoundingClientRect().bottom / 10);
              const key = [...lines.keys()].find((known) => Math.abs(known - height) < 2) ?? height;
              lines.set(key, (lines.get(key) ?? "") + word);
            }
          }
          return [...lines.values()];
        })
        """
    )
    return found


def watch_requests(page: Page) -> None:
    """Let every request of `page` pass by the test from now on, so that a later `route` stops the
    very next one: to begin with it takes a browser a moment, in which requests slip through."""
    page.route("about:nothing", lambda route: route.continue_())
