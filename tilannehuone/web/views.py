"""What each view gives to be taken along, by the name it has in an address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tilannehuone.cadence import in_meeting_order
from tilannehuone.charts.paper import Paper
from tilannehuone.ui import (
    about_paper,
    area,
    area_paper,
    compare,
    compare_paper,
    map_paper,
    map_view,
    options,
    outlook_paper,
    overview_paper,
    quality_paper,
    quality_pick,
    research,
    research_answer,
    research_kinds,
    trend,
    trend_paper,
)
from tilannehuone.ui.frame import Page
from tilannehuone.ui.overview import of_cadence

Query = Mapping[str, str]
Papers = Sequence[Paper]


def _trend(page: Page, query: Query) -> Papers:
    page = replace(page, name="trend")
    return [trend_paper.paper(page, trend.view(page, options.choice_of(page, query)))]


def _overview(page: Page, query: Query) -> Papers:
    page = replace(page, name="overview")
    return [overview_paper.paper(page, _area(page, query), query)]


def _area_profile(page: Page, query: Query) -> Papers:
    return [area_paper.paper(page, area.profile(page, _area(page, query), query))]


def _compare(page: Page, query: Query) -> Papers:
    here = _area(page, query)
    indicator_id = options.indicators(page, here).nearest(query.get("indicator"))
    return compare_paper.papers(page, compare.view(page, indicator_id, here, query))


def _map(page: Page, query: Query) -> Papers:
    indicator_id = options.indicators(page, _area(page, query)).nearest(query.get("indicator"))
    shown = map_view.view(page, indicator_id, query)
    return [map_paper.paper(page, shown)] if shown else []


def _outlook(page: Page, query: Query) -> Papers:
    return [outlook_paper.paper(page, _area(page, query))]


def _research(page: Page, query: Query) -> Papers:
    shown = research.study(page, options.choice_of(page, query), query)
    return [research_answer.paper(page, shown, research_kinds.answered(page, shown))]


def _quality(page: Page, query: Query) -> Papers:
    return [quality_paper.paper(page, quality_pick.known(page, query.get("source")))]


def _about(page: Page, query: Query) -> Papers:
    return [about_paper.paper(page, query.get("q", ""))]


def _report(page: Page, query: Query) -> Papers:
    """Return an area's whole picture: first all measures, then each of them, those due first."""
    area_code = _area(page, query)
    measures = list(page.indicators.values())
    ordered = [
        one.id
        for cadence in in_meeting_order(measures, page.today)
        for one in of_cadence(page, cadence)
    ]
    each = (_trend(page, {"area": area_code, "indicator": one}) for one in ordered)
    return [*_overview(page, {"area": area_code}), *(one for papers in each for one in papers)]


def _area(page: Page, query: Query) -> str:
    return options.areas(page).nearest(query.get("area"))


VIEWS: Mapping[str, Callable[[Page, Query], Papers]] = {
    "overview": _overview,
    "trend": _trend,
    "area": _area_profile,
    "compare": _compare,
    "research": _research,
    "map": _map,
    "outlook": _outlook,
    "quality": _quality,
    "about": _about,
    "report": _report,
}
"""`page` is the page of that name; the report is made of two kinds."""
