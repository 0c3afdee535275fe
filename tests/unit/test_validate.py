"""The validate step over hand-made working tables: what leaves, what stays, what stops."""

import pytest
from working_tables import (
    COLUMNS_OF_TEN,
    TEN,
    Declared,
    load_rows,
    result,
    rows,
    source,
    validated,
    working,
)

from pipelines.validate import validate
from tilannehuone.errors import RegistryError


def test_the_bad_rows_of_a_warning_leave_and_every_row_is_accounted_for():
    connection = validated([{"rows": "n >= 7"}])

    assert rows(connection, "select n from raw_visits order by n") == [(n,) for n in range(7)]
    assert rows(connection, "select line, reason from quarantine order by line") == [
        (7, "rule:1"),
        (8, "rule:1"),
        (9, "rule:1"),
    ]
    assert rows(connection, "select rows_read, rows_loaded, rows_quarantined from files") == [
        (10, 7, 3)
    ]
    assert rows(
        connection, "select success, observed from checks where expectation = 'row_counts'"
    ) == [(True, "10 = 7 + 3 + 0 + 0")]
    assert rows(connection, "select ok from source_state") == [(True,)]


def test_information_is_counted_and_its_rows_stay():
    connection = validated([{"rows": "n >= 7", "severity": "info"}])

    assert result(connection, 1) == (False, 3, "3/10")
    assert rows(connection, "select count(*) from raw_visits") == [(10,)]
    assert rows(connection, "select ok from source_state") == [(True,)]


def test_a_critical_check_stops_its_source_and_the_others_go_on():
    connection = working()
    load_rows(connection, "bad", TEN)
    load_rows(connection, "good", TEN, file_id=2)
    between = {"column": "n", "min_value": 0, "max_value": 8}
    critical = {
        "expect": "expect_column_values_to_be_between",
        "with": between,
        "severity": "critical",
    }
    one = source(COLUMNS_OF_TEN, checks=[critical], max_rejected=1)
    other = source(COLUMNS_OF_TEN, checks=[{"rows": "n > 8"}], max_rejected=1)
    validate(connection, Declared({"bad": one, "good": other}))

    assert rows(connection, "from source_state order by source") == [
        ("bad", False, "expect_column_values_to_be_between: n (rule:1)"),
        ("good", True, None),
    ]


def test_what_the_loader_refused_stays_refused_for_the_loaders_reason():
    connection = working()
    connection.execute("insert into source_state values ('visits', false, 'load_email')")
    load_rows(connection, "visits", TEN)
    critical = source(COLUMNS_OF_TEN, checks=[{"rows": "n = 1", "severity": "critical"}])
    validate(connection, Declared({"visits": critical}))

    assert rows(connection, "from source_state") == [("visits", False, "load_email")]


def test_a_row_bad_by_two_rules_leaves_once_and_by_the_first():
    connection = validated([{"rows": "n > 8"}, {"rows": "n > 7"}])

    assert rows(connection, "select line, reason from quarantine order by line") == [
        (8, "rule:2"),
        (9, "rule:1"),
    ]


def test_mostly_judges_the_table_and_moves_no_row():
    given = {"column": "n", "max_value": 6}
    expect = "expect_column_values_to_be_between"
    connection = validated(
        [
            {"expect": expect, "with": {**given, "mostly": 0.7}},
            {"expect": expect, "with": {**given, "mostly": 0.71}},
        ]
    )

    assert result(connection, 1) == (True, 3, "3/10")
    assert result(connection, 2) == (False, 3, "3/10")
    assert rows(connection, "select count(*) from quarantine") == [(0,)]


def test_a_rejected_value_is_kept_only_of_a_column_that_cannot_be_personal():
    lengths = {"column": "note", "max_value": 3}
    one_value = {"column": "n", "value_set": [1]}
    connection = validated(
        [
            {"expect": "expect_column_values_to_not_be_in_set", "with": one_value},
            {"rows": "n = 2"},
            {"expect": "expect_column_value_lengths_to_be_between", "with": lengths},
        ]
    )

    kept = rows(connection, "select reason, column_name, value from quarantine where line < 4")
    assert kept == [
        ("rule:3", "note", None),
        ("rule:1", "n", "1"),
        ("rule:2", None, None),
        ("rule:3", "note", None),
    ]


def test_the_second_of_two_equal_keys_leaves_also_across_files():
    connection = working()
    keyed = "select * from (values (1, 7, 'a'), (2, 8, null), (3, null, null)) t(line, n, note)"
    load_rows(connection, "visits", keyed)
    load_rows(connection, "visits", keyed, file_id=2)
    one = source({"n": "integer", "note": "text"}, key=["n", "note"], max_rejected=1)
    validate(connection, Declared({"visits": one}))

    assert rows(connection, "select file_id, line, column_name, reason from quarantine") == [
        (2, 1, "n, note", "duplicate_key"),
        (2, 2, "n, note", "duplicate_key"),
    ]
    assert rows(connection, "select name, rows_quarantined from files order by name") == [
        ("visits_1.csv", 0),
        ("visits_2.csv", 2),
    ]
    assert rows(
        connection,
        "select success, unexpected_count from checks where expectation = 'duplicate_key'",
    ) == [(False, 2)]


@pytest.mark.parametrize(("limit", "ok"), [(0.4, True), (0.39, False)])
def test_more_rejected_rows_than_allowed_stop_the_source(limit, ok):
    connection = working()
    select = "select i as line, greatest(i, 2) as n from range(8) t(i)"  # 2 stands thrice
    load_rows(connection, "visits", select, quarantined=2, totals=50)
    one = source({"n": "integer"}, key=["n"], max_rejected=limit)
    validate(connection, Declared({"visits": one}))

    shares = "select success, observed from checks where expectation = 'rejected_share'"
    assert rows(connection, shares) == [(ok, "4/10")]
    assert rows(connection, "select ok from source_state") == [(ok,)]


@pytest.mark.parametrize(
    "harm",
    [
        "update files set rows_read = 11",
        "delete from raw_visits where n = 4",
        "insert into quarantine values ('visits', 1, 5, null, 'not_date', null)",
    ],
)
def test_a_row_that_is_lost_or_doubled_stops_the_source(harm):
    connection = working()
    load_rows(connection, "visits", TEN)
    connection.execute(harm)
    validate(connection, Declared({"visits": source(COLUMNS_OF_TEN)}))

    assert rows(connection, "select ok, reason from source_state") == [(False, "row_counts")]
    assert rows(
        connection,
        "select success, unexpected_count from checks where expectation = 'row_counts'",
    ) == [(False, 1)]


def test_a_condition_that_fails_on_some_value_fails_alone_and_tells_no_value():
    connection = validated([{"rows": "cast(note as integer) > 1"}, {"rows": "n > 8"}])

    assert result(connection, 1) == (False, 0, None)
    assert result(connection, 2) == (False, 1, "1/10")
    told = rows(connection, "select message_fi, message_sv, message_en from checks")
    assert not any("nimi" in text for line in told for text in line)


def test_a_hidden_value_of_an_aggregate_is_not_a_missing_one():
    connection = working()
    connection.execute("""
        create table raw_sums as select 1::smallint as file_id, line, 'A' as area_code,
            'month' as period_type, date '2025-01-01' as period_start, n, n__status
        from (values (1, 5, null), (2, null, 'c'), (3, null, 'x')) t(line, n, n__status)
    """)
    connection.execute("""
        insert into files values (1, 'sums', 'a.csv', 'x', 1, 'utf-8', ';', 1, 3, 3, 0, 0, 0,
            'loaded', null, null, null, null)
    """)
    one = source(
        {"n": "integer"},
        shape="aggregate",
        period={"constant": "2025-01"},
        max_rejected=1,
        checks=[{"expect": "expect_column_values_to_not_be_null", "with": {"column": "n"}}],
    )
    validate(connection, Declared({"sums": one}))

    assert rows(connection, "select line, reason from quarantine") == [(3, "rule:1")]
    assert result(connection, 1) == (False, 1, "1/3")


def test_names_that_need_quotes_are_no_trouble():
    connection = working()
    select = 'select i as line, i as "order", i as "Äiti x" from range(5) t(i)'
    load_rows(connection, "Käynti 2", select)
    most = {"column": "order", "max_value": 3}
    one = source(
        {"order": "integer", "Äiti x": "integer"},
        max_rejected=1,
        key=["order"],
        checks=[
            {"expect": "expect_column_values_to_be_between", "with": most},
            {"rows": '"Äiti x" = 0'},
        ],
    )
    validate(connection, Declared({"Käynti 2": one}))

    assert [result(connection, n)[:2] for n in (1, 2)] == [(False, 1), (False, 1)]
    assert rows(connection, 'select count(*) from "raw_Käynti 2"') == [(3,)]


def test_an_empty_table_passes_what_is_said_of_rows():
    connection = validated([{"rows": "n > 3"}], select=TEN + " where i < 0")

    assert result(connection, 1) == (True, 0, "0/0")


def test_an_unsound_check_is_refused_before_anything_moves():
    connection = working()
    load_rows(connection, "visits", TEN)
    one = source(COLUMNS_OF_TEN, checks=[{"rows": "n > 3"}, {"expect": "expect_columns"}])

    with pytest.raises(RegistryError, match="check_unknown_expectation"):
        validate(connection, Declared({"visits": one}))
    assert rows(connection, "select count(*) from raw_visits") == [(10,)]
