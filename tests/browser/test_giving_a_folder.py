"""A whole folder is given: dropped on the page, or chosen by a button."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

# A folder as a browser hands it over when it is dropped: it tells what is within it in parts.
_DROP = """
() => {
  const file = (name, text) => ({
    name, isFile: true, isDirectory: false,
    file(found) { found(new File([text], name, { type: "text/plain" })); },
  });
  const folder = (name, ...within) => ({
    name, isFile: false, isDirectory: true,
    createReader: () => ({ readEntries: (found) => found(within.splice(0, 1)) }),
  });
  const dropped = folder("pile",
    file("10.txt", "ten"), file("2.txt", "two"), file(".DS_Store", "x"),
    folder("older", file("first.txt", "one")), folder("__MACOSX", file("2.txt", "x")),
    folder("page_files", file("look.css", "p { color: red }"), file("PIC.JPG", "x")),
    { name: "locked.txt", isFile: true, isDirectory: false, file(_, refused) { refused(); } });
  const event = new Event("drop", { bubbles: true, cancelable: true });
  const items = [{ webkitGetAsEntry: () => dropped }];
  Object.defineProperty(event, "dataTransfer", { value: { types: ["Files"], items, files: [] } });
  document.querySelector("[data-drop]").dispatchEvent(event);
}
"""
_TEXT = "A story of the {0}\n\n{1}\n"


def test_a_dropped_folder_gives_what_is_within_it(reader: Reader) -> None:
    page = reader("carol")
    page.goto("/imports/")
    page.get_by_label("Or choose files").set_input_files(
        {"name": "before.txt", "mimeType": "text/plain", "buffer": b"Chosen before it."}
    )
    expect(page.locator("[data-drop-hint]")).to_be_visible()
    page.evaluate(_DROP)
    chosen = page.locator("[data-chosen-files] li")
    expect(chosen).to_have_count(5)
    told = chosen.all_inner_texts()
    assert [words.split(",")[0] for words in told[:4]] == [
        "before.txt",
        "2.txt",
        "10.txt",
        "first.txt",
    ]
    assert told[4].startswith("3 left out")


def test_a_folder_is_chosen_by_a_button_and_read(reader: Reader, tmp_path: Path) -> None:
    folder = tmp_path / "pile"
    (folder / "older").mkdir(parents=True)
    for number in range(14):
        words = f"Nobody saw the ship number {number} leave, and nobody saw it come back. " * 8
        place = folder / "older" if number % 2 else folder
        (place / f"{number}.txt").write_text(_TEXT.format(f"ship {number}", words))
    (folder / ".hidden").write_text("What a system keeps.")
    (folder / "older" / "look.css").write_text("p { color: red }")
    page = reader("carol")
    page.goto("/imports/")
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Choose a folder").click()
    choosing.value.set_files(folder)
    chosen = page.locator("[data-chosen-files] li")
    expect(chosen).to_have_count(14)
    expect(chosen.nth(12)).to_contain_text("14 files in all")
    expect(chosen.last).to_contain_text("1 left out")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("14 articles to check")).to_be_visible()


def test_more_than_the_server_takes_is_not_sent(reader: Reader) -> None:
    page = reader("carol")
    page.goto("/imports/")
    expect(page.locator("[data-drop-hint]")).to_be_visible()
    files = page.get_by_label("Or choose files")
    files.evaluate("""(input) => {
      const some = new DataTransfer();
      for (let n = 0; n < 2001; n += 1) some.items.add(new File(["x"], `${n}.txt`));
      input.files = some.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }""")
    expect(page.locator("[data-chosen-files] li").last).to_contain_text("2001 files in all")
    assert "too many" in files.evaluate("(input) => input.validationMessage")
    page.get_by_role("button", name="Read it").click()
    assert page.url.endswith("/imports/")
    files.set_input_files({"name": "one.txt", "mimeType": "text/plain", "buffer": b"One."})
    expect(page.locator("[data-chosen-files] li")).to_have_count(1)
    assert files.evaluate("(input) => input.validationMessage") == ""
