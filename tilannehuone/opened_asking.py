"""Asking an opened release: what was asked for is checked by name, then read as the store reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from tilannehuone import store, store_cells, store_scope
from tilannehuone.errors import Fault
from tilannehuone.finding import Finding, SeriesNames
from tilannehuone.opened_facts import facts_of, parsed
from tilannehuone.opened_names import MOST_LETTERS, NotInRelease, require

Day = date | str
"""A day as a date or an ISO text: `"2025-02-01"`."""

Names = str | Sequence[str] | None
"""One name, several, or None for all of them."""

LANGUAGES = ("fi", "sv", "en")
ALL = "all"

Offered = Mapping[str, Iterable[str]]
"""Ids, and the names that each may be asked for by mistake."""


@dataclass(frozen=True)
class Asking:
    """A connection, and the path that says which areas of it are seen."""

    path: Path
    connection: duckdb.DuckDBPyConnection

    def read(self, sql: str, **named: str) -> pd.DataFrame:
        """Return the answer of one of the store's constants, narrowed as the path says."""
        return store_scope.fetch_as_seen(self.connection, self.path, sql, **named)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What the release says of itself."""
        return facts_of({str(key): one for key, one in self.read(store.FACTS).iloc[0].items()})

    @cached_property
    def measures(self) -> Offered:
        """The measures, in order, with their names."""
        return _named(self._indicators, "indicator_id")

    @cached_property
    def places(self) -> Offered:
        """The areas, with their names."""
        return _named(self.read(store.AREAS), "area_code")

    @cached_property
    def _indicators(self) -> pd.DataFrame:
        return self.read(store_cells.MEASURES)

    def key(
        self, indicator: str, area: str, period_type: str | None, breakdown: str, category: str
    ) -> dict[str, str]:
        """Return the key of one series that is there; else raise NotInRelease."""
        place = {
            "indicator_id": require("measure", indicator, self.measures),
            "area_code": require("area", area, self.places),
        }
        own = self._indicators.set_index("indicator_id")["period_type"]
        grains = self.read(store_cells.GRAINS, **place)["period_type"]
        splits = self.read(store_cells.SPLITS, **place)
        mine = splits.loc[splits["breakdown"] == breakdown, "category"]
        return place | {
            "period_type": require("period_type", period_type or str(own[indicator]), _ids(grains)),
            "breakdown": require("breakdown", breakdown, _ids(splits["breakdown"])),
            "category": require("category", category, _ids(mine)),
        }

    def asked(
        self, indicator: Names, area: Names, period_type: str | None, breakdown: str, category: str
    ) -> dict[str, str]:
        """Return what the SQL of many series is asked; else raise NotInRelease."""
        return {
            "indicator_ids": _lines("measure", indicator, self.measures),
            "area_codes": _lines("area", area, self.places),
            "period_type": period_type or "",
            "breakdown": breakdown,
            "category": category,
        }

    def definition(self, indicator: str) -> dict[str, Any]:
        """Return the declaration of a measure as it was published."""
        require("measure", indicator, self.measures)
        found = self.read(store.INDICATORS)
        told = found.loc[found["indicator_id"] == indicator, "definition"]
        return dict(parsed(str(told.iloc[0])))

    def names(self, finding: Finding, lang: str) -> SeriesNames:
        """Return what a series is called in a language, as its sentence needs it."""
        defined = self.definition(finding.indicator_id)
        areas = self.read(store.AREAS).set_index("area_code")[f"name_{lang}"]
        area = areas[~areas.index.duplicated()][finding.area_code]
        category = "" if finding.breakdown == ALL else finding.category
        words = (defined["name"][lang], str(area), defined["unit"][lang])
        return SeriesNames(*words, decimals=defined.get("decimals", 1), category=category)


def between(found: pd.DataFrame, start: Day | None, end: Day | None) -> pd.DataFrame:
    """Return the rows whose period begins on a day from `start` to `end`, both within."""
    begins = found["period_start"]
    first, last = iso(start) or begins.min(), iso(end) or begins.max()
    return found[begins.between(first, last)].reset_index(drop=True)


def iso(day: Day | None) -> str:
    """Return a day as ISO text, an absent one as an empty text.

    >>> iso(date(2025, 2, 5)), iso("2025-02-05"), iso(None)
    ('2025-02-05', '2025-02-05', '')

    Raises
    ------
    NotInRelease
        When a text is no day.
    """
    if day is None:
        return ""
    try:
        return date.fromisoformat(str(day)[:10]).isoformat()
    except ValueError:
        asked = {"asked": str(day)[:MOST_LETTERS]}
        raise NotInRelease(Fault("no_such_day", asked)) from None


def without_area(key: Mapping[str, str]) -> dict[str, str]:
    """Return the key of the series that every area has of its own."""
    return {name: one for name, one in key.items() if name != "area_code"}


def _named(found: pd.DataFrame, key: str) -> Offered:
    columns = [f"name_{lang}" for lang in LANGUAGES]
    rows = found[[key, *columns]].itertuples(index=False)
    return {str(code): [str(one) for one in names if pd.notna(one)] for code, *names in rows}


def _ids(found: Iterable[str]) -> Offered:
    return {str(one): () for one in found}


def _lines(kind: str, asked: Names, offered: Offered) -> str:
    named = [asked] if isinstance(asked, str) else list(asked or ())
    if asked is not None and not named:
        return "\n"  # none of them: an empty text would ask for all
    return "\n".join(require(kind, one, offered) for one in named)
