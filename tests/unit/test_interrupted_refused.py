"""What an interrupted series refuses: too little to tell anything from, and what cannot be."""

import numpy as np
import pytest

from tilannehuone.stats.interrupted import interrupted_series
from tilannehuone.stats.interrupted_result import TooFewEvents, TooFewPoints


@pytest.mark.parametrize("before, after", [(7, 12), (24, 5), (8, 3)])
def test_too_few_points_are_refused_with_what_is_needed(before, after):
    with pytest.raises(TooFewPoints) as refused:
        interrupted_series(np.full(before + after, 20.0), start=before)

    assert (refused.value.before, refused.value.after) == (before, after)
    assert refused.value.needed_before >= 8


def test_a_series_that_is_hidden_whole_is_refused_like_any_other_of_too_few_points():
    with pytest.raises(TooFewPoints):
        interrupted_series(np.full(24, np.nan), start=12, exposures=np.full(24, np.nan))


def test_too_few_events_are_refused():
    counts = np.array([2.0] * 24 + [0.0] * 12)
    with pytest.raises(TooFewEvents) as refused:
        interrupted_series(counts, start=24)

    assert (refused.value.events, refused.value.needed) == (0, 10)


@pytest.mark.parametrize(
    "asked, said",
    [
        ({"times": np.zeros(48)}, "do not rise"),
        ({"times": np.arange(48) / 2}, "whole number"),
        ({"exposures": np.zeros(48)}, "not positive"),
        ({"variances": np.ones(48)}, "exposures belong to counts"),
        ({"comparison": np.ones(47)}, "one length"),
        ({"season": "factors", "periods_per_year": 1}, "no season"),
        ({"season": "harmonics", "harmonics": 7}, "harmonics"),
        ({"level": 1.0}, "between 0 and 1"),
        ({"transition": -1}, "not negative"),
    ],
    ids=range(9),
)
def test_what_cannot_be_is_refused(asked, said):
    with pytest.raises(ValueError, match=said):
        interrupted_series(np.full(48, 20.0), start=36, **asked)


def test_values_without_a_logarithm_and_negative_counts_are_refused():
    with pytest.raises(ValueError, match="no logarithm"):
        interrupted_series(np.zeros(48), start=36, kind="log")
    with pytest.raises(ValueError, match="negative"):
        interrupted_series(np.full(48, -1.0), start=36)
