"""The agenda that writes itself: what this month's meeting looks at, and for how long.

Measures come by their cadence only, those with a signal first. The 60 minutes of the script
(opening, promises, situation, a phenomenon, the course, a round of promises, closing) are scaled
to the minutes available. What does not fit, and all that is quiet, is told as not dealt with today.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from tilannehuone.meeting import agenda_content, agenda_time
from tilannehuone.meeting.agenda_content import Entry
from tilannehuone.meeting.agenda_time import ItemKind
from tilannehuone.meeting.known import Known

__all__ = ["Agenda", "Entry", "Item", "ItemKind", "Known", "agenda"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the agenda: how long it lasts, and what is dealt with, in this order."""

    kind: ItemKind
    minutes: int
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of an area's meeting: seven items, and what is not dealt with today.

    The items' minutes sum to `minutes`. An entry of `quiet` has no minutes; its reason is `quiet`,
    or the one it was left out in spite of.
    """

    area_code: str
    day: date
    minutes: int
    items: tuple[Item, ...]
    quiet: tuple[Entry, ...] = ()

    def to_json(self) -> str:
        """Return the agenda as JSON, the same bytes for the same agenda."""
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the agenda that `to_json` wrote."""
        told: dict[str, Any] = json.loads(text)
        told["day"] = date.fromisoformat(told["day"])
        told["items"] = tuple(
            Item(**{**one, "entries": _entries(one["entries"])}) for one in told["items"]
        )
        return cls(**{**told, "quiet": _entries(told["quiet"])})

    def entries(self) -> Iterator[Entry]:
        """Yield everything that is dealt with, in the order of the meeting."""
        for item in self.items:
            yield from item.entries


def agenda(known: Known, area_code: str, day: date, minutes: int) -> Agenda:
    """Return the agenda of a meeting held on a day in so many minutes.

    Parameters
    ----------
    known
        Everything known of the area; the order of its parts does not matter.
    minutes
        How long the meeting may last: from 15 to 180.

    Raises
    ------
    ValueError
        For other minutes.
    """
    plan = agenda_time.planned(
        {
            "promises": agenda_content.promises(known, day),
            "situation": agenda_content.situation(known, day),
            "phenomenon": agenda_content.phenomenon(known),
            "course": agenda_content.course(known),
        },
        minutes,
    )
    items = tuple(Item(kind, plan.minutes[kind], plan.entries[kind]) for kind in agenda_time.SCRIPT)
    quiet = plan.left_out + agenda_content.resting(known, day)
    return Agenda(area_code, day, minutes, items, quiet)


def _entries(told: list[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(**one) for one in told)
