"""Ring two of four: what must hold between the declarations.

Ring one is the models' own shape; ring three binds the SQL against the sources
(`pipelines/bind.py`); ring four is the test over the demo instance's real files.
"""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from tilannehuone.declared import Path_, place, read_yaml
from tilannehuone.errors import Fault
from tilannehuone.events import Event
from tilannehuone.periods import period_start
from tilannehuone.registry import Indicator, Part, Registry
from tilannehuone.rounded_alike import Problem, rounding_problems
from tilannehuone.sources import Source

GRAINS = ["week", "month", "quarter", "half_year", "year"]


def cross_faults(
    registry: Registry,
    sources: dict[str, Source],
    areas: pd.DataFrame,
    events: tuple[Event, ...],
    folder: Path,
) -> list[Fault]:
    """Return every contradiction between the four declarations, each with its file and line."""
    files = {
        "indicators.yaml": _registry_problems(registry, sources, areas),
        "data/sources.yaml": _source_problems(sources, areas),
        "data/events.yaml": _event_problems(events, registry, areas),
    }
    faults = []
    for name, problems in files.items():
        path = folder / name
        document = None
        for at, key, values in problems:
            document = document or read_yaml(path)
            faults.append(Fault(key, dict(values), str(path), *place(document, at)))
    return faults


def _registry_problems(
    registry: Registry, sources: dict[str, Source], areas: pd.DataFrame
) -> Iterator[Problem]:
    codes, types = set(areas["area_code"]), set(areas["area_type"])
    home = registry.instance.home_area
    if home is not None and home not in codes:
        yield ("instance", "home_area"), "unknown_area_code", {"area": home}
    for n, one in enumerate(registry.indicators):
        at: Path_ = ("indicators", n)
        for level in one.levels:
            if level not in types:
                yield (*at, "levels"), "unknown_level", {"level": level}
        for role, part in (("numerator", one.numerator), ("denominator", one.denominator)):
            if part is not None:
                yield from _part_problems(one, part, sources, (*at, role))
        yield from _breakdown_problems(one, sources, at)
    yield from rounding_problems(registry)


def _part_problems(
    indicator: Indicator, part: Part, sources: dict[str, Source], at: Path_
) -> Iterator[Problem]:
    source = sources.get(part.source)
    if source is None:
        yield (*at, "from"), "unknown_source", {"source": part.source}
        return
    known = source.column_names()
    if part.column is not None and part.column not in known:
        yield (
            (*at, part.aggregate),
            "unknown_column",
            {"column": part.column, "source": part.source, "known": ", ".join(sorted(known))},
        )
        return
    yield from _aggregate_problems(part, source, at)
    yield from _time_problems(indicator, part, source, at)


def _aggregate_problems(part: Part, source: Source, at: Path_) -> Iterator[Problem]:
    column = source.columns.get(part.column or "")
    where = (*at, part.aggregate)
    values: dict[str, object] = {"column": part.column, "source": part.source}
    if part.aggregate == "sum" and column is not None and not column.additive:
        yield where, "not_additive", values
    if part.aggregate == "sum" and column is not None and column.type not in NUMERIC:
        yield where, "not_a_number_column", values
    if part.aggregate == "distinct":
        if source.shape == "events" and (column is None or column.type != "person"):
            yield where, "not_a_person_column", values
        if source.shape == "aggregate" and column is not None and column.additive:
            yield where, "declare_not_additive", values
    if part.aggregate == "count" and source.shape == "aggregate":
        yield where, "count_of_aggregate_rows", values


OURS = {"file_id", "line", "area_code", "period_type", "period_start"}
"""Columns that loading gives every row."""

NUMERIC = ("integer", "decimal")


def _time_problems(
    indicator: Indicator, part: Part, source: Source, at: Path_
) -> Iterator[Problem]:
    if part.date is not None and (
        source.shape != "events"
        or part.date not in source.columns
        or source.columns[part.date].type != "date"
    ):
        yield (*at, "date"), "not_a_date_column", {"column": part.date, "source": part.source}
    given = source.period.type if source.period else None
    finer = given and GRAINS.index(indicator.period) < GRAINS.index(given)
    if finer and at[-1] == "numerator" and source.time == "flow":
        yield (
            (*at[:-1], "period"),
            "finer_than_source",
            {"period": indicator.period, "source": part.source, "given": given},
        )
    if indicator.period == "week" and part.aggregate == "distinct" and source.shape == "events":
        yield (*at[:-1], "period"), "distinct_by_week", {"source": part.source}


def _breakdown_problems(
    indicator: Indicator, sources: dict[str, Source], at: Path_
) -> Iterator[Problem]:
    for n, breakdown in enumerate(indicator.breakdowns):
        for part in (indicator.numerator, indicator.denominator):
            source = sources.get(part.source) if part else None
            if source is not None and breakdown.column not in source.column_names():
                yield (
                    (*at, "breakdowns", n, "column"),
                    "unknown_column",
                    {
                        "column": breakdown.column,
                        "source": part.source if part else "",
                        "known": ", ".join(sorted(source.column_names())),
                    },
                )


def _source_problems(sources: dict[str, Source], areas: pd.DataFrame) -> Iterator[Problem]:
    for name, source in sources.items():
        at: Path_ = ("sources", name)
        known = source.column_names()
        for given in sorted(known):
            if given in OURS or given.endswith("__status"):
                yield (*at, "columns", given), "reserved_column", {"column": given}
        for path, column in _named_columns(source):
            if column is not None and column not in known:
                values = {"column": column, "source": name, "known": ", ".join(sorted(known))}
                yield (*at, *path), "unknown_column", values
        yield from _area_problems(source, areas, at)


def _named_columns(source: Source) -> Iterator[tuple[Path_, str | None]]:
    yield ("date",), source.date
    yield ("area", "column"), source.area.column
    yield ("area", "type_column"), source.area.type_column
    for part in ("column", "year", "month", "week", "quarter", "half"):
        yield ("period", part), getattr(source.period, part, None)
    for n, total in enumerate(source.total_rows):
        for column in (total.column, *total.check, *total.by):
            yield ("total_rows", n), column
    for column in source.key:
        yield ("key",), column


def _area_problems(source: Source, areas: pd.DataFrame, at: Path_) -> Iterator[Problem]:
    codes, types = set(areas["area_code"]), set(areas["area_type"])
    named: list[tuple[Path_, str]] = [
        (("aliases", alias), code) for alias, code in source.area.aliases.items()
    ]
    if source.area.constant is not None:
        named.append((("constant",), source.area.constant))
    for path, code in named:
        if code not in codes:
            yield (*at, "area", *path), "unknown_area_code", {"area": code}
    for level in (*source.area.types, *source.area.type_values.values()):
        if level not in types:
            yield (*at, "area"), "unknown_level", {"level": level}


def _event_problems(
    events: tuple[Event, ...], registry: Registry, areas: pd.DataFrame
) -> Iterator[Problem]:
    codes, ids = set(areas["area_code"]), {one.id for one in registry.indicators}
    for n, event in enumerate(events):
        for code in event.areas:
            if code not in codes:
                yield ("events", n, "areas"), "unknown_area_code", {"area": code}
        for indicator in event.indicators:
            if indicator not in ids:
                yield ("events", n, "indicators"), "unknown_indicator", {"indicator": indicator}
        if event.kind == "rebase":
            yield from _rebase_problems(event, registry, ("events", n, "from"))


def _rebase_problems(event: Event, registry: Registry, at: Path_) -> Iterator[Problem]:
    """Yield the first measure it concerns none of whose periods begins on the day of a rebase."""
    for one in registry.indicators:
        if event.indicators and one.id not in event.indicators:
            continue
        first = period_start(one.period, event.date_from, one.half_year_anchor)
        if first != event.date_from:
            values = {"indicator": one.id, "day": event.date_from, "first": first}
            yield at, "rebase_within_period", values
            return
