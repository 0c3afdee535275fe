"""What is wrong with a declared check is told before anything is read, with its line."""

import pytest
from working_tables import source

from pipelines.validate import faults_in_checks, faults_in_predicates
from tilannehuone.sources import read_sources
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

COLUMNS = {"n": "integer", "code": "category", "seen": "date", "note": "text", "who": "person"}
BETWEEN = "expect_column_values_to_be_between"
IN_SET = "expect_column_values_to_be_in_set"


def faults_of(check, **more):
    return faults_in_checks({"visits": source(COLUMNS, checks=[{"rows": "n < 0"}, check], **more)})


@pytest.mark.parametrize(
    ("check", "key"),
    [
        ({"expect": "expect_column_values_to_be_betwen"}, "check_unknown_expectation"),
        ({"expect": "expect_column_values_to_be_increasing"}, "check_unsupported_expectation"),
        ({"rows": "n > 3", "with": {"column": "n"}}, "check_rows_has_no_arguments"),
        ({"expect": BETWEEN, "with": {"column": "n", "min": 1}}, "check_unknown_argument"),
        ({"expect": BETWEEN, "with": {"min_value": 1}}, "check_missing_argument"),
        ({"expect": BETWEEN, "with": {"column": "n"}}, "check_needs_bound"),
        ({"expect": BETWEEN, "with": {"column": "m", "min_value": 1}}, "check_unknown_column"),
        ({"expect": BETWEEN, "with": {"column": "n", "min_value": "1"}}, "check_wrong_type"),
        ({"expect": BETWEEN, "with": {"column": "n", "min_value": True}}, "check_wrong_type"),
        ({"expect": BETWEEN, "with": {"column": "seen", "min_value": 2025}}, "check_wrong_type"),
        ({"expect": BETWEEN, "with": {"column": "code", "min_value": "a"}}, "check_of_type"),
        ({"expect": BETWEEN, "with": {"column": "who", "min_value": 1}}, "check_of_person"),
        ({"expect": IN_SET, "with": {"column": "code", "value_set": [1, 2]}}, "check_wrong_type"),
        ({"expect": IN_SET, "with": {"column": "code", "value_set": []}}, "check_wrong_type"),
        (
            {"expect": IN_SET, "with": {"column": "n", "value_set": [1], "mostly": 2}},
            "check_wrong_form",
        ),
        (
            {
                "expect": "expect_column_mean_to_be_between",
                "with": {"column": "code", "max_value": 1},
            },
            "check_of_type",
        ),
        (
            {"expect": "expect_compound_columns_to_be_unique", "with": {"column_list": ["n"]}},
            "check_wrong_form",
        ),
    ],
)
def test_an_unsound_check_is_told_with_what_to_do(check, key):
    faults = faults_of(check)

    assert key in {fault.key for fault in faults}
    for fault in faults:
        assert (fault.values["source"], fault.values["number"]) == ("visits", 2)
        assert all("visits" in fault_line(fault, lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    "check",
    [
        {"expect": BETWEEN, "with": {"column": "n", "min_value": None, "max_value": 3}},
        {"expect": BETWEEN, "with": {"column": "seen", "min_value": "2025-01-01"}},
        {"expect": "expect_column_values_to_not_be_null", "with": {"column": "who"}},
        {"expect": "expect_column_values_to_not_be_null", "with": {"column": "area_code"}},
        {"expect": BETWEEN, "with": {"column": "line", "min_value": 2}},
    ],
)
def test_a_sound_check_has_no_fault(check):
    assert faults_of(check) == []


def test_an_events_source_has_no_period_and_an_aggregate_has_marks():
    null = {"expect": "expect_column_values_to_be_null", "with": {"column": "period_start"}}
    marked = {"expect": "expect_column_values_to_be_null", "with": {"column": "n__status"}}
    aggregate = {"shape": "aggregate", "period": {"constant": "2025"}}

    assert [fault.key for fault in faults_of(null)] == ["check_unknown_column"]
    assert [fault.key for fault in faults_of(marked)] == ["check_unknown_column"]
    assert faults_of(null, **aggregate) == faults_of(marked, **aggregate) == []


@pytest.mark.parametrize(
    ("check", "why"),
    [
        ({"rows": "m > 3"}, '"m"'),
        ({"rows": "n > "}, "syntax"),
        ({"rows": "n > 3) or (select true"}, "syntax"),
        ({"rows": "n > 3; drop table raw_visits"}, "syntax"),
        (
            {
                "expect": "expect_column_values_to_match_regex",
                "with": {"column": "code", "regex": "(a"},
            },
            "missing",
        ),
    ],
)
def test_a_condition_that_does_not_fit_the_columns_is_a_fault(check, why):
    one = source(COLUMNS, checks=[{"rows": "n < 0"}, check])

    (fault,) = faults_in_predicates({"visits": one})
    assert fault.key in ("check_bad_sql", "check_sql_not_allowed")
    assert fault.values["number"] == 2
    assert why in fault.values["problem"]


def test_a_condition_may_use_derived_columns_and_words_in_quotes():
    one = source(
        COLUMNS, derived={"twice": "2 * n"}, checks=[{"rows": "twice > 3 or note = 'select'"}]
    )

    assert faults_in_predicates({"visits": one}) == []


DECLARED = """\
sources:
  visits:
    files: "*.csv"
    shape: events
    absent_rows: zero
    area: {constant: A}
    date: day
    columns:
      day: {type: date}
      n: {type: integer}
      code: {type: category}
    checks:
      - rows: "m > 3"
        message: {fi: a, sv: a, en: a}
      - expect: expect_column_values_to_be_in_set
        with:
          column: code
          value_set: [01, 02]
        message: {fi: a, sv: a, en: a}
"""


def test_the_line_of_the_fault_is_told(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text(DECLARED, encoding="utf-8")
    sources = read_sources(path)

    (fault,) = faults_in_checks(sources, path)
    assert (fault.key, fault.file, fault.line) == ("check_wrong_type", str(path), 18)
    path.write_text(DECLARED.replace("[01, 02]", "['01', '02']"), encoding="utf-8")
    (fault,) = faults_in_predicates(read_sources(path), path)
    assert (fault.key, fault.line) == ("check_bad_sql", 13)
