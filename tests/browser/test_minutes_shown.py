"""The minutes and the network's pack as a browser shows them: no barrier, nothing fetched."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tilannehuone.exports.minutes_files import file_of

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def minuted(monkeypatch):
    """Return the meetings that the unit tests are written of."""
    from pathlib import Path

    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "unit"))
    import minuted

    return minuted


@pytest.fixture
def opened(new_tab, tmp_path):
    """Return a function that opens a file of minutes in a tab of its own."""

    def shown(minutes, kind, size="projector", **options):
        path = tmp_path / f"{kind}.html"
        path.write_bytes(file_of(minutes, kind, "html").body)
        tab = new_tab(size, **options)
        tab.asked = []
        tab.on("request", lambda one: tab.asked.append(one.url))
        tab.goto(path.as_uri())
        return tab

    return shown


def faults(tab):
    found = Axe().run(tab, options=RULES).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["minutes", "network"])
def test_no_fault_is_found(opened, minuted, keep, kind, scheme):
    for what in ("full", "empty", "huge"):
        tab = opened(getattr(minuted, what)(), kind, color_scheme=scheme)
        keep(tab, f"{kind}-{what}-{scheme}")

        assert faults(tab) == []
        assert all(one.startswith("file:") for one in tab.asked)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_fault_is_found_in_other_languages(opened, minuted, lang):
    tab = opened(minuted.full(lang), "minutes", "wall")

    assert faults(tab) == []
    assert tab.evaluate("document.documentElement.lang") == lang


def test_typed_words_run_nothing_and_widen_nothing(opened, minuted):
    for typed in (*minuted.HOSTILE, "pitkäsana" * 60):
        tab = opened(minuted.hostile(typed), "minutes")

        assert not tab.evaluate(WIDER)
        assert tab.locator("script, img, [onclick]").count() == 0


def test_the_first_key_leads_to_the_content(opened, minuted):
    tab = opened(minuted.full(), "minutes")
    tab.keyboard.press("Tab")

    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#content"


def test_a_planted_fault_is_found(opened, minuted):
    tab = opened(minuted.full(), "minutes")
    tab.evaluate("document.querySelector('h1').innerHTML += '<button></button>'")

    assert any(one.startswith("button-name") for one in faults(tab))
