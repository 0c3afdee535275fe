"""What an assertion of a value, a bound or a target is held against, and how."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from tilannehuone.finding import Finding
from tilannehuone.meeting.claims_cited import When
from tilannehuone.meeting.claims_read import Assertion
from tilannehuone.meeting.numerals import rounded
from tilannehuone.stats.spc_result import BETTER

Weighed = tuple[Any, str, dict[str, Any]]

ABOUT = 0.05
"""How far from a value `about` may be, as a share of it."""


class Cells(Protocol):
    """What of a citation is needed here: its periods and how many decimals it has."""

    @property
    def cells(self) -> Mapping[date, tuple[str, float | None]]:
        """Status and value by period."""

    @property
    def decimals(self) -> int:
        """Decimals of the published values."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an assertion is held against, and what else the sentence says of it."""

    finding: Finding
    cited: Cells
    flags: Collection[str]
    when: When

    @property
    def is_of_latest(self) -> bool:
        """Whether the sentence is about the period that the finding speaks of."""
        return self.when.start in (None, self.finding.latest_period) and not self.when.is_unknown


def value_claim(one: Assertion, ground: Ground) -> Weighed:
    """Return whether a number is the value, rounded as it was written."""
    value, silent = _cited_value(ground)
    if value is None or one.number is None:
        return "cannot_say", silent, {}
    is_near = abs(float(one.number.value) - value) <= ABOUT * abs(value)
    is_right = one.number.is_of(value) or ("about" in ground.flags and is_near)
    return _borne(is_right, one, "value", ground, value)


def bound_claim(one: Assertion, ground: Ground) -> Weighed:
    """Return whether a value is over or under a number: as it is, and as it is written."""
    value, silent = _cited_value(ground)
    if value is None or one.number is None:
        return "cannot_say", silent, {}
    written = float(rounded(value, ground.cited.decimals))
    found = {_is_beyond(one.kind, each, float(one.number.value)) for each in (value, written)}
    if len(found) > 1:
        return "cannot_say", "edge", _told(ground, value)
    return _borne(found.pop(), one, "value", ground, value)


def _is_beyond(kind: str, value: float, bound: float) -> bool:
    return {
        "over": value > bound,
        "under": value < bound,
        "least": value >= bound,
        "at_most": value <= bound,
    }[kind]


def target_claim(one: Assertion, ground: Ground) -> Weighed:
    """Return whether a target is met: of a period by its value, in general by its assurance."""
    finding, (value, silent) = ground.finding, _cited_value(ground)
    if finding.target is None or finding.direction == "context":
        return "cannot_say", "no_target", {}
    if value is None:
        return "cannot_say", silent, {}
    says_met = (one.kind == "met") != one.is_denied
    if one.kind in ("exceeds", "falls_below"):
        better = "exceeds" if finding.direction == "up" else "falls_below"
        says_met = (one.kind == better) != one.is_denied
    is_met = (value - finding.target) * BETTER[finding.direction] >= 0
    told = _told(ground, value)
    if ground.when.start is not None or ground.when.is_past:
        return ("supported" if says_met == is_met else "unsupported"), "target_value", told
    usual = {"passes": True, "fails": False}.get(finding.assurance or "")
    if usual is None:
        reason = "target_chance" if finding.assurance else "early"
        return ("unsupported" if is_met != says_met else "cannot_say"), reason, told
    if says_met == usual == is_met:
        return "supported", "target_usual" if usual else "target_never", told
    if says_met not in (usual, is_met) or (says_met and not usual):
        return "unsupported", "target_usual" if usual else "target_never", told
    return "cannot_say", "target_chance", told


def _cited_value(ground: Ground) -> tuple[float | None, str]:
    """Return the value of the period that is cited, or None and why there is none."""
    finding = ground.finding
    if ground.when.is_unknown:
        return None, "other_period"
    if ground.is_of_latest and ground.when.start not in ground.cited.cells:
        hidden = finding.latest_value is None and finding.latest_status == "c"
        return finding.latest_value, "hidden" if hidden else "no_data"
    start = ground.when.start or finding.latest_period
    _, value = ground.cited.cells.get(start, ("x", None)) if start else ("x", None)
    if value is not None:
        return value, ""
    status = cited_status(ground)
    return None, "hidden" if status == "c" else "no_data" if status else "other_period"


def cited_status(ground: Ground) -> str:
    """Return the status of the cited period; empty where it is not known."""
    start = ground.when.start
    if start is None:
        return ground.finding.latest_status
    if start in ground.cited.cells:
        return ground.cited.cells[start][0]
    return ground.finding.latest_status if start == ground.finding.newest_period else ""


def _borne(is_right: bool, one: Assertion, reason: str, ground: Ground, value: float) -> Weighed:
    is_right = is_right != one.is_denied
    return "supported" if is_right else "unsupported", reason, _told(ground, value)


def _told(ground: Ground, value: float) -> dict[str, Any]:
    return {
        "value": value,
        "decimals": ground.cited.decimals,
        "period_type": ground.finding.period_type,
        "period": ground.when.start or ground.finding.latest_period,
    }
