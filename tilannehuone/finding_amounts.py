"""How a finding writes its amounts: a value with its unit, an interval, the limits of a chart."""

import re
from functools import cache

from tilannehuone.finding_result import Finding
from tilannehuone.texts import text
from tilannehuone.texts.format import MINUS, NARROW, number, value_with_unit

PER_CENT = "%"
WHOLE = 100.0
"""The largest share, in per cent."""


def amount(value: float, unit: str, decimals: int, lang: str) -> str:
    r"""Return a value with its unit; `/ 1 000 lasta` is a column's, in a sentence it is `per`.

    >>> amount(5.2, "/ 1 000 lasta", 1, "fi")
    '5,2\xa0per 1\u202f000 lasta'
    """
    return value_with_unit(value, _in_sentence(unit), lang, decimals)


def spoken_of(finding: Finding, unit: str) -> str:
    """Return what the value is called: a % of a whole is a `share`, all else a `value`."""
    value = finding.latest_value
    is_share = unit == PER_CENT and value is not None and 0 <= value <= WHOLE
    return "share" if is_share else "value"


def interval_words(finding: Finding, unit: str, decimals: int, lang: str) -> str:
    """Return the limits of the value's interval; empty where they are one number as written."""
    low, high = finding.latest_lower, finding.latest_upper
    if low is None or high is None:
        return ""
    lower, upper = (number(one, lang, decimals) for one in (low, high))
    if lower == upper:
        return ""
    if unit == PER_CENT:
        upper = amount(high, unit, decimals, lang)
    return f"{lower} – {upper}" if MINUS in lower else f"{lower}–{upper}"


def limit_words(finding: Finding, unit: str, decimals: int, lang: str) -> str:
    """Return the sentence of centre and limits; empty where there are none."""
    centre, lower, upper = finding.centre, finding.lower, finding.upper
    if centre is None or lower is None or upper is None:
        return ""
    limits = [_limit(one, unit, decimals, lang) for one in (lower, upper)]
    if unit == PER_CENT and 0 <= centre <= WHOLE:
        limits = [_share_limit(one, decimals, lang) for one in (lower, upper)]
    told = {"centre": amount(centre, unit, decimals, lang), "lower": limits[0], "upper": limits[1]}
    key = "alt_limits_seasonal" if finding.evidence.seasonal else "alt_limits"
    return text("finding.alt_same" if is_constant(finding) else f"finding.{key}", lang, **told)


def is_constant(finding: Finding) -> bool:
    """Return whether all values that the limits are of are one and the same."""
    is_one = finding.lower is not None and finding.lower == finding.upper
    return is_one and not finding.evidence.seasonal


@cache
def _in_sentence(unit: str) -> str:
    return re.sub(r"(?<=\d) (?=\d)", NARROW, re.sub(r"^/\s*", "per ", unit))


def _limit(value: float, unit: str, decimals: int, lang: str) -> str:
    """Return a limit, whose unit the centre has named; a % stands with every number."""
    return amount(value, unit if unit == PER_CENT else "", decimals, lang)


def _share_limit(value: float, decimals: int, lang: str) -> str:
    """Return a limit of a share; one that no share reaches is told as beyond the bound."""
    if 0 <= value <= WHOLE:
        return amount(value, PER_CENT, decimals, lang)
    key, bound = ("under", 0.0) if value < 0 else ("over", WHOLE)
    return text(f"finding.limit_{key}", lang, value=amount(bound, PER_CENT, 0, lang))
