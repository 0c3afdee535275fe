"""Do two declarations of a measure count the same? What is only worded otherwise does not matter.

Names, definitions in words, targets, caveats, owners and the threshold k are told or decided by
each region; none of them changes a number that is shown.
"""

from collections.abc import Mapping
from typing import Any

DECIDING: Mapping[str, Any] = {
    "kind": None,
    "unit": None,
    "scale": 1.0,
    "numerator": None,
    "denominator": None,
    "rolling": None,
    "half_year_anchor": "jan",
    "cohort_days": 0,
}
"""What decides the number, and what each is where a declaration leaves it out."""

PART_DEFAULTS: Mapping[str, Any] = {"carry_years": 1}


def counted_alike(a: Mapping[str, Any], b: Mapping[str, Any], breakdown: str = "all") -> bool:
    """Return whether two published declarations of a measure count the same.

    `breakdown` is the column that the compared series are split by: its categories must then be
    the same too. A declaration that is not known counts like no other, not even like itself.

    >>> one = {"kind": "count", "unit": {"fi": "kpl"}, "numerator": {"from": "x", "count": "rows"}}
    >>> counted_alike(one, one | {"owner": "somebody", "scale": 1})
    True
    >>> counted_alike(one, one | {"cohort_days": 90})
    False
    """
    if not (a and b):
        return False
    alike = all(_plain(a.get(key, usual)) == _plain(b.get(key, usual)) for key, usual in USUAL)
    return alike and (breakdown == "all" or _categories(a, breakdown) == _categories(b, breakdown))


USUAL = tuple(DECIDING.items())


def _plain(value: Any) -> Any:
    """Return a declared value without what is left at its usual, and without spare white space."""
    if isinstance(value, Mapping):
        told = {str(key): _plain(one) for key, one in value.items()}
        return {
            key: one
            for key, one in told.items()
            if one is not None and PART_DEFAULTS.get(key, _NOTHING) != one
        }
    if isinstance(value, str):
        return " ".join(value.split())
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


_NOTHING = object()


def _categories(definition: Mapping[str, Any], breakdown: str) -> frozenset[str] | None:
    """Return the declared categories of a breakdown; None where it is not declared."""
    for one in definition.get("breakdowns") or ():
        if one.get("column") == breakdown:
            return frozenset(one.get("labels") or ())
    return None
