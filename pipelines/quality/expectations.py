"""The expectations of Great Expectations that a check may name, and what each means for a row.

Great Expectations' import costs seconds, so that names and arguments are known from this table
instead; a test holds it against the library itself. `over` says what an expectation looks at:

* ``rows``: each row by itself; `bad` is its SQL predicate of a bad row (NULL counts as good)
* ``repeats``: rows whose columns repeat another row's; counted over the whole table
* ``table``: a statistic of the whole table, which the library computes
* ``columns``: which columns there are, of those that were declared
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pipelines.quality.predicates import (
    among,
    between,
    columns_differ,
    equal_length,
    greater,
    length_between,
    like,
    missing,
    not_in_pairs,
    pair_differs,
    present,
    regex,
    repeats_within,
    sum_differs,
)

Arguments = Mapping[str, Any]
Over = Literal["rows", "repeats", "table", "columns"]

NUMERIC = ("integer", "decimal", "any")
ORDERED = (*NUMERIC, "date")
TEXTUAL = ("text", "category", "any")
NOT_PERSONAL = ("integer", "decimal", "text", "category", "date", "any")
EVERY = (*NOT_PERSONAL, "person")
"""Column types; `any` is a derived column, whose type only its SQL knows. An expectation that
looks at no value may be of a person column."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation: its arguments with their forms (`argument_forms.py`), and its meaning."""

    over: Over
    required: Mapping[str, str] = field(default_factory=dict)
    optional: Mapping[str, str] = field(default_factory=dict)
    bad: Callable[[Arguments], str] | None = None
    native: bool = True  # False: the library cannot on DuckDB, and gets the predicate instead
    needs_bound: bool = False
    types: tuple[str, ...] = NOT_PERSONAL  # of the columns it may name

    @property
    def arguments(self) -> dict[str, str]:
        """Every argument and its form; `mostly` where rows are judged one by one."""
        share = {"mostly": "share"} if self.over in ("rows", "repeats") else {}
        return {**self.required, **self.optional, **share}


COLUMN = {"column": "column"}
PAIR = {"column_A": "column", "column_B": "column"}
LIST = {"column_list": "columns"}
STRICT = {"strict_min": "flag", "strict_max": "flag"}
VALUES = {"min_value": "value", "max_value": "value", **STRICT}
NUMBERS = {"min_value": "number", "max_value": "number", **STRICT}
WHOLES = {"min_value": "whole", "max_value": "whole", **STRICT}
SHARES = {"min_value": "share", "max_value": "share", **STRICT}
SET = {**COLUMN, "value_set": "values"}
ANY_ALL = {"match_on": "any_all"}


def _rows(
    bad: Callable[[Arguments], str],
    required: Mapping[str, str],
    optional: Mapping[str, str] | None = None,
    *,
    needs_bound: bool = False,
    types: tuple[str, ...] = NOT_PERSONAL,
) -> Expectation:
    more = optional or {}
    return Expectation("rows", required, more, bad, needs_bound=needs_bound, types=types)


def _statistic(optional: Mapping[str, str], types: tuple[str, ...]) -> Expectation:
    return Expectation("table", COLUMN, optional, needs_bound=True, types=types)


def _texts(
    bad: Callable[[Arguments], str], required: Mapping[str, str], **more: str
) -> Expectation:
    return Expectation("rows", {**COLUMN, **required}, more, bad, native=False)


ROWS = {
    "expect_column_values_to_not_be_null": _rows(missing, COLUMN, types=EVERY),
    "expect_column_values_to_be_null": _rows(present, COLUMN, types=EVERY),
    "expect_column_values_to_be_between": _rows(
        between, COLUMN, VALUES, needs_bound=True, types=ORDERED
    ),
    "expect_column_values_to_be_in_set": _rows(among("not in"), SET),
    "expect_column_values_to_not_be_in_set": _rows(among("in"), SET),
    "expect_column_value_lengths_to_be_between": _rows(
        length_between, COLUMN, WHOLES, needs_bound=True, types=TEXTUAL
    ),
    "expect_column_value_lengths_to_equal": _rows(
        equal_length, {**COLUMN, "value": "whole"}, types=TEXTUAL
    ),
    "expect_column_values_to_match_regex": _texts(regex(wanted=True), {"regex": "regex"}),
    "expect_column_values_to_not_match_regex": _texts(regex(wanted=False), {"regex": "regex"}),
    "expect_column_values_to_match_regex_list": _texts(
        regex(wanted=True), {"regex_list": "regexes"}, **ANY_ALL
    ),
    "expect_column_values_to_not_match_regex_list": _texts(
        regex(wanted=False), {"regex_list": "regexes"}
    ),
    "expect_column_values_to_match_like_pattern": _texts(
        like(wanted=True), {"like_pattern": "text"}, escape="text"
    ),
    "expect_column_values_to_not_match_like_pattern": _texts(
        like(wanted=False), {"like_pattern": "text"}, escape="text"
    ),
    "expect_column_values_to_match_like_pattern_list": _texts(
        like(wanted=True), {"like_pattern_list": "texts"}, escape="text", **ANY_ALL
    ),
    "expect_column_values_to_not_match_like_pattern_list": _texts(
        like(wanted=False), {"like_pattern_list": "texts"}, escape="text"
    ),
    "expect_column_pair_values_a_to_be_greater_than_b": _rows(greater, PAIR, {"or_equal": "flag"}),
    "expect_column_pair_values_to_be_equal": _rows(pair_differs, PAIR, types=EVERY),
    "expect_column_pair_values_to_be_in_set": _rows(
        not_in_pairs, {**PAIR, "value_pairs_set": "pairs"}
    ),
    "expect_multicolumn_sum_to_equal": _rows(
        sum_differs, {**LIST, "sum_total": "number"}, types=NUMERIC
    ),
    "expect_multicolumn_values_to_be_equal": _rows(columns_differ, LIST, types=EVERY),
    "expect_select_column_values_to_be_unique_within_record": _rows(
        repeats_within, LIST, types=EVERY
    ),
}

REPEATS = {
    "expect_column_values_to_be_unique": Expectation("repeats", COLUMN, types=EVERY),
    "expect_compound_columns_to_be_unique": Expectation("repeats", LIST, types=EVERY),
}

TABLE = {
    "expect_table_row_count_to_be_between": Expectation("table", {}, WHOLES, needs_bound=True),
    "expect_table_row_count_to_equal": Expectation("table", {"value": "whole"}),
    "expect_column_max_to_be_between": _statistic(VALUES, ORDERED),
    "expect_column_min_to_be_between": _statistic(VALUES, ORDERED),
    "expect_column_mean_to_be_between": _statistic(NUMBERS, NUMERIC),
    "expect_column_median_to_be_between": _statistic(NUMBERS, NUMERIC),
    "expect_column_sum_to_be_between": _statistic(NUMBERS, NUMERIC),
    "expect_column_stdev_to_be_between": _statistic(NUMBERS, NUMERIC),
    "expect_column_unique_value_count_to_be_between": _statistic(WHOLES, types=EVERY),
    "expect_column_proportion_of_unique_values_to_be_between": _statistic(SHARES, types=EVERY),
    "expect_column_proportion_of_non_null_values_to_be_between": _statistic(SHARES, types=EVERY),
    "expect_column_distinct_values_to_be_in_set": Expectation("table", SET),
    "expect_column_distinct_values_to_contain_set": Expectation("table", SET),
    "expect_column_distinct_values_to_equal_set": Expectation("table", SET),
    "expect_column_most_common_value_to_be_in_set": Expectation(
        "table", SET, {"ties_okay": "flag"}
    ),
    "expect_column_quantile_values_to_be_between": Expectation(
        "table",
        {**COLUMN, "quantile_ranges": "ranges"},
        {"allow_relative_error": "flag"},
        types=NUMERIC,
    ),
    "expect_column_value_z_scores_to_be_less_than": Expectation(
        "table",
        {**COLUMN, "threshold": "number", "double_sided": "flag"},
        {"mostly": "share"},
        types=NUMERIC,
    ),
}

COLUMNS = {
    "expect_column_to_exist": Expectation("columns", {"column": "text"}),
    "expect_table_column_count_to_be_between": Expectation(
        "columns", {}, {"min_value": "whole", "max_value": "whole"}, needs_bound=True
    ),
    "expect_table_column_count_to_equal": Expectation("columns", {"value": "whole"}),
    "expect_table_columns_to_match_set": Expectation(
        "columns", {"column_set": "texts"}, {"exact_match": "flag"}
    ),
    "expect_table_columns_to_match_ordered_list": Expectation("columns", {"column_list": "texts"}),
}

EXPECTATIONS: dict[str, Expectation] = {**ROWS, **REPEATS, **TABLE, **COLUMNS}

ELSEWHERE = frozenset(
    [
        "expect_column_bootstrapped_ks_test_p_value_to_be_greater_than",
        "expect_column_chisquare_test_p_value_to_be_greater_than",
        "expect_column_kl_divergence_to_be_less_than",
        "expect_column_pair_cramers_phi_value_to_be_less_than",
        "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than",
        "expect_column_type_to_be",
        "expect_column_values_to_be_dateutil_parseable",
        "expect_column_values_to_be_decreasing",
        "expect_column_values_to_be_in_type_list",
        "expect_column_values_to_be_increasing",
        "expect_column_values_to_be_json_parseable",
        "expect_column_values_to_be_of_type",
        "expect_column_values_to_match_json_schema",
        "expect_column_values_to_match_strftime_format",
        "expect_column_values_to_not_be_outliers",
        "expect_multicolumn_values_to_be_unique",
        "expect_query_results_to_match_comparison",
        "expect_table_row_count_to_equal_other_table",
        "unexpected_rows_expectation",
    ]
)
"""Names the library knows and a check here may not use: it cannot run them on DuckDB, they need
another table, or the declared types say it already. `rows:` says the same in SQL."""
