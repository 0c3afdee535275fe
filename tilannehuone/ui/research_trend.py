"""Where a series bends: straight lines that meet, on the logarithm, and their change a year."""

import numpy as np

from tilannehuone.charts.studied import Drawn, curves_figure
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.stats.trend_segmented import segmented_trend
from tilannehuone.stats.trend_segments import SegmentedTrend, TrendSegment
from tilannehuone.texts.format import in_period, number, percent, period
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.research import Study
from tilannehuone.ui.research_answer import Answer
from tilannehuone.ui.research_plain import known, table, unit

PER_YEAR = {"week": 52.0, "month": 12.0, "quarter": 4.0, "half_year": 2.0, "year": 1.0}
Z95 = 1.959964

CODE = """from tilannehuone.stats.trend_segmented import segmented_trend

one = {{name: wide(name)["{area}"] for name in ("value", "lower95", "upper95")}}
variances = ((one["upper95"] - one["lower95"]) / (2 * {z})) ** 2
own = one["value"].where(one["value"] > 0)
print(segmented_trend(own, periods_per_year={per_year}, variances={variances}))
"""


def trend(page: Page, shown: Study) -> Answer:
    """Return the segmented trend of the own area."""
    code = shown.choice.area_code
    wide = {name: shown.wide(name, (code,))[code] for name in ("value", "lower95", "upper95")}
    values = wide["value"].to_numpy(float)
    spread = (wide["upper95"] - wide["lower95"]).to_numpy(float) / (2 * Z95)
    is_weighed = bool((spread[np.isfinite(values)] > 0).all())
    per_year = PER_YEAR.get(shown.choice.period_type, 12.0)
    positive = np.where(values > 0, values, np.nan)
    try:
        found = segmented_trend(
            positive,
            periods_per_year=per_year,
            variances=spread**2 if is_weighed else None,
        )
    except ValueError:
        return Answer(page.text("too_few_points"), table(page, shown))
    own = options.names_of_areas(page)[code]
    drawn = [
        Drawn(page.text("fitted"), list(found.fitted), "fit"),
        Drawn(own, known(wide["value"]), "own"),
    ]
    return Answer(
        message=_told(page, shown, found),
        notes=_notes(page, shown),
        figure=curves_figure(
            shown.choice.period_type, shown.starts, drawn, page.lang, unit=unit(page, shown)
        ),
        alt=page.text("alt_trend", n=len(found.joinpoints)),
        facts=_facts(page, shown, found),
        assumptions=tuple(page.text(f"assumes_{key}") for key in ("log_lines", "apart")),
        table=_segments(page, shown, found),
        tests=1,
        code=CODE.format(
            area=code, z=Z95, per_year=per_year, variances="variances" if is_weighed else None
        ),
        areas=(code,),
    )


def _notes(page: Page, shown: Study) -> tuple[str, ...]:
    """Return what the lines are; and that a declared season is still in them."""
    is_seasonal = shown.choice.indicator.season and shown.choice.period_type != "year"
    keys = ("trend_note", "trend_season") if is_seasonal else ("trend_note",)
    return tuple(page.text(one) for one in keys)


def _told(page: Page, shown: Study, found: SegmentedTrend) -> str:
    last = found.segments[-1]
    change = _apc_words(page, last)
    if not found.joinpoints:
        return page.text("trend_straight", **change)
    grain = shown.choice.period_type
    since = in_period(grain, shown.starts[_at(shown, last.start)], page.lang)
    return page.text("trend_bends", since=since, n=len(found.joinpoints), **change)


def _facts(page: Page, shown: Study, found: SegmentedTrend) -> tuple[tuple[str, str], ...]:
    bends = tuple(
        (
            page.text("joinpoint"),
            page.text(
                "joinpoint_told",
                at=_when(page, shown, one.time),
                low=_when(page, shown, one.lower),
                high=_when(page, shown, one.upper),
            ),
        )
        for one in found.joinpoints
    )
    average = (page.text("average_change"), _apc(page, found.average))
    return (*bends, average, (page.text("points"), number(found.points_used, page.lang, 0)))


def _segments(page: Page, shown: Study, found: SegmentedTrend) -> Table:
    columns = tuple(
        Column(page.text(name), numeric=n > 1)
        for n, name in enumerate(("segment_from", "segment_to", "yearly_change", "p_value"))
    )
    rows = tuple(
        (
            Cell(_when(page, shown, one.start)),
            Cell(_when(page, shown, one.stop)),
            Cell(_apc(page, one), number=one.apc),
            Cell(number(one.p_value, page.lang, 3), number=one.p_value),
        )
        for one in found.segments
    )
    return Table(page.text("kind_trend"), columns, rows)


def _when(page: Page, shown: Study, time: float) -> str:
    return period(shown.choice.period_type, shown.starts[_at(shown, time)], page.lang)


def _at(shown: Study, time: float) -> int:
    return min(max(round(time), 0), len(shown.starts) - 1)


def _apc(page: Page, one: TrendSegment) -> str:
    return "–" if one.apc is None else page.text("with_interval", **_apc_words(page, one))


def _apc_words(page: Page, one: TrendSegment) -> dict[str, str]:
    each = {"value": one.apc, "low": one.apc_lower, "high": one.apc_upper}
    return {
        name: "–" if value is None else percent(value, page.lang, 1) for name, value in each.items()
    }
