"""A text that somebody brings into a page runs nothing: the browser itself refuses it."""

import pytest
from test_axe import PAGES

SETTLED = ".stApp[data-test-script-state=notRunning] .th-languages"
POLICY = "Content Security Policy"

WATCHED = """() => {
    window.held = [];
    addEventListener('securitypolicyviolation', one => window.held.push(one.effectiveDirective));
}"""
PLANTED = "html => document.body.append(document.createRange().createContextualFragment(html))"
WAYS = {
    "script": "<script>window.ran = 1</script>",
    "handler": '<img src="x" onerror="window.ran = 1">',
    "frame": '<iframe src="https://example.invalid/"></iframe>',
    "foreign": '<script src="https://example.invalid/a.js"></script>',
    "image": '<img src="https://example.invalid/told.png">',
}


def seen_by(tab):
    """Return once the browser has refused something; fail after five seconds."""
    for _ in range(50):
        if tab.evaluate("window.held.length"):
            return
        tab.wait_for_timeout(100)
    pytest.fail("nothing was refused")


def test_no_page_asks_for_what_the_policy_forbids(served, chromium):
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    tab = context.new_page()
    held = []
    tab.on("console", lambda one: held.append(one.text) if POLICY in one.text else None)
    for address in PAGES.values():
        tab.goto(served + address)
        tab.wait_for_selector(SETTLED, timeout=30_000)

    assert held == []
    context.close()


@pytest.mark.parametrize("way", WAYS)
def test_what_a_text_brings_in_is_not_run(served, chromium, way):
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(served)
    tab.evaluate(WATCHED)
    tab.evaluate(PLANTED, WAYS[way])
    seen_by(tab)

    assert tab.evaluate("window.ran") is None
    context.close()


def test_a_text_is_not_run_as_a_program(served, chromium):
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(served)
    tab.evaluate(WATCHED)
    tab.evaluate("document.body.setAttribute('onclick', 'window.ran = 1'); document.body.click()")
    seen_by(tab)

    assert tab.evaluate("window.ran") is None
    context.close()
