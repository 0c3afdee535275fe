"""What stands in a frozen pack: the series that were shown, and what was said of them.

Only what a release published stands here. A cell that is not shown has no number, wherever it
came from, so a pack can tell no more than the release did.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from tilannehuone.finding import Finding

FORM = 1
"""The form of packs: a newer program reads every older one."""

SHOWN_STATUSES = frozenset({"ok", "o", "k"})
"""Statuses that may carry a number; of any other a pack holds none."""

NUMBERS = ("value", "lower95", "upper95")
LIMITS = ("centre", "lower", "upper", "near_lower", "near_upper")
MARKS = ("signal", "side", "kind")


@dataclass(frozen=True, slots=True)
class Cell:
    """One period of a series as the release published it: its number, limits, and what was seen.

    Numbers are None where none is shown; limits where the series has none there.
    """

    period: date
    status: str
    value: float | None = None
    lower95: float | None = None
    upper95: float | None = None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None
    segment: int | None = None
    signal: str | None = None
    side: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the chart drew it, in the meeting's language."""

    day: date
    text: str
    is_break: bool = False
    is_rebase: bool = False


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """One series that was shown: its key, how it was defined, its cells, and its finding.

    `definition` is the measure's declaration as the release holds it, `k` the smallest count that
    might be shown. `finding` is None where nothing was found in the series.
    """

    indicator_id: str
    area_code: str
    period_type: str
    breakdown: str
    category: str
    definition: Mapping[str, Any]
    definitions_hash: str
    k: int
    finding: Mapping[str, Any] | None
    cells: tuple[Cell, ...]
    events: tuple[Happened, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What names the series: measure, area, type of period, breakdown and category."""
        return (
            self.indicator_id,
            self.area_code,
            self.period_type,
            self.breakdown,
            self.category,
        )

    def told(self) -> Finding | None:
        """Return the finding as an object."""
        return None if self.finding is None else Finding.from_json(json.dumps(self.finding))


@dataclass(frozen=True, slots=True)
class Content:
    """A whole pack, read: where and when, what was shown, and every record of the meeting.

    `meeting` holds the meeting's own values, `agenda` its agenda; `records` the values of every
    record by kind, `feedback` how many gave each score.
    """

    instance: str
    area: str
    code_version: str
    release_id: str
    release_day: str
    meeting: Mapping[str, Any]
    agenda: Mapping[str, Any] | None = None
    series: tuple[ShownSeries, ...] = ()
    records: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    feedback: Mapping[str, int] = field(default_factory=dict)
    form: int = FORM

    @property
    def area_code(self) -> str:
        """The area that the meeting was of."""
        return str(self.meeting["area_code"])

    @property
    def lang(self) -> str:
        """The language the meeting wrote in."""
        return str(self.meeting["lang"])

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return date.fromisoformat(self.meeting["day"])

    def to_json(self) -> str:
        """Return the pack's canonical JSON: sorted keys, no spaces, numbers as they were given.

        It is UTF-8, ends without a newline, and a line within a text ends in one way: the same
        content is the same bytes in every process.
        """
        return json.dumps(
            _one_newline(asdict(self)),
            default=date.isoformat,
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            allow_nan=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the content that `to_json` wrote."""
        told = json.loads(text)
        series = tuple(_series(one) for one in told.pop("series"))
        return cls(**told, series=series)


def cells_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Cell, ...]:
    """Return a series' cells from rows as `store.SERIES` gives them, oldest first.

    A row whose status shows no number gives none, whatever it holds.
    """
    cells = []
    for row in rows:
        status = str(row["status"])
        is_shown = status in SHOWN_STATUSES and _number(row["value"]) is not None
        numbers: dict[str, Any] = {name: _number(row.get(name)) for name in LIMITS}
        if is_shown:
            numbers |= {name: _number(row.get(name)) for name in NUMBERS}
            numbers |= {name: _word(row.get(name)) for name in MARKS}
        segment = _number(row.get("segment"))
        period = row["period_start"]
        cells.append(
            Cell(
                period=period.date() if hasattr(period, "date") else period,
                status=status,
                segment=None if segment is None else int(segment),
                **numbers,
            )
        )
    return tuple(sorted(cells, key=lambda one: one.period))


def _number(value: Any) -> float | None:
    if value is None:
        return None
    number = float(value)  # a column without any number may hold NA, which is no float
    return None if math.isnan(number) else number


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _one_newline(told: Any) -> Any:
    """Return what is told with one kind of newline in its texts, whatever they were typed on."""
    if isinstance(told, str):
        return told.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(told, Mapping):
        return {name: _one_newline(one) for name, one in told.items()}
    if isinstance(told, list | tuple):
        return [_one_newline(one) for one in told]
    return told


def _series(told: dict[str, Any]) -> ShownSeries:
    cells = tuple(
        Cell(**{**one, "period": date.fromisoformat(one["period"])}) for one in told.pop("cells")
    )
    events = tuple(
        Happened(**{**one, "day": date.fromisoformat(one["day"])}) for one in told.pop("events")
    )
    return ShownSeries(**told, cells=cells, events=events)
