"""The measure diet: what a year of meetings never touched is asked about, and nothing else."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tilannehuone.meeting.agenda import agenda
from tilannehuone.meeting.diet import Held, last_discussed, unused
from tilannehuone.meeting.known import Known, KnownMeasure
from tilannehuone.registry import read_registry

REGISTRY = read_registry(Path(__file__).parents[2] / "indicators.yaml").indicators
MEASURES = tuple(
    KnownMeasure(one.id, place, one.cadence, one.half_year_anchor)
    for place, one in enumerate(REGISTRY)
)
TOUCHED = frozenset(one.id for one in MEASURES if one.place % 3)
LATE_COMER = MEASURES[0].id


def held_on(day, measures=MEASURES, interpreted=TOUCHED, before=()):
    asked = unused(before, day)
    known = Known(tuple(replace(one, is_unused=one.id in asked) for one in measures))
    made = agenda(known, "a", day, 60)
    on_it = {one.id for one in made.entries() if one.kind == "measure"}
    return Held(day, made, interpreted & on_it)


def months(first, count):
    for n in range(count):
        year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
        yield date(year, month + 1, 12)


def year_of_meetings(first, count, **more):
    held = []
    for day in months(first, count):
        held.append(held_on(day, before=held, **more))
    return held


def test_after_a_year_exactly_the_untouched_measures_are_asked_about():
    held = year_of_meetings(date(2025, 1, 1), 24)
    asked = {entry.id for one in held for entry in one.agenda.entries() if entry.kind == "diet"}
    left_over = unused(held, date(2027, 1, 12))

    assert asked | left_over == {one.id for one in MEASURES} - TOUCHED


def test_nothing_is_asked_about_in_the_first_year():
    held = year_of_meetings(date(2025, 1, 1), 12)

    assert not [one for each in held for one in each.agenda.entries() if one.kind == "diet"]


def test_a_new_measure_is_not_blamed():
    old = tuple(one for one in MEASURES if one.id != LATE_COMER)
    held = year_of_meetings(date(2025, 1, 1), 6, measures=old)
    for day in months(date(2025, 7, 1), 8):
        held.append(held_on(day, before=held))

    assert LATE_COMER not in unused(held, date(2026, 3, 12))
    assert LATE_COMER in unused(held, date(2026, 7, 12))


def test_what_was_asked_is_asked_again_only_after_a_year():
    held = year_of_meetings(date(2025, 1, 1), 30, interpreted=frozenset())
    days = [
        one.day for one in held for entry in one.agenda.entries()
        if entry.kind == "diet" and entry.id == LATE_COMER
    ]  # fmt: skip

    assert len(days) == 2
    assert (days[1].year * 12 + days[1].month) - (days[0].year * 12 + days[0].month) >= 12


def test_a_measure_read_once_in_the_year_is_kept():
    held = year_of_meetings(date(2025, 1, 1), 14, interpreted=frozenset())
    once = replace(held[5], interpreted=frozenset({LATE_COMER}))

    assert LATE_COMER in unused([*held[:12]], date(2026, 1, 12))
    assert LATE_COMER not in unused([*held[:5], once, *held[6:12]], date(2026, 1, 12))


def test_an_area_that_did_not_meet_for_a_year_is_asked_nothing():
    held = year_of_meetings(date(2024, 1, 1), 12, interpreted=frozenset())

    assert unused(held, date(2026, 1, 12)) == frozenset()


def test_the_last_day_of_talk_is_remembered():
    held = year_of_meetings(date(2025, 1, 1), 3)

    assert last_discussed(held)[MEASURES[1].id] == date(2025, 3, 12)
    assert MEASURES[0].id not in last_discussed(held)
