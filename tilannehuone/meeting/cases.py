"""Signal cases: a signal is checked, assessed, acted upon, and what came of it is written down.

A signal opens one case for as long as it goes on. That the figures were wrong is an outcome like
any other: the case is closed, the quality page tells it, and the agenda is rid of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tilannehuone.access import Right
from tilannehuone.meeting.book import Book, Writer, add, change, many
from tilannehuone.meeting.objects import CaseState, Outcome, SignalCase

STAGES: tuple[CaseState, ...] = ("check", "assess", "act", "outcome")

MOVERS: dict[CaseState, tuple[Right, ...]] = {
    "check": ("steward", "write"),
    "assess": ("write",),
    "act": ("write",),
    "outcome": ("write",),
}
"""Who may move a case on from each stage: whether the data are right, the data steward as well."""

WORDS: dict[CaseState, str] = {
    "check": "checked",
    "assess": "assessed",
    "act": "acted",
    "outcome": "came",
}
"""The field that each stage writes its words into."""

OUTCOMES: dict[CaseState, tuple[Outcome, ...]] = {
    "check": ("data_error",),
    "assess": ("chance", "known_reason"),
    "act": (),
    "outcome": ("real_change",),
}
"""With which outcomes a case may be closed at each stage."""

OPENER = Writer("tilannehuone", "system")
"""Whom the history names for what nobody wrote: a case opens by itself."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal of a release: of which series, the period it began in, and what it means."""

    indicator_id: str
    period_type: str
    period_start: date
    variation: str


def is_open(case: SignalCase) -> bool:
    """Return whether a case still waits for something: it has no outcome."""
    return case.outcome is None


def unopened(signals: Iterable[Signal], cases: Iterable[SignalCase]) -> list[Signal]:
    """Return the signals that have no case yet: neither an open one nor one they began.

    A signal that goes on after its case was closed is the same signal. It is so too where limits
    that moved let it begin earlier than the case says.
    """
    kept = list(cases)
    return [one for one in signals if not any(_covers(each, one) for each in kept)]


def open_cases(book: Book, area_code: str, signals: Iterable[Signal]) -> list[SignalCase]:
    """Open a case for every signal of an area that has none; return those opened.

    Done twice, or by two at a time, it opens each case once.
    """
    waiting = unopened(signals, many(book, SignalCase, area_code=area_code))
    return [
        add(
            book,
            SignalCase(
                area_code=area_code,
                indicator_id=one.indicator_id,
                period_type=one.period_type,
                period_start=one.period_start,
                variation=one.variation,
            ),
            OPENER,
            request_of(area_code, one),
        )
        for one in waiting
    ]


def request_of(area_code: str, one: Signal) -> str:
    """Return the request id under which a signal opens its case."""
    parts = (one.indicator_id, one.period_type, one.period_start.isoformat(), one.variation)
    return ":".join(("case", area_code, *parts))


def move(
    book: Book,
    case: SignalCase,
    words: str,
    writer: Writer,
    request_id: str = "",
    *,
    outcome: Outcome | None = None,
) -> SignalCase:
    """Write down what a stage found, and move a case on: to an outcome, else the next stage.

    Raises
    ------
    ValueError
        The case is closed, or this outcome is not one of its stage; the last stage needs one.
    """
    values = moved(case, words, outcome)
    return change(book, SignalCase, case.id, case.version, writer, request_id, **values)


def moved(case: SignalCase, words: str, outcome: Outcome | None) -> dict[str, Any]:
    """Return the values that change when a case moves on from where it stands."""
    if not is_open(case):
        raise ValueError("a closed case does not move")
    values: dict[str, Any] = {WORDS[case.state]: words}
    if outcome is not None:
        if outcome not in OUTCOMES[case.state]:
            raise ValueError(f"{outcome} is no outcome of the stage {case.state}")
        return values | {"state": "outcome", "outcome": outcome}
    if case.state == "outcome":
        raise ValueError("what came of a case is its outcome")
    return values | {"state": STAGES[STAGES.index(case.state) + 1]}


def data_errors(cases: Iterable[SignalCase]) -> list[SignalCase]:
    """Return the cases in which the figures were found wrong, the newest first."""
    wrong = [one for one in cases if one.outcome == "data_error"]
    return sorted(wrong, key=lambda one: (one.period_start, one.id), reverse=True)


def _covers(case: SignalCase, signal: Signal) -> bool:
    """Return whether a case is already about a signal."""
    if (case.indicator_id, case.period_type) != (signal.indicator_id, signal.period_type):
        return False
    same = case.variation == signal.variation and case.period_start >= signal.period_start
    return is_open(case) or same
