"""The measure diet: which measures are talked about, and which nobody has touched for a year.

A measure is talked about where a meeting writes down how it reads it. One that has been on agendas
for a year and never was is put before the meeting: is it kept? A new one is not blamed, nor one
that no meeting has been offered, and what was asked is asked again only after a year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tilannehuone.meeting.agenda import Agenda

YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held: its day, its agenda, and the measures it read in words."""

    day: date
    agenda: Agenda
    interpreted: frozenset[str] = frozenset()


def last_discussed(held: Iterable[Held]) -> dict[str, date]:
    """Return the last day each measure was talked about; those never are not in it."""
    found: dict[str, date] = {}
    for one in held:
        for indicator_id in one.interpreted:
            found[indicator_id] = max(one.day, found.get(indicator_id, one.day))
    return found


def unused(held: Iterable[Held], day: date) -> frozenset[str]:
    """Return the measures whose keeping is to be asked on a day.

    They came up in a meeting a year ago or earlier, came up again within the year, and were not
    talked about in it; nor was it asked in the year whether they are kept.
    """
    meetings = [one for one in held if one.day < day]
    old = [one for one in meetings if is_a_year(one.day, day)]
    recent = [one for one in meetings if not is_a_year(one.day, day)]
    known = _offered(old) & _offered(recent)
    touched = {indicator_id for one in recent for indicator_id in one.interpreted}
    asked = {entry.id for one in recent for entry in one.agenda.entries() if entry.kind == "diet"}
    return frozenset(known - touched - asked)


def is_a_year(since: date, day: date) -> bool:
    """Return whether a day's month lies a year or more after that of another.

    Meetings are monthly, so months count and not days: the second Monday moves.

    >>> [is_a_year(one, date(2026, 3, 12)) for one in (date(2025, 3, 20), date(2025, 4, 1))]
    [True, False]
    """
    months = (day.year - since.year) * 12 + day.month - since.month
    return months >= YEAR_MONTHS


def _offered(held: list[Held]) -> set[str]:
    return {entry.id for one in held for entry in one.agenda.entries() if entry.kind == "measure"}
