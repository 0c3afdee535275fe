"""Child-protection events: notifications, assessments, open care and placements."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from pipelines.demo.calendars import Days, days_from, working_days
from pipelines.demo.draws import (
    Draw,
    Ints,
    ages,
    children_again,
    children_once,
    leaning,
    mean_share,
    office_days,
    pseudonyms,
    repeated,
)
from pipelines.demo.world import PLACES, SCHOOL_YEAR, along, children, need

NOTIFIED_BY_BAND = np.array([0.6, 0.7, 0.85, 1.5, 1.2])
NOTIFIED_POOL = 0.125
"""Share of children out of whom a year's notified ones come; each has about two notifications."""

STARTED_IN_TIME = {2022: 0.965, 2023: 0.90, 2024: 0.905, 2025: 0.94, 2027: 0.97}
COMPLETED_IN_TIME = {2021: 0.93, 2022: 0.92, 2023: 0.86, 2024: 0.80, 2025: 0.88, 2027: 0.93}
"""Shares within the legal time: they dip when the counties begin, and recover."""

NAMES = pa.array(
    [
        "Lastensuojeluilmoitus",
        "Palvelutarpeen arviointi",
        "Avohuollon asiakkuus",
        "Kiireellinen sijoitus",
        "Kodin ulkopuolinen sijoitus",
    ]
)
HEADER = [
    "Tapahtuma",
    "Tapahtumapvm",
    "Asiakastunnus",
    "Kunta",
    "Alue",
    "Ikä",
    "Aloituspvm",
    "Aloitus_arkipv",
    "Valmispvm",
]
PLACE_CODES = pa.array([place.municipality for place in PLACES])
PLACE_NAMES = pa.array(["" if place.is_municipality else place.name for place in PLACES])


@dataclass(frozen=True, slots=True)
class Events:
    """Events of one kind in one month, one array each."""

    place: Ints
    child: Ints


def child_protection_rows(draw: Draw) -> pa.Table:
    """Return the month's child-protection events, by day."""
    rng = draw.chance()
    kinds = [kind(rng, draw) for kind in KINDS]
    kind = np.repeat(np.arange(len(kinds)), [len(one.place) for one in kinds])
    place = np.concatenate([one.place for one in kinds])
    child = np.concatenate([one.child for one in kinds])
    day = office_days(rng, draw.start, len(place))
    order = np.argsort((day - day.min()).astype("uint8"), kind="stable") if len(day) else kind
    kind, place, child, day = kind[order], place[order], child[order], day[order]
    started, waited, completed = _assessed(rng, draw, kind == 1, day)
    columns = [
        NAMES.take(pa.array(kind)),
        pa.array(day),
        pseudonyms(child),
        PLACE_CODES.take(pa.array(place)),
        PLACE_NAMES.take(pa.array(place)),
        pa.array(ages(child, draw.start.year)),
        pa.array(started),
        pa.array(waited, mask=np.isnat(started)),
        pa.array(completed),
    ]
    return pa.table(dict(zip(HEADER, columns, strict=True)))


def _notifications(rng: np.random.Generator, draw: Draw) -> Events:
    return _from_the_notified(rng, draw, 0.165)


def _assessments(rng: np.random.Generator, draw: Draw) -> Events:
    return _from_the_notified(rng, draw, 0.045)


def _from_the_notified(rng: np.random.Generator, draw: Draw, per_child: float) -> Events:
    """Draw from the year's notified children, each of whom has about two notifications."""
    level = need(draw.start, drift=0.04, in_model=-0.06)
    season = SCHOOL_YEAR[draw.start.month - 1]
    expected = draw.children * level * per_child / 12 * season / mean_share(NOTIFIED_BY_BAND)
    place = repeated(rng, expected)
    child = children_again(rng, place, level * NOTIFIED_POOL, draw, usual=NOTIFIED_POOL)
    kept = leaning(rng, ages(child, draw.start.year), NOTIFIED_BY_BAND)
    return Events(place[kept], child[kept])


def _open_care(rng: np.random.Generator, draw: Draw) -> Events:
    """Draw each half-year's clients once: the meeting on the client's plan."""
    level = need(draw.start, drift=-0.02, in_model=-0.06)
    return Events(*children_once(rng, level * 0.034, draw, months=6, usual=0.004))


def _emergencies(rng: np.random.Generator, draw: Draw) -> Events:
    level = need(draw.start, drift=0.03, in_model=-0.03)
    place = repeated(rng, draw.children * level * 0.0046 / 12)
    return Events(place, children_again(rng, place, level * 0.02, draw, usual=0.02))


def _placements(rng: np.random.Generator, draw: Draw) -> Events:
    """Draw each year's placed children once."""
    level = need(draw.start, drift=0.005, in_model=-0.03)
    return Events(*children_once(rng, level * 0.016, draw, months=12, usual=0.004))


KINDS: tuple[Callable[[np.random.Generator, Draw], Events], ...] = (
    _notifications,
    _assessments,
    _open_care,
    _emergencies,
    _placements,
)


def _assessed(
    rng: np.random.Generator, draw: Draw, is_assessment: Ints, day: Days
) -> tuple[Days, Ints, Days]:
    """Return when assessments were started, after how many working days, and completed."""
    count = len(day)
    started = np.full(count, np.datetime64("NaT"), dtype="M8[D]")
    completed, waited = started.copy(), np.zeros(count, dtype=np.int64)
    where = np.flatnonzero(is_assessment)
    asked = day[where]
    waits = _working_days_waited(rng, len(where), along(draw.start, STARTED_IN_TIME))
    began = _after_working_days(draw, asked, waits)
    late = rng.random(len(where)) >= along(draw.start, COMPLETED_IN_TIME)
    took = np.where(late, 95 + rng.exponential(40, len(where)), rng.integers(20, 89, len(where)))
    ready = np.maximum(asked + took.astype(np.int64), began + 5)
    started[where], waited[where] = draw.known(began), waits
    completed[where] = draw.known(ready)
    return started, waited, completed


def _working_days_waited(rng: np.random.Generator, count: int, in_time: float) -> Ints:
    late = rng.random(count) >= in_time
    return np.where(late, np.minimum(7 + rng.geometric(0.15, count), 50), rng.integers(0, 8, count))


def _after_working_days(draw: Draw, asked: Days, waits: Ints) -> Days:
    """Return the day so many working days after each day; the day itself is not counted.

    A table of the month's days and all waits is asked once: there are far fewer than events.
    """
    days = days_from(draw.start)
    calendar = working_days(draw.start.year, draw.start.year + 1)
    table = np.busday_offset(
        days[:, None], np.arange(51)[None, :], roll="backward", busdaycal=calendar
    )
    table[:, 0] = days
    return table[(asked - days[0]).astype(np.int64), waits]


def expected_events(start: date) -> float:
    """Return how many events a month brings on average in a world of true size."""
    falling, rising = need(start, drift=-0.02), need(start, drift=0.04, in_model=-0.06)
    season = SCHOOL_YEAR[start.month - 1]
    by_month = rising * (0.165 + 0.045) / 12 * season + falling * 0.034 / 6
    return float((children(start.year) * (by_month + (0.0046 + 0.016) / 12)).sum())
