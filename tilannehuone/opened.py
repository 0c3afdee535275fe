"""A release opened for reading: the Python interface of researchers, pages' code and the web's.

A release file, an instance folder (its current release) and a sealed extract (folder or `.zip`)
open alike and answer alike. Columns and dtypes are a promise, given in `tilannehuone.opened_types`;
a hidden cell has status `c` and NaN for every number, never a zero and never an absent row.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import duckdb
import pandas as pd

from tilannehuone import finding as findings_told
from tilannehuone import opened_types, store, store_cells
from tilannehuone.finding import Finding
from tilannehuone.opened_asking import Asking, Day, Names, between, iso, without_area
from tilannehuone.opened_facts import citation, facts_html, parsed
from tilannehuone.opened_places import opened_place
from tilannehuone.opened_types import typed

ALL = "all"
"""The undivided series: what `breakdown` and `category` say where nothing is divided."""

EVERY = "*"
"""Every period type, breakdown or category there is."""


def open_release(path: str | Path) -> "Release":
    """Return the release at `path`, opened for reading.

    Parameters
    ----------
    path
        A release file (`.duckdb`), an instance folder or its `data/releases` (the current
        release), or a sealed extract: its folder, or its `.zip`.

    Raises
    ------
    ReleaseMissing
        When there is no release there, or what is there cannot be read. `str()` of it is one
        line that says which and why.
    """
    release, place = opened_place(Path(path))
    return Release(place, release)


@dataclass(frozen=True)
class Release:
    """One release: what it says of itself, its measures, areas and events, and its figures.

    Made by `open_release`; it is a context manager, and `close` frees the file. Frames are the
    caller's own: changing one changes nothing here. Who has a connection already may give it:
    `Release(seen, connection)`, where `seen` may be narrowed to some areas
    (`tilannehuone.store_scope`), so that nothing of the others is answered.
    """

    path: Path
    connection: duckdb.DuckDBPyConnection = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """The release's own name, its moment in UTC: `20250205T061500Z`."""
        return str(self._asking.facts["release_id"])

    @property
    def built_at(self) -> datetime:
        """When it was built, in UTC, without a zone."""
        built: datetime = self._asking.facts["built_at"]
        return built

    @property
    def facts(self) -> dict[str, Any]:
        """What it says of itself: the row of `release`, its JSON parts parsed (docs/release.md)."""
        return deepcopy(self._asking.facts)

    @property
    def indicators(self) -> pd.DataFrame:
        """The measures, in order.

        Columns indicator_id, name_fi, name_sv, name_en, kind, cadence, period, period_type (its
        own, that `series` takes by itself), direction, definitions_hash.
        """
        return typed(self._asking.read(store_cells.MEASURES), opened_types.INDICATOR)

    @property
    def areas(self) -> pd.DataFrame:
        """The areas, a row for each parent that an area has or had.

        Columns area_code, area_type, parent_code, name_fi, name_sv, name_en, valid_from, valid_to.
        """
        return typed(self._asking.read(store.AREAS), opened_types.AREA)

    @property
    def events(self) -> pd.DataFrame:
        """Events and breaks, oldest first.

        Columns date_from, date_to, kind, text_fi, text_sv, text_en, indicators and areas (lists;
        an empty one means all).
        """
        found = self._asking.read(store.EVENTS).astype({"indicators": object, "areas": object})
        for name in ("indicators", "areas"):
            found[name] = [parsed(one) or [] for one in found[name]]
        return typed(found, opened_types.EVENT)

    def series(
        self,
        indicator: str,
        area: str,
        period_type: str | None = None,
        breakdown: str = ALL,
        category: str = ALL,
        start: Day | None = None,
        end: Day | None = None,
    ) -> pd.DataFrame:
        """Return one series, a row a period, oldest first.

        Parameters
        ----------
        indicator, area
            The ids of a measure and an area (`indicators`, `areas`).
        period_type
            week, month, quarter, half_year, year or rolling<N>; without it the measure's own.
        breakdown, category
            A split of the measure and one of its categories; without them the total.
        start, end
            The first and last day that a period may begin on.

        Returns
        -------
        DataFrame
            Columns period_start (datetime64), numerator, denominator, value, lower95, upper95
            (float64), status, centre, lower, upper, near_lower, near_upper (float64), segment
            (Int64), signal, side, kind. The index counts rows: half-years and rolling windows
            are no pandas period. `attrs` names the release and the series.

        Raises
        ------
        NotInRelease
            When the measure, area, period type, breakdown or category is not there: one line,
            with the names nearest to it.
        """
        key = self._asking.key(indicator, area, period_type, breakdown, category)
        found = typed(self._asking.read(store.SERIES, **key), opened_types.SERIES)
        found = between(found, start, end)
        found.attrs.update(key, release_id=self.id)
        return found

    def cells(
        self,
        indicator: Names = None,
        area: Names = None,
        period_type: str | None = None,
        breakdown: str = ALL,
        category: str = EVERY,
        start: Day | None = None,
        end: Day | None = None,
    ) -> pd.DataFrame:
        """Return cells of many series, one row a cell ("long").

        As in `series`; `indicator` and `area` may be several or None for all, `period_type`,
        `breakdown` and `category` may be `"*"` for every one. Without `period_type` each measure
        is told by its own.

        Returns
        -------
        DataFrame
            Columns indicator_id, area_code, period_type, period_start, breakdown, category,
            numerator, denominator, value, lower95, upper95, status.
        """
        asked = self._asking.asked(indicator, area, period_type, breakdown, category)
        days = {"start": iso(start), "end": iso(end)}
        return typed(self._asking.read(store_cells.CELLS, **asked, **days), opened_types.CELL)

    def findings(
        self,
        indicator: Names = None,
        area: Names = None,
        period_type: str | None = None,
        breakdown: str = ALL,
        category: str = EVERY,
    ) -> pd.DataFrame:
        """Return what was found, one row a series; asked for as `cells`.

        Columns indicator_id, area_code, period_type, breakdown, category, known, ladder,
        latest_period, latest_value, latest_status, variation, assurance.
        """
        asked = self._asking.asked(indicator, area, period_type, breakdown, category)
        return typed(self._asking.read(store_cells.FOUND, **asked), opened_types.FINDING)

    def finding(
        self,
        indicator: str,
        area: str,
        period_type: str | None = None,
        breakdown: str = ALL,
        category: str = ALL,
    ) -> Finding:
        """Return the whole finding of one series (`tilannehuone.finding.Finding`)."""
        key = self._asking.key(indicator, area, period_type, breakdown, category)
        found = self._asking.read(store.FINDINGS, **without_area(key))
        told = found.loc[found["area_code"] == area, "finding"]
        return Finding.from_json(str(told.iloc[0]))

    def sentence(
        self,
        indicator: str,
        area: str,
        period_type: str | None = None,
        breakdown: str = ALL,
        category: str = ALL,
        lang: str = "fi",
    ) -> str:
        """Return the finding in words as the pages say it, in fi, sv or en."""
        told = self.finding(indicator, area, period_type, breakdown, category)
        return findings_told.sentence(told, self._asking.names(told, lang), lang)

    def definition(self, indicator: str) -> dict[str, Any]:
        """Return a measure's declaration as it was published."""
        return self._asking.definition(indicator)

    def citation(self, lang: str = "fi") -> str:
        """Return how the release is cited, read today."""
        return citation(self._asking.facts, lang, date.today())

    def close(self) -> None:
        """Close the file; nothing more is answered."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _repr_html_(self) -> str:
        counts = self._asking.read(store.TALLY).iloc[0]
        told = {"measures": len(self._asking.measures), "areas": len(self._asking.places)}
        return facts_html(
            self._asking.facts, told | {str(one): int(n) for one, n in counts.items()}
        )

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self.path, self.connection)
