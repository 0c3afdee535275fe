"""What an argument of a check may look like, and what type its column has."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from tilannehuone.sources import Source

PLACED = {
    "file_id": "integer",
    "line": "integer",
    "area_code": "category",
    "period_type": "category",
    "period_start": "date",
}
"""Columns the loader adds to every typed row; an events source has no period."""

MARKED = "__status"


def column_type(source: Source, column: str) -> str | None:
    """Return the type of a column that a check names; None when there is no such column.

    ``any`` stands for a derived column, whose type only its SQL knows.
    """
    if column in source.columns:
        return source.columns[column].type
    if column in source.derived:
        return "any"
    if column in source.column_names():
        return "text"
    owner = source.columns.get(column.removesuffix(MARKED))
    if source.shape == "aggregate" and column.endswith(MARKED) and owner is not None:
        return "category" if owner.type in ("integer", "decimal") else None
    if source.shape == "events" and column.startswith("period_"):
        return None
    return PLACED.get(column)


def is_number(value: Any) -> bool:
    """Say whether a value is a finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def as_date(value: Any) -> date | None:
    """Return an ISO date, written as a date or as a text; None when it is neither."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def of_type(value: Any, kind: str) -> bool:
    """Say whether a value can stand in a column of type `kind`.

    A code column holds text, so that `01` keeps its zero: its values need quotes in YAML.
    """
    if kind in ("integer", "decimal"):
        return is_number(value)
    if kind == "date":
        return as_date(value) is not None
    return isinstance(value, str) or (kind == "any" and (is_number(value) or bool(as_date(value))))


def _list_of(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and bool(value) and all(map(fits, value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_ranges(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"quantiles", "value_ranges"}:
        return False
    shares, ranges = value["quantiles"], value["value_ranges"]
    bound = _list_of(lambda one: one is None or is_number(one))
    return (
        _list_of(lambda one: is_number(one) and 0 <= one <= 1)(shares)
        and _list_of(lambda one: bound(one) and len(one) == 2)(ranges)
        and len(shares) == len(ranges)
    )


FORMS: Mapping[str, Callable[[Any], bool]] = {
    "flag": lambda value: isinstance(value, bool),
    "number": is_number,
    "whole": lambda value: is_number(value) and value == int(value) and value >= 0,
    "share": lambda value: is_number(value) and 0 <= value <= 1,
    "text": _is_text,
    "texts": _list_of(_is_text),
    "regex": _is_text,
    "regexes": _list_of(_is_text),
    "any_all": lambda value: value in ("any", "all"),
    "ranges": _is_ranges,
    "column": _is_text,
    "columns": lambda value: _list_of(_is_text)(value) and len(value) > 1,
}
"""Forms that need no column to be judged by; `value`, `values` and `pairs` need one."""


EXAMPLES = {
    "flag": "true | false",
    "number": "1.5",
    "whole": "0, 1, 2 …",
    "share": "0.95 (0–1)",
    "text": '"…"',
    "texts": '["…", "…"]',
    "regex": "'^…$'",
    "regexes": "['^…$', '…']",
    "any_all": "any | all",
    "ranges": "{quantiles: [0.5], value_ranges: [[0, 10]]}",
    "column": "abc",
    "columns": "[abc, def]",
}
"""Each form as one would write it in YAML, in no language."""


def fits(value: Any, form: str, kinds: list[str]) -> bool:
    """Say whether an argument has its form, given the types of the columns the check names."""
    if form == "value":
        return of_type(value, kinds[0])
    if form == "values":
        return _list_of(lambda one: of_type(one, kinds[0]))(value)
    if form == "pairs":
        return _list_of(lambda one: _is_pair(one, kinds))(value)
    return FORMS[form](value)


def _is_pair(value: Any, kinds: list[str]) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    return all(of_type(one, kind) for one, kind in zip(value, kinds, strict=False))


def typed(value: Any, form: str, kinds: list[str]) -> Any:
    """Return an argument with the dates that were written as text made dates."""
    if form == "value" and kinds[0] == "date":
        return as_date(value)
    if form == "values" and kinds[0] == "date":
        return [as_date(one) for one in value]
    if form == "pairs":
        return [
            tuple(as_date(x) if kind == "date" else x for x, kind in zip(one, kinds, strict=False))
            for one in value
        ]
    return value
