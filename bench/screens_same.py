"""What the two others show: the same series, chart and table, from the same release file.

It needs duckdb and plotly only, since Dash lives in an environment of its own. A series is read
once and kept, as our own page keeps it.
"""

import sys
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import plotly.graph_objects as go

MEASURES = "select indicator_id, name_fi from indicators order by position"
AREAS = """
    select area_code, name_fi from areas
    group by area_code, name_fi order by min(rowid)"""
SERIES = """
    select c.period_start, c.value, c.lower95, c.upper95, c.numerator, c.denominator, c.status,
        p.centre, p.lower, p.upper, p.kind
    from cells c
    join indicators i on i.indicator_id = c.indicator_id and i.period = c.period_type
    left join points p on (p.indicator_id, p.area_code, p.period_type, p.period_start, p.breakdown,
            p.category)
        = (c.indicator_id, c.area_code, c.period_type, c.period_start, c.breakdown, c.category)
    where c.indicator_id = $measure and c.area_code = $area and c.breakdown = 'all'
    order by c.period_start"""
TARGETS = """
    select cast(t ->> 'since' as date) as since, cast(t ->> 'value' as double) as value
    from (select unnest(cast(definition -> 'targets' as json[])) as t
        from indicators where indicator_id = $measure)
    order by since"""
COLOURS = {"improvement": "#00749e", "concern": "#c4570a", "neutral": "#490092"}
COLUMNS = ("Jakso", "Luku", "Vaihteluväli", "Osoittaja", "Nimittäjä", "Huomautus")
HEIGHT = 520

Row = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """Everything that is shown of one measure in one area."""

    headline: str
    figure: go.Figure
    rows: tuple[tuple[str, ...], ...]


@cache
def release() -> duckdb.DuckDBPyConnection:
    """Return the release named first on the command line."""
    return duckdb.connect(sys.argv[1], read_only=True)


def first_shown() -> tuple[str, str]:
    """Return the measure and area shown first: the second and third of the command line."""
    return sys.argv[2], sys.argv[3]


@cache
def names(sql: str) -> dict[str, str]:
    """Return names by id."""
    return dict(release().cursor().execute(sql).fetchall())


@cache
def shown(measure: str, area: str) -> Shown:
    """Return headline, chart and table of a series."""
    series, targets = _rows(SERIES, measure=measure, area=area), _rows(TARGETS, measure=measure)
    headline = f"{names(MEASURES)[measure]}, {names(AREAS)[area]}"
    table = tuple(_table_row(one) for one in reversed(series))
    return Shown(headline, _figure(series, targets), table)


def _rows(sql: str, **named: str) -> list[Row]:
    cursor = release().cursor().execute(sql, named)
    columns = [one[0] for one in cursor.description or ()]
    return [dict(zip(columns, one, strict=True)) for one in cursor.fetchall()]


def _figure(series: list[Row], targets: list[Row]) -> go.Figure:
    at = [one["period_start"] for one in series]
    drawn = {name: [one[name] for one in series] for name in ("value", "centre", "lower", "upper")}
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    traces: list[Row] = [
        edge | {"y": drawn["lower"]},
        edge | {"y": drawn["upper"], "fill": "tonexty", "fillcolor": "rgba(120,130,140,0.15)"},
        {"y": drawn["centre"], "mode": "lines", "line": {"color": "#5b6872", "width": 1}},
        {
            "y": drawn["value"],
            "mode": "lines+markers",
            "line": {"color": "#1a2733", "width": 2},
            "marker": {"size": 9, "color": [COLOURS.get(one["kind"], "#6b7680") for one in series]},
            "text": ["<br>".join(_table_row(one)[:3]) for one in series],
            "hovertemplate": "%{text}<extra></extra>",
        },
    ]
    if targets:
        aim = {"mode": "lines", "line": {"color": "#175e8c", "dash": "dash", "shape": "hv"}}
        traces.append(aim | {"y": [_aim(targets, one) for one in at]})
    return go.Figure(
        data=[{"type": "scatter", "x": at} | one for one in traces],
        layout={"height": HEIGHT, "showlegend": False, "margin": {"t": 30, "r": 30}},
    )


def _aim(targets: list[Row], day: Any) -> float | None:
    begun = [one["value"] for one in targets if one["since"] <= day]
    return begun[-1] if begun else None


def _table_row(one: Row) -> tuple[str, ...]:
    between = f"{_number(one['lower95'])}–{_number(one['upper95'])}" if one["upper95"] else ""
    numbers = (_number(one["value"]), between, _number(one["numerator"]))
    remark = one["kind"] if one["status"] == "ok" else one["status"]
    return str(one["period_start"]), *numbers, _number(one["denominator"]), remark or ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".replace(".", ",")
