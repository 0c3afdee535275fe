"""Scans of new files only: what was counted of the others is taken from where it was kept.

Sums and folded values add up over files. Distinct persons do not, but their masks do, and a year's
count follows from the masks of that year: years that no new, changed or vanished file has a row in
keep their counts. Where nothing but new files came, only the persons in them are counted: as they
were before and as they are now, and the kept counts move by the difference.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb

from pipelines.engines.engine import Folded, value_of
from pipelines.engines.local import Local
from pipelines.extracts.sql import path_literal, run
from pipelines.kept.store import PART, Store
from pipelines.kept.years import Years, within, years_of
from pipelines.naming import literal, quoted, raw_table
from tilannehuone.hindered import insist

FRESH, BEFORE = "unsafe_fresh", "_before"
KEYS = ("area_code", "y", "category")


class Keeping(Local):
    """DuckDB on this machine, over the rows of new files and the answers about the others."""

    def __init__(self, working: duckdb.DuckDBPyConnection, store: Store) -> None:
        super().__init__(working)
        self.store = store
        self.years: Years | None = None
        self.tables: set[str] = set()  # that have one beside them of what was there before

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
        if folded is None and reach is not None and self.years is not None:
            self._keep_of_years(self.years, table, select, source, reach)
            return
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
            self.years.hold()
            self.years = None
        super().forget([*tables, *(one + BEFORE for one in self.tables)], source)
        self.tables = set()

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
        """Keep the rows of years to be counted anew; of units in new files only, if that does."""
        answers = self._answers(source, folded.partial)
        label = _label(f"{folded.owner} {folded.partial}")
        files: dict[int, set[str]] = {}
        places: dict[str, str] = {}
        known = self._known(folded, source)
        for year, path in self.store.read(source, f"select y, filename from {known}"):
            name = Path(path).parent.name
            files.setdefault(year, set()).add(name.removesuffix(PART))
            places[name.removesuffix(PART)] = name
        years = years_of(self.store.of_years(source) / label, files)
        needed = {year + ahead for year in years.fresh(reach) for ahead in range(reach + 1)}
        told = ", ".join(one for _, one in self._columns(folded))
        columns, chosen = told, within(needed)
        if years.added:
            added = ", ".join(literal(places[one]) for one in sorted(years.added))
            new = f"parse_path(filename)[-2] in ({added})"
            columns = f"{told}, {new} as is_new"
            chosen += f" and {folded.unit} in (select {folded.unit} from {answers} where {new})"
        rows = f"select {columns} from {answers} where {chosen}"
        run(self.working, f"create or replace temp table {table} as {rows}")
        self.years, self.tables = years, set()
        if years.added:
            before = f"from {table} where not is_new"
            run(self.working, f"create or replace temp table {table}{BEFORE} as {before}")
            self.tables = {table}

    def _keep_of_years(
        self, years: Years, table: str, select: str, source: str, reach: int
    ) -> None:
        rows = f"from ({select}) rows_of_years where {within(years.fresh(reach))}"
        super().keep(table, rows, source)
        if years.added:
            super().keep(table + BEFORE, self._before(rows), source)
            self.tables.add(table)

    def _before(self, select: str) -> str:
        """Return the SELECT over what was there before the new files."""
        for table in self.tables:
            select = select.replace(table, table + BEFORE)
        return select

    def _known(self, folded: Folded, source: str) -> str:
        """Return SQL of the years that each file has rows in; of new files by what is answered."""
        name, new = _label(folded.partial), self.store.sources[source].new

        def of_file(number: int) -> str:
            answered = path_literal(new[number] / f"{name}.parquet")
            return f"select distinct y from read_parquet({answered})"

        return self.store.answers(source, f"{name}_years", of_file)

    def _scan_years(self, years: Years, table: str, select: str, source: str, reach: int) -> None:
        fresh = years.fresh(reach)
        counted = f"from ({select}) counted where {within(fresh)}"
        super().scan(FRESH, counted, source)
        kept = years.kept(_label(select))
        if years.added:
            super().scan(FRESH + BEFORE, self._before(counted), source)
            rows = self._moved(kept)
        elif kept.is_file():
            rows = f"from {FRESH} union all from read_parquet({path_literal(kept)})"
            rows += f" where not ({within(fresh)})"
        else:
            rows = f"from {FRESH}"
            if years.before:
                self.store.lacks(source)
        self.store.read(source, f"create or replace temp table {table} as {rows}")
        super().forget([FRESH, FRESH + BEFORE], source)
        self.store.write(years.place(_label(select)), f"from {table}")

    def _moved(self, kept: Path) -> str:
        """Return the SELECT that moves kept counts by what units of new files were and are."""
        described = run(self.working, f"describe {FRESH}")
        numbers = {quoted(str(name)): kind for name, kind, *_ in described if name not in KEYS}
        keys = ", ".join(KEYS)
        less = ", ".join(f"-{one} as {one}" for one in numbers)
        sums = ", ".join(f"cast(sum({one}) as {kind}) as {one}" for one, kind in numbers.items())
        return f"""
            select {keys}, {sums} from (
                from {FRESH}
                union all by name select * replace ({less}) from {FRESH}{BEFORE}
                union all by name from read_parquet({path_literal(kept)})
            ) moved group by {keys}"""

    def _give_up(self, source: str, error: duckdb.Error) -> None:
        insist(error)
        self.store.give_up(source)


def _label(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
