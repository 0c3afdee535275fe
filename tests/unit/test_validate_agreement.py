"""Our SQL for every expectation against Great Expectations' own, over the same rows."""

import inspect
import re

import pytest
from working_tables import load_rows, source, working

from pipelines.quality.argument_forms import FORMS
from pipelines.quality.batches import ROWS, batches
from pipelines.quality.counting import tally
from pipelines.quality.expectations import ELSEWHERE, EXPECTATIONS, REPEATS
from pipelines.quality.expectations import ROWS as OVER_ROWS
from pipelines.quality.faults import faults_in_checks, faults_in_predicates
from pipelines.quality.rules import rules_of
from pipelines.validate import _library, _opinions

EVERY_COMBINATION = """
select row_number() over () as line, * from
    (select unnest([null, 0, 1, 2]) as "Määrä A"),
    (select unnest([null, 1, 2]) as b),
    (select unnest([null, 0.5, 1.0, 2.0]) as c),
    (select unnest([null, '', 'a', 'ab1', 'É%_', 'a']) as code),
    (select unnest([null, date '2025-01-31', date '2025-02-01']) as seen),
    (select unnest([null, 7::ubigint, 18446744073709551615::ubigint]) as person)
"""
COLUMNS = {
    "Määrä A": "integer",
    "b": "integer",
    "c": "decimal",
    "code": "category",
    "seen": "date",
    "person": "person",
}
A, PAIR, TRIO = "Määrä A", {"column_A": "Määrä A", "column_B": "b"}, ["Määrä A", "b", "c"]

ARGUMENTS = {
    "not_be_null": [{"column": A}, {"column": "person", "mostly": 0.6}],
    "be_null": [{"column": "code"}],
    "be_between": [
        {"column": A, "min_value": 1, "max_value": 1},
        {"column": "c", "min_value": 0.5, "strict_min": True, "mostly": 0.5},
        {"column": "c", "max_value": 2, "strict_max": True},
        {"column": "seen", "min_value": "2025-02-01"},
    ],
    "be_in_set": [
        {"column": "code", "value_set": ["a", "É%_"]},
        {"column": A, "value_set": [0, 7]},
        {"column": "seen", "value_set": ["2025-02-01"]},
    ],
    "not_be_in_set": [{"column": "code", "value_set": ["a", "o'b"]}],
    "lengths_to_be_between": [{"column": "code", "min_value": 1, "max_value": 2}],
    "lengths_to_equal": [{"column": "code", "value": 3}],
    "values_to_match_regex": [{"column": "code", "regex": "^a[b]{1}:?"}],
    "values_to_not_match_regex": [{"column": "code", "regex": "\\d{1}$"}],
    "to_match_regex_list": [
        {"column": "code", "regex_list": ["^a", "1$"]},
        {"column": "code", "regex_list": ["^a", "1$"], "match_on": "all"},
    ],
    "to_not_match_regex_list": [{"column": "code", "regex_list": ["É", "1$"]}],
    "values_to_match_like_pattern": [{"column": "code", "like_pattern": "%\\%_", "escape": "\\"}],
    "values_to_not_match_like_pattern": [{"column": "code", "like_pattern": "a%"}],
    "to_match_like_pattern_list": [{"column": "code", "like_pattern_list": ["a%", "%1"]}],
    "to_not_match_like_pattern_list": [{"column": "code", "like_pattern_list": ["a%", "%_"]}],
    "a_to_be_greater_than_b": [PAIR, {**PAIR, "or_equal": True}, {**PAIR, "mostly": 0.1}],
    "pair_values_to_be_equal": [PAIR, {"column_A": "b", "column_B": "c", "mostly": 0.2}],
    "pair_values_to_be_in_set": [{**PAIR, "value_pairs_set": [[1, 1], [0, 2]]}],
    "multicolumn_sum_to_equal": [{"column_list": TRIO, "sum_total": 3.5}],
    "multicolumn_values_to_be_equal": [{"column_list": TRIO}, {"column_list": ["b", "c"]}],
    "unique_within_record": [{"column_list": TRIO}],
    "column_values_to_be_unique": [{"column": "person"}, {"column": "line"}],
    "compound_columns_to_be_unique": [
        {"column_list": ["b", "line"]},
        {"column_list": ["Määrä A", "b", "c", "seen", "person"]},
        {"column_list": ["Määrä A", "b", "c", "code", "seen", "person"]},
    ],
}


def declared_checks():
    for name in [*OVER_ROWS, *REPEATS]:
        endings = [ending for ending in ARGUMENTS if name.endswith(ending)]
        assert endings, f"no example for {name}"
        for given in ARGUMENTS[max(endings, key=len)]:
            yield {"expect": name, "with": given}
    yield {"rows": "code like '%:x%' or \"Määrä A\" > b"}


def judged(select):
    """Return the rules, our counts and the library's findings over the rows of a SELECT."""
    one = source(COLUMNS, checks=list(declared_checks()))
    assert faults_in_checks({"Lähde x": one}) == []
    connection = working()
    load_rows(connection, "Lähde x", select)
    assert faults_in_predicates({"Lähde x": one}) == []
    rules = rules_of(one)
    with batches(connection, "Lähde x", rules, limit=10_000):
        return rules, tally(connection, '"raw_Lähde x"', rules), _opinions(connection, ROWS, rules)


@pytest.fixture(scope="module")
def both():
    return judged(EVERY_COMBINATION)


NOTHING = ", ".join(f'null as "{one}"' for one in COLUMNS)


@pytest.mark.parametrize(
    "select",
    [
        f"select * from ({EVERY_COMBINATION}) where false",
        f"select * replace ({NOTHING}) from ({EVERY_COMBINATION}) where line < 4",
    ],
    ids=["no rows", "rows of nothing"],
)
def test_both_agree_where_there_is_nothing_to_look_at(select):
    rules, tallies, opinions = judged(select)

    for rule in rules:
        own, their = tallies[rule.number], opinions[rule.number]
        seen = (own.unexpected, own.is_within(rule.mostly))
        assert seen == (their.unexpected, their.success), rule.expectation


def test_both_count_the_same_bad_rows_for_every_expectation(both):
    rules, tallies, opinions = both

    counts = {rule.expectation: tallies[rule.number].unexpected for rule in rules}
    theirs = {rule.expectation: opinions[rule.number].unexpected for rule in rules}
    assert counts == theirs
    assert sum(count > 0 for count in counts.values()) > 30


def test_both_agree_on_what_mostly_tolerates(both):
    rules, tallies, opinions = both

    for rule in rules:
        within = tallies[rule.number].is_within(rule.mostly)
        assert within == opinions[rule.number].success, rule.expectation


def test_the_table_of_expectations_names_what_the_library_has():
    classes = inspect.getmembers(_library().expectations, inspect.isclass)
    known = {snake(name) for name, _ in classes if name.startswith("Expect")} - {"expectation"}

    assert set(EXPECTATIONS) <= known <= set(EXPECTATIONS) | ELSEWHERE


@pytest.mark.parametrize("name", EXPECTATIONS)
def test_every_argument_is_one_of_the_librarys_and_none_it_requires_is_forgotten(name):
    camel = "".join(word.capitalize() for word in name.split("_"))
    fields = getattr(_library().expectations, camel).__fields__
    required = {key for key, field in fields.items() if field.required}

    assert set(EXPECTATIONS[name].arguments) <= set(fields)
    assert required <= set(EXPECTATIONS[name].required)
    forms = set(EXPECTATIONS[name].arguments.values())
    assert forms <= {*FORMS, "value", "values", "pairs"}


def snake(camel: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", camel)
    return spaced.lower()
