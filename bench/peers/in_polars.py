"""The same cells by polars: lazy scans, the streaming engine, all counts in one go.

`python -m bench.peers.in_polars FOLDER OUT`
"""

import sys
from pathlib import Path

import polars as pl

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

EVENT_TYPES = {
    "Tapahtuma": pl.String,
    "Tapahtumapvm": pl.Date,
    "Asiakastunnus": pl.String,
    "Kunta": pl.String,
    "Alue": pl.String,
    "Ikä": pl.Int8,
    "Aloituspvm": pl.Date,
    "Aloitus_arkipv": pl.Int32,
    "Valmispvm": pl.Date,
}
PEOPLE_TYPES = {
    "Vuosi": pl.Int32,
    "Kunta": pl.String,
    "Suuralue": pl.String,
    "Ikä": pl.String,
    "Väestö_31_12": pl.Int64,
}
KINDS = pl.Enum([ASSESSMENT, *PERSONS])
AGES = pl.Enum([*LAST_AGES.values(), "all"])
AGE_GROUPS = {
    year: next(name for last, name in LAST_AGES.items() if year <= last)
    for year in range(max(LAST_AGES) + 1)
}
ALL = pl.lit("all", dtype=AGES).alias("age")
HALF_YEAR = pl.date(pl.col("m").dt.year(), pl.col("m").dt.month().sub(1) // 6 * 6 + 1, 1)
# halves that begin in April and October
DEADLINE_HALF = pl.col("m").dt.offset_by(
    pl.format("-{}mo", (pl.col("m").dt.month().cast(pl.Int32) + 2) % 6)
)


def scan(folder: Path, name: str, types: dict[str, type[pl.DataType]]) -> pl.LazyFrame:
    """Return a source's files, yet unread."""
    found = files(folder, name)
    if found[0].suffix == ".parquet":
        return pl.scan_parquet(found)
    return pl.scan_csv(found, separator=";", schema=types)


def place(district: pl.Expr, names: dict[str, str]) -> pl.Expr:
    """Return the area that a district's name, or else a municipality, means."""
    areas = pl.Enum(sorted(set(names.values())))
    named = pl.when(district != "").then(district).otherwise(pl.col("Kunta"))
    return named.replace_strict(names, default=None, return_dtype=areas).alias("leaf")


def events_of(folder: Path, names: dict[str, str]) -> pl.LazyFrame:
    """Return the events, read once and narrow."""
    narrow = scan(folder, EVENTS, EVENT_TYPES).select(
        pl.col("Tapahtuma").cast(KINDS).alias("kind"),
        pl.col("Tapahtumapvm").alias("day"),
        pl.col("Asiakastunnus").hash().alias("person"),
        place(pl.col("Alue"), names),
        pl.col("Aloitus_arkipv").alias("started"),
        pl.col("Valmispvm").alias("done"),
        pl.col("Ikä").replace_strict(AGE_GROUPS, return_dtype=AGES).alias("age"),
    )
    return narrow.drop_nulls("leaf").collect(engine="streaming").lazy()


def population_of(folder: Path, names: dict[str, str], up: pl.LazyFrame) -> pl.LazyFrame:
    """Return people by area, year and age, and of all ages."""
    told = scan(folder, PEOPLE, PEOPLE_TYPES).select(
        pl.col("Vuosi").cast(pl.Int32).alias("y"),
        place(pl.col("Suuralue").str.replace("^[0-9]+ ", ""), names),
        pl.col("Ikä").str.replace("–", "-").cast(AGES).alias("age"),
        pl.col("Väestö_31_12").cast(pl.Int64).alias("denominator"),
    )
    return both_ages(told.join(up, on="leaf"), pl.col("denominator").sum(), "area", "y")


def both_ages(rows: pl.LazyFrame, counted: pl.Expr, *keys: str) -> pl.LazyFrame:
    """Return a sum by age and of all ages."""
    by_age = rows.group_by(*keys, "age").agg(counted)
    return pl.concat([by_age, by_age.with_columns(ALL).group_by(*keys, "age").agg(counted)])


def by_grain(months: pl.LazyFrame, grains: dict[str, pl.Expr], *keys: str) -> pl.LazyFrame:
    """Return what months hold, summed to each grain."""
    return pl.concat([
        months.group_by(*keys, pl.lit(name).alias("period_type"), start.alias("period_start"))
        .agg(pl.col("^numerator|denominator$").sum())
        for name, start in grains.items()
    ])  # fmt: skip


def notifications(events: pl.LazyFrame, people: pl.LazyFrame, up: pl.LazyFrame) -> pl.LazyFrame:
    month = pl.col("day").dt.truncate("1mo").alias("m")
    counted = (
        events.filter(kind=NOTIFICATION).group_by("leaf", month, "age").agg(numerator=pl.len())
    )
    months = both_ages(
        counted.join(up, on="leaf"), pl.col("numerator").cast(pl.Int64).sum(), "area", "m"
    )
    start = pl.col("m").dt
    grains = {
        "month": pl.col("m"),
        "quarter": start.truncate("1q"),
        "half_year": HALF_YEAR,
        "year": start.truncate("1y"),
    }
    cells = by_grain(months, grains, "area", "age").with_columns(y=pl.col("period_start").dt.year())
    before = people.with_columns(pl.col("y") + 1).rename({"denominator": "before"})
    return (
        cells.join(people, on=["area", "age", "y"], how="left")
        .join(before, on=["area", "age", "y"], how="left")
        .with_columns(
            pl.lit("cp_notifications_rate").alias("indicator_id"),
            pl.coalesce("denominator", "before").alias("denominator"),
        )
    )


def deadlines(events: pl.LazyFrame, up: pl.LazyFrame) -> pl.LazyFrame:
    mine = events.filter(kind=ASSESSMENT)
    in_time = {
        "started": (mine, pl.col("day").dt.offset_by("14d"), pl.col("started") <= 7),
        "done": (
            mine.drop_nulls("done"),
            pl.col("done"),
            pl.col("done") <= pl.col("day").dt.offset_by("3mo"),
        ),
    }
    months = pl.concat([
        rows.group_by("leaf", day.dt.truncate("1mo").alias("m"))
        .agg(numerator=met.sum().cast(pl.Int64), denominator=pl.len().cast(pl.Int64))
        .with_columns(pl.lit(f"cp_assessment_{name}").alias("indicator_id"))
        for name, (rows, day, met) in in_time.items()
    ])  # fmt: skip
    grains = {"half_year": DEADLINE_HALF, "year": pl.col("m").dt.truncate("1y")}
    cells = by_grain(months.join(up, on="leaf"), grains, "indicator_id", "area")
    return cells.with_columns(ALL)


def persons(events: pl.LazyFrame, kind: str, age: pl.Expr, up: pl.LazyFrame) -> pl.LazyFrame:
    """Return how many persons had an event in each half-year and year."""
    first, second = pl.col("first").any(), pl.col("second").any()
    month, keys = pl.col("day").dt.month(), ("person", "y", "age")
    return (
        events.filter(kind=kind)
        .group_by("person", "leaf", pl.col("day").dt.year().alias("y"), age)
        .agg(first=(month <= 6).any(), second=(month > 6).any())
        .join(up, on="leaf")
        .group_by("area", *keys)
        .agg(first, second)
        .group_by("area", "y", "age")
        .agg(pl.col("first", "second").sum(), year=pl.len())
        .with_columns(pl.lit(f"persons {kind}").alias("indicator_id"))
    )


def persons_cells(counted: pl.LazyFrame, people: pl.LazyFrame) -> pl.LazyFrame:
    """Return a row for each half-year and year of those counted."""
    month = pl.when(pl.col("part") == "second").then(7).otherwise(1)
    grain = pl.when(pl.col("part") == "year").then(pl.lit("year")).otherwise(pl.lit("half_year"))
    return (
        counted.join(people, on=["area", "age", "y"], how="left")
        .unpivot(
            ["first", "second", "year"],
            index=["indicator_id", "area", "y", "age", "denominator"],
            variable_name="part",
            value_name="numerator",
        )
        .with_columns(grain.alias("period_type"), pl.date("y", month, 1).alias("period_start"))
    )


def main(folder: Path, out: Path) -> None:
    names = leaves(folder)
    events = events_of(folder, names)
    leaf = events.collect_schema()["leaf"]
    up = pl.LazyFrame(climb(folder), schema=["leaf", "area"], orient="row")
    up = up.filter(pl.col("leaf").is_in(sorted(set(names.values())))).cast({"leaf": leaf})
    people = population_of(folder, names, up).collect().lazy()
    parts = [notifications(events, people, up), deadlines(events, up)]
    for kind, has_ages in PERSONS.items():
        for age in (ALL, pl.col("age")) if has_ages else (ALL,):
            parts.append(persons_cells(persons(events, kind, age, up), people))
    counted = pl.collect_all([in_order(one) for one in parts], engine="streaming")
    pl.concat(counted).sort(*CELL).write_parquet(out)


def in_order(cells: pl.LazyFrame) -> pl.LazyFrame:
    """Return the columns that all share."""
    named = cells.rename({"area": "area_code", "age": "category"})
    return named.select(CELL).with_columns(
        pl.col("category").cast(pl.String), pl.col("numerator", "denominator").cast(pl.Int64)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
