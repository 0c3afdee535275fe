"""A whole small instance with every kind of measure, and releases made of given exact cells."""

import random
import shutil
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from small_instance import MEASURE, write_extract

from pipelines.account import digest_key
from pipelines.aggregate import aggregate
from pipelines.analyse import analyse_cells
from pipelines.load import load
from pipelines.protect import protect_cells
from pipelines.publish import publish
from pipelines.quality.holes import check_holes
from pipelines.validate import validate
from pipelines.working import working_database
from tilannehuone.instance import open_instance
from tilannehuone.release import CELL_KEYS

AS_OF = date(2025, 2, 10)
MOMENT = datetime(2025, 2, 10, 6, 15, tzinfo=UTC)
MONTHS = [date(year, month, 1) for year in (2022, 2023, 2024) for month in range(1, 13)]
AGES = ("0-12", "13-17")
VISITS = {"n1": 34, "n2": 11, "n3": 3, "s1": 26, "s2": 9}
COUNTIES = {"N": ["n1", "n2", "n3"], "S": ["s1", "s2"]}
NUMBERS = ["numerator", "denominator", "value"]

BY_AGE = """
    breakdowns:
      - {column: age, name: {fi: a, sv: b, en: c}}"""
PARTS = {
    "visits": f"{BY_AGE}\n    kind: count\n    numerator: {{from: visits, count: rows}}",
    "visits_rate": f"""{BY_AGE}
    standard: {{by: age, name: {{fi: a, sv: b, en: c}}, weights: {{"0-12": 2, "13-17": 1}}}}
    kind: rate\n    scale: 1000
    numerator: {{from: visits, count: rows}}\n    denominator: {{from: people, sum: people}}""",
    "done_share": """
    kind: proportion\n    scale: 100
    numerator: {from: visits, count: rows, where: "done = 'on'"}
    denominator: {from: visits, count: rows}""",
    "days_mean": """
    kind: mean
    numerator: {from: visits, sum: days}\n    denominator: {from: visits, count: rows}""",
    "days_median": "\n    kind: median\n    numerator: {from: visits, median: days}",
    "clients_share": """
    kind: distinct_rate\n    scale: 100
    numerator: {from: visits, distinct: client}\n    denominator: {from: people, sum: people}""",
}
INDICATORS = "instance:\n  name: {fi: Koe, sv: Prov, en: Trial}\nindicators:\n" + "".join(
    f"  - id: {name}{MEASURE}    cadence: month{part}\n" for name, part in PARTS.items()
)
SOURCES = """\
sources:
  visits:
    files: "visits.csv"
    shape: events
    absent_rows: zero
    columns:
      day: {type: date}
      client: {type: person}
      town: {type: category}
      age: {type: category}
      done: {type: category}
      days: {type: integer}
    area: {column: town}
    date: day
  people:
    files: "people.csv"
    shape: aggregate
    time: stock
    absent_rows: missing
    columns:
      year: {type: integer}
      town: {type: category}
      age: {type: category}
      people: {type: integer}
    area: {column: town}
    period: {year: year, type: year}
"""
AREAS = "area_code,area_type,parent_code,name_fi,name_sv,name_en,valid_from,valid_to\n" + "".join(
    f"{code},{kind},{above},{code.upper()}a,{code.upper()}b,{code.upper()}c,,\n"
    for code, kind, above in [
        ("FI", "country", ""), ("N", "county", "FI"), ("S", "county", "FI"),
        *((town, "town", county) for county, towns in COUNTIES.items() for town in towns),
    ]
)  # fmt: skip


def make_world(folder: Path) -> Path:
    """Write the instance and its extracts; return its folder."""
    (folder / "data/extracts").mkdir(parents=True)
    for name, content in {
        "indicators.yaml": INDICATORS,
        "data/sources.yaml": SOURCES,
        "data/areas.csv": AREAS,
        "data/events.yaml": "events: []\n",
    }.items():
        (folder / name).write_text(content, encoding="utf-8")
    write_extract(folder, "visits.csv", ["day;client;town;age;done;days", *visits()])
    people = [
        f"{year};{town.upper()}a;{age};{160 * count}"
        for year in (2021, 2022, 2023, 2024)
        for town, count in VISITS.items()
        for age in AGES
    ]
    write_extract(folder, "people.csv", ["year;town;age;people", *people])
    return folder


def visits() -> list[str]:
    """Return the delivered visits, one line each."""
    chance = random.Random(5)
    found = ["1.1.2022;p0;N1a;0-12;on;3", "31.12.2024;p0;N1a;0-12;on;3"]
    for start in MONTHS:
        days = monthrange(start.year, start.month)[1]
        for town, count in VISITS.items():
            for _ in range(chance.randint(count * 3 // 4, count * 5 // 4)):
                day = f"{chance.randint(1, days)}.{start.month}.{start.year}"
                who = f"{town}{chance.randint(1, 20 * count)}"
                age = AGES[chance.random() < 0.35]
                done = "on" if chance.random() < 0.7 else "ei"
                found.append(f"{day};{who};{town.upper()}a;{age};{done};{chance.randint(0, 40)}")
    return found


@dataclass(frozen=True, eq=False, repr=False)
class World:
    """An instance of which everything is done but protecting: its tables lie in `tables`."""

    folder: Path
    tables: Path
    unsafe: pd.DataFrame

    def release(self, place: Path, unsafe: pd.DataFrame, given=None) -> "Release":
        """Protect, analyse and publish these exact cells in a copy of the instance at `place`.

        `given` is a release whose mask, plan and report are taken instead of protecting.
        """
        shutil.copytree(self.folder, place, ignore=shutil.ignore_patterns("releases"))
        instance = open_instance(place)
        with duckdb.connect(":memory:") as working:
            working.execute(f"import database '{self.tables}'")
            fill(working, "unsafe_cells", unsafe)
            if given is None:
                report = protect_cells(working, instance.registry, instance.areas)
            else:
                report = given.report
                masked = unsafe.copy()
                masked[NUMBERS] = masked[NUMBERS].mask(given.hidden)
                masked["status"] = masked["status"].mask(given.hidden, "c")
                copied(working, "cells", masked.assign(lower95=np.nan, upper95=np.nan), given.path)
                copied(working, "plan", None, given.path)
            types = dict(zip(instance.areas["area_code"], instance.areas["area_type"], strict=True))
            protected = in_order(working, "cells")
            analyse_cells(working, instance.registry, (), area_types=types)
            made = publish(working, instance, report, MOMENT)
        return Release(made.path, report, protected["status"].eq("c"))


@dataclass(frozen=True, eq=False, repr=False)
class Release:
    """A published release: its file, its report, and which cells it hides (in key order)."""

    path: Path
    report: dict
    hidden: pd.Series


def copied(working, name, frame, release):
    """Make a table as the release at `release` has it, filled from `frame` or from there."""
    working.execute("attach ? as given (read_only)", [str(release)])
    working.execute(f"create or replace table {name} as from given.{name} limit 0")
    if frame is None:
        working.execute(f"insert into {name} from given.{name}")
    else:
        fill(working, name, frame)
    working.execute("detach given")


def fill(working, name, frame):
    """Replace the rows of a table; NaN is no number."""
    working.execute(f"delete from {name}")
    for start in range(0, len(frame), 100_000):
        working.register("frame", frame.iloc[start : start + 100_000])
        working.execute(f"""insert into {name} by name select * replace (
            nullif(numerator, 'nan') as numerator, nullif(denominator, 'nan') as denominator,
            nullif(value, 'nan') as value) from frame""")
        working.unregister("frame")


def in_order(working, name):
    return working.execute(f"from {name} order by {', '.join(CELL_KEYS)}").df()


def make_ready(folder: Path, tables: Path) -> World:
    """Load, validate and aggregate the instance, as a build does."""
    instance = open_instance(folder)
    with working_database(instance) as working:
        load(working, instance)
        validate(working, instance)
        assert aggregate(working, instance, AS_OF) == []
        check_holes(working, instance.registry)
        digest_key(instance.work)  # copies of the instance have the same
        passing = instance.work / "unsafe" / "tables"  # a build's database reaches no other place
        working.execute(f"export database '{passing}' (format parquet)")
        shutil.move(passing, tables)
        return World(folder, tables, in_order(working, "unsafe_cells"))
