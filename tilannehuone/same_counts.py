"""Which measures count the same people: what one of them hides the other must not show."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from tilannehuone.registry import Indicator, Part, Registry

AVERAGED = ("mean", "median")


@dataclass(frozen=True)
class SameCount:
    """What `counted` counts is the numerator, or the denominator, of `other` too."""

    counted: str
    other: str
    part: Literal["numerator", "denominator"]


def content(part: Part) -> tuple[str | None, ...]:
    """Return what decides the numbers of a part, alike for parts that count the same."""
    where = None if part.where is None else " ".join(part.where.split())
    return part.source, part.aggregate, part.column, where, part.date


def same_counts(registry: Registry) -> Iterator[SameCount]:
    """Yield every pair of hidden measures of which one prints what the other counts.

    Rounded measures print no counts, and means and medians hide by how many people are behind
    them; those are left out.
    """
    exact = [one for one in registry.indicators if _is_exact(one)]
    for one, other in permutations(exact, 2):
        if one.cohort_days != other.cohort_days:
            continue
        mine = content(one.numerator)
        if mine == content(other.numerator):
            yield SameCount(one.id, other.id, "numerator")
        if other.denominator is not None and mine == content(other.denominator):
            yield SameCount(one.id, other.id, "denominator")


def _is_exact(indicator: Indicator) -> bool:
    return indicator.kind not in AVERAGED and not indicator.protect.rounds
