"""May two areas be compared on a measure? A verdict with its reasons, never a guess.

Seven conditions are asked of the pair, and the worst answer gives the word: `docs/network.md` holds
the table. The verdict bears on words only. Where it is "not comparable" both series are still
shown, and it is said why they are not compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from tilannehuone.network.counted import counted_alike
from tilannehuone.periods import period_end

Word = Literal["comparable", "with_reservations", "not_comparable"]
Severity = Literal["with_reservations", "not_comparable"]

WORDS: tuple[Word, ...] = ("comparable", "with_reservations", "not_comparable")
"""From the best to the worst."""

ENOUGH, TOO_LITTLE = 0.8, 0.5
"""Shares of the expected periods that are shown: from the first on all is well, below the second
nothing is compared."""

LEAST_PERIODS = 5
PERIODS = {"week": 104, "month": 24, "quarter": 8}
"""How many periods two years are; of longer ones, the last five are looked at."""
ROLLING = 24
"""Rolling windows follow each other every month."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the verdict must know of one area's series of one measure.

    Attributes
    ----------
    region, area_code, area_type : whose it is; areas of one region have one source
    indicator_id, definition, definitions_hash : the measure as its region declares it
    systems : the client systems that its sources come from; empty where none is declared
    period_type, latest_period : the grain, and the newest period that has a figure
    shown, expected : first days of the periods with a figure, and of all there should be
    breaks : days from which the numbers count something else than before
    rebases : days from which people have confirmed a new level; they count the same as before
    breakdown : the column that splits the series, `all` for none
    """

    region: str
    area_code: str
    area_type: str
    indicator_id: str
    definition: Mapping[str, Any]
    definitions_hash: str
    systems: tuple[str, ...]
    period_type: str
    latest_period: date | None
    shown: tuple[date, ...]
    expected: tuple[date, ...]
    breaks: tuple[date, ...] = ()
    rebases: tuple[date, ...] = ()
    breakdown: str = "all"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair is not simply comparable: `key` names a text, `values` what stands in it."""

    key: str
    severity: Severity
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The word of the worst reason; `compared` is the period that levels may be compared at."""

    word: Word
    reasons: tuple[Reason, ...]
    compared: date | None


def verdict(a: Facts, b: Facts) -> Verdict:
    """Return whether two areas may be compared on a measure; the order of the two is nothing.

    Raises
    ------
    ValueError
        When the two are not of one measure, split in one way: that is never asked.

    Examples
    --------
    >>> years = tuple(date(2020 + n, 1, 1) for n in range(5))
    >>> of = ("count", {}, "h", ("x",), "year", years[-1], years, years)
    >>> a, b = Facts("", "a", "district", *of), Facts("", "b", "county", *of)
    >>> verdict(a, a).word, verdict(a, b).word, [one.key for one in verdict(a, b).reasons]
    ('comparable', 'with_reservations', ['units_differ'])
    """
    if (a.indicator_id, a.breakdown) != (b.indicator_id, b.breakdown):
        raise ValueError("only one measure, split in one way, is compared")
    compared = common_period(a, b)
    reasons = [*_of_definition(a, b), *_of_period(a, b, compared)]
    if compared is not None:
        begins = _window_start(a, b, compared)
        reasons += [*_of_coverage(a, b, begins, compared), *_of_breaks(a, b, begins, compared)]
    reasons += [*_of_system(a, b), *_of_units(a, b)]
    worst = max((WORDS.index(one.severity) for one in reasons), default=0)
    return Verdict(WORDS[worst], tuple(reasons), compared)


def common_period(a: Facts, b: Facts) -> date | None:
    """Return the latest period that both show; None where there is none, or the grains differ."""
    if a.period_type != b.period_type:
        return None
    return max(set(a.shown) & set(b.shown), default=None)


def window_length(period_type: str) -> int:
    """Return how many periods are looked at: those of two years, and five at the least."""
    if period_type.startswith("rolling"):
        return ROLLING
    return PERIODS.get(period_type, LEAST_PERIODS)


def _window_start(a: Facts, b: Facts, compared: date) -> date:
    due = sorted(one for one in {*a.expected, *b.expected, compared} if one <= compared)
    return due[-window_length(a.period_type) :][0]


def _of_definition(a: Facts, b: Facts) -> Iterator[Reason]:
    if a.definitions_hash and a.definitions_hash == b.definitions_hash:
        return
    if counted_alike(a.definition, b.definition, a.breakdown):
        if a.definition != b.definition or a.definitions_hash != b.definitions_hash:
            yield Reason("definition_worded", "with_reservations")
        return
    yield Reason("definition_counted", "not_comparable")


def _of_period(a: Facts, b: Facts, compared: date | None) -> Iterator[Reason]:
    if compared is None:
        yield Reason("period_none", "not_comparable")
    elif a.latest_period != b.latest_period:
        yield Reason("period_differs", "with_reservations", {"compared": compared})


def _of_coverage(a: Facts, b: Facts, begins: date, compared: date) -> Iterator[Reason]:
    shares = [(one.area_code, coverage(one, begins, compared)) for one in (a, b)]
    least = min(share for _, share in shares)
    if least >= ENOUGH:
        return
    areas = tuple(sorted(code for code, share in shares if share < ENOUGH))
    told = {"share": least, "areas": areas}
    if least < TOO_LITTLE:
        yield Reason("coverage_poor", "not_comparable", told)
    else:
        yield Reason("coverage_low", "with_reservations", told)


def coverage(facts: Facts, begins: date, ends: date) -> float:
    """Return the share of the expected periods from `begins` to `ends` that are shown."""
    due = {one for one in facts.expected if begins <= one <= ends}
    return len(due & set(facts.shown)) / len(due) if due else 0.0


def _of_breaks(a: Facts, b: Facts, begins: date, compared: date) -> Iterator[Reason]:
    """Yield what follows from breaks that only one of the two has.

    After the compared period has begun it makes the levels two things: the figure, or the way of
    counting that is declared today, is then another than the other area's. One before it, within
    the window, leaves the levels and cuts one of the two trends. So does a confirmed new level,
    wherever it lies: the number still counts the same.
    """
    until = max(_newest_end(one) for one in (a, b))
    unshared = sorted(set(a.breaks) ^ set(b.breaks))
    after = tuple(one for one in unshared if compared < one <= until)
    before = tuple(one for one in unshared if begins < one <= compared)
    levels = tuple(sorted(one for one in {*a.rebases} ^ {*b.rebases} if begins < one <= until))
    if after:
        yield Reason("break_after", "not_comparable", {"days": after})
    if before:
        yield Reason("break_before", "with_reservations", {"days": before})
    if levels:
        yield Reason("level_rebased", "with_reservations", {"days": levels})


def _newest_end(facts: Facts) -> date:
    """Return the last day of the newest period: a later break has broken nothing yet."""
    return period_end(facts.period_type, facts.latest_period or max(facts.shown))


def _of_system(a: Facts, b: Facts) -> Iterator[Reason]:
    if a.region == b.region:
        return
    if not (a.systems and b.systems):
        yield Reason("system_undeclared", "with_reservations")
    elif set(a.systems) != set(b.systems):
        yield Reason("system_differs", "with_reservations")


def _of_units(a: Facts, b: Facts) -> Iterator[Reason]:
    if a.area_type != b.area_type:
        types = tuple(sorted((a.area_type, b.area_type)))
        yield Reason("units_differ", "with_reservations", {"types": types})
