"""Where each open meeting is, kept in memory: the slide of the scribe, and the time of each item.

A wall that shows the meeting follows it. Nothing here is worth keeping over a restart.
"""

import time
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Place:
    """The slide that is looked at, and the seconds spent on each item until `since`."""

    slide: str = ""
    item: str = ""
    since: float = 0.0
    spent: dict[str, float] = field(default_factory=dict)


class Places:
    """The places of all meetings; the oldest are forgotten."""

    MOST = 200

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}
        self._lock = Lock()

    def move(self, meeting_id: str, slide: str, item: str) -> None:
        """Note that a meeting has come to a slide of an item."""
        with self._lock:
            now = time.monotonic()
            place = self._places.setdefault(meeting_id, Place(since=now))
            spent = place.spent.get(place.item, 0.0) + now - place.since
            place.spent[place.item] = spent
            place.slide, place.item, place.since = slide, item, now
            while len(self._places) > self.MOST:
                del self._places[next(iter(self._places))]

    def now(self, meeting_id: str) -> tuple[str, str, float]:
        """Return the slide, its item, and the seconds spent on that item; empty before any."""
        with self._lock:
            place = self._places.get(meeting_id)
            if place is None:
                return "", "", 0.0
            spent = place.spent.get(place.item, 0.0) + time.monotonic() - place.since
            return place.slide, place.item, spent
