"""The finding: all that may be said of one series, in one frozen object.

Everything a reader is told of a series (icon, word, sentence, alternative text, caption) renders
from it, so the renderings cannot disagree. It is made from protected cells only.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal, Self

from tilannehuone.finding_evidence import NO_MORE, Evidence, evidence_from
from tilannehuone.stats.spc_result import (
    MIN_POINTS_FOR_WORDS,
    Assurance,
    Direction,
    Kind,
    Mark,
    SpcResult,
)

Ladder = Literal["nothing", "level", "early", "signals"]
"""What the number of comparable points allows: 0, 1–4, 5–12, and from 13 the words of XmR."""

POINTS_FOR_EARLY = 5
LATE = "o"


@dataclass(frozen=True, slots=True)
class Series:
    """One series as published: its key, and its cells oldest first.

    `values` and the limits are None where the status is neither `ok` nor late with a value.
    """

    indicator_id: str
    area_code: str
    period_type: str
    breakdown: str
    category: str
    periods: Sequence[date]
    values: Sequence[float | None]
    lowers: Sequence[float | None]
    uppers: Sequence[float | None]
    statuses: Sequence[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in one series.

    `latest_*` is the latest known point, which the words are about; `newest_period` the last
    period there should be something of, and `latest_status` how that one is (`ok` when it is the
    latest known). `known` counts comparable points: those since `since`, the last break, if any;
    `shown` and `hidden` count the whole series. `k` is the threshold a hidden cell names.
    """

    indicator_id: str
    area_code: str
    period_type: str
    breakdown: str
    category: str
    direction: Direction
    known: int
    ladder: Ladder
    shown: int
    hidden: int
    k: int
    first_period: date | None
    newest_period: date | None
    latest_period: date | None
    latest_value: float | None
    latest_lower: float | None
    latest_upper: float | None
    latest_status: str
    since: date | None
    centre: float | None
    lower: float | None
    upper: float | None
    variation: Kind | None
    marks: tuple[Mark, ...]
    target: float | None
    assurance: Assurance | None
    evidence: Evidence = NO_MORE

    def to_json(self) -> str:
        """Return the finding as JSON; dates are ISO."""
        told = {name: getattr(self, name) for name in FIELDS}
        told["marks"] = [asdict(one) for one in self.marks]
        told["evidence"] = asdict(self.evidence)
        return json.dumps(told, default=date.isoformat, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the finding that `to_json` wrote, also one of an older release."""
        told: dict[str, Any] = json.loads(text)
        for name in ("first_period", "newest_period", "latest_period", "since"):
            told[name] = told[name] and date.fromisoformat(told[name])
        told["marks"] = tuple(Mark(**one) for one in told["marks"])
        told["evidence"] = evidence_from(told.get("evidence", {}))
        return cls(**told)


FIELDS = tuple(one.name for one in fields(Finding))


def find(
    series: Series,
    result: SpcResult,
    *,
    direction: Direction,
    target: float | None = None,
    k: int = 5,
    evidence: Evidence = NO_MORE,
) -> Finding:
    """Return what the analysis of a series allows to be said.

    Parameters
    ----------
    series
        The published cells.
    result
        `tilannehuone.stats.spc` over the same values, its segments those between breaks.
    direction, target
        As `result` was made with.
    k
        The indicator's smallest count that may be shown.
    evidence
        Of the same series. A five-point test speaks only where XmR does not; an obstacle
        silences both.
    """
    last = result.segments[-1] if result.segments else None
    known = last.known if last else 0
    latest = result.latest if known else None
    is_known = [value is not None for value in series.values]
    variation, marks = _verdict(result, evidence)
    return Finding(
        indicator_id=series.indicator_id,
        area_code=series.area_code,
        period_type=series.period_type,
        breakdown=series.breakdown,
        category=series.category,
        direction=direction,
        known=known,
        ladder=ladder_step(known, has_words=result.variation is not None and not evidence.obstacle),
        shown=sum(is_known),
        hidden=sum(one == "c" for one in series.statuses),
        k=k,
        first_period=series.periods[is_known.index(True)] if any(is_known) else None,
        newest_period=series.periods[-1] if series.periods else None,
        latest_period=_at(series.periods, latest),
        latest_value=_at(series.values, latest),
        latest_lower=_at(series.lowers, latest),
        latest_upper=_at(series.uppers, latest),
        latest_status=series.statuses[-1] if series.statuses else "x",
        since=series.periods[last.start] if last and last.start else None,
        centre=last.centre if last and not evidence.obstacle else None,
        lower=last.lower if last and not evidence.obstacle else None,
        upper=last.upper if last and not evidence.obstacle else None,
        variation=variation,
        marks=marks,
        target=target,
        assurance=None if evidence.obstacle else result.assurance,
        evidence=evidence,
    )


def ladder_step(known: int, *, has_words: bool = True) -> Ladder:
    """Return how much may be said of so many comparable points.

    Enough points so far apart that no limits can be set (`has_words` False) stay on the third step.

    >>> [ladder_step(n) for n in (0, 4, 5, 12, 13)]
    ['nothing', 'level', 'early', 'early', 'signals']
    """
    if known == 0:
        return "nothing"
    if known < POINTS_FOR_EARLY:
        return "level"
    return "signals" if known >= MIN_POINTS_FOR_WORDS and has_words else "early"


def icon(finding: Finding) -> str:
    """Return the id of the icon: what the latest known point says, or why nothing is said.

    One of improvement, concern, neutral_high, neutral_low, both (a sign each way), common,
    not_yet, hidden, nothing.
    """
    if finding.ladder == "nothing":
        return "hidden" if finding.latest_status == "c" else "nothing"
    if finding.variation is None:
        return "not_yet"
    return "both" if len(finding.marks) > 1 else finding.variation


def _verdict(result: SpcResult, evidence: Evidence) -> tuple[Kind | None, tuple[Mark, ...]]:
    """Return the kind of what may be said, and the marks that say it."""
    if evidence.obstacle:
        return None, ()
    if result.variation is not None or evidence.recent is None:
        return result.variation, result.marks
    mark = evidence.recent.mark
    return (mark.kind, (mark,)) if mark else ("common", ())


def _at(values: Sequence[Any], position: int | None) -> Any:
    return None if position is None else values[position]
