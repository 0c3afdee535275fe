"""What stands below the chart of the measure's page, drawn once for a series: see `kept`."""

from collections.abc import Mapping
from dataclasses import dataclass

from tilannehuone.ui import (
    links,
    markup,
    trend,
    trend_benchmark,
    trend_drawing,
    trend_head,
    trend_multiples,
    trend_questions,
    trend_siblings,
    trend_standard,
    trend_tables,
)
from tilannehuone.ui.frame import Page
from tilannehuone.ui.initiatives import token
from tilannehuone.ui.kept import Keyed, kept
from tilannehuone.ui.options import Choice
from tilannehuone.ui.trend_first import MOST_KEPT, keyed


@dataclass(frozen=True, slots=True)
class Rest:
    """The pieces in the page's order, as HTML; one that says nothing is empty."""

    answers: str
    passport: str
    standard: str
    benchmark: str
    files: str
    explanation: str
    siblings: str
    multiples: str
    table: str
    legend: str


def rest(page: Page, choice: Choice, query: Mapping[str, str]) -> Rest:
    """Return what stands below the chart of a series, as the address wants it."""
    axis = query.get("axis", "")
    known = axis if axis in trend_multiples.AXES else trend_multiples.AXES[0]
    return _rest(page, keyed(choice), known, token(choice.area_code))


@kept(MOST_KEPT)
def _rest(page: Page, chosen: Keyed[Choice], axis: str, _initiatives: str) -> Rest:
    shown = trend.view(page, chosen.told)
    below = trend_questions.questions_html if trend.has_chart(shown) else trend_head.elsewhere_html
    table = trend_tables.values(page, shown)
    return Rest(
        below(page, shown),
        trend.passport_html(page, shown),
        trend_standard.standard_html(page, shown),
        trend_benchmark.benchmark_html(page, shown),
        links.export_links_html(page, "trend", shown.choice.address, trend_drawing.endings(shown)),
        trend.explanation_html(page, shown),
        trend_siblings.siblings_html(page, shown),
        trend_multiples.multiples_html(page, shown, {"axis": axis}),
        markup.table_html(table, page.lang) if table.rows else "",
        trend_tables.legend_html(page, shown) if table.rows else "",
    )
