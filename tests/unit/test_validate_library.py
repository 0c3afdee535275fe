"""How the validate step uses Great Expectations: on what, how quietly, and when at all."""

import socket
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from working_tables import (
    COLUMNS_OF_TEN,
    CREATE,
    TEN,
    Declared,
    load_rows,
    result,
    rows,
    source,
    validated,
)

from pipelines.quality.expectations import COLUMNS, TABLE
from pipelines.validate import validate

ROOT = Path(__file__).parents[2]


def test_a_large_table_is_counted_whole_and_confirmed_over_a_sample():
    pattern = {"column": "note", "regex": "x"}
    select = "select i as line, i as n, 'x' as note, hash(i % 600) as who from range(3000) t(i)"
    connection = validated(
        [
            {"rows": "n % 10 = 0"},
            {"expect": "expect_column_values_to_be_unique", "with": {"column": "who"}},
            {"expect": "expect_table_row_count_to_equal", "with": {"value": 3000}},
            {"expect": "expect_column_values_to_match_regex", "with": pattern},
        ],
        select=select,
        sample_limit=500,
    )

    assert result(connection, 1) == (False, 300, "300/3000")
    assert result(connection, 2) == (False, 3000, "3000/3000")
    assert result(connection, 3) == (True, None, "3000")
    assert result(connection, 4) == (True, 0, "0/3000")
    left = "select table_name from duckdb_tables() where table_name like 'gx%'"
    assert rows(connection, left) == []


NUMBERS = "select i as line, i as n, i % 4 as part, i / 2 as share from range(100) t(i)"
GIVEN = {
    "min_value": 0,
    "max_value": 1_000_000,
    "value": 3,
    "value_set": [0, 1, 2, 3],
    "quantile_ranges": {"quantiles": [0.5], "value_ranges": [[0, 60]]},
    "threshold": 3,
    "double_sided": True,
    "column_set": ["day", "n", "part", "share"],
    "column_list": ["day", "n", "part", "share"],
}


@pytest.mark.parametrize("wrong", [False, True])
def test_every_statistic_of_a_table_runs_on_duckdb_and_can_fail(wrong):
    given = dict(GIVEN)
    if wrong:
        given |= {"min_value": 900_000, "value": 77, "value_set": [55], "threshold": 0.001}
        given |= {"column_set": ["n"], "column_list": ["n"]}
        given["quantile_ranges"] = {"quantiles": [0.5], "value_ranges": [[0, 1]]}
    checks = []
    for name, one in {**TABLE, **COLUMNS}.items():
        arguments = {key: given[key] for key in one.required if key != "column"}
        arguments |= {"column": "part"} if "column" in one.required else {}
        if one.needs_bound:
            arguments |= {"min_value": given["min_value"]}
        if "proportion" in name:
            arguments["min_value"] = 1 if wrong else 0.01
        if name == "expect_table_row_count_to_equal" and not wrong:
            arguments["value"] = 100
        if name == "expect_table_column_count_to_equal" and not wrong:
            arguments["value"] = 4
        checks.append({"expect": name, "with": arguments})
    columns = {"n": "integer", "part": "integer", "share": "decimal"}
    connection = validated(checks, NUMBERS, columns)

    outcomes = {
        name: success
        for name, success in rows(
            connection,
            "select expectation, success from checks where expectation like 'expect%'",
        )
    }
    always = {"expect_column_to_exist", "expect_column_proportion_of_non_null_values_to_be_between"}
    for expectation, success in outcomes.items():
        never_fails = expectation.split(":")[0].split(" ")[0] in always
        assert success == (not wrong or never_fails), expectation
    told = rows(connection, "select message_en from checks where expectation like 'expect%'")
    assert set(told) == {("Wrong",)}


def test_a_greatest_value_or_a_mean_is_not_written_where_a_release_would_show_it():
    given = {"column": "n", "max_value": 3}
    connection = validated(
        [
            {"expect": "expect_column_max_to_be_between", "with": given},
            {"expect": "expect_column_mean_to_be_between", "with": given},
        ]
    )

    assert [result(connection, n)[2] for n in (1, 2)] == [None, None]


def test_nothing_is_sent_and_no_file_is_written(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    validated([{"rows": "n > 3"}])

    assert list(tmp_path.iterdir()) == []


def test_a_database_file_is_read_while_it_is_open_with_its_own_settings(tmp_path):
    with duckdb.connect(tmp_path / "working.duckdb", config={"threads": 1}) as connection:
        connection.execute(CREATE)
        load_rows(connection, "visits", TEN)
        one = source(COLUMNS_OF_TEN, checks=[{"rows": "n > 8"}], max_rejected=1)
        validate(connection, Declared({"visits": one}))

        assert result(connection, 1) == (False, 1, "1/10")


@pytest.mark.parametrize(
    "code",
    [
        "import tilannehuone.cli, pipelines.check, pipelines.quality.listing",
        "from working_tables import *; from pipelines.validate import validate; c = working();"
        "load_rows(c, 'x', 'select 1 as line, 1 as n');"
        "validate(c, Declared({'x': source({'n': 'integer'}, key=['n'])}))",
    ],
)
def test_great_expectations_is_not_imported_without_a_check_to_run(code):
    code += "; import sys; assert not {'great_expectations', 'sqlalchemy'} & set(sys.modules)"
    path = f"{ROOT}:{ROOT / 'tests' / 'unit'}"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": path}, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr.decode()
