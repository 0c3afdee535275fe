"""The profile of an area, drawn once for it: see `kept`."""

from collections.abc import Mapping
from dataclasses import dataclass

from tilannehuone.ui import area, area_facts, area_table, links
from tilannehuone.ui.frame import Page
from tilannehuone.ui.kept import kept

MOST_KEPT = 300
"""Profiles of some 50 kB each: every area of a region in three languages."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The pieces in the page's order, as HTML."""

    head: str
    choices: str
    table: str
    facts: str
    files: str


def whole(page: Page, area_code: str, query: Mapping[str, str]) -> Whole:
    """Return the profile that an address asks for; the usual one of an area is kept.

    Another one is drawn anew: it may have something to notice about the address.
    """
    asked = {name: query[name] for name in ("benchmark", "sort") if name in query}
    return _drawn(page, area_code, asked) if asked else _usual(page, area_code)


@kept(MOST_KEPT)
def _usual(page: Page, area_code: str) -> Whole:
    return _drawn(page, area_code, {})


def _drawn(page: Page, area_code: str, query: Mapping[str, str]) -> Whole:
    shown = area.profile(page, area_code, query)
    return Whole(
        area.head_html(page, shown),
        area.choices_html(page, shown),
        area_table.table_html(page, shown),
        area_facts.facts_html(page, shown),
        links.export_links_html(page, "area", shown.address, links.WITHOUT_PICTURE),
    )
