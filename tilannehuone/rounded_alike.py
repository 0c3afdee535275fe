"""Measures that tell of the same people are rounded alike, or none of them is.

A printed multiple is a range. Of a part it bounds a hidden whole from below, of a whole a hidden
part from above; of the same number it is told twice, and the multiples of two bases can leave one
number to both. Measures are protected one by one, so nothing later in a build would see it.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

from tilannehuone.declared import Path_
from tilannehuone.registry import Indicator, Registry
from tilannehuone.same_counts import content

Problem = tuple[Path_, str, Mapping[str, object]]


def rounding_problems(registry: Registry) -> Iterator[Problem]:
    """Yield each pair that is not rounded alike: a part and its whole, or two of one number."""
    at = {one.id: n for n, one in enumerate(registry.indicators)}
    of = {one.id: one for one in registry.indicators}
    for part in registry.indicators:
        whole = of.get(part.subset_of or "")
        if whole is not None and _base(part) != _base(whole):
            values = {"part": part.id, "whole": whole.id}
            yield ("indicators", at[part.id], "subset_of"), "subset_rounded_apart", values
    for one, other in combinations(registry.indicators, 2):
        tied = one.id == other.subset_of or other.id == one.subset_of
        if _base(one) != _base(other) and not tied and _counted(one) & _counted(other):
            values = {"one": one.id, "other": other.id}
            rounds = other if other.protect.rounds else one
            yield ("indicators", at[rounds.id], "protect"), "same_rounded_apart", values


def _base(indicator: Indicator) -> int:
    """Return what a measure's counts are multiples of; 0 where they are not rounded."""
    return indicator.protect.rounding_base if indicator.protect.rounds else 0


def _counted(indicator: Indicator) -> set[tuple[str | None, ...]]:
    """Return what a measure counts that is not public: its numerator, and the whole of a share."""
    parts = [indicator.numerator]
    if indicator.kind == "proportion" and indicator.denominator is not None:
        parts.append(indicator.denominator)
    return {content(part) for part in parts}
