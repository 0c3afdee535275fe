"""What a meeting is to deal with this month, in order of importance, and what it may leave."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tilannehuone.cadence import is_due
from tilannehuone.meeting.known import Known, KnownCase, KnownMeasure, KnownPhenomenon

EntryKind = Literal["promise", "measure", "case", "look_back", "late", "phenomenon", "diet"]
Reason = Literal[
    "due",
    "signal",
    "overdue",
    "promised",
    "carried",
    "look_back",
    "open_case",
    "unused",
    "quiet",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the agenda: what, why, and for how many minutes.

    `id` is that of a record, or of a measure where the kind is measure, late or diet.
    """

    kind: EntryKind
    id: str
    reason: Reason
    minutes: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A thing that wants to be on the agenda: the minutes it needs, and those it would like."""

    kind: EntryKind
    id: str
    reason: Reason
    least: int
    wanted: int

    def entry(self, minutes: int) -> Entry:
        """Return it as an entry of so many minutes."""
        return Entry(self.kind, self.id, self.reason, minutes)


WANTED: dict[tuple[EntryKind, Reason], tuple[int, int]] = {
    ("promise", "promised"): (1, 2),
    ("promise", "carried"): (1, 3),
    ("look_back", "look_back"): (2, 4),
    ("measure", "signal"): (1, 5),
    ("measure", "overdue"): (1, 4),
    ("measure", "due"): (1, 4),
    ("case", "open_case"): (1, 3),
    ("late", "overdue"): (1, 1),
    ("phenomenon", "signal"): (1, 180),
    ("phenomenon", "due"): (1, 180),
    ("diet", "unused"): (1, 1),
}
"""Minutes that a thing needs, and that it would like: a chart that shows nothing is soon read."""


def due_measures(known: Known, day: date) -> list[KnownMeasure]:
    """Return the measures that the year wheel brings this month: signals first, then late ones."""
    due = [one for one in known.measures if is_due(one.cadence, one.anchor, day)]
    return sorted(due, key=lambda one: (not one.has_signal, not one.is_late, one.place, one.id))


def promises(known: Known, day: date) -> tuple[Wish, ...]:
    """Return what was promised for this meeting: the most carried first; then the look-backs."""
    due = sorted(
        (one for one in known.promises if _is_by_this_month(one.due, day)),
        key=lambda one: (-one.carried, one.due or day, one.made, one.id),
    )
    back = sorted(
        (one for one in known.look_backs if _is_by_this_month(one.seen_from, day)),
        key=lambda one: (one.seen_from, one.id),
    )
    return (
        *(_wish("promise", one.id, "carried" if one.carried else "promised") for one in due),
        *(_wish("look_back", one.id, "look_back") for one in back),
    )


def situation(known: Known, day: date) -> tuple[Wish, ...]:
    """Return the measures due, each with its open cases, the other open cases, late figures."""
    wishes: list[Wish] = []
    cases = sorted(known.cases, key=lambda one: (one.opened, one.id))
    due = due_measures(known, day)
    for one in (one for one in due if one.has_signal):
        wishes += [_measure(one), *map(_case, _cases_of(one.id, cases))]
    signalling = {one.id for one in due if one.has_signal}
    wishes += [_case(one) for one in cases if one.indicator_id not in signalling]
    wishes += [_measure(one) for one in due if not one.has_signal]
    late = (one for one in _in_registry_order(known) if one.is_late and one not in due)
    return (*wishes, *(_wish("late", one.id, "overdue") for one in late))


def phenomenon(known: Known) -> tuple[Wish, ...]:
    """Return the one phenomenon to go deeper into: the one that has waited longest.

    Of those never gone into, one behind a measure with a signal comes first.
    """
    signalling = {one.id for one in known.measures if one.has_signal}
    first = min(known.phenomena, key=lambda one: _waited(one, signalling), default=None)
    if first is None:
        return ()
    reason: Reason = "signal" if signalling & set(first.indicators) else "due"
    return (_wish("phenomenon", first.id, reason),)


def course(known: Known) -> tuple[Wish, ...]:
    """Return the measures whose keeping is to be asked."""
    unused = (one for one in _in_registry_order(known) if one.is_unused)
    return tuple(_wish("diet", one.id, "unused") for one in unused)


def resting(known: Known, day: date) -> tuple[Entry, ...]:
    """Return what is not up this month at all: promises for later, quiet measures, phenomena."""
    later = [one for one in known.promises if not _is_by_this_month(one.due, day)]
    chosen = {one.id for one in phenomenon(known)}
    due = {one.id for one in due_measures(known, day)}
    promised = sorted(later, key=lambda one: (one.due or day, one.made, one.id))
    measures = [one for one in _in_registry_order(known) if one.id not in due]
    waiting = sorted(
        (one for one in known.phenomena if one.id not in chosen),
        key=lambda one: _waited(one, set()),
    )
    return (
        *(Entry("promise", one.id, "quiet", 0) for one in promised),
        *(Entry("measure", one.id, "quiet", 0) for one in measures),
        *(Entry("phenomenon", one.id, "quiet", 0) for one in waiting),
    )


def _is_by_this_month(due: date | None, day: date) -> bool:
    return due is None or (due.year, due.month) <= (day.year, day.month)


def _wish(kind: EntryKind, record_id: str, reason: Reason) -> Wish:
    return Wish(kind, record_id, reason, *WANTED[kind, reason])


def _measure(one: KnownMeasure) -> Wish:
    reason: Reason = "signal" if one.has_signal else "overdue" if one.is_late else "due"
    return _wish("measure", one.id, reason)


def _case(one: KnownCase) -> Wish:
    return _wish("case", one.id, "open_case")


def _cases_of(indicator_id: str, cases: list[KnownCase]) -> list[KnownCase]:
    return [one for one in cases if one.indicator_id == indicator_id]


def _in_registry_order(known: Known) -> list[KnownMeasure]:
    return sorted(known.measures, key=lambda one: (one.place, one.id))


def _waited(one: KnownPhenomenon, signalling: set[str]) -> tuple[date, bool, date, str]:
    last = one.last_discussed or date.min
    return last, not signalling & set(one.indicators), one.began, one.id
