"""The same cells by Spark SQL on this machine's two cores: `python -m bench.peers.in_spark F OUT`.

The events are read once and kept; what Spark leaves to the user is set as for a small machine.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from pyspark.sql import DataFrame, SparkSession

from bench.peers.instance_files import (
    ASSESSMENT,
    CELL,
    EVENTS,
    LAST_AGES,
    NOTIFICATION,
    PEOPLE,
    PERSONS,
    climb,
    files,
    leaves,
)

EVENT_TYPES = """Tapahtuma string, Tapahtumapvm date, Asiakastunnus string, Kunta string,
    Alue string, `Ikä` tinyint, Aloituspvm date, Aloitus_arkipv int, Valmispvm date"""
PEOPLE_TYPES = "Vuosi int, Kunta string, Suuralue string, `Ikä` string, `Väestö_31_12` bigint"
KINDS = ", ".join(f"'{kind}'" for kind in PERSONS)
KINDS_BY_AGE = ", ".join(f"'{kind}'" for kind, has_ages in PERSONS.items() if has_ages)
AGES = " ".join(f"when `Ikä` <= {last} then '{name}'" for last, name in LAST_AGES.items())

TABLES = {
    "events": f"""
        select Tapahtuma as kind, Tapahtumapvm as day, xxhash64(Asiakastunnus) as person, leaf,
            Aloitus_arkipv as started, Valmispvm as done, case {AGES} end as age
        from told_events join named on name = coalesce(nullif(Alue, ''), Kunta)""",
    "population": """
        with told as (
            select Vuosi as y, area, replace(`Ikä`, '–', '-') as age, `Väestö_31_12` as people
            from told_people
            join named
                on name = coalesce(nullif(regexp_replace(Suuralue, '^[0-9]+ ', ''), ''), Kunta)
            join up using (leaf)
        )
        select area, y, coalesce(age, 'all') as age, sum(people) as people
        from told group by area, y, age grouping sets ((area, y, age), (area, y))""",
    "notifications": f"""
        with counted as (
            select leaf, trunc(day, 'month') as m, age, count(*) as n
            from events where kind = '{NOTIFICATION}' group by all
        ),
        months as (
            select area, m, coalesce(age, 'all') as age, sum(n) as n
            from counted join up using (leaf)
            group by area, m, age grouping sets ((area, m, age), (area, m))
        ),
        grains as (
            select area, age, n, stack(4, 'month', m, 'quarter', trunc(m, 'quarter'),
                'half_year', make_date(year(m), if(month(m) <= 6, 1, 7), 1),
                'year', trunc(m, 'year')) as (grain, start)
            from months
        )
        select area, age, grain, start, sum(n) as n from grains group by all""",
    "deadlines": f"""
        with assessments as (select * from events where kind = '{ASSESSMENT}'),
        months as (
            select 'started' as id, leaf, trunc(date_add(day, 14), 'month') as m,
                count_if(started <= 7) as n, count(*) as d
            from assessments group by all
            union all
            select 'done', leaf, trunc(done, 'month'),
                count_if(done <= add_months(day, 3)), count(*)
            from assessments where done is not null group by all
        ),
        grains as (
            select id, area, n, d, stack(2, 'year', trunc(m, 'year'),
                'half_year', add_months(m, - (month(m) + 2) % 6)) as (grain, start)
            from months join up using (leaf)
        )
        select id, area, grain, start, sum(n) as n, sum(d) as d from grains group by all""",
    "persons": f"""
        with mine as (
            select kind, leaf, person, year(day) as y, age, month(day) <= 6 as is_first
            from events where kind in ({KINDS})
        ),
        years as (
            select kind, leaf, person, y, coalesce(age, 'all') as age,
                bool_or(is_first) as first, bool_or(not is_first) as second
            from mine
            group by kind, leaf, person, y, age
                grouping sets ((kind, leaf, person, y, age), (kind, leaf, person, y))
            having age is null or kind in ({KINDS_BY_AGE})
        ),
        wide as (
            select kind, area, person, y, age, bool_or(first) as first, bool_or(second) as second
            from years join up using (leaf) group by all
        )
        select kind, area, y, age, count_if(first) as h1, count_if(second) as h2, count(*) as y1
        from wide group by all""",
}
CELLS = """
    select 'cp_notifications_rate' as indicator_id, n.area as area_code, n.grain as period_type,
        n.start as period_start, n.age as category, n.n as numerator,
        coalesce(p.people, q.people) as denominator
    from notifications n
    left join population p on p.area = n.area and p.age = n.age and p.y = year(n.start)
    left join population q on q.area = n.area and q.age = n.age and q.y = year(n.start) - 1
    union all
    select 'cp_assessment_' || id, area, grain, start, 'all', n, d from deadlines
    union all
    select 'persons ' || k.kind, k.area, k.grain, k.start, k.age, k.n, p.people
    from (
        select kind, area, y, age, stack(3, 'half_year', make_date(y, 1, 1), h1,
            'half_year', make_date(y, 7, 1), h2, 'year', make_date(y, 1, 1), y1)
            as (grain, start, n)
        from persons
    ) k
    left join population p on p.area = k.area and p.age = k.age and p.y = k.y"""


def started() -> SparkSession:
    building = SparkSession.builder.master("local[2]").appName("bench")
    for name, value in {
        "spark.driver.memory": "4g",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }.items():
        building = building.config(name, value)
    return building.getOrCreate()


def read(spark: SparkSession, folder: Path, name: str, types: str) -> DataFrame:
    found = [str(one) for one in files(folder, name)]
    if found[0].endswith(".parquet"):
        return spark.read.parquet(*found)
    return spark.read.csv(found, sep=";", header=True, schema=types)


def of_pairs(spark: SparkSession, pairs: Iterable[tuple[str, str]], columns: str) -> DataFrame:
    """Return a small table; as words of SQL it needs no Python beside Java."""
    rows = ", ".join(f"('{one}', '{other}')" for one, other in pairs)
    return spark.sql(f"select * from values {rows} as pairs({columns})")


def main(folder: Path, out: Path) -> None:
    spark = started()
    of_pairs(spark, leaves(folder).items(), "name, leaf").createTempView("named")
    of_pairs(spark, climb(folder), "leaf, area").createTempView("up")
    read(spark, folder, EVENTS, EVENT_TYPES).createTempView("told_events")
    read(spark, folder, PEOPLE, PEOPLE_TYPES).createTempView("told_people")
    for name, sql in TABLES.items():
        spark.sql(sql).createTempView(name)
    for name in ("events", "population"):
        spark.catalog.cacheTable(name)
    with TemporaryDirectory() as made:
        # one sorted file; a sort of all would count everything twice, to know how it is spread
        cells = spark.sql(CELLS).repartition(1).sortWithinPartitions(*CELL)
        cells.write.parquet(f"{made}/cells")
        (part,) = Path(made).glob("cells/*.parquet")
        out.write_bytes(part.read_bytes())
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
