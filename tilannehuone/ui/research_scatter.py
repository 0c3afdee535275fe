"""Two measures of one area against each other, at a lag declared beforehand or searched for."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tilannehuone.charts.studied import Dot, scatter_figure
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.stats.lagged import Association, LagSearch, lag_search, lagged_association
from tilannehuone.texts.format import number, period
from tilannehuone.ui.frame import Page
from tilannehuone.ui.research import LONGEST_LAG, Study, other_values
from tilannehuone.ui.research_answer import Answer
from tilannehuone.ui.research_code import ends
from tilannehuone.ui.research_plain import table
from tilannehuone.ui.words import figure, figure_cell

Floats = NDArray[np.float64]

PER_YEAR = {"month": 12, "quarter": 4, "half_year": 2}

CODE = """from tilannehuone.stats.lagged import {function}

other = release.cells(
    "{other}",
    area="{area}",
    period_type="{grain}",{ends}
).set_index("period_start")["value"]
own = wide("value")["{area}"]
print({function}(other.reindex(own.index), own, {lag}, periods_per_year={per_year}))
"""


def scatter(page: Page, shown: Study) -> Answer:
    """Return how the measure goes with the other one so many periods earlier."""
    if shown.other.id == shown.choice.indicator.id:
        return Answer(page.text("no_other"), table(page, shown))
    y = shown.wide(areas=(shown.choice.area_code,))[shown.choice.area_code].to_numpy(float)
    x = other_values(page, shown).to_numpy(float)
    per_year = PER_YEAR.get(shown.choice.period_type)
    try:
        if shown.lag is None:
            searched = lag_search(x, y, range(LONGEST_LAG + 1), periods_per_year=per_year)
            one, tests = searched.best, searched.count
            facts = (*_facts(page, one), *_searched(page, searched))
        else:
            one, tests = lagged_association(x, y, lag=shown.lag, periods_per_year=per_year), 1
            facts = _facts(page, one)
    except ValueError:
        lag = shown.lag or 0
        return Answer(page.text("too_few_pairs"), _table(page, shown, x, y, lag))
    names = [each.name.in_language(page.lang) for each in (shown.choice.indicator, shown.other)]
    return Answer(
        message=_told(page, shown, one),
        notes=(page.text("pair_note"),),
        figure=_figure(page, shown, x, y, one.lag),
        alt=page.text("alt_scatter", y=names[0], x=names[1], lag=one.lag),
        facts=facts,
        assumptions=tuple(page.text(f"assumes_{key}") for key in ("not_cause", "line_removed")),
        table=_table(page, shown, x, y, one.lag),
        tests=tests,
        code=_code(shown, per_year),
        areas=(shown.choice.area_code,),
    )


def _told(page: Page, shown: Study, found: Association) -> str:
    """Return whether the two go together, and which way."""
    key = "pair_same" if found.linear.value > 0 else "pair_opposite"
    at = page.text("at_lag", lag=found.lag) if found.lag else ""
    other = shown.other.name.in_language(page.lang)
    return page.text(key if _is_clear(found) else "pair_unclear", other=other, at=at)


def _code(shown: Study, per_year: int | None) -> str:
    is_search = shown.lag is None
    return CODE.format(
        function="lag_search" if is_search else "lagged_association",
        lag=f"range({LONGEST_LAG + 1})" if is_search else f"lag={shown.lag}",
        other=shown.other.id,
        area=shown.choice.area_code,
        grain=shown.choice.period_type,
        ends=ends(shown),
        per_year=per_year,
    )


def _is_clear(found: Association) -> bool:
    return found.linear.lower > 0 or found.linear.upper < 0


def _facts(page: Page, found: Association) -> tuple[tuple[str, str], ...]:
    told = [
        (page.text(key), page.text("with_interval", value=value, low=low, high=high))
        for key, one in (("linear", found.linear), ("rank", found.rank))
        for value, low, high in [[_r(page, v) for v in (one.value, one.lower, one.upper)]]
    ]
    effective = number(found.effective, page.lang, 1)
    pairs = page.text("pairs_worth", n=found.pairs, effective=effective)
    return (*told, (page.text("pairs"), pairs))


def _searched(page: Page, found: LagSearch) -> tuple[tuple[str, str], ...]:
    chance = number(found.p_value, page.lang, 3)
    return ((page.text("lags_tried"), page.text("lags_told", n=found.count, p=chance)),)


def _r(page: Page, value: float) -> str:
    return number(value, page.lang, 2)


def _shifted(x: Floats, lag: int) -> Floats:
    moved = np.full(len(x), np.nan)
    moved[lag:] = x[: len(x) - lag] if lag else x
    return moved


def _figure(page: Page, shown: Study, x: Floats, y: Floats, lag: int) -> go.Figure:
    earlier = _shifted(x, lag)
    both = [n for n in range(len(y)) if np.isfinite(earlier[n]) and np.isfinite(y[n])]
    grain, indicator = shown.choice.period_type, shown.choice.indicator
    dots = [
        Dot(
            float(earlier[n]),
            float(y[n]),
            f"{period(grain, shown.starts[n], page.lang)}: "
            f"{figure(indicator, float(y[n]), page.lang)}; "
            f"{figure(shown.other, float(earlier[n]), page.lang)}",
            n == both[-1],
        )
        for n in both
    ]
    x_title = shown.other.name.in_language(page.lang)
    later = page.text("earlier", lag=lag) if lag else ""
    y_title = indicator.name.in_language(page.lang)
    return scatter_figure(dots, f"{x_title}{later} →", f"↑ {y_title}", page.lang)


def _table(page: Page, shown: Study, x: Floats, y: Floats, lag: int) -> Table:
    earlier, indicator = _shifted(x, lag), shown.choice.indicator
    columns = (
        Column(page.text("period"), whole=True),
        Column(indicator.name.in_language(page.lang), numeric=True),
        Column(shown.other.name.in_language(page.lang), numeric=True),
    )
    rows = tuple(
        (
            Cell(period(shown.choice.period_type, shown.starts[n], page.lang)),
            figure_cell(indicator, y[n], "x", page.lang),
            figure_cell(shown.other, earlier[n], "x", page.lang),
        )
        for n in reversed(range(len(shown.starts)))
    )
    return Table(page.text("kind_scatter"), columns, rows)
