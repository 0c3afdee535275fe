"""How many looks were taken: of many tests some show a change by chance, and that is said."""

from collections.abc import MutableMapping
from html import escape
from typing import Any

from tilannehuone.texts.format import number
from tilannehuone.ui.frame import Page
from tilannehuone.ui.research import Study
from tilannehuone.ui.research_answer import Answer

KEPT = "research.looks"
BY_CHANCE = 0.05
"""Share of tests of nothing whose 95 % interval leaves out no change."""


def noted(kept: MutableMapping[str, Any], shown: Study, found: Answer) -> int:
    """Note a study's tests among those of the visit, and return how many there are by now.

    A study looked at again is the same look. `kept` lasts as long as the visit does.
    """
    looks: dict[str, int] = kept.setdefault(KEPT, {})
    if found.tests:
        named = {name: one for name, one in shown.address.items() if name != "breakdown"}
        split = f"{shown.choice.breakdown}:{shown.choice.category}"
        looks["&".join((*(f"{name}={one}" for name, one in sorted(named.items())), split))] = (
            found.tests
        )
    return sum(looks.values())


def looks_html(page: Page, found: Answer, so_far: int) -> str:
    """Return how many looks this study is and the visit has taken; empty where none was."""
    if not so_far:
        return ""
    chance = number(so_far * BY_CHANCE, page.lang, 1)
    told = page.text("looks", here=found.tests, n=so_far, chance=chance)
    return f'<p class="th-note th-looks" lang="{page.lang}" role="status">{escape(told)}</p>'
