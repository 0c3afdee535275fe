"""Scans of new files only: what was counted of the others is taken from where it was kept.

Sums and folded values add up over files. Distinct persons do not, but their masks do, and a year's
count follows from the masks of that year: years that no new, changed or vanished file has a row in
keep their counts.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb

from pipelines.engines.engine import Folded, value_of
from pipelines.engines.local import Local
from pipelines.extracts.sql import path_literal, run
from pipelines.kept.store import PART, Store
from pipelines.naming import quoted, raw_table
from tilannehuone.hindered import insist

SIGNATURES = "signatures.json"
FRESH = "unsafe_fresh"


@dataclass(frozen=True)
class _Years:
    """What is known of the years of a part: where their counts lie, and which have changed."""

    folder: Path
    signatures: dict[int, str]  # of the files that have rows in a year
    changed: frozenset[int]

    def fresh(self, reach: int) -> set[int]:
        """Return the years to count anew, where a count follows from so many years after it."""
        return {year - back for year in self.changed for back in range(reach + 1)}


class Keeping(Local):
    """DuckDB on this machine, over the rows of new files and the answers about the others."""

    def __init__(self, working: duckdb.DuckDBPyConnection, store: Store) -> None:
        super().__init__(working)
        self.store = store
        self.years: _Years | None = None

    def values(self, source: str, column: str) -> list[str]:
        """Return the different texts of a column in all files."""
        if not self.store.holds(source):
            return super().values(source, column)
        asked = f"select distinct {value_of(quoted(column))} as value from {raw_table(source)}"
        told = self._answers(source, asked)
        found = self.store.read(source, f"select distinct value from {told} order by 1")
        return [row[0] for row in found]

    def days(self, source: str, column: str) -> list[tuple[date | None, date | None]]:
        """Return for each file the first and the last day of a date column (SQL)."""
        if not self.store.holds(source):
            return super().days(source, column)
        asked = f"select min({column}) as a, max({column}) as b from {raw_table(source)}"
        told = self.store.read(source, f"select a, b from {self._answers(source, asked)}")
        return [(first, last) for first, last in told]

    def keep(
        self,
        table: str,
        select: str,
        source: str,
        folded: Folded | None = None,
        reach: int | None = None,
    ) -> None:
        """Keep rows for later scans; rows of years only of those that have to be counted anew."""
        self.years = None if reach is not None else self.years
        if self.store.holds(source) and folded is not None and reach is not None:
            try:
                self._keep_years(table, folded, source, reach)
            except duckdb.Error as error:
                self._give_up(source, error)
            else:
                return
        super().keep(table, select, source)

    def forget(self, tables: Sequence[str], source: str) -> None:
        """Drop the tables; the counts of a part's years are whole now."""
        if self.years is not None:
            told = {str(year): one for year, one in self.years.signatures.items()}
            (self.years.folder / SIGNATURES).write_text(json.dumps(told), encoding="utf-8")
            self.years = None
        super().forget(tables, source)

    def scan(
        self,
        table: str,
        select: str,
        source: str,
        folded: Folded | None = None,
        reach: int | None = None,
    ) -> None:
        """Make the temporary `table`; raise ScanFailed when the SELECT fails on some row.

        Raises
        ------
        Unkept
            When it cannot be told without rows that are not loaded.
        """
        if reach is not None and self.years is not None:
            self._scan_years(self.years, table, select, source, reach)
            return
        if self.store.holds(source) and folded is not None:
            try:
                run(
                    self.working,
                    f"create or replace temp table {table} as {self._all(folded, source)}",
                )
            except duckdb.Error as error:
                self._give_up(source, error)
            else:
                return
        super().scan(table, select, source)

    def _answers(self, source: str, asked: str) -> str:
        def of_file(number: int) -> str:
            raw = raw_table(source)
            return asked.replace(raw, f"(from {raw} where file_id = {number})")

        return self.store.answers(source, _label(asked), of_file)

    def _all(self, folded: Folded, source: str) -> str:
        """Return the SELECT that puts the answers of all files together."""
        columns, groups = [], []
        for at, (name, told) in enumerate(self._columns(folded), start=1):
            if name in folded.merged:
                columns.append(f"{folded.merged[name]} as {quoted(name)}")
            else:
                columns.append(told)
                groups.append(str(at))
        answers = self._answers(source, folded.partial)
        return f"select {', '.join(columns)} from {answers} group by {', '.join(groups)}"

    def _columns(self, folded: Folded) -> list[tuple[str, str]]:
        """Return the columns of an answer, and SQL of each as it was before it was kept."""
        described = run(self.working, f"describe {folded.partial}")
        # texts of an enumeration are kept as texts: it may have had fewer of them then
        return [
            (str(name), f"cast({quoted(str(name))} as {kind}) as {quoted(str(name))}")
            for name, kind, *_ in described
        ]

    def _keep_years(self, table: str, folded: Folded, source: str, reach: int) -> None:
        answers = self._answers(source, folded.partial)
        folder = self.store.of_years(source) / _label(f"{folded.owner} {folded.partial}")
        folder.mkdir(mode=0o700, exist_ok=True)
        files: dict[int, set[str]] = {}
        known = self._known(folded, source)
        for year, path in self.store.read(source, f"select y, filename from {known}"):
            files.setdefault(year, set()).add(Path(path).parent.name.removesuffix(PART))
        now = {year: _label(" ".join(sorted(names))) for year, names in files.items()}
        before = _signatures(folder / SIGNATURES)
        changed = {year for year in {*now, *before} if now.get(year) != before.get(year)}
        years = _Years(folder, now, frozenset(changed))
        needed = {year + ahead for year in years.fresh(reach) for ahead in range(reach + 1)}
        told = ", ".join(one for _, one in self._columns(folded))
        rows = f"select {told} from {answers} where {_within(needed)}"
        run(self.working, f"create or replace temp table {table} as {rows}")
        self.years = years

    def _known(self, folded: Folded, source: str) -> str:
        """Return SQL of the years that each file has rows in; of new files by what is answered."""
        name, new = _label(folded.partial), self.store.sources[source].new

        def of_file(number: int) -> str:
            answered = path_literal(new[number] / f"{name}.parquet")
            return f"select distinct y from read_parquet({answered})"

        return self.store.answers(source, f"{name}_years", of_file)

    def _scan_years(self, years: _Years, table: str, select: str, source: str, reach: int) -> None:
        fresh = years.fresh(reach)
        super().scan(FRESH, select, source)
        rows = f"select * from {FRESH} where {_within(fresh)}"
        kept = years.folder / f"{_label(select)}.parquet"
        if kept.is_file():
            rows += f" union all select * from read_parquet({path_literal(kept)})"
            rows += f" where not ({_within(fresh)})"
        elif not fresh.issuperset(years.signatures):
            self.store.lacks(source)
        self.store.read(source, f"create or replace temp table {table} as {rows}")
        run(self.working, f"drop table {FRESH}")
        self.store.write(kept, f"from {table}")

    def _give_up(self, source: str, error: duckdb.Error) -> None:
        insist(error)
        self.store.give_up(source)


def _within(years: set[int]) -> str:
    return f"y in ({', '.join(map(str, sorted(years)))})" if years else "false"


def _label(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


def _signatures(path: Path) -> dict[int, str]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {int(year): str(one) for year, one in told.items()}
    except (OSError, ValueError, AttributeError):
        return {}
