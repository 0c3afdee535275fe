"""Which area a row belongs to: by code, declared alias or name, within the declared types."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.extracts.layout import fold
from pipelines.extracts.sql import run
from pipelines.naming import literal, quoted
from tilannehuone.sources import Area

ALWAYS = (date.min, date.max)
BY_DAY = "by_day"
"""Not a reason but a postponement: the area's validity, or its choice, hangs on the day."""


@dataclass(frozen=True, slots=True)
class Placing:
    """SQL that places the rows `t` of `typed` (and their periods `p`)."""

    joins: str
    code: str
    reason: str | None  # SQL of why a row has no area; None when all have one
    shown: str  # SQL of the text that named it


class Gazetteer:
    """The areas of an instance, found by what extracts call them."""

    def __init__(self, areas: pd.DataFrame) -> None:
        self.spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
        self._types: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        for row in areas.to_dict("records"):
            code = str(row["area_code"])
            span = (row["valid_from"] or ALWAYS[0], row["valid_to"] or ALWAYS[1])
            self.spans[code].append(span)
            self._types[code].add(str(row["area_type"]))
            for name in ("name_fi", "name_sv", "name_en"):
                self._named[fold(str(row[name]))].add(code)

    @property
    def names(self) -> frozenset[str]:
        """Folded names of all areas: texts that name places and no persons."""
        return frozenset(self._named)

    def candidates(self, text: str, rules: Area, types: Iterable[str]) -> list[str]:
        """Return the codes of the areas a text may mean."""
        folded = {fold(key): code for key, code in rules.aliases.items()}
        alias = rules.aliases.get(text, folded.get(fold(text)))
        if alias is not None:
            return [alias] if alias in self.spans else []
        wanted = set(types)
        found = [text] if text in self.spans else sorted(self._named.get(fold(text), ()))
        return [one for one in found if not wanted or self._types[one] & wanted]

    def is_valid(self, code: str, day: date) -> bool:
        """Tell whether one of the area's rows holds on a day."""
        return any(start <= day <= end for start, end in self.spans[code])

    def resolve(self, found: list[str]) -> tuple[str | None, str | None]:
        """Return the code, or why there is none."""
        if not found:
            return None, "unknown_area"
        if len(found) == 1 and ALWAYS in self.spans[found[0]]:
            return found[0], None
        return None, BY_DAY

    def resolve_on(self, found: list[str], day: date) -> tuple[str | None, str | None]:
        """Return the code valid on a day, or why there is none."""
        valid = [one for one in found if self.is_valid(one, day)]
        if len(valid) == 1:
            return valid[0], None
        return None, "ambiguous_area" if valid else "area_not_valid"


def join_areas(
    connection: duckdb.DuckDBPyConnection, rules: Area, gazetteer: Gazetteer, day: str
) -> Placing:
    """Create `area_map` for the rows of `typed`; return how to join it.

    Parameters
    ----------
    day
        SQL of the day the row belongs to: of the event, or its period's first.
    """
    value = literal(rules.constant or "") if rules.column is None else f"t.{quoted(rules.column)}"
    value = f"{value}::varchar"
    kind = "null" if rules.type_column is None else f"t.{quoted(rules.type_column)}::varchar"
    pairs = run(connection, f"select distinct {value}, {kind} from typed t")  # noqa: S608
    rows, open_ones = [], {}
    for text, kind_text in pairs:
        found = [] if text is None else gazetteer.candidates(text, rules, _types(rules, kind_text))
        code, reason = gazetteer.resolve(found)
        rows.append((text, kind_text, None, code, reason))
        if reason == BY_DAY:
            open_ones[text, kind_text] = found
    if all(code == text for text, _, _, code, _ in rows):
        return Placing("", value, None, value)
    on = f"= {value} and {{0}}.kind is not distinct from {kind} and {{0}}.day"
    joins = f"left join area_map a on a.value {on.format('a')} is null"
    if open_ones:
        _write_map(connection, rows)
        days = run(connection, _days_sql(value, kind, day))
        rows += [
            (text, kind_text, when, *gazetteer.resolve_on(open_ones[text, kind_text], when))
            for text, kind_text, when in days
            if (text, kind_text) in open_ones
        ]
        joins += f" left join area_map d on d.value {on.format('d')} = {day}"
    _write_map(connection, rows)
    if not open_ones:
        bad = any(reason for *_, reason in rows)
        reason_sql = "coalesce(a.reason, case when a.value is null then 'unknown_area' end)"
        return Placing(joins, "a.area_code", reason_sql if bad else None, value)
    reason_sql = (
        "case when a.value is null then 'unknown_area' when a.reason = 'by_day'"
        " then d.reason else a.reason end"
    )
    return Placing(joins, "coalesce(a.area_code, d.area_code)", reason_sql, value)


def _days_sql(value: str, kind: str, day: str) -> str:
    periods = " cross join period_map p" if day.startswith("p.") else ""
    # every period of the file for every such area: few, and simpler than joining them first
    on = f"a.value = {value} and a.kind is not distinct from {kind} and a.reason = '{BY_DAY}'"
    return (
        f"select distinct {value}, {kind}, {day} from typed t join area_map a on {on}{periods}"  # noqa: S608
        f" where {day} is not null"
    )


def _types(rules: Area, kind: str | None) -> Iterable[str]:
    if rules.type_column is None:
        return rules.types
    named = rules.type_values.get(kind or "", kind or "")
    return [named] if not rules.types or named in rules.types else ["\0none"]


def _write_map(connection: duckdb.DuckDBPyConnection, rows: list[tuple[Any, ...]]) -> None:
    kinds = (pa.string(), pa.string(), pa.date32(), pa.string(), pa.string())
    names = ("value", "kind", "day", "area_code", "reason")
    columns = {
        name: pa.array([row[at] for row in rows], kind)
        for at, (name, kind) in enumerate(zip(names, kinds, strict=True))
    }
    connection.register("read_areas", pa.table(columns))
    run(connection, "create or replace temp table area_map as select * from read_areas")
    connection.unregister("read_areas")
