"""The forecast of one series: which one is shown, what it is, and how earlier ones held."""

from typing import Any

import pandas as pd

from tilannehuone.charts.forecast import Forecast
from tilannehuone.charts.table import Cell
from tilannehuone.finding import Finding, SeriesNames
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import number, period, value_with_unit
from tilannehuone.ui import cached, options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.words import as_day, figure, interval, number_cell


def forecast_of(
    page: Page, choice: options.Choice, finding: Finding | None, since: pd.Timestamp | None = None
) -> Forecast | None:
    """Return the forecast made at the series' latest known period; None where there is none.

    Only whole series are forecast, at the period they are published by. Of earlier forecasts the
    last one made at least a year before is shown with it, for the time `since` the chart begins.
    """
    whole = choice.breakdown == options.ALL and choice.period_type == choice.indicator.period
    if not whole or finding is None or finding.latest_period is None:
        return None
    rows = cached.forecasts(page.release, **_key(choice))
    made, latest = pd.to_datetime(rows["made_at_period"]), pd.Timestamp(finding.latest_period)
    ahead = rows[made == latest]
    if ahead.empty:
        return None
    earlier = made[made <= latest - pd.DateOffset(years=1)].max()
    is_recent = earlier > latest - pd.DateOffset(years=2)
    before = rows[(made == earlier) & is_recent]
    if since is not None:
        before = before[pd.to_datetime(before["period_start"]) >= since]
    return Forecast(ahead, before)


def forecast_words(page: Page, choice: options.Choice, forecast: Forecast | None) -> str:
    """Return what the forecast is, and of earlier ones how many held; empty without one."""
    if forecast is None:
        return ""
    hits, tried = cached.forecast_hits(page.release, **_key(choice))
    record = (
        page.text("forecast_hits", hit=hits, of=tried) if tried else page.text("forecast_untried")
    )
    return f"{page.text('forecast')} {record}"


def forecast_alt(
    forecast: Forecast | None, choice: options.Choice, names: SeriesNames, lang: str
) -> str:
    """Return the forecast's end in words, for one who does not see the chart."""
    if forecast is None:
        return ""
    last, decimals = forecast.ahead.iloc[-1], names.decimals
    return text(
        "trend.forecast_alt",
        lang,
        period=period(choice.period_type, forecast.starts[-1], lang),
        value=value_with_unit(last["point"], names.unit, lang, decimals),
        lower=number(last["lower80"], lang, decimals),
        upper=number(last["upper80"], lang, decimals),
    )


def forecast_rows(
    page: Page, choice: options.Choice, forecast: Forecast | None
) -> list[tuple[Cell, ...]]:
    """Return the periods ahead as rows of the table of values, the farthest first."""
    rows = [] if forecast is None else cached.records(forecast.ahead.iloc[::-1])
    return [_row(page, choice.indicator, choice.period_type, row) for row in rows]


def _row(
    page: Page, indicator: Indicator, period_type: str, row: dict[str, Any]
) -> tuple[Cell, ...]:
    lang, decimals = page.lang, indicator.decimals
    start = as_day(row["period_start"])
    likely = interval(row["lower80"], row["upper80"], lang, decimals).text
    blank = Cell("")
    return (
        Cell(period(period_type, start, lang) if start else ""),
        Cell(figure(indicator, row["point"], lang), number=row["point"], quiet=True),
        interval(row["lower95"], row["upper95"], lang, decimals),
        number_cell(None, lang),
        number_cell(None, lang),
        Cell(page.text("forecast_mark", interval=likely)),
        Cell(start.isoformat() if start else ""),
        Cell("forecast"),
        *(Cell("", number=row[name]) for name in ("lower95", "upper95")),
        *(blank, blank, blank),
        *(Cell("", number=row[name]) for name in ("lower80", "upper80")),
    )


def _key(choice: options.Choice) -> dict[str, str]:
    return {"indicator_id": choice.indicator.id, "area_code": choice.area_code}
