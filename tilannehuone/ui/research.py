"""A study: what a researcher looks at, named by an address, and the figures it is made of.

Everything is read from the release's shown cells; what is hidden is left out and counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from tilannehuone import store_cells
from tilannehuone.periods import period_end
from tilannehuone.registry import Indicator
from tilannehuone.stats.interrupted_design import MIN_AFTER, MIN_BEFORE
from tilannehuone.texts.format import period
from tilannehuone.ui import cached, options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.options import Choice, Options
from tilannehuone.ui.words import as_day

KINDS = (
    *("lines", "multiples", "distribution", "scatter", "trend"),
    *("interrupted", "staggered"),
)
MOST_BESIDE = 8
"""Areas beside the own one by default."""
LONGEST_LAG = 12
FEWEST_PAIRS = 12
SEARCH = "search"
"""In the place of a declared lag: all lags are looked at, and that many looks are told."""
BEGINNING = ("practice", "initiative")
"""Kinds of events that a series may be held against."""


@dataclass(frozen=True, slots=True)
class Study:
    """What is studied: a series, the areas beside it, and what the kind of study asks for.

    `starts` are all periods in view; `values` has a row for each of them and a column an area, the
    own one first, NaN where nothing is shown. `lag` is None while all lags are searched.
    """

    kind: str
    choice: Choice
    beside: tuple[str, ...]
    offered: tuple[str, ...]
    starts: tuple[date, ...]
    cells: pd.DataFrame
    other: Indicator
    lag: int | None
    start: date | None
    first: date | None
    last: date | None
    chosen: bool  # the areas beside were chosen by hand

    @property
    def areas(self) -> tuple[str, ...]:
        """The area looked at, then those beside it."""
        return (self.choice.area_code, *self.beside)

    @property
    def address(self) -> dict[str, str]:
        """The ids that name this study."""
        told = {"study": self.kind} | self.choice.address | {"other": self.other.id}
        told["lag"] = SEARCH if self.lag is None else str(self.lag)
        ends = {"start": self.start, "from": self.first, "to": self.last}
        told |= {name: one.isoformat() for name, one in ends.items() if one}
        return told | ({"with": ",".join(self.beside)} if self.chosen else {})

    def wide(self, column: str = "value", areas: tuple[str, ...] | None = None) -> pd.DataFrame:
        """Return a column of the cells: a row a period, a column an area; NaN is not shown."""
        shown = self.cells.set_index(["period_start", "area_code"])[column].unstack()  # noqa: PD010
        return shown.reindex(index=pd.to_datetime(self.starts), columns=list(areas or self.areas))


def study(page: Page, choice: Choice, query: Mapping[str, str]) -> Study:
    """Return the study that an address names; what it leaves out falls to what is usual."""
    kind = query.get("study", "")
    cells = _cells(page, choice)
    known = cells.loc[cells["value"].notna(), "area_code"].unique()
    offered = tuple(one for one in options.names_of_areas(page) if one in set(known))
    asked = [one for one in query.get("with", "").split(",") if one in offered]
    chosen = "with" in query
    beside = asked if chosen else _usual(page, choice, offered)
    every = sorted(one for one in map(as_day, cells["period_start"].unique()) if one)
    first, last = _day(query.get("from"), every), _day(query.get("to"), every)
    starts = tuple(
        one for one in every if (not first or one >= first) and (not last or one <= last)
    )
    others = others_offered(page, choice)
    other = query.get("other", "")
    other = other if other in others else others[0]
    lag = query.get("lag", "0")
    return Study(
        kind if kind in KINDS else KINDS[0],
        choice,
        tuple(one for one in beside if one != choice.area_code),
        offered,
        starts,
        cells,
        page.indicators[other],
        None if lag == SEARCH else min(int(lag), LONGEST_LAG) if lag.isdigit() else 0,
        _day(query.get("start"), list(starts)) or _usual_start(page, choice, starts),
        first,
        last,
        chosen,
    )


def other_values(page: Page, shown: Study) -> pd.Series:
    """Return the other measure's shown values in the own area, by the periods in view."""
    choice = shown.choice
    cells = cached.read(
        page.release,
        store_cells.CELLS,
        indicator_ids=shown.other.id,
        area_codes=choice.area_code,
        period_type=choice.period_type,
        **{"breakdown": "all", "category": "all", "start": "", "end": ""},
    )
    return cells.set_index("period_start")["value"].reindex(pd.to_datetime(shown.starts))


def others_offered(page: Page, choice: Choice) -> list[str]:
    """Return the measures that the area has by the same periods; the own one where none has."""
    found = cached.area_findings(page.release, choice.area_code)
    is_long = (found["period_type"] == choice.period_type) & (found["known"] >= FEWEST_PAIRS)
    ids = set(found.loc[is_long, "indicator_id"]) - {choice.indicator.id}
    return [one for one in page.indicators if one in ids] or [choice.indicator.id]


def lags() -> tuple[str, ...]:
    """Return the lags that can be declared, and the search over all of them."""
    return (*(str(one) for one in range(LONGEST_LAG + 1)), SEARCH)


def periods_offered(page: Page, shown: Study, name: str) -> Options:
    """Return the periods of the series as a picker's options, the newest first."""
    grain = shown.choice.period_type
    every = sorted(one for one in map(as_day, shown.cells["period_start"].unique()) if one)
    found = {one.isoformat(): period(grain, one, page.lang) for one in reversed(every)}
    if name == "start":
        opened = _usual_start(page, shown.choice, shown.starts)
    else:
        opened = (every[0] if name == "from" else every[-1]) if every else None
    return Options(name, found, opened.isoformat() if opened else "", is_quiet=True)


def started(page: Page, shown: Study) -> dict[str, date]:
    """Return the areas in which something began that concerns the measure, and when first."""
    found: dict[str, date] = {}
    for day, areas in _beginnings(page, shown.choice):
        for code in areas:
            found[code] = min(found.get(code, day), day)
    return found


def place_of(shown: Study, day: date) -> int | None:
    """Return the first period in view that lies wholly after a day; None past the last."""
    grain = shown.choice.period_type
    later = [n for n, one in enumerate(shown.starts) if one >= day]
    holding = [n for n, one in enumerate(shown.starts) if one <= day <= period_end(grain, one)]
    if holding and shown.starts[holding[0]] + timedelta(days=7) >= day:
        return holding[0]  # a period that began within the week shows it
    return later[0] if later else None


def _cells(page: Page, choice: Choice) -> pd.DataFrame:
    return cached.read(
        page.release,
        store_cells.CELLS,
        indicator_ids=choice.indicator.id,
        area_codes="",
        period_type=choice.period_type,
        **{"breakdown": choice.breakdown, "category": choice.category, "start": "", "end": ""},
    )


def of_one_type(page: Page, choice: Choice, codes: tuple[str, ...]) -> list[str]:
    """Return those of some areas that are of the own one's type: none of them holds another."""
    areas = cached.areas(page.release).drop_duplicates("area_code").set_index("area_code")
    kind = areas["area_type"].get(choice.area_code)
    return [one for one in codes if areas["area_type"][one] == kind]


def _usual(page: Page, choice: Choice, offered: tuple[str, ...]) -> list[str]:
    alike = of_one_type(page, choice, offered)
    return [one for one in alike if one != choice.area_code][:MOST_BESIDE]


def _usual_start(page: Page, choice: Choice, starts: tuple[date, ...]) -> date | None:
    """Return the period of the first beginning here that has enough before and after to be read.

    Of none of them that is so, the first that has something before and after.
    """
    days = sorted(day for day, areas in _beginnings(page, choice) if choice.area_code in areas)
    inside = [one for one in days if starts and starts[0] < one <= starts[-1]]
    places = [next(n for n, one in enumerate(starts) if one >= day) for day in inside]
    last = len(starts) - MIN_AFTER
    enough = [n for n in places if MIN_BEFORE <= n <= last]
    usual = [*enough, *places, len(starts) * 2 // 3]
    return starts[usual[0]] if starts else None


def _beginnings(page: Page, choice: Choice) -> list[tuple[date, tuple[str, ...]]]:
    """Return when practices and initiatives began that concern the measure, and where."""
    every = tuple(options.names_of_areas(page))
    return [
        (one["date_from"], tuple(one["areas"]) or every)
        for one in cached.events(page.release)
        if one["kind"] in BEGINNING
        and (not one["indicators"] or choice.indicator.id in one["indicators"])
    ]


def _day(text: str | None, known: list[date]) -> date | None:
    return next((one for one in known if one.isoformat() == text), None)
