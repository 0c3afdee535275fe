"""No declared SQL can do more than compute from its own row, and none of the shipped is refused."""

import re
from pathlib import Path

import duckdb
import pytest
from hostile_sql import ATTEMPTS
from ruamel.yaml import YAML
from small_instance import MEASURE, TEXTS, make_instance

from pipelines.bind import PARSER, bind_faults, problem_of
from pipelines.check import check_instance
from pipelines.condition_words import FUNCTIONS
from pipelines.conditions import NotAllowed, weighed
from pipelines.run import build
from pipelines.working import working_database
from tilannehuone.errors import RegistryError
from tilannehuone.instance import open_instance
from tilannehuone.texts.faults import fault_line

ROOT = Path(__file__).parents[2]
WITHIN = "kokeilu-53-ei-saa-nakya"
PLACES = ("where", "derived", "where of a source", "checks")
ALLOWED = ("bad_sql", "sql_not_allowed", "check_bad_sql", "check_sql_not_allowed")

COUNTED = "    kind: count\n    cadence: month\n    numerator: {from: visits, count: rows"
SOURCE = """\
  s_{name}:
    files: "visits*.csv"
    shape: events
    absent_rows: zero
    area: {{constant: n1}}
    date: day
    columns:
      day: {{type: date}}
      service: {{type: text}}
"""


def written(sql):
    return "'" + sql.replace("'", "''") + "'"


def hostile_instance(folder, attempts, places):
    """Write an instance in which each attempt stands in one of the places, by turns."""
    make_instance(folder)
    registry, sources = folder / "indicators.yaml", folder / "data" / "sources.yaml"
    measures, declared = [registry.read_text("utf-8")], [sources.read_text("utf-8")]
    for n, (name, attempt) in enumerate(attempts.items()):
        sql, place = written(attempt), places[n % len(places)]
        if place == "where":
            measures.append(f"  - id: at_{name}{MEASURE}{COUNTED}, where: {sql}}}\n")
            continue
        declared.append(SOURCE.format(name=name))
        declared.append(
            {
                "derived": f"    derived: {{made: {sql}}}\n",
                "where of a source": f"    where: {sql}\n",
                "checks": f"    checks: [{{rows: {sql}, message: {TEXTS}}}]\n",
            }[place]
        )
    registry.write_text("".join(measures), encoding="utf-8")
    sources.write_text("".join(declared), encoding="utf-8")


def told_of(folder):
    """Return what check tells, and what build does; both must refuse."""
    checked = check_instance(folder)
    with pytest.raises(RegistryError) as refused:
        build(folder)
    assert list(refused.value.faults) == checked
    return checked


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    """Return a folder with a file whose text must never be told."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "secret.txt").write_text(f"{WITHIN}\n")
    return folder


@pytest.fixture(scope="module")
def attempts(around):
    """Return every attempt by name, at the files of this run."""
    secret, out = str(around / "secret.txt"), str(around / "made")
    marks = (("@secret", secret), ("@out", out))
    return {name: sql.replace(*marks[0]).replace(*marks[1]) for name, sql in ATTEMPTS.items()}


@pytest.fixture(scope="module")
def told(around, attempts):
    """Return the fault of every attempt by name: a third stands among the checks."""
    faults = {}
    names = list(attempts)
    for n, places in enumerate((PLACES[:3], PLACES[3:])):
        folder = around / f"i{n}"
        chosen = {name: attempts[name] for at, name in enumerate(names) if (at % 4 == 3) == n}
        hostile_instance(folder, chosen, places)
        before = set(around.rglob("*"))
        faults |= {named(one): one for one in told_of(folder)}
        new = {one.relative_to(folder).as_posix() for one in set(around.rglob("*")) - before}
        assert new <= {"data/work", "data/work/build.lock", "data/releases"}
    return faults


@pytest.mark.parametrize("name", ATTEMPTS)
def test_an_attempt_is_refused_in_one_line_by_check_and_by_build(told, name):
    one = told[name]

    assert one.key in ALLOWED
    assert one.file and one.line and one.column
    assert len(fault_line(one, "fi").splitlines()) == 1
    assert WITHIN not in fault_line(one, "fi")


@pytest.mark.parametrize("name", ATTEMPTS)
def test_an_attempt_is_refused_wherever_it_stands(attempts, name):
    with duckdb.connect(":memory:", config=PARSER) as connection:
        connection.execute("create table visits (day date, service varchar)")
        connection.execute("create table people (town varchar, people integer)")

        assert problem_of(connection, "visits", attempts[name], {})


_documents = {}


def named(fault):
    """Return the measure or source at whose line a fault stands."""
    lines = _documents.setdefault(fault.file, Path(fault.file).read_text("utf-8").splitlines())
    above = lines[: fault.line]
    found = (re.match(r"  (?:- id: at_|s_)(\w+):?$", one) for one in reversed(above))
    return next(one[1] for one in found if one)


def test_derived_columns_that_double_each_other_are_refused_before_they_are_written_out(tmp_path):
    folder = make_instance(tmp_path / "doubling")
    sources = folder / "data" / "sources.yaml"
    derived = {"d0": "service || service"}
    derived |= {f"d{n}": f"d{n - 1} || d{n - 1}" for n in range(1, 40)}
    listed = "".join(f'      {name}: "{sql}"\n' for name, sql in derived.items())
    text = sources.read_text("utf-8").replace(
        "    date: day\n", f"    date: day\n    derived:\n{listed}"
    )
    sources.write_text(text, encoding="utf-8")

    (fault,) = bind_faults(open_instance(folder))

    assert (fault.key, fault.line) == ("sql_not_allowed", 27)


@pytest.mark.parametrize(
    "sql",
    [
        "service = 'select; drop -- x' and day <= current_date - interval 3 month",
        "coalesce(nullif(town, ''), service) not in ('a', 'b') or town is null",
        "case when length(service) between 1 and 3 then true else service like 'k%' end",
        "try_cast(split_part(service, '-', 1) as integer) >= 0",
        "extract(year from day) = 2024 and date_trunc('month', day) > date '2024-01-01'",
        "regexp_matches(service, '^[a-z]+$') and service is distinct from lpad(town, 3, '0')",
        "month(day) % 2 = 0 and abs(-1.5::decimal(5, 2)) > 1 /* a word */",
    ],
)
def test_what_conditions_need_is_allowed(sql):
    with duckdb.connect(":memory:", config=PARSER) as connection:
        assert weighed(connection, sql) > 0


@pytest.mark.parametrize("folder", ["", "dfe_looked_after", "official_context", "kela_weekly"])
def test_no_shipped_declaration_is_refused(folder):
    place = ROOT / "tests" / "instances" / folder if folder else ROOT

    assert bind_faults(open_instance(place)) == []


def test_every_function_that_computes_is_told_in_the_guide():
    guide = (ROOT / "docs" / "data-steward.md").read_text("utf-8")
    section = guide.partition("## What a condition may be")[2].partition("\n## ")[0]

    missing = [one for names in FUNCTIONS.values() for one in names if f"`{one}`" not in section]
    assert missing == []


def test_the_working_database_reaches_no_file_but_the_extracts_and_its_own(tmp_path):
    folder = make_instance(tmp_path / "locked")
    secret = tmp_path / "secret.csv"
    secret.write_text(f"a\n{WITHIN}\n")
    with working_database(open_instance(folder)) as working:
        inside = folder / "data" / "extracts" / "more.csv"
        inside.write_text("a\n1\n")
        assert working.execute("from read_csv(?)", [str(inside)]).fetchall()
        for sql in (
            f"from read_csv('{secret}')",
            f"from read_csv('{inside.parent}/../../../secret.csv')",
            f"copy (select 1) to '{tmp_path / 'out.csv'}'",
            f"attach '{tmp_path / 'out.duckdb'}' as out",
            "set enable_external_access = true",
            "set lock_configuration = false",
            "install httpfs",
            "load httpfs",
        ):
            with pytest.raises(duckdb.Error) as refused:
                working.execute(sql).fetchall()
            assert WITHIN not in str(refused.value)
    assert not list(tmp_path.glob("out*"))


def test_the_working_database_has_an_end_to_its_memory_and_time(tmp_path, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_MEMORY", "300MiB")
    folder = make_instance(tmp_path / "bounded")
    settings = "current_setting('memory_limit'), current_setting('max_execution_time')"
    with working_database(open_instance(folder)) as working:
        memory, longest = working.execute(f"select {settings}").fetchone()

    assert memory == "300.0 MiB"
    assert int(str(longest).removesuffix("ms")) == 6 * 60 * 60 * 1000


WITHIN_WHICH = (
    *("f(1)", "case when f(1) then 1 end", "1 between 2 and f(3)", "a in (1, f(2))"),
    *("cast(f(1) as integer)", "not f(1)", "a is not distinct from f(1)"),
)


def test_no_part_of_an_expression_passes_unseen():
    with duckdb.connect(":memory:", config=PARSER) as connection:
        for sql in WITHIN_WHICH:
            with pytest.raises(NotAllowed, match=r"f\(\)"):
                weighed(connection, sql)


def test_every_attempt_is_yaml_as_it_stands():
    assert all(YAML(typ="safe").load(written(one)) == one for one in ATTEMPTS.values())
