"""What is wrong with a release at first sight, before anything is solved for."""
# ruff: noqa: S608 - every query is composed of the constants below

from pathlib import Path

import duckdb

SAME_CELL = """h.indicator_id = o.indicator_id and h.area_code = o.area_code
    and h.period_type = o.period_type and h.breakdown = o.breakdown and h.category = o.category"""

HIDDEN = "(select * from rel.cells where status = 'c') h"

SIGHTS = {
    "number_in_hidden_cell": """select indicator_id, area_code, period_type, period_start,
            breakdown, category
        from rel.cells where status = 'c' and (numerator is not null or denominator is not null
            or value is not null or lower95 is not null or upper95 is not null)""",
    "small_number_shown": """select indicator_id, area_code, period_type, period_start,
            breakdown, category
        from book b join measures m using (indicator_id)
        where b.status <> 'c' and not b.latent and case
            when m.averaged then b.denominator < m.n_min
            else (b.numerator > 0 and b.numerator < m.k) or b.denominator < m.denominator_min
                or (b.numerator = 0 and (not m.show_zero or (m.kind = 'proportion'
                    and b.denominator < 20))) end""",
    "small_rest_shown": """select indicator_id, area_code, period_type, period_start,
            breakdown, category
        from book b join measures m using (indicator_id)
        where b.status <> 'c' and not b.latent and m.kind = 'proportion' and m.complement
            and ((b.denominator > b.numerator and b.denominator - b.numerator < m.k)
                or (b.denominator <= b.numerator and b.denominator < 20))""",
    "value_without_parts": """select indicator_id, area_code, period_type, period_start,
            breakdown, category
        from book b join measures m using (indicator_id)
        where b.status <> 'c' and not b.latent and b.value is not null
            and case when m.averaged then b.denominator is null
                when m.kind = 'proportion' then b.numerator is null or b.denominator is null
                else b.numerator is null end""",
    "point_of_hidden_cell": f"""select h.indicator_id, h.area_code, h.period_type, h.period_start,
            h.breakdown, h.category
        from rel.points o join {HIDDEN} on {SAME_CELL} and h.period_start = o.period_start""",
    "finding_of_hidden_cell": f"""select h.indicator_id, h.area_code, h.period_type,
            h.period_start, h.breakdown, h.category
        from rel.findings o join {HIDDEN} on {SAME_CELL} and h.period_start = o.latest_period
        where o.latest_value is not null
            or coalesce(o.finding ->> '$.latest_value', 'null') <> 'null'
            or coalesce(o.finding ->> '$.latest_lower', 'null') <> 'null'
            or coalesce(o.finding ->> '$.latest_upper', 'null') <> 'null'""",
    "comparison_of_hidden_cell": f"""select h.indicator_id, h.area_code, h.period_type,
            h.period_start, h.breakdown, h.category
        from rel.comparisons o join {HIDDEN} on h.indicator_id = o.indicator_id
            and h.area_code = o.area_code and h.period_start = o.period_start
            and h.period_type = o.period_type and h.breakdown = 'all' where o.z is not null""",
    "forecast_of_hidden_cell": f"""select distinct h.indicator_id, h.area_code, h.period_type,
            h.period_start, h.breakdown, h.category
        from rel.forecasts o join {HIDDEN} on h.indicator_id = o.indicator_id
            and h.area_code = o.area_code and h.period_start = o.made_at_period
            and h.breakdown = 'all'
        join rel.indicators i on i.indicator_id = o.indicator_id
            and h.period_type = (i.definition ->> '$.period')""",
}

SHOWN_BEFORE = f"""select h.indicator_id, h.area_code, h.period_type, h.period_start,
        h.breakdown, h.category
    from old.cells o join {HIDDEN} on {SAME_CELL} and h.period_start = o.period_start
    where o.status <> 'c' and (o.numerator is not null or o.value is not null)"""


def seen_at_once(reader: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, ...]]]:
    """Return the keys of the cells that break a rule by themselves, by what is wrong."""
    return {name: _keys(reader, query) for name, query in SIGHTS.items()}


def seen_before(reader: duckdb.DuckDBPyConnection, older: Path) -> list[tuple[str, ...]]:
    """Return the keys of hidden cells whose numbers the release `older` shows."""
    reader.execute(f"attach '{older}' as old (read_only)")
    try:
        return _keys(reader, SHOWN_BEFORE)
    finally:
        reader.execute("detach old")


def _keys(reader: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, ...]]:
    return [tuple(str(part) for part in row) for row in reader.execute(query).fetchall()]
