"""SQL predicates of bad rows, one function an expectation.

They say what Great Expectations' own SQL says, also where values are missing: a predicate that is
NULL counts as good. `tests/unit/test_validate_agreement.py` runs both over the same rows.
"""

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

from pipelines.naming import quoted
from pipelines.quality.sql import literal

Arguments = Mapping[str, Any]


def missing(given: Arguments) -> str:
    """Bad: no value."""
    return f"{quoted(given['column'])} is null"


def present(given: Arguments) -> str:
    """Bad: a value."""
    return f"{quoted(given['column'])} is not null"


def _outside(subject: str, given: Arguments) -> str:
    bounds = []
    if given.get("min_value") is not None:
        sign = "<=" if given.get("strict_min") else "<"
        bounds.append(f"{subject} {sign} {literal(given['min_value'])}")
    if given.get("max_value") is not None:
        sign = ">=" if given.get("strict_max") else ">"
        bounds.append(f"{subject} {sign} {literal(given['max_value'])}")
    return " or ".join(bounds)


def between(given: Arguments) -> str:
    """Bad: below the least or above the greatest value.

    >>> between({"column": "age", "min_value": 0, "max_value": 25, "strict_max": True})
    '"age" < 0 or "age" >= 25'
    """
    return _outside(quoted(given["column"]), given)


def _length(given: Arguments) -> str:
    return f"length(cast({quoted(given['column'])} as varchar))"


def length_between(given: Arguments) -> str:
    """Bad: a text shorter or longer than allowed, in characters."""
    return _outside(_length(given), given)


def equal_length(given: Arguments) -> str:
    """Bad: a text of another length, in characters."""
    return f"{_length(given)} <> {literal(given['value'])}"


def among(operator: str) -> Callable[[Arguments], str]:
    """Bad: a value that is `in` or `not in` the declared set."""

    def bad(given: Arguments) -> str:
        values = ", ".join(literal(one) for one in given["value_set"])
        return f"{quoted(given['column'])} {operator} ({values})"

    return bad


def _matching(tests: list[str], given: Arguments, wanted: bool) -> str:
    if not wanted:
        return " or ".join(tests)
    both = " and " if given.get("match_on") == "all" else " or "
    return f"not ({both.join(tests)})"


def regex(wanted: bool) -> Callable[[Arguments], str]:
    """Bad: the pattern is found nowhere in the text (`wanted`), or is found."""

    def bad(given: Arguments) -> str:
        subject = f"cast({quoted(given['column'])} as varchar)"
        patterns = given.get("regex_list") or [given["regex"]]
        tests = [f"regexp_matches({subject}, {literal(one)})" for one in patterns]
        return _matching(tests, given, wanted)

    return bad


def like(wanted: bool) -> Callable[[Arguments], str]:
    """Bad: the text is not LIKE the pattern (`wanted`), or is."""

    def bad(given: Arguments) -> str:
        subject = f"cast({quoted(given['column'])} as varchar)"
        escape = f" escape {literal(given['escape'])}" if given.get("escape") else ""
        patterns = given.get("like_pattern_list") or [given["like_pattern"]]
        tests = [f"{subject} like {literal(one)}{escape}" for one in patterns]
        return _matching(tests, given, wanted)

    return bad


def greater(given: Arguments) -> str:
    """Bad: A is not greater than B; one of them missing is not bad."""
    a, b = quoted(given["column_A"]), quoted(given["column_B"])
    return f"{a} < {b}" if given.get("or_equal") else f"{a} <= {b}"


def pair_differs(given: Arguments) -> str:
    """Bad: A and B differ, or only one of them has a value."""
    return f"{quoted(given['column_A'])} is distinct from {quoted(given['column_B'])}"


def not_in_pairs(given: Arguments) -> str:
    """Bad: A and B together are none of the declared pairs."""
    a, b = quoted(given["column_A"]), quoted(given["column_B"])
    pairs = [f"({a} = {literal(x)} and {b} = {literal(y)})" for x, y in given["value_pairs_set"]]
    return f"not ({' or '.join(pairs)})"


def sum_differs(given: Arguments) -> str:
    """Bad: the columns' sum is another; a missing part makes it unknown."""
    return f"{' + '.join(map(quoted, given['column_list']))} <> {literal(given['sum_total'])}"


def columns_differ(given: Arguments) -> str:
    """Bad: the columns are not all equal."""
    first, *others = map(quoted, given["column_list"])
    return " or ".join(f"{first} is distinct from {one}" for one in others)


def repeats_within(given: Arguments) -> str:
    """Bad: two of the row's columns hold the same, or no value; a row without any is not bad."""
    columns = [quoted(one) for one in given["column_list"]]
    same = " or ".join(f"{a} is not distinct from {b}" for a, b in combinations(columns, 2))
    return f"({same}) and ({' or '.join(f'{one} is not null' for one in columns)})"
