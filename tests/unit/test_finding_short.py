"""The short words of a finding, its promise, and since when its signal goes on."""

from datetime import date

import pytest
from findings import NAMES, QUIET, SHARE, found_in, plain

from tilannehuone.finding import Evidence, Recent, assurance_word, began, icon, promise, short_word
from tilannehuone.finding import since_words as told_since
from tilannehuone.periods import next_start
from tilannehuone.stats.spc import analyse
from tilannehuone.stats.spc_result import Mark
from tilannehuone.texts import LANGUAGES

MOST_LETTERS = 14
RUN = [14.0, 15.0] * 4
BOTH = [*QUIET, *[14.0, 15.0] * 4, 2.0]
SERIES = {
    "improvement": found_in([*QUIET, 40.0]),
    "concern": found_in([*QUIET, 40.0], direction="down"),
    "neutral_high": found_in([*QUIET, 40.0], direction="context"),
    "neutral_low": found_in([*QUIET, -9.0], direction="context"),
    "both": found_in(BOTH),
    "common": found_in(QUIET),
    "not_yet": found_in(QUIET[:8]),
    "hidden": found_in(["c"] * 20),
    "nothing": found_in(["x"] * 20),
}


def marked(values):
    """Return period and side of each known point, as a release holds them."""
    start, found = date(2023, 1, 1), []
    for point in analyse([float(one) for one in values], direction="up").points:
        found.append((start, point.side))
        start = next_start("month", start)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("shape", SERIES)
def test_every_icon_has_a_short_word_of_its_own(shape, lang):
    words = {short_word(one, lang) for one in SERIES.values()}

    assert icon(SERIES[shape]) == shape
    assert 0 < len(short_word(SERIES[shape], lang)) <= MOST_LETTERS
    assert len(words) == len(SERIES)


def test_a_trend_without_a_good_way_rises_or_falls():
    rising = found_in([*QUIET, 12.5, 13, 13.5, 14, 14.5, 15, 15.5], direction="context")

    assert short_word(rising, "fi") == "nousee"


@pytest.mark.parametrize(
    ("values", "direction", "target", "word"),
    [
        (QUIET, "up", 11, "epävarma"),
        (QUIET, "up", 1, "täyttyy"),
        (QUIET, "up", 99, "ei täyty"),
        (QUIET, "down", 99, "täyttyy"),
        (QUIET, "down", 1, "ei täyty"),
        ([100.0] * 13, "up", 100, "täyttyy"),
        ([100.0] * 13, "down", 100, "täyttyy"),
        ([99.0] * 13, "up", 100, "ei täyty"),
        (QUIET[:12], "up", 1, ""),
        (QUIET, "context", 1, ""),
        (QUIET, "up", None, ""),
    ],
)
def test_the_target_is_met_missed_or_either_and_ties_are_defined(values, direction, target, word):
    assert assurance_word(found_in(values, direction=direction, target=target), "fi") == word


def test_a_target_on_a_limit_is_neither_met_nor_missed():
    limits = found_in(QUIET)

    for target in (limits.lower, limits.upper):
        assert assurance_word(found_in(QUIET, target=target), "fi") == "epävarma"


def test_the_promise_is_told_even_before_it_can_be_judged():
    assert plain(promise(found_in([90.0] * 5, target=100), SHARE, "fi")) == ("vähintään 100 %")
    assert plain(promise(found_in(QUIET, direction="down", target=99.5), NAMES, "en")) == (
        "at most 100 käyntiä: met"
    )
    assert promise(found_in(QUIET, direction="context", target=9), NAMES, "fi") == ""
    assert promise(found_in(QUIET), NAMES, "fi") == ""


def test_a_run_began_where_its_first_point_is():
    values = [*QUIET, *RUN]

    assert began(found_in(values), marked(values)) == date(2024, 9, 1)


def test_one_point_outside_began_with_itself_and_says_so():
    values = [*QUIET, 40.0]
    finding = found_in(values)
    first = began(finding, marked(values))

    assert first == finding.latest_period
    assert told_since(finding, first, "fi") == "vasta uusimmassa luvussa"


def test_points_after_the_latest_that_is_told_of_do_not_count():
    values = [*QUIET, *RUN]
    later = [*marked(values), (date(2025, 5, 1), None)]

    assert began(found_in(values), later) == date(2024, 9, 1)


@pytest.mark.parametrize("shape", ["both", "common", "not_yet", "hidden"])
def test_nothing_begins_where_there_is_no_single_signal(shape):
    assert began(SERIES[shape], marked(BOTH)) is None
    assert told_since(SERIES[shape], None, "fi") == ""


def test_the_five_year_test_is_of_its_five_years():
    mark = Mark("recent_trend", "high", "improvement", 5)
    evidence = Evidence(recent=Recent(mark, None, None))
    finding = found_in([10.0, 11, 12, 13, 14], period_type="year", evidence=evidence)

    assert began(finding, []) == date(2023, 1, 1)
    assert told_since(finding, began(finding, []), "en") == "since 2023"
    assert told_since(finding, began(finding, []), "fi") == "vuodesta 2023 alkaen"


def test_a_month_is_told_as_the_day_it_begins():
    finding = found_in([*QUIET, *RUN])

    assert told_since(finding, date(2024, 9, 1), "fi") == "1.9.2024 alkaen"
    assert told_since(finding, date(2024, 9, 1), "sv") == "sedan 1.9.2024"
