"""One assertion held against the finding: borne out, contradicted, or beyond what it tells."""

from collections.abc import Callable, Mapping
from datetime import date

from tilannehuone.meeting.claims_read import Assertion
from tilannehuone.meeting.claims_value import (
    Ground,
    Weighed,
    bound_claim,
    cited_status,
    target_claim,
    value_claim,
)
from tilannehuone.stats.spc_result import BETTER, Direction

SIDES = {"up": "high", "down": "low"}
STAYS = ("run", "trend", "recent_trend")
"""Signals of a stretch, not of one point."""


def weighed(one: Assertion, ground: Ground) -> Weighed:
    """Return verdict, reason and values of one assertion."""
    return WAYS[one.kind](one, ground)


def _direction(one: Assertion, ground: Ground) -> Weighed:
    finding, silent = ground.finding, _silence(ground)
    side = _side(one.kind, finding.direction)
    if not silent and len(finding.marks) > 1:
        silent = "both"
    if silent or side is None:
        return "cannot_say", silent or "context", {}
    seen = finding.marks[0].side if finding.marks else None
    if seen is None:
        return _unchanged(ground) if one.is_denied else _chance(ground)
    if one.is_denied or seen != side:
        return (
            ("supported" if one.is_denied and seen != side else "unsupported"),
            f"seen_{seen}",
            {},
        )
    return _stronger(ground, side) or ("supported", f"seen_{seen}", {})


def _side(kind: str, direction: Direction) -> str | None:
    """Return the side that is claimed; None for better and worse of what has no good side."""
    if kind in SIDES:
        return SIDES[kind]
    if direction == "context":
        return None
    return "high" if (kind == "better") == (BETTER[direction] > 0) else "low"


def _chance(ground: Ground) -> Weighed:
    """Return that chance explains what was claimed to be a change."""
    compares = "earlier" in ground.flags or ground.when.is_since
    return "unsupported", "two_points" if compares else "common", {}


def _stronger(ground: Ground, side: str) -> Weighed | None:
    """Return why a claim of the right side goes beyond the finding; None where it does not."""
    mark = ground.finding.marks[0]
    if mark.is_earlier:
        return "cannot_say", "both", {}
    if "certain" in ground.flags:
        return "cannot_say", "certain", {}
    if "lasting" in ground.flags and mark.signal not in STAYS:
        return "cannot_say", "lasting", {}
    if "earlier" not in ground.flags and not ground.when.is_since:
        return None
    return _since(ground, side)


def _since(ground: Ground, side: str) -> Weighed | None:
    """Return whether a comparison with an earlier value goes beyond the finding."""
    finding = ground.finding
    days = sorted(one for one in ground.cited.cells if one < (finding.latest_period or date.min))
    start = ground.when.since or (days[-1] if days else None)
    _, before = ground.cited.cells.get(start, ("", None)) if start else ("", None)
    if before is None or finding.latest_value is None:
        return None if finding.marks[0].signal == "trend" else ("cannot_say", "since", {})
    rose = finding.latest_value - before
    is_right = rose > 0 if side == "high" else rose < 0
    return None if is_right else ("unsupported", "value_before", {"value": before})


def _same(one: Assertion, ground: Ground) -> Weighed:
    silent = _silence(ground)
    if silent:
        return "cannot_say", silent, {}
    marks = ground.finding.marks
    says_same = (one.kind == "same") != one.is_denied
    if not marks:
        return _unchanged(ground) if says_same else ("unsupported", "common", {})
    reason = "both" if len(marks) > 1 else f"seen_{marks[0].side}"
    return "unsupported" if says_same else "supported", reason, {}


def _unchanged(ground: Ground) -> Weighed:
    """Return that no change is seen, unless chance could hide a large one in the series."""
    evidence = ground.finding.evidence
    is_flat = ground.finding.lower is not None and ground.finding.lower == ground.finding.upper
    hides = evidence.seen is not None and evidence.seen.step is None and not is_flat
    recent = evidence.recent
    hides |= recent is not None and recent.rise is None and recent.fall is None
    return ("cannot_say", "power", {}) if hides else ("supported", "common", {})


def _silence(ground: Ground) -> str:
    """Return why the finding tells no direction of what is cited; empty where it does."""
    finding = ground.finding
    if finding.ladder == "nothing":
        return "hidden" if finding.latest_status == "c" else "no_data"
    if not ground.is_of_latest:
        return "hidden" if cited_status(ground) == "c" else "other_period"
    if finding.evidence.obstacle:
        return "obstacle"
    return "early" if finding.variation is None else ""


def _row(one: Assertion, ground: Ground) -> Weighed:
    """Return whether a stretch is as long as it is said to be."""
    silent = _silence(ground)
    if silent:
        return "cannot_say", silent, {}
    lengths = [each.length for each in ground.finding.marks if each.signal in STAYS]
    if not lengths or one.number is None:
        return ("cannot_say", "number", {}) if ground.finding.marks else (
            "unsupported", "common", {}
        )  # fmt: skip
    is_right = any(one.number.value <= each for each in lengths) != one.is_denied
    return "supported" if is_right else "unsupported", "row", {"length": max(lengths)}


def _unknown(_one: Assertion, ground: Ground) -> Weighed:
    silent = _silence(ground)
    if silent == "other_period":
        return "cannot_say", silent, {}
    return ("supported", silent, {}) if silent else ("unsupported", "known", {})


def _amount(_one: Assertion, _ground: Ground) -> Weighed:
    return "cannot_say", "amount", {}


WAYS: Mapping[str, Callable[[Assertion, Ground], Weighed]] = {
    **dict.fromkeys(("up", "down", "better", "worse"), _direction),
    **dict.fromkeys(("same", "changed"), _same),
    **dict.fromkeys(("over", "under", "least", "at_most"), bound_claim),
    **dict.fromkeys(("met", "missed", "exceeds", "falls_below"), target_claim),
    "value": value_claim,
    "amount": _amount,
    "in_a_row": _row,
    "unknown": _unknown,
}
