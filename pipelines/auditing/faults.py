"""What is wrong with a release at first sight, before anything is solved for."""
# ruff: noqa: S608 - every query is composed of the constants below

import duckdb

Keys = list[tuple[str, ...]]

KEY = "indicator_id, area_code, period_type, period_start, breakdown, category"
HIDDEN_KEY = ", ".join(f"h.{one}" for one in KEY.split(", "))

SAME_CELL = """h.indicator_id = o.indicator_id and h.area_code = o.area_code
    and h.period_type = o.period_type and h.breakdown = o.breakdown and h.category = o.category"""

HIDDEN = "(select * from rel.cells where status = 'c') h"

OPEN = "b.status <> 'c' and not b.latent"

SIGHTS = {
    "number_in_hidden_cell": f"""select {KEY}
        from rel.cells where status = 'c' and (numerator is not null or denominator is not null
            or value is not null or lower95 is not null or upper95 is not null)""",
    "small_number_shown": f"""select {KEY}
        from book b join measures m using (indicator_id)
        where {OPEN} and not m.rounded and case
            when m.averaged then b.denominator < m.n_min
            else (b.numerator > 0 and b.numerator < m.k) or b.denominator < m.denominator_min
                or (b.numerator = 0 and (not m.show_zero or (m.kind = 'proportion'
                    and b.denominator < 20))) end""",
    "small_rest_shown": f"""select {KEY}
        from book b join measures m using (indicator_id)
        where {OPEN} and m.kind = 'proportion' and m.complement and not m.rounded
            and ((b.denominator > b.numerator and b.denominator - b.numerator < m.k)
                or (b.denominator <= b.numerator and b.denominator < 20))""",
    "value_without_parts": f"""select {KEY}
        from book b join measures m using (indicator_id)
        where {OPEN} and coalesce(b.value, b.lower95, b.upper95) is not null
            and case when m.averaged then b.denominator is null
                when m.kind = 'proportion' then b.numerator is null or b.denominator is null
                else b.numerator is null end""",
    "told_by_another_measure": f"""select {KEY}
        from told_across t join sides s using (node) join book b on b.id = s.id
        where b.status = 'c'""",
    "small_difference_shown": f"""select {KEY}
        from subsets u join sides s on s.node = u.child join book b on b.id = s.id
        join measures m using (indicator_id)
        where u.part is not null and u.total is not null and not m.rounded
            and ((u.total - u.part > 1e-6 and u.total - u.part < m.k)
                or (abs(u.total - u.part) <= 1e-6 and u.total < 20 and u.total > 0))""",
    "point_of_hidden_cell": f"""select {HIDDEN_KEY}
        from rel.points o join {HIDDEN} on {SAME_CELL} and h.period_start = o.period_start""",
    "finding_of_hidden_cell": f"""select {HIDDEN_KEY}
        from rel.findings o join {HIDDEN} on {SAME_CELL} and h.period_start = o.latest_period
        where o.latest_value is not null
            or coalesce(o.finding ->> '$.latest_value', 'null') <> 'null'
            or coalesce(o.finding ->> '$.latest_lower', 'null') <> 'null'
            or coalesce(o.finding ->> '$.latest_upper', 'null') <> 'null'""",
    "comparison_of_hidden_cell": f"""select {HIDDEN_KEY}
        from rel.comparisons o join {HIDDEN} on h.indicator_id = o.indicator_id
            and h.area_code = o.area_code and h.period_start = o.period_start
            and h.period_type = o.period_type and h.breakdown = 'all' where o.z is not null""",
    "forecast_of_hidden_cell": f"""select distinct {HIDDEN_KEY}
        from rel.forecasts o join {HIDDEN} on h.indicator_id = o.indicator_id
            and h.area_code = o.area_code and h.period_start = o.made_at_period
            and h.breakdown = 'all'
        join rel.indicators i on i.indicator_id = o.indicator_id
            and h.period_type = (i.definition ->> '$.period')""",
    "standardised_of_hidden_cell": f"""select distinct {HIDDEN_KEY}
        from rel.standardised o join {HIDDEN} on h.indicator_id = o.indicator_id
            and h.area_code = o.area_code and h.period_type = o.period_type
            and h.period_start = o.period_start
        join rel.indicators i on i.indicator_id = o.indicator_id
            and h.breakdown in ('all', i.definition ->> '$.standard.by')""",
}


def seen_at_once(reader: duckdb.DuckDBPyConnection) -> dict[str, Keys]:
    """Return the keys of the cells that break a rule by themselves, by what is wrong."""
    return {name: keys(reader, query) for name, query in SIGHTS.items()}


def keys(reader: duckdb.DuckDBPyConnection, query: str) -> Keys:
    """Return the rows of a query, all as texts, each once and in order."""
    found = {tuple(str(part) for part in row) for row in reader.execute(query).fetchall()}
    return sorted(found)
