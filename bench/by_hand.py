"""The same cells by hand-written DuckDB SQL, the limit to be measured against.

It knows this one source's columns, areas and measures by heart, checks nothing and keeps no line
numbers; it uses the same tricks: one scan for what adds up, twelve-bit masks for persons.
`python -m bench.by_hand FOLDER OUT`
"""

import sys
from pathlib import Path

import duckdb

COLUMNS = """{'Tapahtuma': 'VARCHAR', 'Tapahtumapvm': 'DATE', 'Asiakastunnus': 'VARCHAR',
    'Kunta': 'VARCHAR', 'Alue': 'VARCHAR', 'Ikä': 'TINYINT', 'Aloituspvm': 'DATE',
    'Aloitus_arkipv': 'INTEGER', 'Valmispvm': 'DATE'}"""

AREAS = """
create table area_rows as
    select * from read_csv('{folder}/data/areas.csv', all_varchar = true, header = true);
create table up as
    with recursive climb as (
        select distinct area_code as leaf, area_code as area, parent_code from area_rows
        union
        select c.leaf, a.area_code, a.parent_code
        from climb c join area_rows a on a.area_code = c.parent_code
    )
    select distinct leaf, area from climb;
create table named as
    select name_fi as name, min(area_code) as leaf from area_rows
    where area_type in ('district', 'municipality', 'network_region') group by all
    union select 'Koillinen alue', 'network_tampere'
    union select distinct area_code, area_code from area_rows where area_type = 'municipality';
"""

EVENTS = """
create table events as
    select e.Tapahtuma as kind, e.Tapahtumapvm as day, hash(e.Asiakastunnus) as person,
        n.leaf, e.Aloitus_arkipv as started, e.Valmispvm as done,
        case when e.Ikä <= 2 then '0-2' when e.Ikä <= 6 then '3-6' when e.Ikä <= 12 then '7-12'
            when e.Ikä <= 15 then '13-15' else '16-17' end as age
    from {events} e join named n on n.name = coalesce(nullif(e.Alue, ''), e.Kunta);
create table people as
    select cast(v.Vuosi as integer) as y, n.leaf, replace(v.Ikä, '–', '-') as age,
        cast(v.Väestö_31_12 as integer) as people
    from {people} v join named n
        on n.name = coalesce(nullif(regexp_replace(v.Suuralue, '^[0-9]+ ', ''), ''), v.Kunta);
create table population as
    select u.area, p.y, p.age, sum(p.people) as people
    from people p join up u using (leaf) group by all
    union all
    select u.area, p.y, 'all', sum(p.people) from people p join up u using (leaf) group by all;
"""

SUMS = """
create table counted as
    select leaf, date_trunc('month', day) as m, age, count(*) as n
    from events where kind = 'Lastensuojeluilmoitus' group by all;
create table started as
    select leaf, date_trunc('month', day + 14) as m,
        count(*) filter (where started <= 7) as n, count(*) as d
    from events where kind = 'Palvelutarpeen arviointi' group by all;
create table done as
    select leaf, date_trunc('month', done) as m,
        count(*) filter (where done <= day + interval 3 month) as n, count(*) as d
    from events where kind = 'Palvelutarpeen arviointi' and done is not null group by all;
create table notifications as
    with ages as (
        select u.area, c.m, c.age, sum(c.n) as n from counted c join up u using (leaf) group by all
        union all
        select u.area, c.m, 'all', sum(c.n) from counted c join up u using (leaf) group by all
    )
    select area, age, 'month' as grain, m as start, n from ages
    union all select area, age, 'quarter', date_trunc('quarter', m), sum(n) from ages group by all
    union all select area, age, 'half_year',
        make_date(year(m), case when month(m) <= 6 then 1 else 7 end, 1), sum(n)
        from ages group by all
    union all select area, age, 'year', date_trunc('year', m), sum(n) from ages group by all;
create table deadlines as
    with rows as (
        select 'started' as id, u.area, m, n, d from started join up u using (leaf)
        union all select 'done', u.area, m, n, d from done join up u using (leaf)
    )
    select id, area, 'half_year' as grain,
        date_trunc('month', m - to_months(cast((month(m) + 2) % 6 as integer))) as start,
        sum(n) as n, sum(d) as d
    from rows group by all
    union all select id, area, 'year', date_trunc('year', m), sum(n), sum(d) from rows group by all;
"""

PERSONS = """
create or replace table years as
    select person, leaf, year(day) as y, {age} as age,
        bit_or(cast(1 << (month(day) - 1) as smallint)) as mask
    from events where kind = '{kind}' group by all;
create or replace table single as
    select person, y, age, min(leaf) as leaf, bit_or(mask) as mask, min(leaf) <> max(leaf) as many
    from years group by all;
insert into persons
    with once as (
        select leaf, y, age, {counts} from single where not many group by all
    ),
    several as (
        select u.area, s.person, s.y, s.age, bit_or(s.mask) as mask
        from years s semi join (select person, y, age from single where many)
            using (person, y, age)
        join up u on u.leaf = s.leaf group by all
    ),
    wide as (
        select u.area, y, age, {sums} from once join up u using (leaf) group by all
        union all select area, y, age, {counts} from several group by all
    )
    select '{kind}', area, y, age, {sums} from wide group by all;
"""

KINDS = {
    "Lastensuojeluilmoitus": ("'all'", "age"),
    "Avohuollon asiakkuus": ("'all'", "age"),
    "Kiireellinen sijoitus": ("'all'",),
    "Kodin ulkopuolinen sijoitus": ("'all'",),
}

COUNTS = """count(*) filter (where mask & 63 <> 0) as h1,
    count(*) filter (where mask & 4032 <> 0) as h2, count(*) as y1"""
SUMMED = "sum(h1) as h1, sum(h2) as h2, sum(y1) as y1"

CELLS = """
create table cells as
    select 'cp_notifications_rate' as indicator_id, n.area as area_code, n.grain as period_type,
        n.start as period_start, n.age as category, n.n as numerator,
        coalesce(p.people, q.people) as denominator
    from notifications n
    left join population p on p.area = n.area and p.age = n.age and p.y = year(n.start)
    left join population q on q.area = n.area and q.age = n.age and q.y = year(n.start) - 1
    union all select 'cp_assessment_' || id, area, grain, start, 'all', n, d from deadlines
    union all select 'persons ' || k.kind, k.area, v.grain, v.start, k.age, v.n, p.people
    from persons k, lateral (values
        ('half_year', make_date(k.y, 1, 1), k.h1), ('half_year', make_date(k.y, 7, 1), k.h2),
        ('year', make_date(k.y, 1, 1), k.y1)) v(grain, start, n)
    left join population p on p.area = k.area and p.age = k.age and p.y = k.y;
"""


def read(folder: Path, name: str, columns: str = "") -> str:
    """Return the table function that reads a source's files."""
    files = folder / "data/extracts"
    if any(files.glob(f"{name}*.parquet")):
        return f"read_parquet('{files}/{name}*.parquet')"
    typed = f", columns = {columns}" if columns else ""
    return f"read_csv('{files}/{name}*.csv', delim = ';', header = true{typed})"


def main(folder: Path, out: Path) -> None:
    scratch = out.with_suffix(".duckdb")
    with duckdb.connect(str(scratch), config={"memory_limit": "1500MB"}) as hand:
        hand.execute("set preserve_insertion_order = false")
        hand.execute(AREAS.format(folder=folder))
        events = read(folder, "lastensuojelu_tapahtumat_", COLUMNS)
        hand.execute(EVENTS.format(events=events, people=read(folder, "vaesto_")))
        hand.execute(SUMS)
        hand.execute("""create table persons (kind varchar, area varchar, y integer, age varchar,
            h1 bigint, h2 bigint, y1 bigint)""")
        for kind, ages in KINDS.items():
            for age in ages:
                hand.execute(PERSONS.format(kind=kind, age=age, counts=COUNTS, sums=SUMMED))
        hand.execute(CELLS)
        hand.execute(f"copy (from cells order by all) to '{out}' (format parquet)")
    scratch.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
