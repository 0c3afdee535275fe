"""What the agenda is made of: everything known of an area on the day of its meeting.

`tilannehuone.ui.known` gathers it from the release and the book. The order in which things are
given does not matter.
"""

from dataclasses import dataclass
from datetime import date

from tilannehuone.registry import Cadence


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """A measure: when it is looked at, and how it stands.

    `place` is its place in the registry. `has_signal` tells that its latest point is marked,
    `is_late` that a figure should have come and has not. `last_discussed` is the last day it was
    on a meeting's table, None if never; `is_unused` that its keeping is to be asked
    (`tilannehuone.meeting.diet`).
    """

    id: str
    place: int
    cadence: Cadence
    anchor: str = "jan"
    has_signal: bool = False
    is_late: bool = False
    last_discussed: date | None = None
    is_unused: bool = False


@dataclass(frozen=True, slots=True)
class KnownPromise:
    """A promise nobody has answered yet: the day it is due (None: next time), times carried."""

    id: str
    made: date
    due: date | None = None
    carried: int = 0


@dataclass(frozen=True, slots=True)
class KnownLookBack:
    """A promise to look back at: the first month in which an effect could be seen."""

    id: str
    seen_from: date


@dataclass(frozen=True, slots=True)
class KnownCase:
    """An open signal case, of which measure, and since when."""

    id: str
    indicator_id: str
    opened: date


@dataclass(frozen=True, slots=True)
class KnownPhenomenon:
    """A phenomenon that is not closed, tied to measures; when it was gone into last."""

    id: str
    began: date
    indicators: tuple[str, ...] = ()
    last_discussed: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Everything known of an area on a day.

    `look_backs` are those that have not been looked back at yet.
    """

    measures: tuple[KnownMeasure, ...] = ()
    promises: tuple[KnownPromise, ...] = ()
    look_backs: tuple[KnownLookBack, ...] = ()
    cases: tuple[KnownCase, ...] = ()
    phenomena: tuple[KnownPhenomenon, ...] = ()
