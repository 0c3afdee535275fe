"""Total rows of an extract agree with the sum of the rows they repeat, or the steward is told."""

import duckdb

from pipelines.extracts.ledger import File, write_check
from pipelines.extracts.sql import run
from pipelines.extracts.typed import status_columns
from pipelines.hundreds import hundreds
from pipelines.naming import quoted
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.sources import Source, TotalRows

ROUNDING = 0.05
"""How far a rounded part may stray: one decimal is the coarsest that extracts write."""


def check_totals(connection: duckdb.DuckDBPyConnection, file: File, source: Source) -> None:
    """Compare every total row of `typed` with its parts, and enter the outcome in `checks`.

    A part that is hidden or missing leaves only "the known parts do not exceed the total" to be
    checked. A total whose `by` columns are empty is that of everything.

    Raises
    ------
    ExtractRejected
        When the declared columns do not allow the comparison.
    """
    for at, total in enumerate(source.total_rows):
        for name in total.check:
            try:
                compared, wrong = run(connection, _sql(source, at, total, name))[0]
            except duckdb.Error:
                raise ExtractRejected(Fault("load_declared_sql_fails")) from None
            if compared:
                write_check(
                    connection,
                    file,
                    f"total_rows:{total.column}:{name}",
                    f"{compared - wrong}/{compared}",
                    wrong,
                    "faults.load_totals_disagree" if wrong else "faults.load_totals_agree",
                    column=name,
                    count=hundreds(wrong),
                    compared=hundreds(compared),
                )


def _sql(source: Source, at: int, total: TotalRows, name: str) -> str:
    """Return SQL of how many totals were compared, and how many of them disagree."""
    value = quoted(name)
    hidden = f"{quoted(name + '__status')} is not null"
    hidden = hidden if name in status_columns(source) else f"{value} is null"
    keys = [quoted(one) for one in total.by]
    listed = "".join(f", {key}" for key in keys)
    own = [
        f"not _is_total_{other}"
        for other, one in enumerate(source.total_rows)
        if other == at or one.column not in total.by
    ]
    exact = " and ".join(f"p.{key} is not distinct from t.{key}" for key in keys) or "true"
    loose = " and ".join(f"(t.{key} is null or p.{key} = t.{key})" for key in keys) or "true"
    whole = source.columns.get(name)
    slack = "0" if whole is not None and whole.type == "integer" else f"{ROUNDING} * n + 1e-9"
    return f"""
    with parts as (
        select coalesce(sum({value}), 0) as s, count(*) filter (where {hidden}) as hidden,
            count(*) as n{listed}
        from typed where _in is not false and not _empty and {" and ".join(own)}
        group by all
    ),
    totals as (
        select _row, {value} as total{listed} from typed
        where _is_total_{at} and _in is not false and {value} is not null
    ),
    matched as (
        select t.*, p.s, p.hidden, p.n from totals t left join parts p on {exact}
    ),
    everything as (
        select t._row, sum(p.s) as s, sum(p.hidden) as hidden, sum(p.n) as n
        from matched t join parts p on {loose} where t.n is null group by t._row
    ),
    compared as (
        select m.total, coalesce(m.s, e.s, 0) as s, coalesce(m.hidden, e.hidden, 0) as hidden,
            coalesce(m.n, e.n, 0) as n
        from matched m left join everything e using (_row)
    )
    select count(*), count(*) filter (where case when hidden > 0 then s > total + {slack}
        else abs(s - total) > {slack} end) from compared"""  # noqa: S608
