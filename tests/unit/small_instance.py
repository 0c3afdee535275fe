"""A small whole instance on disk: one events source, one population, six areas, two years."""

import random
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pipelines.run import build

AS_OF = date(2025, 2, 10)
FIRST, DAYS = date(2023, 1, 1), 731

TEXTS = "{fi: a, sv: b, en: c}"
MEASURE = f"""
    name: {TEXTS}
    definition: {TEXTS}
    question: {TEXTS}
    unit: {TEXTS}
    period: month
    direction: context
    levels: [town, county, country]
    owner: x
    register: x
"""
INDICATORS = f"""\
instance:
  name: {{fi: Koe, sv: Prov, en: Trial}}
  keep_releases: 3
indicators:
  - id: visits_rate{MEASURE}
    kind: rate
    scale: 1000
    cadence: month
    numerator: {{from: visits, count: rows}}
    denominator: {{from: people, sum: people}}
  - id: visited_share{MEASURE}
    kind: distinct_rate
    scale: 100
    cadence: half_year
    numerator: {{from: visits, distinct: client}}
    denominator: {{from: people, sum: people}}
  - id: people{MEASURE.replace("period: month", "period: year")}
    kind: count
    cadence: years
    numerator: {{from: people, sum: people}}
"""
SOURCES = """\
sources:
  visits:
    files: "visits*.csv"
    shape: events
    absent_rows: zero
    columns:
      day: {header: [Päivä], type: date}
      client: {header: [Asiakas], type: person}
      service: {header: [Palvelu], type: category}
      town: {header: [Kunta], type: category}
    area: {column: town}
    date: day
  people:
    files: "people.csv"
    shape: aggregate
    time: stock
    absent_rows: missing
    columns:
      year: {header: [Vuosi], type: integer}
      town: {header: [Kunta], type: category}
      people: {header: [Väestö], type: integer}
    area: {column: town}
    period: {year: year, type: year}
"""
AREAS = """\
area_code,area_type,parent_code,name_fi,name_sv,name_en,valid_from,valid_to
FI,country,,Suomi,Finland,Finland,,
N,county,FI,Pohjoinen,Norr,North,,
S,county,FI,Eteläinen,Söder,South,,
n1,town,N,Ylälä,Ylälä,Ylälä,,
n2,town,N,Alala,Alala,Alala,,
s1,town,S,Suvela,Suvela,Suvela,,
s2,town,S,Salola,Salola,Salola,,
"""
TOWNS = {"Ylälä": 20, "Alala": 14, "Suvela": 9, "Salola": 1}


def make_instance(folder: Path, seed: int = 1) -> Path:
    """Write the instance into `folder` and return it; Salola's numbers are small."""
    (folder / "data/extracts").mkdir(parents=True)
    for name, text in {
        "indicators.yaml": INDICATORS,
        "data/sources.yaml": SOURCES,
        "data/areas.csv": AREAS,
        "data/events.yaml": "events: []\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    chance = random.Random(seed)
    weights = list(TOWNS.values())
    rows = []
    for offset in range(DAYS):
        day = FIRST + timedelta(days=offset)
        for _ in range(chance.randint(4, 8)):
            town = chance.choices(list(TOWNS), weights)[0]
            rows.append(f"{day.day}.{day.month}.{day.year};p{chance.randint(1, 900)};käynti;{town}")
    write_extract(folder, "visits.csv", ["Päivä;Asiakas;Palvelu;Kunta", *rows])
    people = [f"{year};{town};{100 * n}" for year in (2023, 2024) for town, n in TOWNS.items()]
    write_extract(folder, "people.csv", ["Vuosi;Kunta;Väestö", *people])
    return folder


def make_built(folder: Path, as_of: date = AS_OF, *, protect: str = "") -> Path:
    """Write the instance into `folder` with a release of its files, and return it.

    It is built once in a process and then copied, with all that a build leaves in a folder.
    """
    for name, content in _built(as_of, protect).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@cache
def _built(as_of: date, protect: str) -> Mapping[Path, bytes]:
    """Return the content of every file of an instance that was built."""
    with tempfile.TemporaryDirectory() as place:
        folder = make_instance(Path(place))
        if protect:
            protect_visits(folder, protect)
        build(folder, as_of=as_of)
        files = [one for one in folder.rglob("*") if one.is_file()]
        return {one.relative_to(folder): one.read_bytes() for one in files}


def protect_visits(folder: Path, rule: str, more: str = "") -> None:
    """Declare how the rate of visits is protected, and `more` measures after all others."""
    registry = folder / "indicators.yaml"
    text = registry.read_text(encoding="utf-8")
    ruled = text.replace("kind: rate\n", f"kind: rate\n    protect: {{{rule}}}\n")
    registry.write_text(ruled + more, encoding="utf-8")


def write_extract(folder: Path, name: str, lines: list[str], encoding: str = "cp1252") -> None:
    """Write one delivered file as lines."""
    path = folder / "data/extracts" / name
    path.write_text("\r\n".join(lines) + "\r\n", encoding=encoding, newline="")
