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
COLUMNS_OF_NUMBERS = {"n": "integer", "part": "integer", "share": "decimal"}
HALF = {"quantiles": [0.5]}
ZSCORE = {"double_sided": True}

STATISTICS = {
    "expect_table_row_count_to_be_between": ({"min_value": 100}, {"max_value": 99}),
    "expect_table_row_count_to_equal": ({"value": 100}, {"value": 99}),
    "expect_column_max_to_be_between": ({"max_value": 99}, {"max_value": 98}),
    "expect_column_min_to_be_between": ({"min_value": 0}, {"min_value": 0, "strict_min": True}),
    "expect_column_mean_to_be_between": ({"min_value": 49.5}, {"max_value": 49.4}),
    "expect_column_median_to_be_between": ({"min_value": 49.5}, {"max_value": 49.4}),
    "expect_column_sum_to_be_between": ({"min_value": 4950}, {"max_value": 4949}),
    "expect_column_stdev_to_be_between": ({"min_value": 29}, {"max_value": 29}),
    "expect_column_unique_value_count_to_be_between": ({"min_value": 100}, {"max_value": 99}),
    "expect_column_proportion_of_unique_values_to_be_between": (
        {"min_value": 1},
        {"max_value": 0.99},
    ),
    "expect_column_proportion_of_non_null_values_to_be_between": (
        {"min_value": 1},
        {"max_value": 0.99},
    ),
    "expect_column_distinct_values_to_be_in_set": (
        {"value_set": list(range(101))},
        {"value_set": [1]},
    ),
    "expect_column_distinct_values_to_contain_set": ({"value_set": [1]}, {"value_set": [100]}),
    "expect_column_distinct_values_to_equal_set": (
        {"value_set": list(range(100))},
        {"value_set": list(range(101))},
    ),
    "expect_column_most_common_value_to_be_in_set": (
        {"value_set": [5], "ties_okay": True},
        {"value_set": [5]},
    ),
    "expect_column_quantile_values_to_be_between": (
        {"quantile_ranges": {**HALF, "value_ranges": [[49, 50]]}},
        {"quantile_ranges": {**HALF, "value_ranges": [[51, None]]}},
    ),
    "expect_column_value_z_scores_to_be_less_than": (
        {"threshold": 3, **ZSCORE},
        {"threshold": 1, **ZSCORE},
    ),
    "expect_column_to_exist": ({"column": "share"}, {"column": "line"}),
    "expect_table_column_count_to_be_between": ({"max_value": 4}, {"max_value": 3}),
    "expect_table_column_count_to_equal": ({"value": 4}, {"value": 5}),
    "expect_table_columns_to_match_set": (
        {"column_set": ["part", "n", "share", "day"]},
        {"column_set": ["n"]},
    ),
    "expect_table_columns_to_match_ordered_list": (
        {"column_list": ["day", "n", "part", "share"]},
        {"column_list": ["part", "n", "share", "day"]},
    ),
}


def test_every_statistic_of_a_table_runs_on_duckdb_and_can_fail():
    checks = []
    for name, one in {**TABLE, **COLUMNS}.items():
        column = {"column": "n"} if "column" in one.required else {}
        checks += [{"expect": name, "with": {**column, **given}} for given in STATISTICS[name]]
    connection = validated(checks, NUMBERS, COLUMNS_OF_NUMBERS)

    outcomes = [result(connection, number)[0] for number in range(1, len(checks) + 1)]
    assert outcomes == [True, False] * len(STATISTICS)
    told = rows(connection, "select distinct message_en from checks where not success")
    assert told == [("Wrong",)]


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
