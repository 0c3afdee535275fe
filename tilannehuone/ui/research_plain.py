"""Studies that infer nothing: lines over time, small charts side by side, how areas are spread."""

from html import escape

import numpy as np
import pandas as pd

from tilannehuone.charts.axis import value_range
from tilannehuone.charts.small import small_picture
from tilannehuone.charts.studied import Drawn, curves_figure
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.stats.distribution import Distribution, distribution
from tilannehuone.texts.format import period
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.research import Study
from tilannehuone.ui.research_answer import Answer
from tilannehuone.ui.words import as_day, figure, figure_cell

QUARTILES = (1, 3)
MEDIAN = 2

SPREAD = """from tilannehuone.stats.distribution import distribution

for start, row in wide("value").iterrows():
    print(start, distribution(row).quantiles)
"""


def lines(page: Page, shown: Study) -> Answer:
    """Return the areas' figures over time, the own one strong."""
    values = shown.wide()
    names = options.names_of_areas(page)
    drawn = [
        Drawn(names[code], known(values[code]), "own" if code == shown.areas[0] else "other")
        for code in shown.areas
        if values[code].notna().any()
    ]
    picture = curves_figure(
        shown.choice.period_type, shown.starts, drawn, page.lang, unit=unit(page, shown)
    )
    return Answer(
        message=_span(page, shown, len(drawn)),
        notes=_hidden(page, shown),
        figure=picture if drawn else None,
        alt=page.text("alt_lines", n=len(drawn)),
        table=table(page, shown),
        code='print(wide("value"))\n',
    )


def multiples(page: Page, shown: Study) -> Answer:
    """Return each area's figures as a small chart of its own, all on one scale."""
    values = shown.wide()
    names = options.names_of_areas(page)
    ceiling = 100.0 if shown.choice.indicator.kind == "proportion" else None
    ends = value_range(values.to_numpy(float).ravel(), ceiling)
    some = [code for code in shown.areas if values[code].notna().any()]
    tiles = "".join(
        f'<li class="{"own" if code == shown.areas[0] else "other"}">'
        f'<span class="name">{escape(names[code])}</span>{_latest(page, shown, values[code])}'
        f"{small_picture(known(values[code]), ends, 'common', None)}</li>"
        for code in some
    )
    return Answer(
        message=_span(page, shown, len(some)),
        notes=_hidden(page, shown),
        drawing=f'<ul class="th-multiples th-many" lang="{page.lang}">{tiles}</ul>'
        if tiles
        else "",
        table=table(page, shown),
        code='print(wide("value"))\n',
    )


def spread(page: Page, shown: Study) -> Answer:
    """Return how the areas beside each other are spread in each period: median and quartiles."""
    values = shown.wide()
    found = [distribution(row) for row in values.to_numpy(float)]
    own = known(values[shown.areas[0]])
    quarters = [_quartiles(one) for one in found]
    names = options.names_of_areas(page)
    drawn = [
        Drawn(
            page.text("median"),
            [one.quantiles[MEDIAN] for one in found],
            "fit",
            [low for low, _ in quarters],
            [high for _, high in quarters],
        ),
        Drawn(names[shown.areas[0]], own, "own"),
    ]
    latest = next((n for n in reversed(range(len(found))) if found[n].known), None)
    return Answer(
        message=_spread_told(page, shown, found, latest),
        notes=(page.text("spread_note"), *_hidden(page, shown)),
        figure=curves_figure(
            shown.choice.period_type, shown.starts, drawn, page.lang, unit=unit(page, shown)
        ),
        alt=page.text("alt_spread"),
        table=_spread_table(page, shown, found),
        code=SPREAD,
    )


def table(page: Page, shown: Study) -> Table:
    """Return the figures, a row a period and a column an area; what is not shown says why."""
    names, grain = options.names_of_areas(page), shown.choice.period_type
    values, status = shown.wide(), shown.wide("status")
    columns = (Column(page.text("period"), whole=True),) + tuple(
        Column(names[code], numeric=True) for code in shown.areas
    )
    rows = tuple(
        (
            Cell(period(grain, shown.starts[n], page.lang)),
            *(
                figure_cell(
                    shown.choice.indicator,
                    values[code].iloc[n],
                    _word(status[code].iloc[n]),
                    page.lang,
                )
                for code in shown.areas
            ),
        )
        for n in reversed(range(len(shown.starts)))
    )
    return Table(shown.choice.indicator.name.in_language(page.lang), columns, rows)


def known(values: pd.Series) -> list[float | None]:
    """Return figures with None where nothing is shown."""
    return [float(one) if np.isfinite(one) else None for one in values.astype(float)]


def _word(status: object) -> str | None:
    return status if isinstance(status, str) else None


def _quartiles(found: Distribution) -> tuple[float | None, float | None]:
    low, high = (found.quantiles[n] for n in QUARTILES)
    return low, high


def _span(page: Page, shown: Study, areas: int) -> str:
    if not areas or not shown.starts:
        return page.text("nothing")
    grain = shown.choice.period_type
    first, last = (period(grain, one, page.lang) for one in (shown.starts[0], shown.starts[-1]))
    return page.text("span", n=areas, first=first, last=last, unit=unit(page, shown))


def unit(page: Page, shown: Study) -> str:
    """Return the measure's unit in the reader's language."""
    return shown.choice.indicator.unit.in_language(page.lang)


def _hidden(page: Page, shown: Study) -> tuple[str, ...]:
    """Return how many figures in view are hidden; nothing where none is."""
    hidden = int((shown.wide("status") == "c").to_numpy().sum())
    return (page.text("hidden", n=hidden),) if hidden else ()


def _latest(page: Page, shown: Study, values: pd.Series) -> str:
    """Return the latest figure shown, and when it is of."""
    some = values.dropna()
    day = as_day(some.index[-1])
    when = period(shown.choice.period_type, day, page.lang) if day else ""
    told = escape(figure(shown.choice.indicator, float(some.iloc[-1]), page.lang))
    return f'<span class="value">{told} <span class="quiet">{escape(when)}</span></span>'


def _spread_told(page: Page, shown: Study, found: list[Distribution], latest: int | None) -> str:
    if latest is None:
        return page.text("nothing")
    at, one = shown.starts[latest], found[latest]
    middle = one.quantiles[MEDIAN]
    told = figure(shown.choice.indicator, middle, page.lang) if middle is not None else "–"
    when = period(shown.choice.period_type, at, page.lang)
    return page.text("spread_told", value=told, when=when, n=one.known, m=one.known + one.unknown)


def _spread_table(page: Page, shown: Study, found: list[Distribution]) -> Table:
    heads = ("least", "lower_quartile", "median", "upper_quartile", "most", "known")
    columns = (Column(page.text("period"), whole=True),) + tuple(
        Column(page.text(one), numeric=True) for one in heads
    )
    rows = []
    for start, one in zip(reversed(shown.starts), reversed(found), strict=True):
        when = Cell(period(shown.choice.period_type, start, page.lang))
        cells = [
            figure_cell(shown.choice.indicator, value, "x", page.lang)
            if value is not None
            else Cell("–", quiet=True)
            for value in one.quantiles
        ]
        counted = Cell(f"{one.known}/{one.known + one.unknown}", number=float(one.known))
        rows.append((when, *cells, counted))
    return Table(page.text("kind_distribution"), columns, tuple(rows))
