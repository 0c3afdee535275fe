"""The columns that a script may count on, and the kind of each: the same of every release."""

import pandas as pd

DATES = frozenset(
    {"period_start", "latest_period", "date_from", "date_to", "valid_from", "valid_to", "built_at"}
)
NUMBERS = frozenset(
    {
        *("numerator", "denominator", "value", "lower95", "upper95", "latest_value"),
        *("centre", "lower", "upper", "near_lower", "near_upper", "old_value", "new_value"),
    }
)
COUNTS = frozenset({"segment", "known"})
"""Whole numbers, of which some rows may have none."""

LISTS = frozenset({"indicators", "areas"})

CELL = (
    *("indicator_id", "area_code", "period_type", "period_start", "breakdown", "category"),
    *("numerator", "denominator", "value", "lower95", "upper95", "status"),
)
SERIES = (
    *("period_start", "numerator", "denominator", "value", "lower95", "upper95", "status"),
    *("centre", "lower", "upper", "near_lower", "near_upper", "segment", "signal", "side", "kind"),
)
FINDING = (
    *("indicator_id", "area_code", "period_type", "breakdown", "category", "known", "ladder"),
    *("latest_period", "latest_value", "latest_status", "variation", "assurance"),
)
INDICATOR = (
    *("indicator_id", "name_fi", "name_sv", "name_en", "kind", "cadence", "period"),
    *("period_type", "direction", "definitions_hash"),
)
AREA = (
    *("area_code", "area_type", "parent_code", "name_fi", "name_sv", "name_en"),
    *("valid_from", "valid_to"),
)
EVENT = (*("date_from", "date_to", "kind", "text_fi", "text_sv", "text_en", "indicators", "areas"),)
REVISION = (
    *("indicator_id", "area_code", "period_type", "period_start", "breakdown", "category"),
    *("old_value", "new_value", "old_status", "new_status", "change"),
)


def kind_of(column: str) -> str:
    """Return the pandas dtype of a column.

    >>> kind_of("value"), kind_of("period_start"), kind_of("segment"), kind_of("status")
    ('float64', 'datetime64[us]', 'Int64', 'str')
    """
    if column in DATES:
        return "datetime64[us]"
    if column in NUMBERS:
        return "float64"
    if column in COUNTS:
        return "Int64"
    return "object" if column in LISTS else "str"


def typed(found: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return the columns of a promise, in its order and kinds, rows counted from 0.

    A column without a single value has its kind as well: frames of any two series join.
    """
    kept = found.loc[:, list(columns)].astype({one: kind_of(one) for one in columns})
    return kept.reset_index(drop=True)
