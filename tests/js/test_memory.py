"""What readers chose holds on the page even where the browser keeps nothing."""

from typing import Any

import pytest
from playwright.sync_api import Route

from tests.js.workbench import ORIGIN, Workbench

pytestmark = pytest.mark.browser


def _blocked(bench: Workbench, module: str, code: str) -> Any:
    """Run `code` where reading localStorage throws, as with all site data blocked."""
    return bench.call(
        module,
        f"""
        const kept = Object.getOwnPropertyDescriptor(window, "localStorage");
        const get = () => {{ throw new DOMException("blocked", "SecurityError"); }};
        Object.defineProperty(window, "localStorage", {{ configurable: true, get }});
        try {{ {code} }} finally {{ Object.defineProperty(window, "localStorage", kept); }}
        """,
    )


def _keys(route: Route) -> None:
    """Answer as the page of keys does: with its dialog, and with what was written."""
    if route.request.method == "POST":
        return route.fulfill(json={})
    dialog = "<dialog><h2>Keys</h2><input type='checkbox'></dialog>"
    page = f"<body><template id='keys-part'>{dialog}</template></body>"
    return route.fulfill(body=page, content_type="text/html; charset=utf-8")


def test_keys_work_and_are_turned_off_where_nothing_is_kept(bench: Workbench) -> None:
    bench.page.route(f"{ORIGIN}/keys/", _keys)
    code = """
        const { areKeysOn } = await import("/js/shortcuts.js");
        document.documentElement.dataset.tools = "/tools.css";
        await m.showKeys("/keys/");
        const on = [areKeysOn()];
        for (let times = 0; times < 2; times += 1) {
          document.querySelector("dialog input").click();
          on.push(areKeysOn());
        }
        return on;
    """
    try:
        assert _blocked(bench, "keyhelp", code) == [True, False, True]
    finally:
        bench.page.unroute(f"{ORIGIN}/keys/")


def test_the_audience_is_chosen_where_nothing_is_kept(bench: Workbench) -> None:
    code = "const before = m.audience(); m.setAudience('private'); const after = m.audience();"
    back = "m.setAudience('public'); return [before, after, m.audience()];"
    assert _blocked(bench, "audience", code + back) == ["public", "private", "public"]


def test_the_audience_of_a_group_that_was_left_is_only_me(bench: Workbench) -> None:
    code = """
        const made = document.createElement("template");
        made.id = "composer-part";
        made.innerHTML = `<select name="audience"><option value="public">Everyone</option>
            <option value="private">Only me</option><option value="groups:1">One</option></select>`;
        document.body.append(made);
        const told = [];
        for (const name of ["groups:1", "groups:2", "public"]) {
          m.setAudience(name);
          told.push(m.audience(), m.audienceLabel());
        }
        for (let times = 0; times < 3; times += 1) {
          m.turnAudience();
          told.push(m.audience());
        }
        made.remove();
        return told;
    """
    named = ["groups:1", "One", "private", "Only me", "public", "Everyone"]
    assert _blocked(bench, "audience", code) == [*named, "private", "groups:1", "public"]


def test_what_the_browser_keeps_is_what_holds(bench: Workbench) -> None:
    code = "m.device.keep('key', 'mine'); localStorage.setItem('key', 'of another page');"
    read = "const held = m.device.recall('key'); m.device.forget('key');"
    assert bench.call("memory", code + read + "return [held, m.device.recall('key')];") == [
        "of another page",
        None,
    ]


def test_what_does_not_fit_holds_on_this_page_only(bench: Workbench) -> None:
    code = "const fits = m.tab.keep('small', 'words'); const long = 'x'.repeat(12_000_000);"
    read = "const holds = m.tab.keep('large', long); const same = m.tab.recall('large') === long;"
    end = "m.tab.forget('small'); m.tab.forget('large'); return [fits, holds, same];"
    assert bench.call("memory", code + read + end) == [True, False, True]
