"""Moving rejected rows out of the typed rows: each leaves once, with one reason, and is counted.

The counts in `files` move with the rows, so that read = loaded + quarantined + totals + other
holds before and after.
"""

from collections.abc import Mapping, Sequence

import duckdb

from pipelines.naming import quoted, raw_table
from pipelines.quality.counting import Tally
from pipelines.quality.repeats import listed, repeated_hashes, some_value, suspected
from pipelines.quality.rules import SHOWN_TYPES, Rule
from pipelines.quality.sql import literal
from tilannehuone.sources import Source

DUPLICATE_KEY = "duplicate_key"

REJECTED = """(row_id bigint, file_id smallint, line integer, column_name varchar,
    reason varchar, value varchar)"""
"""Rows about to move, in a temporary table of that name."""


def move_repeated_keys(working: duckdb.DuckDBPyConnection, name: str, source: Source) -> int:
    """Move every row whose key an earlier row has, and return how many.

    Earlier is by file and line. Where some of the key's columns have no value the rest decides; a
    row without any of them names nothing that another could repeat, and is left alone.
    """
    if not source.key:
        return 0
    hashes = repeated_hashes(working, raw_table(name), source.key, some_value(source.key))
    if not hashes:
        return 0
    _begin(working)
    key = listed(source.key)
    working.execute(
        f"""insert into rejected
            select row_id, file_id, line, {literal(", ".join(source.key))}, '{DUPLICATE_KEY}', null
            from (select rowid as row_id, file_id, line,
                         row_number() over (partition by {key} order by file_id, line) as place
                  from {raw_table(name)}
                  where {some_value(source.key)} and {suspected(source.key)})
            where place > 1""",  # noqa: S608
        [hashes],
    )
    return _move(working, name)


def move_bad_rows(
    working: duckdb.DuckDBPyConnection,
    name: str,
    rules: Sequence[Rule],
    tallies: Mapping[int, Tally],
) -> int:
    """Move the bad rows of every rule that moves rows, and return how many.

    A row that is bad by several rules goes by the first of them. Rules without a bad row, or whose
    SQL failed, are left out, so that a clean table is not read again.
    """
    found = [one for one in rules if one.moves_rows and tallies[one.number].unexpected > 0]
    if not found:
        return 0
    _begin(working)
    cases = " ".join(f"when ({rule.bad}\n) then {rule.number}" for rule in found)
    working.execute(
        f"""insert into rejected
            select row_id, file_id, line,
                   case rule {" ".join(map(_column, found))} end,
                   'rule:' || rule,
                   case rule {" ".join(map(_value, found))} end
            from (select *, rowid as row_id, case {cases} end as rule from {raw_table(name)})
            where rule is not null"""  # noqa: S608
    )
    return _move(working, name)


def hide_values(working: duckdb.DuckDBPyConnection, name: str, source: Source) -> None:
    """Clear the values in quarantine of every column that can be personal.

    The loader and the rules write none; this holds whatever they do. Texts are among the columns
    unless they say the area or the period.
    """
    period = source.period.model_dump() if source.period is not None else {}
    placing = {source.area.column, source.area.type_column, source.date, *period.values()}
    shown = [
        one
        for one, column in source.columns.items()
        if column.type in SHOWN_TYPES or (one in placing and column.type != "person")
    ]
    shown += [one for one in placing if one in source.column_names() - set(source.columns)]
    working.execute(
        """update quarantine set value = null
           where source = ? and value is not null and not coalesce(
               list_has_all(?::varchar[], string_split(column_name, ', ')), false)""",
        [name, shown],
    )


def _column(rule: Rule) -> str:
    of = literal(", ".join(rule.columns)) if rule.columns else "cast(null as varchar)"
    return f"when {rule.number} then {of}"


def _value(rule: Rule) -> str:
    shown = f"cast({quoted(rule.columns[0])} as varchar)" if rule.shows_value else "null"
    return f"when {rule.number} then {shown}"


def _begin(working: duckdb.DuckDBPyConnection) -> None:
    working.execute(f"create or replace temp table rejected {REJECTED}")


def _move(working: duckdb.DuckDBPyConnection, name: str) -> int:
    """Move the rows listed in `rejected` from the source's rows to quarantine."""
    working.execute(
        """insert into quarantine (source, file_id, line, column_name, reason, value)
           select ?, file_id, line, column_name, reason, value from rejected
           order by file_id, line""",
        [name],
    )
    working.execute(
        f"delete from {raw_table(name)} where rowid in (select row_id from rejected)"  # noqa: S608
    )
    working.execute(
        """update files
           set rows_loaded = rows_loaded - moved.n,
               rows_quarantined = rows_quarantined + moved.n
           from (select file_id, count(*) as n from rejected group by file_id) as moved
           where files.file_id = moved.file_id and files.source = ?""",
        [name],
    )
    count = working.execute("select count(*) from rejected").fetchall()[0][0]
    working.execute("drop table rejected")
    return int(count)
