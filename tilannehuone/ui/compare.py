"""One measure in one area beside others: who stands there, and at which period levels are set.

Learning, not ranking: areas stand in the order of their names, their own trends come first, and no
word compares what the verdict says may not be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from tilannehuone.charts.reading import in_view
from tilannehuone.finding import Finding
from tilannehuone.network.comparable import Facts, Verdict
from tilannehuone.registry import Indicator
from tilannehuone.ui import cached, comparability, options
from tilannehuone.ui.compare_regions import member, region_name
from tilannehuone.ui.frame import Page

MOST = 12
"""Areas beside each other by default, the own one among them."""
MOST_SHARE = 2 / 3
"""The levels' period is the latest that this share of the areas show."""
COMPARED_GRAINS = ("week", "month", "quarter", "half_year", "year")
"""Rolling windows have no words of their own, so they are not offered here."""


@dataclass(frozen=True, slots=True)
class Place:
    """One area: its series, as it is and as it can be read, its finding, and its verdict.

    `verdict` is None for the own area, and where that has no series of the measure. `name` carries
    the region's in a network room.
    """

    code: str
    name: str
    is_own: bool
    facts: Facts
    verdict: Verdict | None
    whole: pd.DataFrame
    series: pd.DataFrame
    finding: Finding | None

    @property
    def may_be_worded(self) -> bool:
        """Whether words may compare it with the own area."""
        if self.verdict is None:
            return self.is_own
        return self.verdict.word != "not_comparable"


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows. `places` are in the order of region and name, the own one among them.

    `offered` are all areas that could stand there, `compared` the period of the levels, None where
    nobody can be set beside the own area. `is_own_known` tells that the own area can be read.
    """

    indicator: Indicator
    own: str
    own_name: str
    period_type: str
    grains: tuple[str, ...]
    places: tuple[Place, ...]
    offered: tuple[str, ...]
    chosen: bool
    compared: date | None

    @property
    def own_place(self) -> Place | None:
        """The own area, None where it has nothing to be shown."""
        return next((one for one in self.places if one.is_own), None)

    @property
    def others(self) -> list[Place]:
        """The areas beside the own one."""
        return [one for one in self.places if not one.is_own]

    @property
    def address(self) -> dict[str, str]:
        """The ids by which an address names this view."""
        found = {"indicator": self.indicator.id, "area": self.own, "period": self.period_type}
        codes = ",".join(one.code for one in self.others)
        return found | ({"with": codes} if self.chosen else {})


def view(page: Page, indicator_id: str, area_code: str, query: Mapping[str, str]) -> View:
    """Return what an address asks for: without areas, those of one type with the own one."""
    offered = {grain: _readable(page, indicator_id, grain) for grain in COMPARED_GRAINS}
    grains = tuple(one for one, codes in offered.items() if codes)
    grain = _grain(page, area_code, query.get("period"), {one: offered[one] for one in grains})
    codes = offered.get(grain, ())
    asked = [one for one in query.get("with", "").split(",") if one in codes]
    beside = asked or _usual(page, area_code, codes)
    places = _places(page, indicator_id, grain, area_code, beside)
    return View(
        indicator=page.indicators[indicator_id],
        own=area_code,
        own_name=options.names_of_areas(page)[area_code],
        period_type=grain,
        grains=grains,
        places=places,
        offered=codes,
        chosen=bool(asked),
        compared=_compared(places),
    )


def row_at(place: Place, start: date | None) -> "pd.Series | None":
    """Return an area's cell of a period; None where there should be none."""
    found = place.whole[place.whole["period_start"] == start]
    return None if found.empty else found.iloc[0]


def value_at(place: Place, start: date | None) -> float | None:
    """Return the shown figure of a period, None where it is not shown."""
    row = row_at(place, start)
    return None if row is None or pd.isna(row["value"]) else float(row["value"])


def _readable(page: Page, indicator_id: str, grain: str) -> tuple[str, ...]:
    """Return the areas whose series can be read, in the order of areas.csv."""
    codes = comparability.read_from(page.release, indicator_id, grain)
    return tuple(one for one in cached.areas(page.release)["area_code"].unique() if one in codes)


def _grain(
    page: Page, area_code: str, asked: str | None, offered: Mapping[str, tuple[str, ...]]
) -> str:
    """Return the grain asked for, else the finest at which most areas of the own type are read."""
    if asked in offered:
        return str(asked)
    alike = set(_alike(page, area_code))
    best = max((len(alike.intersection(codes)) for codes in offered.values()), default=0)
    for grain, codes in offered.items():
        is_most = len(alike.intersection(codes)) >= MOST_SHARE * best
        if area_code in codes and is_most:
            return grain
    return next(reversed(list(offered)), COMPARED_GRAINS[-1])


def _alike(page: Page, area_code: str) -> list[str]:
    """Return the areas of one type with an area, its neighbours under one parent first."""
    areas = cached.areas(page.release)
    kinds = areas.drop_duplicates("area_code").set_index("area_code")["area_type"]
    parents = set(areas.loc[areas["area_code"] == area_code, "parent_code"].dropna())
    near = areas.loc[areas["parent_code"].isin(parents), "area_code"]
    codes = list(dict.fromkeys([*near, *areas["area_code"]]))
    return [one for one in codes if kinds[one] == kinds[area_code] and one != area_code]


def _kind(page: Page, code: str) -> str:
    areas = cached.areas(page.release)
    return str(areas.loc[areas["area_code"] == code, "area_type"].iloc[0])


def _usual(page: Page, area_code: str, codes: tuple[str, ...]) -> list[str]:
    """Return who stands beside an area unless the reader says otherwise.

    In a network room one area of each other region, of the own type where it has one; where no
    other region has the measure, those that would stand there without a network.
    """
    alike = [one for one in _alike(page, area_code) if one in codes]
    here = member(page.release, area_code).region
    firsts: dict[str, str] = {}
    for one in (*alike, *codes):
        firsts.setdefault(member(page.release, one).region, one)
    others = [one for region, one in firsts.items() if region != here]
    rest = alike or [one for one in codes if one != area_code]
    return others or [one for one in rest if _kind(page, one) == _kind(page, rest[0])][: MOST - 1]


def _places(
    page: Page, indicator_id: str, grain: str, own: str, beside: list[str]
) -> tuple[Place, ...]:
    known = comparability.facts(page.release, indicator_id, grain)
    told = comparability.verdicts(page.release, indicator_id, grain, own)
    key = {"indicator_id": indicator_id, "period_type": grain}
    found = cached.findings(page.release, **key, breakdown=options.ALL, category=options.ALL)
    series = comparability.cells(page.release, indicator_id, grain)
    begins = comparability.read_from(page.release, indicator_id, grain)
    regions = {known[one].region for one in (own, *beside) if one in known}
    names = dict(options.names_of_areas(page))
    if len(regions) > 1:
        names |= {one: _name(page, one, names[one]) for one in (own, *beside)}
    places = [
        Place(one, names[one], one == own, known[one], told.get(one),
              series[one],
            in_view(series[one], begins.get(one)), found.get(one))
        for one in dict.fromkeys((own, *beside))
        if one in known
    ]  # fmt: skip
    return tuple(sorted(places, key=lambda one: (one.facts.region, one.name.casefold(), one.code)))


def _readable_days(place: Place) -> set[date]:
    return set(place.series.loc[place.series["value"].notna(), "period_start"])


def _name(page: Page, code: str, name: str) -> str:
    region = region_name(page.release, member(page.release, code).region, page.lang)
    return name if not region or region in name else f"{region}: {name}"


def _compared(places: tuple[Place, ...]) -> date | None:
    """Return the latest period that the own area and two thirds of all show, else its latest.

    Where nothing is shown of the own area, the latest that two thirds of the others show.
    """
    shown = {one.code: set(one.facts.shown) for one in places}
    own = next((_readable_days(one) for one in places if one.is_own), set())
    mine = sorted(own or set().union(*shown.values()), reverse=True)
    counted = [one for one in shown.values() if one]
    common = [
        day for day in mine if sum(day in one for one in counted) >= MOST_SHARE * len(counted)
    ]
    return next(iter(common or mine), None)
