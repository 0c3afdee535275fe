"""The agenda writes itself: by the year wheel, within its minutes, and the same every time."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from tilannehuone.cadence import is_due
from tilannehuone.meeting.agenda import Agenda, agenda
from tilannehuone.meeting.agenda_time import LONGEST, SCRIPT, SHORTEST, scaled
from tilannehuone.meeting.known import (
    Known,
    KnownCase,
    KnownLookBack,
    KnownMeasure,
    KnownPhenomenon,
    KnownPromise,
)
from tilannehuone.registry import read_registry

ROOT = Path(__file__).parents[2]
DAY = date(2026, 4, 9)
REGISTRY = read_registry(ROOT / "indicators.yaml").indicators
DEMO = tuple(
    KnownMeasure(one.id, place, one.cadence, one.half_year_anchor)
    for place, one in enumerate(REGISTRY)
)
BUSY = Known(
    measures=tuple(
        replace(one, has_signal=place % 5 == 0, is_late=place % 3 == 0, is_unused=place % 7 == 0)
        for place, one in enumerate(DEMO)
    ),
    promises=(
        KnownPromise("p1", date(2026, 3, 12), date(2026, 4, 9)),
        KnownPromise("p2", date(2026, 2, 12), date(2026, 4, 9), carried=2),
        KnownPromise("p3", date(2026, 3, 12), None),
        KnownPromise("p4", date(2026, 3, 12), date(2026, 5, 14)),
    ),
    look_backs=(KnownLookBack("l1", date(2026, 4, 1)), KnownLookBack("l2", date(2026, 5, 1))),
    cases=(
        KnownCase("c1", DEMO[0].id, date(2026, 3, 1)),
        KnownCase("c2", "out_of_home_share", date(2025, 1, 1)),
    ),
    phenomena=(
        KnownPhenomenon("f1", date(2026, 1, 1), (), date(2026, 3, 12)),
        KnownPhenomenon("f2", date(2026, 2, 1)),
        KnownPhenomenon("f3", date(2026, 3, 1), (DEMO[0].id,)),
    ),
)


def entries(made, kind):
    return [one for one in made.entries() if one.kind == kind]


def ids(made, kind):
    return [one.id for one in entries(made, kind)]


def shuffled(known, seed):
    parts = {}
    for name in ("measures", "promises", "look_backs", "cases", "phenomena"):
        part = list(getattr(known, name))
        Random(seed).shuffle(part)
        parts[name] = tuple(part)
    return Known(**parts)


def test_the_script_of_an_hour_is_kept():
    made = agenda(BUSY, "kaakkuri", DAY, 60)

    assert [one.kind for one in made.items] == list(SCRIPT)
    assert sum(one.minutes for one in made.items) == 60


def test_signals_come_before_late_figures_and_those_before_the_rest():
    reasons = [one.reason for one in entries(agenda(BUSY, "kaakkuri", DAY, 180), "measure")]
    order = ["signal", "overdue", "due"]

    assert reasons == sorted(reasons, key=order.index)
    assert set(reasons) == set(order)


def test_the_case_of_a_signal_follows_its_measure():
    situation = agenda(BUSY, "kaakkuri", DAY, 60).items[2].entries

    assert [one.id for one in situation[:2]] == [DEMO[0].id, "c1"]


def test_a_signal_outside_its_cadence_comes_as_a_case_and_not_as_a_measure():
    made = agenda(BUSY, "kaakkuri", DAY, 60)

    assert "c2" in ids(made, "case")
    assert "out_of_home_share" not in ids(made, "measure")


def test_promises_due_are_asked_the_most_carried_first():
    made = agenda(BUSY, "kaakkuri", DAY, 60)

    assert [(one.id, one.reason) for one in entries(made, "promise")] == [
        ("p2", "carried"),
        ("p1", "promised"),
        ("p3", "promised"),
    ]


def test_a_promise_for_a_later_meeting_is_not_dealt_with_today():
    made = agenda(BUSY, "kaakkuri", DAY, 60)

    assert ("promise", "p4", "quiet") in [(one.kind, one.id, one.reason) for one in made.quiet]


def test_a_promise_due_later_in_the_month_is_due_when_the_meeting_was_moved_forward():
    assert "p1" in ids(agenda(BUSY, "kaakkuri", date(2026, 4, 1), 60), "promise")


def test_a_look_back_comes_in_its_month_or_at_the_first_meeting_after_it():
    assert ids(agenda(BUSY, "kaakkuri", DAY, 60), "look_back") == ["l1"]
    assert ids(agenda(BUSY, "kaakkuri", date(2026, 8, 13), 60), "look_back") == ["l1", "l2"]


def test_the_phenomenon_that_waited_longest_is_gone_into_and_one_with_a_signal_first():
    made = agenda(BUSY, "kaakkuri", DAY, 60)

    assert [(one.id, one.reason) for one in entries(made, "phenomenon")] == [("f3", "signal")]
    assert [one.id for one in made.quiet if one.kind == "phenomenon"] == ["f2", "f1"]


def test_late_figures_of_measures_that_are_not_due_are_told_apart():
    late = ids(agenda(BUSY, "kaakkuri", DAY, 180), "late")
    due = {one.id for one in BUSY.measures if is_due(one.cadence, one.anchor, DAY)}

    assert late
    assert not set(late) & due


def test_the_keeping_of_a_measure_takes_at_most_half_of_its_item():
    assert len(entries(agenda(BUSY, "kaakkuri", DAY, 60), "diet")) == 2
    assert len(entries(agenda(BUSY, "kaakkuri", DAY, 15), "diet")) == 0


def test_what_does_not_fit_is_told_with_its_reason():
    made = agenda(BUSY, "kaakkuri", DAY, 15)
    left = [(one.kind, one.reason) for one in made.quiet]

    assert ("measure", "due") in left
    assert all(one.minutes == 0 for one in made.quiet)


def test_everything_due_in_the_demo_fits_into_an_hour_in_every_month():
    for month in range(1, 13):
        day = date(2026, month, 12)
        signalling = tuple(replace(one, has_signal=place < 4) for place, one in enumerate(DEMO))
        made = agenda(Known(signalling), "kaakkuri", day, 60)

        assert all(one.reason == "quiet" for one in made.quiet)


@pytest.mark.parametrize("minutes", [SHORTEST, 30, 60, 90, LONGEST])
def test_over_a_year_every_measure_comes_at_its_cadence_and_never_otherwise(minutes):
    for month in range(1, 13):
        day = date(2026, month, 12)
        made = agenda(replace(BUSY, cases=()), "kaakkuri", day, minutes)
        left = {one.id for one in made.quiet if one.kind == "measure" and one.reason != "quiet"}
        on_it = ids(made, "measure")
        wheel = {one.id for one in DEMO if is_due(one.cadence, one.anchor, day)}

        assert set(on_it) | left == wheel
        assert len(on_it) == len(set(on_it))
        assert not set(on_it) & left
        assert minutes < 60 or not left


def test_half_years_of_april_come_in_april_and_october_only():
    months = [
        month
        for month in range(1, 13)
        if "cp_assessment_started_7wd_share"
        in ids(agenda(Known(DEMO), "kaakkuri", date(2026, month, 12), 60), "measure")
    ]

    assert months == [4, 10]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_things_are_known_does_not_matter(seed):
    assert (
        agenda(shuffled(BUSY, seed), "kaakkuri", DAY, 60).to_json()
        == agenda(BUSY, "kaakkuri", DAY, 60).to_json()
    )


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_another_process_writes_the_same_bytes(seed):
    code = (
        "import sys, test_agenda as t; sys.stdout.write(t.agenda(t.BUSY, 'a', t.DAY, 45).to_json())"
    )
    here = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )

    assert here.stdout == agenda(BUSY, "a", DAY, 45).to_json().encode()


def test_an_agenda_is_read_back_as_it_was_written():
    made = agenda(BUSY, "kaakkuri", DAY, 45)

    assert Agenda.from_json(made.to_json()) == made


@pytest.mark.parametrize("minutes", [SHORTEST - 1, LONGEST + 1, 0, -60])
def test_a_meeting_too_short_or_too_long_is_refused(minutes):
    with pytest.raises(ValueError, match="minutes"):
        agenda(BUSY, "kaakkuri", DAY, minutes)


def test_the_script_scales_to_whole_minutes():
    for minutes in range(SHORTEST, LONGEST + 1):
        shares = scaled(minutes)

        assert sum(shares.values()) == minutes
        assert all(abs(shares[kind] - minutes * one / 60) <= 1 for kind, one in SCRIPT.items())
        assert min(shares.values()) >= 1
