"""Which parts are counted from which rows: parts that share rows and days share one scan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipelines.cells.coverage import Coverage, event_day
from pipelines.naming import quoted
from tilannehuone.registry import Indicator, Part
from tilannehuone.sources import Source


@dataclass(frozen=True)
class PartUse:
    """One part of one measure, with its source and what that source delivered."""

    indicator: Indicator
    role: str  # numerator | denominator
    part: Part
    source: Source
    coverage: Coverage

    @property
    def is_summed(self) -> bool:
        """Whether the part comes from a base table: it adds up, or was delivered ready."""
        return self.source.shape == "aggregate" or self.part.aggregate in ("count", "sum")

    @property
    def is_delivered(self) -> bool:
        """Whether it stands at the grain it was delivered at and is never added over time."""
        if self.source.shape == "events":
            return False
        ready = self.part.aggregate in ("distinct", "median")
        return ready or not (self.source.period and self.source.period.roll_up)

    @property
    def adds_areas(self) -> bool:
        """Whether areas add up to their parents."""
        ready = self.source.shape == "aggregate" and self.part.aggregate in ("distinct", "median")
        return self.source.area.roll_up and not ready

    @property
    def day(self) -> str:
        """SQL of the day that places a row of events."""
        return event_day(self.part, self.source, self.indicator.cohort_days)

    @property
    def category_columns(self) -> tuple[str, ...]:
        """The columns its breakdowns split by."""
        return tuple(one.column for one in self.indicator.breakdowns)

    @property
    def where(self) -> str:
        """Its predicate, true when it has none."""
        return f"({self.part.where})" if self.part.where else "true"


@dataclass(frozen=True)
class Base:
    """One scan: a table at the finest grain with a value (and rank) column for each part."""

    table: str
    source_name: str
    source: Source
    grain: str
    day: str | None
    categories: tuple[str, ...]
    parts: tuple[tuple[str, str | None, str], ...]  # aggregate, column, predicate

    def position(self, use: PartUse) -> int:
        """Return which value column of the table the part is."""
        return self.parts.index(part_key(use))


def part_key(use: PartUse) -> tuple[str, str | None, str]:
    """Return what makes two parts of one source the same sum."""
    return use.part.aggregate, use.part.column, use.where


def base_key(use: PartUse) -> tuple[str, str, str | None]:
    """Return what two parts must share to be counted in one scan."""
    day = use.day if use.source.shape == "events" else None
    return use.part.source, use.coverage.grain if day else "", day


def planned_bases(uses: Iterable[PartUse]) -> dict[tuple[str, str, str | None], Base]:
    """Return the scans that the summed parts need, one for each source, day and grain."""
    groups: dict[tuple[str, str, str | None], list[PartUse]] = {}
    for use in uses:
        if use.is_summed:
            groups.setdefault(base_key(use), []).append(use)
    return {
        key: Base(
            table=f"unsafe_base_{n}",
            source_name=key[0],
            source=group[0].source,
            grain=key[1],
            day=key[2],
            categories=_category_columns(group),
            parts=tuple(dict.fromkeys(map(part_key, group))),
        )
        for n, (key, group) in enumerate(groups.items())
    }


def _category_columns(group: list[PartUse]) -> tuple[str, ...]:
    """Return the columns to keep apart: every breakdown's, and those with delivered totals."""
    split = {column for use in group for column in use.category_columns}
    source = group[0].source
    if source.shape == "aggregate":
        split |= {name for name, column in source.columns.items() if column.total}
    return tuple(sorted(split))


def day_literal(day: date) -> str:
    """Return a day as an SQL literal."""
    return f"date '{day.isoformat()}'"


def held_at_total(use: PartUse, breakdown: str | None) -> str:
    """Return the SQL that keeps delivered totals and their parts apart.

    A column with a declared total stands at the total unless the measure is broken down by it or
    its own predicate names it; without this, a total would be counted with its parts.
    """
    if use.source.shape != "aggregate":
        return "true"
    conditions = ["true"]
    for name, column in use.source.columns.items():
        if not column.total or (name != breakdown and name in (use.part.where or "")):
            continue
        totals = ", ".join("'" + one.replace("'", "''") + "'" for one in column.total)
        negated = "not " if name == breakdown else ""
        conditions.append(f"coalesce({quoted(name)}, '') {negated}in ({totals})")
    return " and ".join(conditions)


def empty_parts() -> pd.DataFrame:
    """Return a part without cells, for a measure that has no denominator."""
    columns = ["period_type", "period_start", "area_code", "breakdown", "category", "v", "n", "r"]
    return pd.DataFrame(columns=columns)
