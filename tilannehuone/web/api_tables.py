"""The tables of the interface for other programs: what each address reads of a release.

A table is read whole and then cut to the rows that are asked for, unless it is so long that it has
a `Table.page`; `Table.finish` puts words on the rows that are left.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydantic import ValidationError

from tilannehuone import store, store_cells, store_outside, store_packs
from tilannehuone.errors import AccessDenied, Fault, ReleaseMissing
from tilannehuone.finding import Finding, SeriesNames, direction_word, sentence
from tilannehuone.registry import Indicator
from tilannehuone.web.api_asked import (
    AskedBetween,
    AskedCells,
    AskedPages,
    AskedSeries,
    AskedSplit,
)
from tilannehuone.web.api_problem import Refused
from tilannehuone.web.api_vintage import Opened

Read = Callable[[Opened, Any], pd.DataFrame]
Finish = Callable[[Opened, Any, pd.DataFrame], pd.DataFrame]
Paged = Callable[[Opened, Any], tuple[pd.DataFrame, int]]


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is read, and finished for a reader once it is cut.

    `page` reads only the rows from `offset` on up to `limit`, and how many there are in all.
    """

    read: Read
    finish: Finish = lambda _opened, _asked, rows: rows
    page: Paged | None = None


def definitions(opened: Opened) -> dict[str, dict[str, Any]]:
    """Return every measure's declaration as published, with its `hash`, in their order."""
    found = opened.read(store_packs.DEFINITIONS)
    return {
        row["indicator_id"]: json.loads(row["definition"]) | {"hash": row["definitions_hash"]}
        for row in found.to_dict("records")
    }


def declared(measures: Iterable[dict[str, Any]]) -> list[Indicator]:
    """Return measures as declared; raise ReleaseMissing where this program understands one not."""
    try:
        return [
            Indicator.model_validate({key: told for key, told in one.items() if key != "hash"})
            for one in measures
        ]
    except ValidationError:
        raise ReleaseMissing(Fault("broken_release")) from None


def measure(one: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return a measure's row: what it is, without its whole declaration."""
    names = {f"name_{code}": one["name"][code] for code in ("fi", "sv", "en")}
    rolling = one.get("rolling")
    return {
        "indicator_id": one["id"],
        "name": one["name"][lang],
        **names,
        **{name: one[name] for name in ("kind", "cadence", "period")},
        "period_type": f"rolling{rolling}" if rolling else one["period"],
        "direction": one["direction"],
        "unit": one["unit"][lang],
        "decimals": one.get("decimals", 1),
        "definitions_hash": one["hash"],
    }


def named_lines(opened: Opened, asked: Sequence[str], areas: Sequence[str]) -> dict[str, str]:
    """Return measures and areas as the store's SQL takes them, after both are known.

    Raises
    ------
    AccessDenied
        An area may not be opened by the reader.
    Refused
        404 where the release has no such measure or area.
    """
    open_areas = opened.vintage.reader.open_areas
    if open_areas is not None and not open_areas.issuperset(areas):
        raise AccessDenied(Fault("access_denied"))
    if asked and not set(asked) <= set(opened.names(store_cells.MEASURES, "indicator_id")):
        raise Refused("unknown_indicator", 404)
    if areas and not set(areas) <= set(opened.names(store.AREAS, "area_code")):
        raise Refused("unknown_area", 404)
    return {"indicator_ids": "\n".join(asked), "area_codes": "\n".join(areas)}


def _indicators(opened: Opened, asked: AskedPages) -> pd.DataFrame:
    return pd.DataFrame([measure(one, asked.lang) for one in definitions(opened).values()])


def _areas(opened: Opened, asked: AskedPages) -> pd.DataFrame:
    found = opened.read(store.AREAS).drop(columns="position")
    found.insert(1, "name", found[f"name_{asked.lang}"])
    return found


def _events(opened: Opened, asked: AskedPages) -> pd.DataFrame:
    """Return the events; of the areas that one concerns, those that the reader may see."""
    found = opened.read(store.EVENTS).astype({"indicators": object, "areas": object})
    mine = opened.vintage.reader.readable
    areas = [json.loads(one or "[]") for one in found["areas"]]
    seen = [[one for one in some if mine is None or one in mine] for some in areas]
    measures = [json.loads(one or "[]") for one in found["indicators"]]
    found = found.assign(areas=pd.Series(seen, dtype=object))
    found = found.assign(indicators=pd.Series(measures, dtype=object))
    found.insert(3, "text", found[f"text_{asked.lang}"])
    return found


def _cells(opened: Opened, asked: AskedCells) -> pd.DataFrame:
    return opened.read(store_cells.CELLS, **_series_asked(opened, asked), **_days(asked))


def _cells_page(opened: Opened, asked: AskedCells) -> tuple[pd.DataFrame, int]:
    named = {**_series_asked(opened, asked), **_days(asked)}
    ends = {"limit": str(asked.limit), "offset": str(asked.offset)}
    count = opened.read(store_cells.CELLS_COUNT, **named)["cells"].iloc[0]
    return opened.read(store_cells.CELLS_PAGE, **named, **ends), int(count)


def _findings(opened: Opened, asked: AskedSplit) -> pd.DataFrame:
    return opened.read(store_cells.FOUND, **_series_asked(opened, asked))


def _told(opened: Opened, asked: AskedSplit, rows: pd.DataFrame) -> pd.DataFrame:
    """Return findings with their words: what a page says of the series, and the word beside."""
    known = definitions(opened)
    try:
        found = [Finding.from_json(one) for one in rows["finding"]]
    except (KeyError, TypeError, ValueError):
        raise ReleaseMissing(Fault("broken_release")) from None
    words = [
        sentence(one, _names(known[one.indicator_id], asked.lang), asked.lang) for one in found
    ]
    raw = [json.loads(one) for one in rows["finding"]]
    return rows.assign(
        word=[direction_word(one, asked.lang) for one in found],
        sentence=words,
        finding=pd.Series(raw, index=rows.index, dtype=object),
    )


def _names(one: dict[str, Any], lang: str) -> SeriesNames:
    return SeriesNames(one["name"][lang], "", one["unit"][lang], one.get("decimals", 1))


def _series(opened: Opened, asked: AskedSeries) -> pd.DataFrame:
    """Return one series with its limits and signals; raise Refused (404) where there is none."""
    named_lines(opened, [asked.indicator], [asked.area])
    own = measure(definitions(opened)[asked.indicator], asked.lang)["period_type"]
    key = {
        "indicator_id": asked.indicator,
        "area_code": asked.area,
        "period_type": asked.period_type or own,
        "breakdown": asked.breakdown,
        "category": asked.category,
    }
    found = opened.read(store.SERIES, **key)
    if found.empty:
        raise Refused("unknown_series", 404)
    for place, (name, value) in enumerate(key.items()):
        found.insert(place, name, value)
    start, end = (pd.Timestamp(one) if one else None for one in (asked.from_, asked.to))
    if start is not None:
        found = found[found["period_start"] >= start]
    return found if end is None else found[found["period_start"] <= end]


def _forecasts(opened: Opened, asked: AskedBetween) -> pd.DataFrame:
    lines = named_lines(opened, asked.indicator, asked.area)
    return opened.read(store_outside.FORECASTS, **lines, **_days(asked))


def _comparisons(opened: Opened, asked: AskedBetween) -> pd.DataFrame:
    lines = named_lines(opened, asked.indicator, asked.area)
    return opened.read(store_outside.COMPARISONS, **lines, **_days(asked))


def _series_asked(opened: Opened, asked: AskedSplit) -> dict[str, str]:
    return named_lines(opened, asked.indicator, asked.area) | {
        "period_type": asked.period_type or "",
        "breakdown": asked.breakdown,
        "category": asked.category,
    }


def _days(asked: AskedBetween) -> dict[str, str]:
    ends = {"start": asked.from_, "end": asked.to}
    return {name: day.isoformat() if day else "" for name, day in ends.items()}


INDICATORS, AREAS, EVENTS = Table(_indicators), Table(_areas), Table(_events)
CELLS = Table(_cells, page=_cells_page)
SERIES, FINDINGS = Table(_series), Table(_findings, _told)
FORECASTS, COMPARISONS = Table(_forecasts), Table(_comparisons)
