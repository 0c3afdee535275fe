"""The words that stand in place of a number, and a number with its unit, for a page's parts."""

import math
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import pandas as pd

from tilannehuone.charts.table import Cell
from tilannehuone.registry import Indicator
from tilannehuone.texts import catalogue, text
from tilannehuone.texts.format import NARROW, number, percent, unit_after
from tilannehuone.ui.rounded import by_base, names_of

STATUSES = "ckxzuo"
"""Why there is no figure, in the order of a legend; `ok` needs no words."""

ROUNDED_STATUSES = "ck"
"""Those that mean another thing where counts are rounded."""


def figure(indicator: Indicator, value: float, lang: str) -> str:
    """Return a value as it stands alone: with % where that is its unit, else bare."""
    if indicator.unit.in_language(lang) == "%":
        return percent(value, lang, indicator.decimals)
    return number(value, lang, indicator.decimals)


def unit_words(indicator: Indicator, lang: str, value: float | None) -> str:
    """Return the unit beside a figure: of one when it is one; empty for %, written with it."""
    unit = indicator.unit.in_language(lang)
    if unit == "%" or value is None:
        return "" if unit == "%" else unit
    return unit_after(number(value, lang, indicator.decimals), unit, lang)


def figure_cell(indicator: Indicator, value: Any, status: str | None, lang: str) -> Cell:
    """Return a table's cell: the figure, or why there is none."""
    if is_known(value):
        return Cell(figure(indicator, float(value), lang), number=float(value))
    return Cell(status_word(status, lang), quiet=True)


def number_cell(value: Any, lang: str, decimals: int = 0) -> Cell:
    """Return a number's cell; an unknown one is a dash, whose reason stands in the row."""
    if not is_known(value):
        return Cell("–", quiet=True)
    return Cell(number(float(value), lang, decimals), number=float(value))


def count(value: float, lang: str) -> str:
    """Return a whole number of rows, files or periods."""
    return number(float(value), lang, 0)


def status_word(status: str | None, lang: str) -> str:
    """Return the word of a cell without a number; `ok` without one is said to be missing."""
    return text(f"status.short_{status or 'x'}", lang)


def status_tile(status: str, indicator: Indicator, lang: str) -> str:
    """Return the words of a tile without a number."""
    kind = "c_rounded" if status == "c" and indicator.protect.rounds else status
    return text(f"status.tile_{kind}", lang, k=threshold(indicator))


def status_legend(
    lang: str, used: Collection[str], *indicators: Indicator
) -> list[tuple[str, str]]:
    """Return code and explanation of each status but `ok` in `used`.

    What a hidden figure and a zero are is another thing where counts are rounded: it is told for
    the rounded measures apart, by name where others stand beside them.
    """
    hiding = [one for one in indicators if not one.protect.rounds]
    told: list[tuple[str, str]] = []
    for code in (one for one in STATUSES if one in used):
        if hiding or code not in ROUNDED_STATUSES:
            told.append((code, text(f"status.long_{code}", lang, k=threshold(*hiding))))
        if code in ROUNDED_STATUSES:
            told += [(code, words) for words in _rounded(code, indicators, lang)]
    return told


def _rounded(code: str, indicators: Collection[Indicator], lang: str) -> Iterator[str]:
    """Yield what a status means in the rounded measures, in each way that they are rounded."""
    for some in by_base(indicators).values():
        words = text(f"status.long_{code}_rounded", lang, most=some[0].protect.most_as_zero)
        is_all = len(some) == len(indicators)
        yield words if is_all else f"{names_of(some, lang)}: {words}"


def threshold(*indicators: Indicator) -> str:
    """Return the smallest count that may be shown; of measures that differ, from the least on.

    A median or a mean is of at least so many observations.
    """
    rules = {
        one.protect.n_min if one.kind in ("median", "mean") else one.protect.k_min
        for one in indicators
    }
    return str(min(rules)) if len(rules) == 1 else f"{min(rules)}–{max(rules)}" if rules else ""


def reason_words(code: str, lang: str) -> str:
    """Return why rows were rejected, in words; an unknown code as it is."""
    return catalogue(lang).get(f"faults.reason_{code}", code)


def interval(lower: Any, upper: Any, lang: str, decimals: int) -> Cell:
    """Return the cell of a 95 % interval."""
    if not (is_known(lower) and is_known(upper)):
        return Cell("–", quiet=True)
    return Cell(f"{number(lower, lang, decimals)}{NARROW}–{NARROW}{number(upper, lang, decimals)}")


def is_known(value: Any) -> bool:
    """Return whether there is a number at all (NaN and NULL are none)."""
    return value is not None and not (isinstance(value, float) and math.isnan(value))


def as_day(moment: Any) -> date | None:
    """Return a date of the store as a date; None where there is none."""
    return None if pd.isna(moment) else pd.Timestamp(moment).date()
