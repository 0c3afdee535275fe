"""Areas beside each other in the analyse step: words, from what is shown alone."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from analysing import analysed, indicator, series, shares

from tilannehuone.stats.comparison import funnel

AREAS = tuple("ABCDEFGH")
TYPES = dict.fromkeys(AREAS, "municipality")
RATE = indicator(kind="rate", scale=1000, direction="down")
EVEN = [100.0, 96.0, 104.0, 99.0, 101.0, 98.0, 103.0, 99.0]


def year(counts, whole=1000.0, *, at=2024, **about):
    """One year's cells, an area each."""
    about = {"period_type": "year", "first": date(at, 1, 1), "scale": 1000, **about}
    return [
        row
        for area, one in zip(AREAS, counts, strict=False)
        for row in shares([one], whole, area=area, **about)
    ]


def compared(rows, declared=RATE, types=TYPES):
    return analysed(rows, declared, area_types=types).comparisons.set_index("area_code")


def words(found):
    return found["word"].to_dict()


def test_the_common_level_and_its_limits_stand_beside_every_area():
    found = compared(year([*EVEN[:7], 190.0]))
    whole = funnel([*EVEN[:7], 190.0], [1000.0] * 8, kind="rate", scale=1000, direction="down")

    assert list(found.index) == list(AREAS)
    assert found["baseline"].unique() == pytest.approx(whole.baseline)
    assert found["upper998"].to_numpy() == pytest.approx(whole.outer.upper998)
    assert found["lower95"].to_numpy() == pytest.approx(whole.outer.lower95)
    assert found["word"].tolist() == list(whole.words)
    assert found[["period_type", "group"]].drop_duplicates().to_numpy().tolist() == [
        ["year", "municipality"]
    ]
    assert found["period_start"].unique() == [pd.Timestamp("2024-01-01")]


@pytest.mark.parametrize(
    ("direction", "high", "low"),
    [
        ("down", "clearly_worse", "clearly_better"),
        ("up", "clearly_better", "clearly_worse"),
        ("context", "clearly_higher", "clearly_lower"),
    ],
)
def test_the_words_follow_the_direction(direction, high, low):
    rows = year([*EVEN[:6], 160.0, 45.0])
    told = words(compared(rows, {**RATE, "direction": direction}))

    assert (told["G"], told["H"]) == (high, low)
    assert set(told.values()) == {high, low, "similar"}


def test_a_hidden_area_has_no_row_and_counts_in_nothing():
    hidden = year([*EVEN[:7], "c"])
    leaked = [
        (*one[:6], 900.0, 1000.0, 900.0, *one[9:]) if one[11] == "c" else one for one in hidden
    ]
    found = compared(leaked)

    pd.testing.assert_frame_equal(found, compared(hidden))
    pd.testing.assert_frame_equal(found, compared(year(EVEN[:7])))
    assert "H" not in found.index


@pytest.mark.parametrize(("count", "rows"), [(2, 0), (3, 3)])
def test_at_least_three_shown_areas_are_compared(count, rows):
    shown = [*EVEN[:count], *["c"] * (8 - count)]

    assert len(compared(year(shown))) == rows


def test_areas_are_compared_with_their_own_type_and_those_without_one_with_none():
    types = dict.fromkeys("ABC", "municipality") | dict.fromkeys("DEFG", "county")
    found = compared(year(EVEN), types=types)

    assert found["group"].to_dict() == {
        **dict.fromkeys("ABC", "municipality"),
        **dict.fromkeys("DEFG", "county"),
    }
    assert found.loc["A", "baseline"] == pytest.approx(100)
    assert found.loc["D", "baseline"] == pytest.approx(100.25)
    assert compared(year(EVEN), types={}).empty


def test_only_whole_years_of_undivided_rates_and_shares_are_compared():
    divided = [(*one[:4], "sex", "girl", *one[6:]) for one in year(EVEN)]

    assert compared(divided).empty
    assert compared(year(EVEN, period_type="quarter")).empty
    assert compared(year(EVEN), indicator(kind="mean")).empty
    counts = [one for area in AREAS for one in series([9.0], area=area, period_type="year")]
    assert compared(counts, indicator()).empty


def test_the_five_latest_years_are_compared():
    rows = [one for at in range(2018, 2025) for one in year(EVEN[:3], at=at)]
    years = compared(rows)["period_start"].dt.year

    assert sorted(years.unique()) == [2020, 2021, 2022, 2023, 2024]


def test_persons_are_a_share_where_nowhere_more_are_counted_than_there_are():
    persons = indicator(kind="distinct_rate", scale=1000, direction="down")
    few, many = year([900.0, 910.0, 890.0]), year([900.0, 910.0, 1100.0])
    share = funnel([900, 910, 890], [1000] * 3, kind="proportion", scale=1000)
    rate = funnel([900, 910, 1100], [1000] * 3, kind="rate", scale=1000)

    assert compared(few, persons)["upper95"].to_numpy() == pytest.approx(share.outer.upper95)
    assert compared(many, persons)["upper95"].to_numpy() == pytest.approx(rate.outer.upper95)
    assert compared(few, persons)["upper95"].max() < compared(few)["upper95"].min()


def test_areas_that_differ_beyond_chance_are_told_by_wider_limits():
    counts = [60.0, 80.0, 90.0, 100.0, 110.0, 120.0, 140.0, 100.0]
    found = compared(year(counts))
    whole = funnel(counts, [1000.0] * 8, kind="rate", scale=1000)
    assert whole.lower998[0] > 60

    assert whole.is_overdispersed
    assert found["z"].to_numpy() == pytest.approx(whole.adjusted_z)
    assert found["upper95"].to_numpy() == pytest.approx(whole.adjusted.upper95)
    assert found["upper95"].max() > whole.upper95.max()
    assert words(found)["A"] == "better"  # by the limits of chance clearly so


def test_even_areas_have_plain_z_scores():
    found = compared(year(EVEN))

    assert found["z"].to_numpy() == pytest.approx(
        (np.array(EVEN) - 100) / np.sqrt(np.array([100.0] * 8))
    )


def test_no_events_anywhere_are_similar():
    assert set(words(compared(year([0.0] * 4))).values()) == {"similar"}


def test_a_late_year_without_its_parts_is_left_out():
    late = [(*one[:6], None, None, *one[8:11], "o") for one in year([50.0])]
    rows = late + [one for one in year(EVEN) if one[1] != "A"]

    assert "A" not in compared(rows).index
