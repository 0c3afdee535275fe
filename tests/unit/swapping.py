"""A whole small instance of every kind of measure, and releases of it whose hidden numbers differ.

A swap replaces hidden numbers by others that agree with all that is shown: the smallest groups
(town, month, age) are solved for anew as whole numbers, every shown cell being a sum of them.
"""

import random
import shutil
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
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
SETS = {town: [town] for town in VISITS} | COUNTIES | {"FI": list(VISITS)}
SPANS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
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


@dataclass(frozen=True)
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


@dataclass(frozen=True, eq=False)
class Release:
    """A published release: its file, its report, and which cells it hides (in key order)."""

    path: Path
    report: dict
    hidden: pd.Series


def copied(working, name, frame, release):
    """Make a table as the release at `release` has it, filled from `frame` or from there."""
    working.execute(f"attach '{release}' as given (read_only)")
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
        working.execute(f"export database '{tables}' (format parquet)")
        return World(folder, tables, in_order(working, "unsafe_cells"))


def groups_of(cells: pd.DataFrame) -> np.ndarray:
    """Return which of the smallest groups each cell is made of, shape (cells, groups)."""
    towns, shape = list(VISITS), (len(VISITS), len(MONTHS), len(AGES))
    made = np.zeros((len(cells), *shape))
    for row, one in enumerate(cells.itertuples()):
        first = MONTHS.index(one.period_start.date())
        ages = [AGES.index(one.category)] if one.category in AGES else range(len(AGES))
        span = range(first, first + SPANS[one.period_type])
        made[row][np.ix_([towns.index(town) for town in SETS[one.area_code]], span, ages)] = 1
    return made.reshape(len(cells), -1)


def swapped(unsafe: pd.DataFrame, hidden: pd.Series, seed=0, *, little=False) -> pd.DataFrame:
    """Return the cells with other hidden numbers, and every shown one as it is.

    A `little` swap moves as few people as can be, and nobody across the limit of a small number.
    """
    chance = np.random.default_rng(seed)
    found = unsafe.copy()
    for name in ("visits", "visits_rate", "done_share", "days_mean"):
        cells = found["indicator_id"] == name
        found.loc[cells, NUMBERS] = _solved(unsafe[cells], hidden[cells], name, chance, little)
    medians = hidden & (found["indicator_id"] == "days_median")
    found.loc[medians, "value"] += chance.integers(1, 9, int(medians.sum()))
    few = hidden & (found["indicator_id"] == "clients_share") & found["numerator"].between(0, 3)
    found.loc[few, "numerator"] += 1
    found.loc[few, "value"] = 100 * found["numerator"] / found["denominator"]
    assert found.loc[~hidden, NUMBERS].compare(unsafe.loc[~hidden, NUMBERS]).empty
    return found


SCALES = {"visits": 1, "visits_rate": 1000, "done_share": 100, "days_mean": 1}


def _solved(cells, hidden, name, chance, little):
    """Return numerator, denominator and value of one additive measure, solved for anew."""
    made, shown = groups_of(cells), ~hidden.to_numpy()
    part, whole = (cells[one].to_numpy(float) for one in ("numerator", "denominator"))
    new = _moved if little else _table
    numerator = new(made, part, shown, chance)
    if name == "done_share":
        whole = numerator + new(made, whole - part, shown, chance)
    elif name == "days_mean":
        whole = new(made, whole, shown, chance)
    over = np.ones(len(cells)) if name == "visits" else whole
    value = SCALES[name] * numerator / np.where(over > 0, over, np.nan)
    return np.column_stack(
        [
            np.where(shown, cells[one].to_numpy(float), other)
            for one, other in zip(NUMBERS, (numerator, whole, value), strict=True)
        ]
    )


def _table(made, numbers, shown, chance):
    """Return every cell of some table of whole numbers that agrees with those shown."""
    return made @ _whole(
        made[shown], numbers[shown], numbers[shown], chance.normal(size=made[0].size)
    )


def _moved(made, numbers, shown, chance, k=5):
    """Return every cell when one person is added to a group of hidden cells, and who must move."""
    now = _whole(made, numbers, numbers, np.zeros(made[0].size))
    small = numbers < k
    low = np.where(shown | small, np.where(shown, numbers, 0), np.maximum(k, 0))
    high = np.where(shown, numbers, np.where(small, k - 1, np.inf))
    both = np.hstack([made, -made])  # added to and taken from each group
    for group in chance.permutation(np.flatnonzero(made[~shown].any(axis=0)))[:40]:
        least, most = np.zeros(2 * now.size), np.append(np.full(now.size, np.inf), now)
        least[group], most[now.size + group] = 1, 0
        move = _whole(both, low - numbers, high - numbers, np.ones(2 * now.size), least, most)
        if move is not None:
            return numbers + both @ move
    raise AssertionError("nobody can be moved")


def _whole(rows, low, high, cost, least=0, most=np.inf):
    """Return whole numbers x with low <= rows @ x <= high of the least cost; None without any."""
    alike = np.unique(np.column_stack([rows, low, high]), axis=0)
    found = milp(
        cost,
        constraints=LinearConstraint(alike[:, :-2], alike[:, -2], alike[:, -1]),
        integrality=np.ones(len(cost)),
        bounds=Bounds(least, np.minimum(most, 10_000)),
        options={"time_limit": 20, "mip_rel_gap": 0.5},
    )
    return None if found.x is None else np.round(found.x)


def scrubbed(path: Path) -> bytes:
    """Return a release file without the random bytes that tell one file from another."""
    content = bytearray(path.read_bytes())
    for page in (0, 8192):
        content[page : page + 8] = bytes(8)  # the page's checksum
        content[page + 124 : page + 140] = bytes(16)  # the file's identifier
    return bytes(content)
