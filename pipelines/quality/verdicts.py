"""From what our own SQL counted and what Great Expectations found, one result for each check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.quality.counting import Tally
from pipelines.quality.results import Recorder, told
from pipelines.quality.rules import Rule
from tilannehuone.declared import Names

SHOWN_STATISTICS = frozenset(
    [
        "expect_table_row_count_to_be_between",
        "expect_table_row_count_to_equal",
        "expect_column_unique_value_count_to_be_between",
        "expect_column_proportion_of_unique_values_to_be_between",
        "expect_column_proportion_of_non_null_values_to_be_between",
        "expect_table_column_count_to_be_between",
        "expect_table_column_count_to_equal",
    ]
)
"""Statistics whose observed value may stand in a release: counts and shares of rows. A greatest
value, a mean or a set of values would be unprotected numbers about people."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What Great Expectations found of one rule; `unexpected` is None where it counts no rows."""

    success: bool = False
    raised: bool = False
    unexpected: int | None = None
    observed: str | None = None


def record_rules(
    recorder: Recorder,
    rules: Sequence[Rule],
    tallies: Mapping[int, Tally],
    seen: Mapping[int, Tally],
    opinions: Mapping[int, Opinion],
) -> None:
    """Write one result for each rule.

    Parameters
    ----------
    recorder
        Of the source.
    rules
        All of the source's rules.
    tallies
        Our own counts over all rows, for rules over rows and repeats.
    seen
        Our own counts over the rows that Great Expectations saw.
    opinions
        Its own findings; a rule without one is a rule that could not be run.
    """
    for rule in rules:
        opinion = opinions.get(rule.number, Opinion(raised=True))
        own = tallies.get(rule.number)
        trouble = _trouble(rule, seen.get(rule.number), opinion)
        recorder.record(
            rule.expectation,
            rule.check.severity,
            trouble is None and (own.is_within(rule.mostly) if own else opinion.success),
            trouble or rule.check.message,
            observed=_observed(rule, own, opinion),
            unexpected=own.unexpected if own else opinion.unexpected,
        )


def _trouble(rule: Rule, seen: Tally | None, opinion: Opinion) -> Names | None:
    """Return why a check's outcome cannot be trusted; None when it can."""
    if opinion.raised or (seen is not None and seen.raised):
        return told("check_raised", number=rule.number)
    if seen is None:
        return None
    same = (seen.unexpected, seen.is_within(rule.mostly)) == (opinion.unexpected, opinion.success)
    return None if same else told("check_disagrees", number=rule.number)


def _observed(rule: Rule, own: Tally | None, opinion: Opinion) -> str | None:
    if own is not None:
        return None if own.raised else f"{own.unexpected}/{own.considered}"
    return opinion.observed if rule.check.expect in SHOWN_STATISTICS else None
