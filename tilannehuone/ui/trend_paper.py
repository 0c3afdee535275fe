"""The trend page as it leaves the room: the same sentence, chart, figures and passport."""

from datetime import date

import pandas as pd

from tilannehuone.charts.lines import target_levels
from tilannehuone.charts.paper import Curve, Paper, Role
from tilannehuone.finding import detail, message, suggestion
from tilannehuone.texts.format import period
from tilannehuone.ui import trend, trend_drawing, trend_tables
from tilannehuone.ui.frame import Page
from tilannehuone.ui.trend import View
from tilannehuone.ui.words import as_day, is_known

LINES: tuple[Role, ...] = ("value", "centre", "lower", "upper")
AHEAD: tuple[tuple[Role, str], ...] = (
    ("forecast", "point"),
    ("low80", "lower80"),
    ("high80", "upper80"),
)


def paper(page: Page, shown: View) -> Paper:
    """Return what the page shows of one series, ready for every kind of file."""
    names, has_chart = shown.names, trend.has_chart(shown)
    starts = _starts(shown) if has_chart else []
    grain = shown.choice.period_type
    return Paper(
        name=trend_tables.file_stem(shown),
        lang=page.lang,
        title=", ".join(one for one in (names.indicator, names.category) if one),
        where=names.area,
        messages=_messages(page, shown),
        table=trend_tables.values(page, shown),
        alt=trend_drawing.spoken(shown, page.lang) if has_chart else "",
        figure=trend_drawing.figure(shown, page.lang) if has_chart else None,
        labels=tuple(period(grain, one, page.lang) for one in starts),
        curves=tuple(_curves(page, shown, starts)) if has_chart else (),
        unit=names.unit,
        decimals=shown.indicator.decimals,
        foot=_foot(page, shown),
        built=page.facts["built_at"],
    )


def _foot(page: Page, shown: View) -> tuple[str, ...]:
    """Return period, source and age, and under that which release and definition it is."""
    release, name = page.facts["release_id"], shown.indicator.id
    unit = shown.names.unit
    told = page.text("foot", release=release, id=name, unit=unit)
    return tuple(one for one in (trend.age_words(page, shown), told) if one)


def _messages(page: Page, shown: View) -> tuple[str, ...]:
    """Return the one message and what bears on it, as the head of the page says them."""
    if shown.finding is None or shown.is_small:
        return (page.text("small_all" if shown.is_small else "message_none"),)
    told = (
        message(shown.finding, shown.names, page.lang),
        detail(shown.finding, shown.names, page.lang),
        suggestion(shown.finding, page.lang),
    )
    return tuple(one for one in told if one)


def _starts(shown: View) -> list[date]:
    """Return the first days of all periods drawn, those ahead too."""
    days = [as_day(one) for one in shown.series["period_start"]]
    ahead = shown.forecast.starts if shown.forecast else []
    return sorted({one for one in (*days, *ahead) if one})


def _curves(page: Page, shown: View, starts: list[date]) -> list[Curve]:
    """Return the lines of the chart as numbers; those that are empty are left out."""
    series = shown.series.set_index("period_start")
    found = [Curve(role, _name(page, shown, role), _along(series[role], starts)) for role in LINES]
    aims = target_levels(shown.indicator, starts)
    if aims and aims[-1] is not None:
        found.append(Curve("target", page.text("line_target"), tuple(aims)))
    if shown.forecast is not None:
        ahead = shown.forecast.ahead.set_index("period_start")
        found += [
            Curve(role, page.text(f"line_{role}"), _along(ahead[column], starts))
            for role, column in AHEAD
        ]
    return [one for one in found if not all(value is None for value in one.values)]


def _name(page: Page, shown: View, role: Role) -> str:
    return shown.names.indicator if role == "value" else page.text(f"line_{role}")


def _along(column: pd.Series, starts: list[date]) -> tuple[float | None, ...]:
    """Return a column's numbers at the days given, None where it has none."""
    known = {as_day(day): float(one) for day, one in column.items() if is_known(one)}
    return tuple(known.get(one) for one in starts)
