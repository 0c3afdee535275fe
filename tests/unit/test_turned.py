"""Who turned the curve: a lasting better level, comparable and consented, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilannehuone.network.turned import Candidate, Deed, Level, Sign, improvement, turned

SINCE = date(2025, 3, 1)
GOOD = Candidate(
    region="north",
    area_code="north-a",
    direction="down",
    known=30,
    signs=(Sign("run", "low", 9, SINCE),),
    levels=(),
    word="comparable",
    is_listed=True,
)


def deed(day, *, kind="practice", areas=("north-a",), indicators=("m",)):
    return Deed(day, kind, {"fi": f"tehtiin {day}"}, areas, indicators)


def names(*candidates, deeds=()):
    return [one.area_code for one in turned(candidates, deeds, "m")]


def test_a_run_on_the_better_side_that_goes_on_has_turned_the_curve():
    (found,) = turned([GOOD], [], "m")

    assert (found.area_code, found.since, found.is_confirmed) == ("north-a", SINCE, False)


@pytest.mark.parametrize(
    "lacking",
    [
        {"known": 12},
        {"is_listed": False},
        {"word": "not_comparable"},
        {"word": None},
        {"direction": "context"},
        {"direction": "up"},
        {"signs": (Sign("outside", "low", 0, SINCE),)},
        {"signs": (Sign("trend", "low", 7, SINCE),)},
        {"signs": (Sign("two_in_three", "low", 0, SINCE),)},
        {"signs": (Sign("recent_trend", "low", 5, SINCE),)},
        {"signs": (Sign("run", "low", 6, SINCE),)},
        {"signs": (Sign("run", "low", 9, SINCE, is_earlier=True),)},
        {"signs": (Sign("run", "low", 9, None),)},
        {"signs": (Sign("run", "low", 9, SINCE), Sign("outside", "high", 0, SINCE))},
        {"signs": ()},
    ],
)
def test_nobody_is_named_where_anything_is_lacking(lacking):
    assert names(GOOD) == ["north-a"]
    assert names(replace(GOOD, **lacking)) == []


def test_thirteen_points_and_reservations_are_enough():
    assert names(replace(GOOD, known=13, word="with_reservations")) == ["north-a"]


def test_a_level_that_people_confirmed_is_told_as_such():
    level = Level(SINCE, "low", is_confirmed=True)

    assert improvement(replace(GOOD, signs=(), levels=(level,))) == level


def test_the_newest_level_decides_and_a_worse_one_turns_the_curve_back():
    before, after = Level(date(2023, 1, 1), "low"), Level(SINCE, "high", is_confirmed=True)

    assert improvement(replace(GOOD, signs=(), levels=(before, after))) is None
    assert improvement(replace(GOOD, signs=(), levels=(after, Level(date(2025, 9, 1), "low"))))


def test_the_story_is_what_was_begun_there_from_a_year_before_on_the_oldest_first():
    told = [
        deed(date(2025, 6, 1), kind="initiative"),
        deed(date(2024, 3, 1)),
        deed(date(2024, 2, 28)),
        deed(date(2025, 1, 1), kind="holiday"),
        deed(date(2025, 1, 1), kind="break"),
        deed(date(2025, 1, 1), areas=("south-b",)),
        deed(date(2025, 1, 1), indicators=("other",)),
        deed(date(2025, 2, 1), areas=(), indicators=()),
    ]
    (found,) = turned([GOOD], told, "m")

    assert [one.day for one in found.story] == [
        date(2024, 3, 1),
        date(2025, 2, 1),
        date(2025, 6, 1),
    ]


def test_areas_stand_in_the_order_they_are_given_in():
    late = replace(GOOD, area_code="a", signs=(Sign("run", "low", 20, date(2023, 1, 1)),))
    early = replace(GOOD, area_code="b")

    assert names(early, late) == ["b", "a"]
    assert names(late, early) == ["a", "b"]


sides = st.sampled_from(["high", "low"])
days = st.dates(date(2020, 1, 1), date(2026, 1, 1))
signs = st.builds(
    Sign,
    st.sampled_from(["run", "trend", "outside", "two_in_three", "recent_trend"]),
    sides,
    st.integers(0, 20),
    st.none() | days,
    st.booleans(),
)
candidates = st.builds(
    Candidate,
    st.sampled_from(["", "north"]),
    st.sampled_from("abcdef"),
    st.sampled_from(["up", "down", "context"]),
    st.integers(0, 40),
    st.lists(signs, max_size=2).map(tuple),
    st.lists(st.builds(Level, days, sides, st.booleans()), max_size=2).map(tuple),
    st.sampled_from([None, "comparable", "with_reservations", "not_comparable"]),
    st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(candidates, max_size=6))
def test_whoever_is_listed_has_points_consent_a_verdict_and_a_better_level(some):
    found = turned(some, [], "m")
    may = [
        one
        for one in some
        if one.known >= 13
        and one.is_listed
        and one.word in ("comparable", "with_reservations")
        and one.direction != "context"
        and (one.levels or any(sign.signal == "run" for sign in one.signs))
    ]

    listed = [one.area_code for one in found]
    assert set(listed) <= {one.area_code for one in may}
    assert len(listed) <= len(may)


@settings(max_examples=50, deadline=None)
@given(candidates)
def test_neither_points_nor_consent_can_be_made_up_by_anything_else(one):
    assert names(replace(one, known=12)) == []
    assert names(replace(one, is_listed=False)) == []
    assert names(replace(one, word="not_comparable")) == []
