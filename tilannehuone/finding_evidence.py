"""What bears on the words of a finding besides the signals themselves."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tilannehuone.stats.spc_result import Mark, Side

Obstacle = Literal["overlap", "rare"]
"""Why a long series has no words: its windows share periods, or it counts too few cases."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a series that shows no change would have shown.

    `step` is the lasting change, as a share of the centre, that is marked within `within` periods
    with a probability of 80 %, None when no such change is; `periods` the median number of them
    until a change of 20 % is marked, None when over 60.
    """

    step: float | None
    within: int
    periods: int | None


@dataclass(frozen=True, slots=True)
class Recent:
    """The five-point test of an annual series: its mark (None for no significant change).

    `rise` and `fall` are the yearly changes, as shares, that it would have seen with a
    probability of 80 %; None where none is known.
    """

    mark: Mark | None
    rise: float | None
    fall: float | None


@dataclass(frozen=True, slots=True)
class NewLevel:
    """A level the series seems to have taken: a suggestion that people confirm or leave."""

    since: date
    length: int
    side: Side


@dataclass(frozen=True, slots=True)
class Evidence:
    """What else bears on the words: none of it is in the signals themselves.

    `chance` is the probability that the latest point is marked though nothing changed. `seasonal`
    tells that holiday months were divided by their usual share first. `longer` is the type of
    period to look at instead, where there is an obstacle.
    """

    seen: Seen | None = None
    recent: Recent | None = None
    new_level: NewLevel | None = None
    chance: float = 0.0
    seasonal: bool = False
    obstacle: Obstacle | None = None
    longer: str | None = None


NO_MORE = Evidence()


def evidence_from(told: dict[str, Any]) -> Evidence:
    """Return the evidence that a finding's JSON tells; what an older one lacks is not there."""
    seen, recent, level = (told.get(name) for name in ("seen", "recent", "new_level"))
    if recent and recent["mark"]:
        recent["mark"] = Mark(**recent["mark"])
    if level:
        level["since"] = date.fromisoformat(level["since"])
    parts = {
        "seen": Seen(**seen) if seen else None,
        "recent": Recent(**recent) if recent else None,
        "new_level": NewLevel(**level) if level else None,
    }
    return Evidence(**{**told, **parts})
