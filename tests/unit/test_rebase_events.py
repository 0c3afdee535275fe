"""A confirmed new level in events.yaml: where limits begin anew, and which days may be written."""

from datetime import date
from pathlib import Path

import pytest
from analysing import QUIET, analysed, event, indicator, series
from test_declarations import change, faults, folder  # noqa: F401 - folder is a fixture

from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

NEW = [30.0, 32.0] * 7
EVENTS, MEASURES = "data/events.yaml", "indicators.yaml"
REBASE = "from: 2023-01-01, kind: break"


def rebase(day, **changes):
    return event(day, kind="rebase", **changes)


def test_a_rebase_begins_new_limits_on_its_day():
    found = analysed(series(QUIET + NEW), events=[rebase("2021-09-01")])
    centres = found.points.groupby("segment")["centre"].unique().explode().tolist()
    second = found.points[found.points["segment"] == 2]

    assert centres == [11.0, 31.0]
    assert second["period_start"].min().date() == date(2021, 9, 1)
    assert found.finding().since == date(2021, 9, 1)
    assert found.finding().variation == "common"


def test_without_a_rebase_the_shift_is_a_signal_and_a_suggestion():
    found = analysed(series(QUIET + NEW)).finding()

    assert found.variation == "improvement"
    assert found.evidence.new_level.since == date(2021, 9, 1)


def test_a_rebase_takes_the_suggestion_away():
    found = analysed(series(QUIET + NEW), events=[rebase("2021-09-01")])

    assert found.evidence().new_level is None


def test_a_rebase_concerns_the_measures_and_areas_it_names():
    rows = series(QUIET + NEW) + series(QUIET + NEW, area="B") + series(QUIET + NEW, of="calls")
    events = [rebase("2021-09-01", areas=["A"], indicators=["visits"])]
    found = analysed(rows, indicator(), indicator("calls"), events=events)

    assert found.finding("A").since == date(2021, 9, 1)
    assert found.finding("B").since is None
    assert found.finding("A", "calls").since is None


@pytest.mark.parametrize("day", ["2031-01-01", "2019-01-01", "2020-01-01"])
def test_a_rebase_beyond_the_data_begins_nothing(day):
    assert analysed(series(QUIET), events=[rebase(day)]).finding().since is None


def test_a_hidden_first_month_still_begins_the_level():
    found = analysed(series([*QUIET, "c", *NEW]), events=[rebase("2021-09-01")]).finding()

    assert (found.since, found.known) == (date(2021, 9, 1), 14)


def test_longer_periods_begin_anew_with_their_first_whole_one():
    rows = series(QUIET + NEW, period_type="quarter", first=date(2015, 1, 1))

    assert analysed(rows, events=[rebase("2020-02-01")]).finding().since == date(2020, 4, 1)


@pytest.mark.parametrize(
    ("period", "day", "first"),
    [
        ("month", "2023-01-02", "2023-01-01"),
        ("quarter", "2023-02-01", "2023-01-01"),
        ("half_year", "2023-04-01", "2023-01-01"),
        ("half_year\n    half_year_anchor: apr", "2023-01-01", "2022-10-01"),
        ("year", "2023-07-01", "2023-01-01"),
        ("week", "2023-01-01", "2022-12-26"),
    ],
)
def test_a_rebase_within_a_period_is_refused_in_three_languages(folder, period, day, first):  # noqa: F811
    if period.startswith(("half_year", "year")):
        change(folder, MEASURES, "cadence: quarter", "cadence: half_year")
    if period == "year":
        change(folder, MEASURES, "cadence: half_year", "cadence: years")
    change(folder, MEASURES, "period: month", f"period: {period}")
    change(folder, EVENTS, REBASE, f"from: {day}, kind: rebase")

    (fault,) = faults(folder)

    assert (fault.key, Path(fault.file).name, fault.line) == (
        "rebase_within_period",
        "events.yaml",
        2,
    )
    for lang in LANGUAGES:
        told = fault_line(fault, lang)
        assert "events.yaml:2" in told
        assert all(one in told for one in ("visits", day, first))


@pytest.mark.parametrize(
    "changed",
    [
        "from: 2023-01-01, kind: rebase",
        "from: 2031-02-01, kind: rebase",
        "from: 2023-01-02, kind: break",
        "from: 2023-01-02, kind: practice",
    ],
)
def test_a_rebase_on_a_first_day_and_other_events_on_any_day_hold(folder, changed):  # noqa: F811
    change(folder, EVENTS, REBASE, changed)

    assert faults(folder) == []


def test_only_the_measures_it_names_must_begin_a_period_on_its_day(folder):  # noqa: F811
    text = (folder / MEASURES).read_text(encoding="utf-8")
    other = text.partition("indicators:\n")[2].replace("id: visits", "id: calls")
    other = other.replace("period: month", "period: quarter")
    (folder / MEASURES).write_text(text + other, encoding="utf-8")
    change(folder, EVENTS, REBASE, "from: 2023-02-01, kind: rebase, indicators: [visits]")
    assert faults(folder) == []

    change(folder, EVENTS, ", indicators: [visits]", "")
    assert [one.values["indicator"] for one in faults(folder)] == ["calls"]
