"""The trend figure and its parts, drawn from small series worked by hand."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_release import ROOT

from tilannehuone.charts.axis import period_ticks, spread, value_range
from tilannehuone.charts.events import Event, moment_place
from tilannehuone.charts.palette import DARK, LIGHT, palette
from tilannehuone.charts.trend import trend_figure
from tilannehuone.periods import add_months
from tilannehuone.registry import read_registry

INDICATORS = {one.id: one for one in read_registry(ROOT / "indicators.yaml").indicators}
MONTHS = [add_months(date(2024, 1, 1), n) for n in range(24)]


def series_of(values, **columns):
    frame = pd.DataFrame({"period_start": MONTHS[: len(values)], "value": values})
    frame["status"] = np.where(frame["value"].isna(), "c", "ok")
    limits = {"centre": 10.0, "lower": 5.0, "upper": 15.0, "near_lower": 6.7, "near_upper": 13.3}
    words = {"segment": 1, "signal": None, "side": None, "kind": "common"}
    empty = {"numerator": np.nan, "denominator": np.nan, "lower95": np.nan, "upper95": np.nan}
    return frame.assign(**(limits | words | empty | columns))


def drawn(series, indicator="cp_notifications_rate", lang="fi", **more):
    figure = trend_figure(series, INDICATORS[indicator], "month", lang, colours=LIGHT, **more)
    return json.loads(figure.to_json())


def words_of(figure):
    return [one["text"] for one in figure["layout"]["annotations"]]


def test_a_hidden_period_leaves_no_number_anywhere_in_the_figure():
    values = [10.0, 11.0] * 5 + [np.nan] + [10.0, 11.0] * 5
    figure = drawn(series_of(values))
    line = next(one for one in figure["data"] if len(one["y"]) == len(values))

    assert line["y"][10] is None
    assert "peitetty" in words_of(figure)


def test_the_line_is_cut_at_a_break_and_the_break_is_named():
    event = Event(date(2025, 1, 1), "Hyvinvointialueet aloittivat", is_break=True)
    figure = drawn(series_of([10.0] * 24), events=[event])
    line = next(one for one in figure["data"] if None in one["y"])

    assert line["x"][line["y"].index(None)].startswith("2024-12-1")
    assert "Hyvinvointialueet aloittivat" in words_of(figure)


def test_a_new_level_is_named_and_does_not_cut_the_line():
    event = Event(date(2025, 1, 1), "Uusi taso", is_break=False, is_rebase=True)
    figure = drawn(series_of([10.0] * 24), events=[event])

    assert "Uusi taso" in words_of(figure)
    assert not [one for one in figure["data"] if None in one["y"]]


def test_the_words_of_near_breaks_stand_in_rows():
    events = [Event(date(2024, 6 + n, 1), "Kirjaaminen muuttui", is_break=True) for n in (0, 2)]
    events.append(Event(date(2025, 10, 1), "Uusi taso", is_break=False, is_rebase=True))
    figure = drawn(series_of([10.0] * 24), events=events)
    named = [one for one in figure["layout"]["annotations"] if "borderpad" in one]

    assert [one["yshift"] for one in named] == [0, -24, 0]
    assert [one["xanchor"] for one in named] == ["left", "left", "right"]


def test_limits_that_follow_the_season_are_steps_with_nothing_between():
    holiday = np.array([0.5 if month.month == 7 else 1.0 for month in MONTHS])
    limits = {"centre": 10.0, "lower": 5.0, "upper": 15.0, "near_lower": 6.7, "near_upper": 13.3}
    season = {name: level * holiday for name, level in limits.items()}
    centre = drawn(series_of([10.0] * 24, **season))["data"][3]

    assert centre["y"] == [10, 10, None, 5, 5, None, 10, 10, None, 5, 5, None, 10, 10]
    assert centre["x"][1] == centre["x"][3] == "2024-06-16T00:00:00"


def test_a_month_without_limits_is_a_gap_only_where_they_follow_the_season():
    level = series_of([10.0] * 24)
    seasonal = level.assign(centre=[10.0, 9.0] * 12)
    for frame in (level, seasonal):
        frame.loc[12, ["centre", "lower", "upper", "near_lower", "near_upper"]] = np.nan

    bands = [
        [one for one in drawn(frame)["data"] if one.get("fill") == "toself"]
        for frame in (level, seasonal)
    ]

    assert [len(one) for one in bands] == [1, 2]


def test_limits_are_named_at_the_edge_with_the_decimals_of_the_language():
    assert "keskitaso 10,0" in words_of(drawn(series_of([10.0] * 24)))
    assert "centre 10.0" in words_of(drawn(series_of([10.0] * 24), lang="en"))


def test_a_signal_has_a_shape_and_a_word_beside_its_colour():
    kind = ["common"] * 17 + ["neutral_high"] * 7
    side = [None] * 17 + ["high"] * 7
    figure = drawn(series_of([10.0] * 17 + [12.0] * 7, kind=kind, side=side))
    shapes = {one["marker"]["symbol"] for one in figure["data"] if one.get("mode") == "markers"}

    assert shapes == {"circle", "diamond"}
    assert "tavallista suurempi" in words_of(figure)


def test_the_words_of_a_low_signal_avoid_the_words_of_a_gap():
    values = [10.0] * 12 + [6.0] * 6 + [np.nan] + [6.0] * 5
    kind = ["common"] * 12 + ["neutral_low"] * 12
    side = [None] * 12 + ["low"] * 12
    figure = drawn(series_of(values, kind=kind, side=side))
    notes = figure["layout"]["annotations"]
    (word,) = [one for one in notes if one["text"] == "tavallista pienempi"]

    assert word["x"] == MONTHS[15].isoformat()


@pytest.mark.parametrize(
    ("level", "side", "kind", "word"),
    [
        (15.0, "low", "improvement", "suotuisa poikkeama"),
        (13.0, "high", "concern", "huolestuttava poikkeama"),
    ],
)
@pytest.mark.parametrize("height", [240, 400, 640])
def test_the_words_of_a_signal_do_not_lie_on_the_target_line(level, side, kind, word, height):
    target, usual = 14.0, {"low": 20.0, "high": 8.0}[side]
    values = [usual] * 17 + [level] * 7
    columns = {"kind": ["common"] * 17 + [kind] * 7, "lower": 2.0, "upper": 30.0}
    series = series_of(values, **columns, side=[None] * 17 + [side] * 7)
    figure = drawn(series, indicator="network_wait_median_days")
    (found,) = [one for one in figure["layout"]["annotations"] if one["text"] == word]
    low, high = figure["layout"]["yaxis"]["range"]
    from_target = (found["y"] - target) * height / (high - low) + found["yshift"]

    assert abs(from_target) > 11


def test_the_words_of_a_signal_stand_beside_it_where_the_target_is_far():
    values = [70.0] * 17 + [80.0] * 7
    columns = {"kind": ["common"] * 17 + ["improvement"] * 7, "lower": 50.0, "upper": 90.0}
    series = series_of(values, **columns, side=[None] * 17 + ["high"] * 7)
    figure = drawn(series, indicator="network_wait_median_days")
    notes = figure["layout"]["annotations"]
    (found,) = [one for one in notes if one["text"] == "suotuisa poikkeama"]

    assert (found["y"], found["yshift"]) == (80.0, 22)


def test_the_target_in_force_is_drawn_and_labelled():
    figure = drawn(series_of([70.0] * 24), indicator="network_within_14d_share")

    assert any(words.startswith("tavoite 100") for words in words_of(figure))
    assert figure["layout"]["yaxis"]["range"][1] > 100


def test_a_series_too_short_for_limits_shows_its_intervals():
    nothing = dict.fromkeys(("centre", "lower", "upper", "near_lower", "near_upper"), np.nan)
    series = series_of([10.0] * 4, **nothing).assign(lower95=8.0, upper95=12.5)
    bars = drawn(series)["data"][0]

    assert bars["y"][:3] == [8.0, 12.5, None]


@pytest.mark.parametrize(
    ("period_type", "starts", "texts"),
    [
        ("month", MONTHS[:4], ["tammi<br>2024", "helmi", "maalis", "huhti"]),
        ("year", [date(2022, 1, 1), date(2023, 1, 1)], ["2022", "2023"]),
        (
            "quarter",
            [date(2024, 10, 1), date(2025, 1, 1)],
            ["4. nelj.<br>2024", "1. nelj.<br>2025"],
        ),
        ("half_year", [date(2024, 4, 1), date(2024, 10, 1)], ["4–9<br>2024", "10–3"]),
        ("rolling3", [date(2024, 11, 1)], ["tammi<br>2025"]),
        ("week", [date(2020, 12, 28)], ["vko 53<br>2020"]),
    ],
)
def test_periods_are_named_as_people_name_them(period_type, starts, texts):
    assert period_ticks(period_type, starts, "fi")[1] == texts


@given(st.integers(1, 200))
def test_the_axis_is_never_crowded(months):
    starts = [add_months(date(2010, 1, 1), n) for n in range(months)]

    assert 1 <= len(period_ticks("month", starts, "fi")[0]) <= 14


@given(st.lists(st.floats(-1e3, 1e3), max_size=6), st.floats(0.1, 50))
def test_labels_never_lie_on_one_another(levels, gap):
    placed = sorted(spread(levels, gap))

    assert all(b - a >= gap * (1 - 1e-6) for a, b in zip(placed, placed[1:], strict=False))


def test_the_value_axis_holds_zero_unless_that_hides_the_change():
    bottom, top = value_range(np.array([1.0, 3.0]), None)

    assert bottom < 0 < 3 < top
    assert value_range(np.array([90.0, 99.0]), 100.0)[0] > 80
    assert value_range(np.array([np.nan]), 100.0) == (0.0, 100.0)


def test_a_break_at_a_years_start_stands_between_the_years():
    at = ["2022-01-01", "2023-01-01"]

    assert moment_place(date(2023, 1, 1), at).startswith("2022-07-02")


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize(
    "role", ["ink", "soft", "accent", "improvement", "concern", "neutral", "common"]
)
def test_every_role_can_be_read_on_its_background(colours, role):
    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    one, other = sorted((light(getattr(colours, role)), light(colours.ground)))

    assert (other + 0.05) / (one + 0.05) >= 4.5


def test_the_palette_follows_the_readers_background():
    assert (palette("dark"), palette("light"), palette(None)) == (DARK, LIGHT, LIGHT)


def test_the_words_of_a_high_signal_have_room_under_the_words_of_a_break():
    kind = ["common"] * 17 + ["neutral_high"] * 7
    side = [None] * 17 + ["high"] * 7
    series = series_of([10.0] * 17 + [12.0] * 7, kind=kind, side=side)
    event = Event(date(2025, 1, 1), "Kirjaaminen muuttui", is_break=True)
    plain, named = (drawn(series, events=one)["layout"]["yaxis"]["range"] for one in ([], [event]))

    assert named[0] == plain[0]
    assert named[1] > plain[1]
