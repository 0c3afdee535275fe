"""What minutes are made of: the records of a meeting, what was shown, and names for it all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tilannehuone.meeting.objects import (
    Decision,
    Interpretation,
    Observation,
    Phenomenon,
    Promise,
    SignalCase,
    Success,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The records of one meeting, each kind in the order it was written.

    `asked` are the promises of earlier meetings that were due in this one; `promised` those made
    in it. `phenomena` were discussed in it, `observations` are theirs, `cases` were handled in it.
    `scores` are what was tapped at the end, in any order.
    """

    successes: tuple[Success, ...] = ()
    asked: tuple[Promise, ...] = ()
    promised: tuple[Promise, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    phenomena: tuple[Phenomenon, ...] = ()
    observations: tuple[Observation, ...] = ()
    cases: tuple[SignalCase, ...] = ()
    scores: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one measure showed: its name, the finding's sentence, and of which period it is.

    `claim` is the claim guard's word on the meeting's interpretation: supported, unsupported,
    cannot_say, or empty where nothing was claimed.
    """

    indicator_id: str
    name: str
    sentence: str
    period_type: str = ""
    period_start: date | None = None
    has_signal: bool = False
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What was around the records: names in the meeting's language, and what the room told.

    `measures` names measures by id. `look_backs`, `quality` are whole sentences; `quiet` are names
    of measures that were left for another day.
    """

    place: str
    measures: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[Shown, ...] = ()
    release_day: date | None = None
    look_backs: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
