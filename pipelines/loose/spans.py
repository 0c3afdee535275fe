"""The periods of a loose file: what their cells say, and which type they all are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_low

from pipelines.loose.columns import Cell
from tilannehuone.errors import Fault
from tilannehuone.period_forms import read_written
from tilannehuone.periods import Anchor, parse_period, period_start
from tilannehuone.texts import LANGUAGES, text
from tilannehuone.texts.format import period

LONGEST_GAP = (("week", 10), ("month", 45), ("quarter", 135), ("half_year", 270))
"""Days between successive dates (the lower median) up to which they are of a period type."""

APRIL_HALVES = (4, 10)
"""Months in which the half-years that begin in April begin."""

SHORTEST_GAP = 6
"""Dates that lie closer are of days."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The first day of each row's period, all of one type; None where a fault says why."""

    period_type: str
    anchor: Anchor
    starts: list[date | None]

    def read(self, written: str) -> date | None:
        """Return the first day of the period that a text names, None when it names none."""
        found = parse_period(written, self.period_type, anchor=self.anchor)
        return found[1] if found else None


def read_spans(cells: Sequence[Cell], period_type: str | None = None) -> tuple[Spans, list[Fault]]:
    """Return the periods of the cells, and every fault: no period, another type, or a double.

    Parameters
    ----------
    period_type
        The type, where the reader says it: it decides what `1/2025` is. None: what the cells
        name; for dates of days, the type that lies as far apart as they do.
    """
    written = [read_written(cell.text) for cell in cells]
    firsts = [one.first for one in written if one and one.first]
    faults: list[Fault] = []
    if period_type is None and all(one and one.kind == "day" for one in written):
        distance = _usual_distance(firsts)
        period_type = next((kind for kind, gap in LONGEST_GAP if distance <= gap), "year")
        if distance < SHORTEST_GAP:
            faults = [Fault("spc_days", line=cells[0].line, column=cells[0].column)]
    in_april = sum(one.month in APRIL_HALVES for one in firsts)
    anchor: Anchor = "apr" if in_april > len(firsts) / 2 else "jan"
    found = [parse_period(cell.text, period_type, anchor=anchor) for cell in cells]
    types = Counter(one[0] for one in found if one)
    kind = types.most_common(1)[0][0] if types else period_type or "month"
    starts = [one[1] if one and one[0] == kind else None for one in found]
    if not faults:
        faults = _unread(cells, starts, kind, anchor) + _doubles(cells, starts, kind)
    return Spans(kind, anchor, starts), faults


def _usual_distance(days: list[date]) -> int:
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(set(days)))]
    return median_low(gaps) if gaps else LONGEST_GAP[1][1]


def _unread(
    cells: Sequence[Cell], starts: Sequence[date | None], kind: str, anchor: Anchor
) -> list[Fault]:
    faults = []
    for cell, start in zip(cells, starts, strict=True):
        if parse_period(cell.text) is None:
            faults.append(Fault("spc_not_period", line=cell.line, column=cell.column))
        elif start is None or period_start(kind, start, anchor) != start:
            named = {lang: text(f"frame.grain_{kind}", lang).lower() for lang in LANGUAGES}
            told = {"type": named}
            faults.append(Fault("spc_other_period", told, line=cell.line, column=cell.column))
    return faults


def _doubles(cells: Sequence[Cell], starts: Sequence[date | None], kind: str) -> list[Fault]:
    lines: dict[date, int] = {}
    faults = []
    for cell, start in zip(cells, starts, strict=True):
        if start is None:
            continue
        if start in lines:
            told = {lang: period(kind, start, lang) for lang in LANGUAGES}
            values = {"period": told, "first": lines[start]}
            faults.append(Fault("date_twice", values, line=cell.line, column=cell.column))
        lines.setdefault(start, cell.line)
    return faults
