"""The four rings: every fault of a declaration is one line with its file, line and mend."""

import re
import shutil
from pathlib import Path

import pytest

from pipelines.bind import bind_faults
from tilannehuone.errors import RegistryError
from tilannehuone.instance import open_instance
from tilannehuone.schemas import FOLDER, schema_texts
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.texts.faults import fault_line

ROOT = Path(__file__).resolve().parents[2]

INDICATORS = """\
instance:
  name: {fi: Koe, sv: Prov, en: Trial}
indicators:
  - id: visits
    name: {fi: a, sv: b, en: c}
    definition: {fi: a, sv: b, en: c}
    question: {fi: a, sv: b, en: c}
    kind: rate
    unit: {fi: a, sv: b, en: c}
    numerator: {from: visits, count: rows, where: "service = 'visit'"}
    denominator: {from: people, sum: people}
    cadence: quarter
    period: month
    direction: up
    targets: [{since: 2024-01-01, value: 3, kind: law, source: "Laki 1 §"}]
    levels: [town]
    owner: x
    register: x
"""
SOURCES = """\
sources:
  visits:
    files: "visits*.csv"
    shape: events
    absent_rows: zero
    columns:
      day: {type: date}
      service: {type: category}
      client: {type: person}
      town: {type: category}
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
      people: {type: integer}
      persons: {type: integer, additive: false}
    area: {column: town}
    period: {year: year}
"""
AREAS = """\
area_code,area_type,parent_code,name_fi,name_sv,name_en,valid_from,valid_to
FI,country,,Suomi,Finland,Finland,,
A,town,FI,A,A,A,,
"""
EVENTS = """\
events:
  - {from: 2023-01-01, kind: break, text: {fi: a, sv: b, en: c}}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    for name, text in {
        "indicators.yaml": INDICATORS,
        "data/sources.yaml": SOURCES,
        "data/areas.csv": AREAS,
        "data/events.yaml": EVENTS,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder):
    """The faults of an instance: of shape, between files, and of its SQL."""
    try:
        return bind_faults(open_instance(folder))
    except RegistryError as error:
        return list(error.faults)


def test_a_sound_instance_has_no_fault(folder):
    assert faults(folder) == []


M, S, A, V = "indicators.yaml", "data/sources.yaml", "data/areas.csv", "data/events.yaml"
OWNER, PROTECT = "    owner: x", "    owner: x\n    protect: "
RATE, MEAN = "    kind: rate", "    kind: mean\n    protect: "


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "line"),
    [
        (M, "cadence: quarter", "cadense: quarter", "unknown_key", 12),
        (M, "    owner: x\n", "", "missing_key", 4),
        (M, "name: {fi: a, sv: b, en: c}", "name: {fi: a, en: c}", "missing_key", 5),
        (M, "name: {fi: a, sv: b, en: c}", 'name: {fi: a, sv: "", en: c}', "empty_text", 5),
        (M, "kind: rate", "kind: ratio", "not_one_of", 8),
        (M, ', source: "Laki 1 §"', "", "missing_key", 15),
        (M, "    denominator: {from: people, sum: people}\n", "", "needs_denominator", 4),
        (M, "cadence: quarter", "cadence: month", None, None),
        (M, "period: month", "period: half_year", "cadence_finer", 4),
        (M, "count: rows", "distinct: client", "distinct_makes_distinct_rate", 4),
        (M, "count: rows", "count: rows, sum: day", "part_one_aggregate", 10),
        (M, "from: visits", "from: visit", "unknown_source", 10),
        (M, "sum: people", "sum: persons", "not_additive", 11),
        (M, "sum: people", "sum: peple", "unknown_column", 11),
        (M, "levels: [town]", "levels: [village]", "unknown_level", 16),
        (M, "service = 'visit'", "servise = 'visit'", "bad_sql", 10),
        (M, "service = 'visit'", "1); drop table x; --", "bad_sql", 10),
        (M, "service = 'visit'", "exists (select 1)", "sql_not_allowed", 10),
        (M, "direction: up", "direction: up\n    rolling: 99", "out_of_range", 15),
        (M, "  - id: visits", "  - id: Visits!", "wrong_form", 4),
        (M, OWNER, PROTECT + "{method: rounding, base: 9}", "base_too_small", 18),
        (M, OWNER, PROTECT + "{method: rounding, k_min: 10, base: 12}", "base_too_small", 18),
        (M, OWNER, PROTECT + "{method: rounding, base: 10.5}", "not_a_whole_number", 18),
        (M, OWNER, PROTECT + "{method: rounding, base: 12}", None, None),
        (M, OWNER, PROTECT + "{base: 12}", "base_of_rounding", 18),
        (M, OWNER, PROTECT + "{method: round}", "not_one_of", 18),
        (M, OWNER, PROTECT + "{method: rounding, show_zero: true}", "rounding_has_no_zero", 18),
        (M, RATE, MEAN + "{method: rounding}", "rounding_of_counts", 9),
        (M, "indicators:\n", "indicators:\n  - x: [\n", "not_yaml", None),
        (S, "shape: events", "shape: rows", "not_one_of", 4),
        (S, "    date: day\n", "", "events_need_date", 2),
        (S, "    period: {year: year}\n", "", "aggregate_needs_period", 13),
        (S, "date: day", "date: days", "unknown_column", 12),
        (S, "service: {type", "line: {type", "reserved_column", 8),
        (A, "A,town,FI", "A,town,SE", "areas_parent", 3),
        (A, "A,town,FI,A,A,A,,", "A,town,FI,A,A,A,1.1.2023,", "areas_date", 3),
        (A, "FI,country,,", "FI,country,A,", "areas_cycle", 2),
        (A, "name_sv", "nimi_sv", "areas_columns", 1),
        (V, "kind: break", "kind: brake", "not_one_of", 2),
        (V, "kind: break,", "kind: break, areas: [B],", "unknown_area_code", 2),
        (V, "kind: break,", "kind: break, indicators: [b],", "unknown_indicator", 2),
    ],
)
def test_a_fault_names_its_file_and_line(folder, file, old, new, key, line):
    change(folder, file, old, new)

    found = faults(folder)

    if key is None:
        assert found == []
        return
    assert key in [one.key for one in found]
    fault = next(one for one in found if one.key == key)
    assert Path(fault.file).name == Path(file).name
    assert line is None or fault.line == line
    for lang in LANGUAGES:
        told = fault_line(fault, lang)
        assert "\n" not in told
        assert "{" not in told.replace("{fi", "")


def test_faults_of_several_files_are_told_at_once(folder):
    change(folder, M, "kind: rate", "kind: ratio")
    change(folder, A, "A,town,FI", "A,town,SE")

    assert {Path(one.file).name for one in faults(folder)} == {"indicators.yaml", "areas.csv"}


def test_the_demo_instance_has_no_fault():
    assert faults(ROOT) == []


def test_the_demo_instance_declares_the_twenty_measures(tmp_path):
    shutil.copy(ROOT / "indicators.yaml", tmp_path)
    registry = open_instance(ROOT).registry

    assert len(registry.indicators) == 20
    assert all(one.targets[0].source for one in registry.indicators if one.targets)


def test_the_editors_schemas_are_fresh():
    for name, text in schema_texts().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("file", ["indicators.yaml", "data/sources.yaml", "data/events.yaml"])
def test_the_declarations_name_their_schema(file):
    first = (ROOT / file).read_text(encoding="utf-8").splitlines()[0]
    path = re.match(r"# yaml-language-server: \$schema=(\S+)", first)

    assert path is not None
    assert ((ROOT / file).parent / path.group(1)).is_file()


def test_every_text_stands_in_all_three_languages_with_the_same_places():
    fi, sv, en = (catalogue(lang) for lang in LANGUAGES)

    assert set(fi) == set(sv) == set(en)
    for key in fi:
        places = [sorted(set(re.findall(r"{(\w+)", one[key]))) for one in (fi, sv, en)]
        assert places[0] == places[1] == places[2], key
