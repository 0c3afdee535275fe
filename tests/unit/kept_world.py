"""An instance whose visits come by quarter, counted in every way that a measure can be counted."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from small_instance import AREAS, AS_OF, MEASURE

from pipelines.aggregate import aggregate, stopped_sources
from pipelines.kept.engine import Keeping
from pipelines.kept.store import kept_folder, store_of
from pipelines.load import load
from pipelines.validate import validate
from pipelines.working import working_database
from tilannehuone.instance import open_instance

WORDS = "{fi: a, sv: b, en: c}"
SPLIT = "breakdowns: [{column: service, name: {fi: Laji, sv: Slag, en: Kind}}]"
INDICATORS = f"""\
instance:
  name: {{fi: Koe, sv: Prov, en: Trial}}
indicators:
  - id: visits{MEASURE}
    kind: count
    cadence: month
    numerator: {{from: visits, count: rows, where: "hours > 0.5"}}
    {SPLIT}
  - id: hours{MEASURE}
    kind: mean
    cadence: month
    numerator: {{from: visits, sum: hours}}
    denominator: {{from: visits, count: rows}}
  - id: wait{MEASURE}
    kind: median
    cadence: quarter
    numerator: {{from: visits, median: days}}
    {SPLIT}
  - id: clients{MEASURE}
    kind: count
    cadence: half_year
    numerator: {{from: visits, distinct: client}}
    {SPLIT}
  - id: winter_clients{MEASURE.replace("period: month", "period: half_year")}
    kind: count
    cadence: half_year
    half_year_anchor: apr
    numerator: {{from: visits, distinct: client, where: "service <> 'other'"}}
"""
SOURCES = f"""\
sources:
  visits:
    files: "visits*.csv"
    shape: events
    absent_rows: zero
    columns:
      day: {{header: [Day], type: date}}
      client: {{header: [Client], type: person}}
      service: {{header: [Service], type: category}}
      town: {{header: [Town], type: category}}
      hours: {{header: [Hours], type: decimal}}
      days: {{header: [Days], type: integer}}
      note: {{header: [Note], type: text, optional: true}}
    derived: {{size: "days * 2"}}
    area: {{column: town}}
    date: day
    max_rejected: 0.5
    checks:
      - rows: "days < 0"
        severity: warning
        message: {WORDS}
      - expect: expect_column_values_to_not_be_null
        with: {{column: client, mostly: 0.9}}
        severity: warning
        message: {WORDS}
"""
TOWNS = {"Ylälä": 20, "Alala": 14, "Suvela": 9, "Salola": 1}
QUARTERS = [date(year, month, 1) for year in (2022, 2023, 2024) for month in (1, 4, 7, 10)]
HEADER = "Day;Client;Service;Town;Hours;Days;Note"
TABLES = ("unsafe_cells", "indicator_state", "files", "quarantine", "checks", "source_state")


@dataclass(frozen=True)
class Found:
    """What a run came to: its tables, the measures that failed, and the rows it had to load."""

    tables: dict[str, list[Any]]
    failed: list[str]
    loaded: int


def make_world(folder: Path, quarters: int = 9) -> Path:
    (folder / "data/extracts").mkdir(parents=True)
    for name, text in {
        "indicators.yaml": INDICATORS,
        "data/sources.yaml": SOURCES,
        "data/areas.csv": AREAS,
        "data/events.yaml": "events: []\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    for quarter in QUARTERS[:quarters]:
        write_quarter(folder, quarter)
    return folder


def write_quarter(folder: Path, quarter: date, seed: int = 1, services: str = "abc") -> Path:
    """Write the visits of a quarter, some of them of the days before it, some of them wrong."""
    chance = random.Random(f"{quarter} {seed}")
    lines = [HEADER]
    for _ in range(chance.randint(250, 350)):
        day = quarter + timedelta(days=chance.randint(-20, 88))
        town = chance.choices(list(TOWNS), list(TOWNS.values()))[0]
        client = f"k{chance.randint(1000, 1400)}" if chance.random() > 0.02 else ""
        hours = f"{chance.randint(0, 4000) / 1000:.3f}".replace(".", ",")
        days = chance.randint(-1, 60) if chance.random() > 0.01 else "x"
        service = chance.choice([*services, "other", ""])
        lines.append(f"{day:%d.%m.%Y};{client};{service};{town};{hours};{days};jotain")
    path = folder / "data/extracts" / f"visits_{quarter:%Y_%m}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def counted(folder: Path, *, keeping: bool) -> Found:
    """Load, validate and count as a build does."""
    instance = open_instance(folder)
    kept = [kept_folder(instance)] if keeping else []
    with working_database(instance, *kept) as working:
        store = store_of(working, instance, keeping)
        load(working, instance, store=store)
        loaded = working.execute("select count(*) from raw_visits").fetchall()[0][0]
        validate(working, instance, store)
        failed = aggregate(working, instance, AS_OF, Keeping(working, store) if store else None)
        if store is not None:
            store.finish(stopped_sources(working))
        there = {
            row[0] for row in working.execute("select table_name from duckdb_tables()").fetchall()
        }
        tables = {
            one: working.execute(f"from {one} order by all").fetchall()
            for one in TABLES
            if one in there
        }
    return Found(tables, [one.indicator_id for one in failed], loaded)
