"""How a frozen pack stands to the release of today: what has changed since, to the cell.

What was shown then and is shown no longer has been withdrawn, and is not told again: not the
number, not the words that hold it, and not the old numbers beside it, from which it might follow.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from tilannehuone.meeting.numerals import numerals
from tilannehuone.meeting.pack_content import Cell, Content, ShownSeries

State = Literal["current", "newer", "definition_changed", "withdrawn"]
Key = tuple[str, str, str, str, str]

GRAVER: tuple[State, ...] = ("current", "newer", "definition_changed", "withdrawn")
"""Of several states the last one is told first."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One cell that is not as it was: number and status then and now.

    A number is None where none is shown, and where it may not be told: all numbers of then, in a
    measure something of which was withdrawn.
    """

    period: date
    old: float | None
    new: float | None
    old_status: str
    new_status: str
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Redefined:
    """One part of a definition that is not as it was; the parts are as declared."""

    part: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class SeriesState:
    """How one series of a pack stands to that of today.

    `added` counts periods that have come since. `is_gone` tells that the measure or the area is
    not published any more; `is_withheld` that numbers of then are not told, since some of the
    measure's were withdrawn.
    """

    key: Key
    state: State
    changed: tuple[Changed, ...] = ()
    redefined: tuple[Redefined, ...] = ()
    added: int = 0
    is_gone: bool = False
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class PackState:
    """How a pack stands: the gravest state of its series, and each of them."""

    state: State
    series: tuple[SeriesState, ...] = ()

    @property
    def changed(self) -> int:
        """How many cells are not as they were."""
        return sum(len(one.changed) for one in self.series)


def pack_state(content: Content, now: Mapping[Key, ShownSeries | None]) -> PackState:
    """Return how a pack stands to the release of today.

    Parameters
    ----------
    now
        Every series of the pack as it is published today, None where it is not any more.
    """
    series = [_series_state(one, now.get(one.key)) for one in content.series]
    withdrawn = {one.key[0] for one in series if one.state == "withdrawn"}
    series = [_withheld(one) if one.key[0] in withdrawn else one for one in series]
    states: list[State] = [one.state for one in series]
    gravest = max(states, key=GRAVER.index, default=GRAVER[0])
    return PackState(gravest, tuple(series))


def differences(
    content: Content, now: Mapping[Key, ShownSeries | None]
) -> Iterator[tuple[Key, Changed | Redefined]]:
    """Yield all that is not as it was, a series after the other: cells, then definitions."""
    for one in pack_state(content, now).series:
        yield from ((one.key, cell) for cell in one.changed)
        yield from ((one.key, part) for part in one.redefined)


def without_withdrawn(content: Content, state: PackState) -> Content:
    """Return a pack as it may be shown today: nothing is in it that was withdrawn.

    Series of a measure something of which was withdrawn keep their statuses alone. Of what people
    wrote in the meeting, what names a withdrawn number is left out, and of such a measure whatever
    holds a number.
    """
    held = {one.key for one in state.series if one.is_withheld}
    if not held:
        return content
    measures = {key[0] for key in held}
    numbers = _withdrawn_numbers(content, state)
    records = {
        kind: [_unworded(one, numbers, measures) for one in some]
        for kind, some in content.records.items()
    }
    return replace(
        content,
        series=tuple(_bare(one) if one.key in held else one for one in content.series),
        records=records,
        meeting=_unworded(content.meeting, numbers, measures),
    )


def _series_state(then: ShownSeries, now: ShownSeries | None) -> SeriesState:
    if now is None:
        return SeriesState(then.key, "withdrawn", is_gone=True)
    today = {one.period: one for one in now.cells}
    changed = tuple(_changed(then.cells, today))
    redefined = _redefined(then, now)
    last = max((one.period for one in then.cells), default=date.min)
    added = sum(one > last for one in today)
    state: State = "newer" if changed or added else "current"
    if then.definitions_hash != now.definitions_hash:
        state = "definition_changed"
    if any(one.is_withdrawn for one in changed):
        state = "withdrawn"
    return SeriesState(then.key, state, changed, redefined, added)


def _changed(then: Sequence[Cell], today: Mapping[date, Cell]) -> Iterator[Changed]:
    for old in then:
        new = today.get(old.period, Cell(old.period, "x"))
        if (old.value, old.status) == (new.value, new.status):
            continue
        is_withdrawn = old.value is not None and new.value is None
        yield Changed(old.period, old.value, new.value, old.status, new.status, is_withdrawn)


def _redefined(then: ShownSeries, now: ShownSeries) -> tuple[Redefined, ...]:
    if then.definitions_hash == now.definitions_hash:
        return ()
    parts = sorted({*then.definition, *now.definition})
    found = [Redefined(one, then.definition.get(one), now.definition.get(one)) for one in parts]
    return tuple(one for one in found if one.old != one.new)


def _withheld(state: SeriesState) -> SeriesState:
    """Return the state of a series without any number of then that has changed since."""
    changed = tuple(replace(one, old=None) for one in state.changed)
    return replace(state, changed=changed, is_withheld=True)


def _bare(series: ShownSeries) -> ShownSeries:
    """Return a series of which nothing but the statuses is told."""
    statuses = tuple(Cell(one.period, one.status) for one in series.cells)
    return replace(series, finding=None, cells=statuses, events=())


def _withdrawn_numbers(content: Content, state: PackState) -> list[float]:
    """Return every number that was shown then and is not today."""
    numbers: list[float] = []
    for then, one in zip(content.series, state.series, strict=True):
        gone = {each.period for each in one.changed if each.is_withdrawn}
        cells = [each for each in then.cells if one.is_gone or each.period in gone]
        numbers += [each.value for each in cells if each.value is not None]
    return numbers


def _unworded(
    record: Mapping[str, Any], numbers: Sequence[float], measures: Collection[str]
) -> dict[str, Any]:
    """Return a record without the texts that may tell a withdrawn number."""
    is_of_measure = record.get("indicator_id") in measures
    return {
        name: "" if name in WORDS and _may_tell(str(one), numbers, is_of_measure) else one
        for name, one in record.items()
    }


def _may_tell(text: str, numbers: Sequence[float], is_of_measure: bool) -> bool:
    written = list(numerals(text))
    return is_of_measure and bool(written) or any(a.is_of(b) for a in written for b in numbers)


WORDS = frozenset(
    {"text", "checked", "assessed", "acted", "came", "learning", "obstacle", "staff_message"}
    | {"hypothesis", "right_way", "how_noticed", "what_missing", "not_needed", "title", "outcome"}
)
"""Values of records that people wrote in their own words."""
